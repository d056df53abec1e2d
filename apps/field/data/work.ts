import { createContext, useContext } from 'react'
import type { CriteriaRow, ChecklistRow, HazardRow, PaperRow, PersonRow, SiteRow, TodoRow, VisitRow, AreaRow } from '../../../capabilities/sync/rows.ts'
import type { Table } from 'dexie'
import type { Me } from '../../../kernel/web/me.ts'
import { PersonStore } from '../../../kernel/web/outbox/store.ts'
import type { Sender } from '../../../kernel/web/outbox/sender.ts'

/** The store of one person with the working set beside the outbox: one table for each kind of the change feed. */
export class FieldStore extends PersonStore {
  declare readonly area: Table<AreaRow, string>
  declare readonly person: Table<PersonRow, string>
  declare readonly visit: Table<VisitRow, string>
  declare readonly todo: Table<TodoRow, string>
  declare readonly checklist: Table<ChecklistRow, string>
  declare readonly criteria: Table<CriteriaRow, string>
  declare readonly hazard: Table<HazardRow, string>
  declare readonly paper: Table<PaperRow, string>
  declare readonly site: Table<SiteRow, string>

  constructor(personId: string) {
    super(personId, {
      area: '&id', person: '&id', visit: '&id, siteId', todo: '&id, subjectId', checklist: '&id', criteria: '&id', hazard: '&id, siteId, enterpriseId', paper: '&id, enterpriseId', site: '&id, enterpriseId',
    })
  }
}

/** What every screen works with. */
export interface Work {
  readonly me: Me
  readonly store: FieldStore
  readonly sender: Sender
  /** Asks for news of the working set; resolves when they are in, or when nobody answered. */
  refresh(): Promise<void>
  leave(): void
}

export const WorkContext = createContext<Work | undefined>(undefined)

export function useWork(): Work & { can: (verb: string) => boolean } {
  const work = useContext(WorkContext)
  if (!work) throw new Error('useWork outside of the frame')
  return { ...work, can: (verb) => work.me.verbs.includes(verb) }
}
