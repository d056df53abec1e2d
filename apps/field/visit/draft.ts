import { hazardDefaults, type NotApplicableReason } from '../../../capabilities/checklist/answers.ts'
import { type ChecklistItem, type ChecklistVersion, isMeantFor, itemsToAsk } from '../../../capabilities/checklist/checklist.ts'
import type { ChecklistRow, SiteRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { isInspection, kinds, needsApproval, type Outcome, type ScanMoment, type StoredAnswer, VISIT_KINDS, type VisitKind, type VisitState } from '../../../capabilities/visit/kinds.ts'
import type { operations } from '../../../capabilities/visit/operations.ts'
import type { Participant } from '../../../capabilities/visit/visit.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'

/** A visit in work, as it is kept on the phone with every keystroke. Photos are ids; their bytes lie beside. */
export interface VisitDraft {
  readonly id: string
  /** What the list of unfinished work says of it. */
  readonly title: string
  readonly note: string
  readonly siteId: string
  readonly enterpriseId: string
  readonly siteName: string
  readonly address: string
  readonly kind: VisitKind
  /** null: it begins with its record. */
  readonly state: VisitState | null
  readonly version?: number
  readonly versionIds: readonly string[]
  readonly people: readonly Participant[]
  readonly grounds: Partial<Pick<RecordInput, 'purpose' | 'taskSource' | 'clueKind' | 'clueNo' | 'planReference' | 'withinVisitId'>>
  readonly urgent: boolean
  readonly urgentReason: string
  readonly step: 'arrive' | 'check' | 'finish'
  readonly category: number
  readonly arrivedAt: string
  readonly scanned: boolean
  readonly scan?: { moment: ScanMoment; scannedAt: string; reason?: string }
  readonly idShownAt?: string
  readonly informedAt?: string
  readonly place?: { lon: number; lat: number; accuracy?: number }
  readonly outcome: Outcome
  readonly outcomeNote: string
  readonly outcomePhotos: readonly string[]
  readonly answers: Readonly<Record<string, DraftAnswer>>
  readonly findings: readonly DraftFinding[]
  readonly companionName: string
  readonly companionDuty: string
  readonly refused: boolean
  readonly companySign?: string
  readonly officerSigns: Readonly<Record<string, string>>
  readonly refusalReason: string
  readonly witnessName: string
  readonly witnessIdentity: string
  readonly remark: string
}

export interface DraftAnswer {
  readonly answer: StoredAnswer
  readonly reason?: NotApplicableReason
  readonly note?: string
  /** Ticked by 本类其余均符合. */
  readonly byRest?: boolean
}

export interface DraftFinding {
  readonly id: string
  readonly versionId?: string
  readonly itemCode?: string
  readonly category: string
  readonly location: string
  readonly description: string
  readonly requirement: string
  readonly level: 'GENERAL' | 'MAJOR'
  readonly clauseId?: string
  readonly immediateStop: boolean
  readonly days: number
  readonly fixed: boolean
  readonly before: readonly string[]
  readonly after: readonly string[]
}

type RecordInput = InputOf<typeof operations.record>

/** What finding a hazard needs to know of a place. */
export type Place = Pick<SiteRow, 'id' | 'address' | 'kind' | 'tags' | 'sector' | 'principal'> & { readonly unknown?: boolean }

/** Of a place that has left my reach while I work there, what the draft holds of it: what is not known rules nothing out. */
export const placeOf = (draft: Pick<VisitDraft, 'siteId' | 'address'>, site: SiteRow | undefined): Place => site ?? { id: draft.siteId, address: draft.address, kind: '', tags: [], sector: null, principal: null, unknown: true }

/** Kinds that may begin at the door, and why the others may not. The server asks again. */
export function kindsAt(verbs: readonly string[]): { kind: VisitKind; why?: string }[] {
  return VISIT_KINDS.filter((kind) => verbs.includes(kinds[kind].verb)).map((kind) => {
    if (kind === 'THIRD_PARTY') return { kind, why: '只在执法人员带队的任务内进行' }
    if (!needsApproval(kind) || kinds[kind].urgentAllowed) return { kind }
    return { kind, why: `${kinds[kind].approvalZh}，请先在“检查任务”中安排` }
  })
}

/** Published lists for this kind and this place. */
export const listsFor = (lists: readonly ChecklistRow[], kind: VisitKind, site: Pick<SiteRow, 'kind' | 'tags' | 'sector'>): ChecklistRow[] =>
  lists.filter((list) => list.state === 'PUBLISHED' && list.visitKinds.includes(kind) && isMeantFor(list.appliesTo, site))

interface Begin {
  readonly id: string
  readonly now: string
  readonly me: { personId: string; name: string; organisation: string | null }
  readonly scannedAt?: string
}

const blank = {
  step: 'arrive', category: 0, outcome: 'CHECKED', outcomeNote: '', outcomePhotos: [], answers: {}, findings: [], companionName: '', companionDuty: '', refused: false, officerSigns: {}, refusalReason: '', witnessName: '', witnessIdentity: '', remark: '', urgentReason: '', note: '',
} as const

/** A visit that begins at the door. A patrol is no inspection: its people are never officers. */
export function draftAt(site: SiteRow, kind: VisitKind, versionIds: readonly string[], { id, now, me, scannedAt }: Begin): VisitDraft {
  const part = isInspection(kind) ? 'OFFICER' : kind === 'PATROL' ? 'GRID' : kind === 'SELF_CHECK' ? 'COMPANION' : 'ASSISTANT'
  const source = kinds[kind].sources.length === 1 ? kinds[kind].sources[0] : undefined
  return {
    ...blank, id, title: `${kinds[kind].short} · ${site.name}`, siteId: site.id, enterpriseId: site.enterpriseId, siteName: site.siteName, address: site.address, kind, state: null, versionIds, scanned: false, urgent: kinds[kind].urgentAllowed,
    people: [{ personId: me.personId, name: me.name, part, conflictDeclared: false }], grounds: source ? { taskSource: source } : {}, arrivedAt: now, ...(scannedAt && kinds[kind].scan ? { scan: { moment: 'BEFORE', scannedAt } } : {}),
    ...(kind === 'SELF_CHECK' ? { step: 'check' as const } : {}),
  }
}

/** A visit that was arranged: people, lists and grounds are those that were approved; answers saved before come back. */
export function draftOf(visit: VisitRow, site: SiteRow | undefined, { now, scannedAt }: Pick<Begin, 'now' | 'scannedAt'>): VisitDraft {
  const ground = <K extends keyof VisitDraft['grounds']>(key: K, value: VisitDraft['grounds'][K] | null) => (value ? { [key]: value } : {})
  return {
    ...blank, id: visit.id, title: `${kinds[visit.kind].short} · ${visit.enterpriseName}`, siteId: visit.siteId, enterpriseId: visit.enterpriseId, siteName: visit.siteName, address: site?.address ?? '', kind: visit.kind, state: visit.state, version: visit.version,
    versionIds: visit.versionIds, people: visit.people.map(participant), scanned: visit.scanned, urgent: false, arrivedAt: visit.arrivedAt ?? now,
    grounds: {
      ...ground('purpose', visit.purpose), ...ground('taskSource', visit.taskSource as VisitDraft['grounds']['taskSource'] | null), ...ground('clueKind', visit.clueKind as VisitDraft['grounds']['clueKind'] | null), ...ground('clueNo', visit.clueNo),
      ...ground('planReference', visit.planReference), ...ground('withinVisitId', visit.withinVisitId),
    },
    ...(visit.idShownAt ? { idShownAt: visit.idShownAt } : {}), ...(visit.informedAt ? { informedAt: visit.informedAt } : {}), ...(scannedAt && kinds[visit.kind].scan && !visit.scanned ? { scan: { moment: 'BEFORE' as const, scannedAt } } : {}),
    answers: Object.fromEntries(visit.draft.map((a) => [answerKey(a.versionId, a.itemCode), { answer: a.answer, ...(a.reason ? { reason: a.reason } : {}), ...(a.note ? { note: a.note } : {}), ...(a.byRest ? { byRest: true } : {}) }])),
  }
}

const participant = (person: VisitRow['people'][number]): Participant => ({
  ...(person.personId ? { personId: person.personId } : {}), name: person.name, ...(person.organisation ? { organisation: person.organisation } : {}), part: person.part, conflictDeclared: person.conflictDeclared, ...(person.conflict ? { conflict: person.conflict } : {}),
})

export const answerKey = (versionId: string, itemCode: string): string => `${versionId}/${itemCode}`

/** A list of the working set as the rules know it: there its own number is called version. */
export const versionOf = ({ number, version: _, ...list }: ChecklistRow): ChecklistVersion => ({ ...list, version: number })

export interface Category {
  readonly name: string
  readonly versionId: string
  readonly items: readonly ChecklistItem[]
}

/** One category is one screen. */
export const categoriesOf = (lists: readonly ChecklistRow[]): Category[] =>
  lists.flatMap((list) => {
    const items = itemsToAsk(versionOf(list), [])
    return [...new Set(items.map((item) => item.category))].map((name) => ({ name, versionId: list.id, items: items.filter((item) => item.category === name) }))
  })

export const answered = (draft: Pick<VisitDraft, 'answers'>, category: Category): number => category.items.filter((item) => draft.answers[answerKey(category.versionId, item.code)]).length

/** 本类其余均符合: an act of the person, written down as such for each item it ticked. Items with an answer keep it. */
export function restComplies(draft: VisitDraft, category: Category): Partial<VisitDraft> {
  const open = category.items.filter((item) => !draft.answers[answerKey(category.versionId, item.code)])
  return { answers: { ...draft.answers, ...Object.fromEntries(open.map((item) => [answerKey(category.versionId, item.code), { answer: 'COMPLIES' as const, byRest: true }])) } }
}

/** One tap. Another answer than 不符合 or 现场已改 takes the finding of the item away only when nothing was put into it. */
export function answerItem(draft: VisitDraft, versionId: string, item: ChecklistItem, answer: DraftAnswer): Partial<VisitDraft> {
  const found = answer.answer === 'FAILS' || answer.answer === 'FIXED'
  const own = (f: DraftFinding) => f.versionId === versionId && f.itemCode === item.code
  const findings = found
    ? draft.findings.map((f) => (own(f) ? { ...f, fixed: answer.answer === 'FIXED' } : f))
    : draft.findings.map((f) => (own(f) && f.before.length > 0 ? { ...f, versionId: undefined, itemCode: undefined } : f)).filter((f) => !own(f))
  return { answers: { ...draft.answers, [answerKey(versionId, item.code)]: answer }, findings }
}

export const findingOfItem = (id: string, versionId: string, item: ChecklistItem, fixed: boolean): DraftFinding => {
  const d = hazardDefaults(item)
  const major = item.severity === 'MAJOR'
  return {
    id, versionId, itemCode: item.code, category: d.hazardCategory, location: '', description: d.description, requirement: d.requirement, level: major ? 'MAJOR' : 'GENERAL', ...(major && d.majorClauseIds[0] ? { clauseId: d.majorClauseIds[0] } : {}),
    immediateStop: d.immediateStop, days: d.defaultDays, fixed, before: [], after: [],
  }
}

export const freeFinding = (id: string): DraftFinding => ({ id, category: 'XC-99', location: '', description: '', requirement: '', level: 'GENERAL', immediateStop: false, days: 7, fixed: false, before: [], after: [] })

/** What keeps a finding from being put down, in the words of the sheet. */
export function gapsOfFinding(finding: DraftFinding, evidence: 'PHOTO' | 'NONE'): string[] {
  return [
    ...(finding.before.length === 0 && evidence === 'PHOTO' ? ['请拍隐患照片'] : []), ...(finding.location.trim() ? [] : ['请选或填部位']), ...(finding.description.trim() ? [] : ['请写明情况']), ...(finding.requirement.trim() ? [] : ['请写明整改要求']),
    ...(finding.fixed && finding.after.length === 0 ? ['现场已改须拍整改后照片'] : []), ...(finding.fixed && finding.level === 'MAJOR' ? ['重大事故隐患不能按“现场已改”了结'] : []),
  ]
}

/** Every photo the command stands on. */
export const photosOf = (draft: VisitDraft): string[] => [
  ...new Set([...draft.outcomePhotos, ...draft.findings.flatMap((f) => [...f.before, ...f.after]), ...(draft.companySign ? [draft.companySign] : []), ...Object.values(draft.officerSigns)]),
]

const some = <T extends object>(condition: unknown, value: T): T | Record<never, never> => (condition ? value : {})

/** The command from what was put down. */
export function toRecord(draft: VisitDraft, leftAt: string): RecordInput {
  const checked = draft.outcome === 'CHECKED'
  return {
    id: draft.id, kind: draft.kind, siteId: draft.siteId, versionIds: [...draft.versionIds], ...some(draft.version !== undefined, { baseVersion: draft.version }), ...draft.grounds, people: draft.people.map((p) => ({ ...p })),
    ...some(draft.urgent && draft.state !== 'IN_PROGRESS', { urgent: true }), ...some(draft.urgentReason.trim(), { urgentReason: draft.urgentReason.trim() }), arrivedAt: draft.arrivedAt, leftAt, ...some(draft.scan, { scan: draft.scan }),
    ...some(draft.idShownAt, { idShownAt: draft.idShownAt }), ...some(draft.informedAt, { informedAt: draft.informedAt }), ...some(draft.place, { place: draft.place }), outcome: draft.outcome, ...some(draft.outcomeNote.trim(), { outcomeNote: draft.outcomeNote.trim() }),
    outcomePhotos: [...draft.outcomePhotos], answers: checked ? answersOf(draft) : [], findings: checked ? draft.findings.map(toFinding) : [],
    ...some(draft.companionName.trim(), { companion: { name: draft.companionName.trim(), ...some(draft.companionDuty.trim(), { duty: draft.companionDuty.trim() }) } }),
    ...some(kinds[draft.kind].signed && checked, { signature: signatureOf(draft) }), ...some(draft.remark.trim(), { note: draft.remark.trim() }),
  }
}

const answersOf = (draft: VisitDraft): NonNullable<RecordInput['answers']> =>
  Object.entries(draft.answers).map(([key, a]) => ({ versionId: key.slice(0, 36), itemCode: key.slice(37), answer: a.answer, ...some(a.reason, { reason: a.reason }), ...some(a.note, { note: a.note }), ...some(a.byRest, { byRest: true }) }))

const toFinding = (f: DraftFinding): NonNullable<RecordInput['findings']>[number] => ({
  id: f.id, ...some(f.versionId, { versionId: f.versionId }), ...some(f.itemCode, { itemCode: f.itemCode }), category: f.category, location: f.location.trim(), description: f.description.trim(), requirement: f.requirement.trim(), level: f.level,
  ...some(f.level === 'MAJOR' && f.clauseId, { clauseId: f.clauseId }), immediateStop: f.immediateStop, days: f.days, fixed: f.fixed, photosBefore: [...f.before], photosAfter: [...f.after],
})

const signatureOf = (draft: VisitDraft): NonNullable<RecordInput['signature']> => ({
  state: draft.refused ? 'REFUSED' : 'SIGNED', officerAttachmentIds: Object.values(draft.officerSigns), ...some(!draft.refused && draft.companySign, { companyAttachmentId: draft.companySign }),
  ...some(draft.refused && draft.refusalReason.trim(), { refusalReason: draft.refusalReason.trim() }), ...some(draft.refused && draft.witnessName.trim(), { witnessName: draft.witnessName.trim() }), ...some(draft.refused && draft.witnessIdentity.trim(), { witnessIdentity: draft.witnessIdentity.trim() }),
})

/** An inspection has its record at least; advice follows a service visit that found something (domain §3.1). */
export const papersFollow = ({ kind, outcome, findings }: { kind: VisitKind; outcome: Outcome; findings: readonly unknown[] }): boolean =>
  outcome === 'CHECKED' && (isInspection(kind) ? kinds[kind].papers !== 'NO' : (kind === 'GUIDANCE' || kind === 'PATROL') && findings.length > 0)
