import { useQueries } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { call } from '../../../kernel/web/call.ts'
import { keyOf } from '../../../kernel/web/client.ts'
import { read, write } from '../../../kernel/web/kept.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import type { Attachment } from '../../attachment/attachment.ts'
import { type ChecklistItem, type ChecklistVersion, itemsToAsk } from '../../checklist/checklist.ts'
import { hazardDefaults, type NotApplicableReason } from '../../checklist/answers.ts'
import { operations as checklist } from '../../checklist/operations.ts'
import { kinds, type Outcome, type StoredAnswer, type VisitKind, type VisitState } from '../kinds.ts'
import type { operations } from '../operations.ts'
import type { Participant, Plan } from '../visit.ts'

/** The visit that is being recorded: stored, or one that begins with its record. */
export interface Target {
  id: string
  kind: VisitKind
  siteId: string
  enterpriseId: string
  enterpriseName: string
  siteName: string
  versionIds: readonly string[]
  people: readonly Participant[]
  /** null: nothing is stored yet. */
  state: VisitState | null
  version: number | undefined
  arrivedAt: string | null
  idShownAt: string | null
  informedAt: string | null
  scanned: boolean
  urgent: boolean
  grounds: Partial<Pick<Plan, 'purpose' | 'taskSource' | 'clueKind' | 'clueNo' | 'planReference' | 'withinVisitId'>>
}

export interface DraftAnswer {
  answer: StoredAnswer
  reason?: NotApplicableReason | undefined
  note?: string
  byRest?: boolean
}

export interface DraftFinding {
  id: string
  versionId: string | undefined
  itemCode: string | undefined
  category: string
  location: string
  description: string
  requirement: string
  level: 'GENERAL' | 'MAJOR'
  clauseId: string | undefined
  opinion: string
  opinionBy: string
  immediateStop: boolean
  days: number
  fixed: boolean
  before: readonly Attachment[]
  after: readonly Attachment[]
}

export interface Draft {
  step: 'ARRIVE' | 'CHECK' | 'FINISH'
  category: number
  arrivedAt: string | undefined
  scan: { moment: 'BEFORE' | 'BEFORE_LEAVING' | 'ADDED'; scannedAt: string; reason?: string } | undefined
  idShownAt: string | undefined
  informedAt: string | undefined
  declared: readonly string[]
  urgentReason: string
  capReason: string
  place: { lon: number; lat: number; accuracy?: number } | undefined
  farReason: string
  answers: Readonly<Record<string, DraftAnswer>>
  findings: readonly DraftFinding[]
  outcome: Outcome
  outcomeNote: string
  outcomePhotos: readonly Attachment[]
  companionName: string
  companionDuty: string
  refused: boolean
  companySign: Attachment | undefined
  officerSigns: Readonly<Record<string, Attachment>>
  refusalReason: string
  witnessName: string
  witnessIdentity: string
  leftAt: string | undefined
  note: string
}

export const blankDraft: Draft = {
  step: 'ARRIVE', category: 0, arrivedAt: undefined, scan: undefined, idShownAt: undefined, informedAt: undefined, declared: [], urgentReason: '', capReason: '', place: undefined, farReason: '', answers: {}, findings: [], outcome: 'CHECKED',
  outcomeNote: '', outcomePhotos: [], companionName: '', companionDuty: '', refused: false, companySign: undefined, officerSigns: {}, refusalReason: '', witnessName: '', witnessIdentity: '', leftAt: undefined, note: '',
}

/** Everything typed, kept in this browser with every keystroke: a dead battery costs nothing. */
export function useRecordDraft(visitId: string, initial: Partial<Draft> = {}) {
  const key = `angrid.${useMe().personId}.visit.${visitId}`
  const [draft, setDraft] = useState<Draft>(() => ({ ...blankDraft, ...initial, ...read<Partial<Draft>>(key, {}) }))
  const set = useCallback(
    (more: Partial<Draft> | ((before: Draft) => Partial<Draft>)) =>
      setDraft((before) => {
        const next = { ...before, ...(typeof more === 'function' ? more(before) : more) }
        write(key, next)
        return next
      }),
    [key],
  )
  const drop = useCallback(() => write(key, undefined), [key])
  return { draft, set, drop }
}

export interface Category {
  name: string
  versionId: string
  items: readonly ChecklistItem[]
}

/** The lists of the visit; a published list never changes, so it is asked once. */
export function useLists(versionIds: readonly string[]) {
  const reads = useQueries({ queries: versionIds.map((id) => ({ queryKey: keyOf(checklist.get, { id }), queryFn: () => call(checklist.get, { id }), staleTime: Number.POSITIVE_INFINITY })) })
  const lists: ChecklistVersion[] = reads.flatMap((r) => (r.data ? [r.data.list] : []))
  return { lists, loading: reads.some((r) => r.isLoading), problem: reads.find((r) => r.error)?.error ?? undefined }
}

/** One category is one screen. */
export const categoriesOf = (lists: readonly ChecklistVersion[]): Category[] =>
  lists.flatMap((list) => {
    const items = itemsToAsk(list, [])
    return [...new Set(items.map((i) => i.category))].map((name) => ({ name, versionId: list.id, items: items.filter((i) => i.category === name) }))
  })

