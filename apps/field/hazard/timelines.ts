import { useEffect } from 'react'
import { operations } from '../../../capabilities/hazard/operations.ts'
import type { HazardRow } from '../../../capabilities/sync/rows.ts'
import { call } from '../../../kernel/web/call.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useOnline } from '../../../kernel/web/session.ts'
import { INTAKE, type IntakeState } from '../data/intake.ts'
import { type FieldStore, useWork } from '../data/work.ts'

/** 经过 of a hazard as it was when there was last a line. */
export interface KeptTimeline {
  readonly version: number
  readonly at: string
  readonly entries: readonly { at: string; label: string; actor: string; text: string }[]
}

const KEY = 'timeline.'
const AT_MOST = 30

export const keptTimeline = (store: FieldStore, id: string): Promise<KeptTimeline | undefined> => store.read<KeptTimeline>(KEY + id)
export const keepTimeline = (store: FieldStore, id: string, version: number, entries: KeptTimeline['entries']): Promise<unknown> =>
  store.keep(KEY + id, { version, at: serverNow(), entries: entries.map(({ at, label, actor, text }) => ({ at, label, actor, text })) } satisfies KeptTimeline)

/** Hazards that wait for me or that I found: their history comes along, so that it can be read in the basement. Newest first. */
export function mineOf(hazards: readonly HazardRow[], subjects: ReadonlySet<string>, personId: string): HazardRow[] {
  const mine = hazards.filter((hazard) => subjects.has(hazard.id) || hazard.reinspectors.includes(personId) || hazard.foundBy.includes(personId))
  return mine.sort((a, b) => Number(subjects.has(b.id)) - Number(subjects.has(a.id)) || (a.foundAt < b.foundAt ? 1 : -1)).slice(0, AT_MOST)
}

/** Brings what is missing or has changed, one by one behind everything else; stops where the line does. What left my reach goes. */
async function bring(store: FieldStore, personId: string, alive: () => boolean): Promise<void> {
  const [hazards, todos] = [await store.hazard.toArray(), await store.todo.toArray()]
  const held = new Set(hazards.map((hazard) => hazard.id))
  const kept = (await store.meta.where(':id').startsWith(KEY).primaryKeys()) as string[]
  await store.meta.bulkDelete(kept.filter((key) => !held.has(key.slice(KEY.length))))
  for (const hazard of mineOf(hazards, new Set(todos.map((todo) => todo.subjectId)), personId)) {
    if (!alive()) return
    if ((await keptTimeline(store, hazard.id))?.version === hazard.version) continue
    const answer = await call(operations.get, { id: hazard.id }, { quiet: true }).catch(() => undefined)
    if (!answer) return
    await keepTimeline(store, hazard.id, hazard.version, answer.timeline)
  }
}

/** Once after each round of news, while there is a line. */
export function useTimelines(): void {
  const { me, store } = useWork()
  const online = useOnline()
  const at = useLive(async () => (await store.read<IntakeState>(INTAKE))?.at ?? null, [store])
  useEffect(() => {
    if (!at || !online) return undefined
    let alive = true
    void bring(store, me.personId, () => alive)
    return () => {
      alive = false
    }
  }, [store, me.personId, at, online])
}