export const answerKey = (versionId: string, itemCode: string): string => `${versionId}/${itemCode}`

/** A new hazard with the defaults of its item. */
export function findingOf(versionId: string, item: ChecklistItem, fixed: boolean): DraftFinding {
  const defaults = hazardDefaults(item)
  return {
    id: newId(), versionId, itemCode: item.code, category: defaults.hazardCategory, location: '', description: defaults.description, requirement: defaults.requirement, level: item.severity === 'MAJOR' ? 'MAJOR' : 'GENERAL',
    clauseId: item.severity === 'MAJOR' ? defaults.majorClauseIds[0] : undefined, opinion: '', opinionBy: '', immediateStop: defaults.immediateStop, days: defaults.defaultDays, fixed, before: [], after: [],
  }
}

export const freeFinding = (): DraftFinding => ({
  id: newId(), versionId: undefined, itemCode: undefined, category: 'XC-99', location: '', description: '', requirement: '', level: 'GENERAL', clauseId: undefined, opinion: '', opinionBy: '', immediateStop: false, days: 7, fixed: false, before: [], after: [],
})

type RecordInput = InputOf<typeof operations.record>
const ids = (photos: readonly Attachment[]) => photos.map((p) => p.id)
const some = <T extends object>(condition: unknown, value: T): T | Record<never, never> => (condition ? value : {})

/** The command from what was typed; `leftAt` is now unless it was entered. */
export function toRecord(target: Target, draft: Draft, now: string): RecordInput {
  const checked = draft.outcome === 'CHECKED'
  const signed = kinds[target.kind].signed && checked
  return {
    id: target.id, kind: target.kind, siteId: target.siteId, versionIds: [...target.versionIds], ...some(target.version !== undefined, { baseVersion: target.version }), ...target.grounds,
    people: target.people.map((p) => ({ ...p, conflictDeclared: p.conflictDeclared || (!!p.personId && draft.declared.includes(p.personId)) })),
    arrivedAt: target.arrivedAt ?? draft.arrivedAt ?? now, leftAt: draft.leftAt ?? now,
    ...some(target.urgent && target.state !== 'IN_PROGRESS', { urgent: true }), ...some(draft.urgentReason, { urgentReason: draft.urgentReason }), ...some(draft.capReason, { capOverrideReason: draft.capReason }),
    ...some(draft.scan && !target.scanned, { scan: draft.scan }), ...some(target.idShownAt ?? draft.idShownAt, { idShownAt: target.idShownAt ?? draft.idShownAt }), ...some(target.informedAt ?? draft.informedAt, { informedAt: target.informedAt ?? draft.informedAt }),
    ...some(draft.place, { place: draft.place }), ...some(draft.farReason, { farReason: draft.farReason }),
    outcome: draft.outcome, ...some(draft.outcomeNote, { outcomeNote: draft.outcomeNote }), outcomePhotos: ids(draft.outcomePhotos),
    answers: checked ? answersOf(draft) : [], findings: checked ? draft.findings.map(toFinding) : [],
    ...some(draft.companionName, { companion: { name: draft.companionName, ...some(draft.companionDuty, { duty: draft.companionDuty }) } }),
    ...some(signed, { signature: signatureOf(draft) }), ...some(draft.note, { note: draft.note }),
  }
}

export const answersOf = (draft: Pick<Draft, 'answers'>): NonNullable<RecordInput['answers']> =>
  Object.entries(draft.answers).map(([key, a]) => ({ versionId: key.slice(0, 36), itemCode: key.slice(37), answer: a.answer, ...some(a.reason, { reason: a.reason }), ...some(a.note, { note: a.note }), ...some(a.byRest, { byRest: true }) }))

const toFinding = (f: DraftFinding): NonNullable<RecordInput['findings']>[number] => ({
  id: f.id, ...some(f.versionId, { versionId: f.versionId }), ...some(f.itemCode, { itemCode: f.itemCode }), category: f.category, location: f.location.trim(), description: f.description.trim(), requirement: f.requirement.trim(), level: f.level,
  ...some(f.level === 'MAJOR' && f.clauseId, { clauseId: f.clauseId }), ...some(f.level === 'MAJOR' && f.opinion.trim() && f.opinionBy.trim(), { opinion: { kind: 'TEAM_REVIEW' as const, text: f.opinion.trim(), by: f.opinionBy.trim() } }),
  immediateStop: f.immediateStop, days: f.days, fixed: f.fixed, photosBefore: ids(f.before), photosAfter: ids(f.after),
})

const signatureOf = (draft: Draft): NonNullable<RecordInput['signature']> => ({
  state: draft.refused ? 'REFUSED' : 'SIGNED', officerAttachmentIds: Object.values(draft.officerSigns).map((a) => a.id), ...some(!draft.refused && draft.companySign, { companyAttachmentId: draft.companySign?.id }),
  ...some(draft.refused && draft.refusalReason, { refusalReason: draft.refusalReason }), ...some(draft.refused && draft.witnessName, { witnessName: draft.witnessName }), ...some(draft.refused && draft.witnessIdentity, { witnessIdentity: draft.witnessIdentity }),
})
