import type { Refusal } from '../../kernel/core/problem.ts'
import { daysBetween, type LocalDate } from '../../kernel/core/time.ts'
import { unknownPlaces } from './content.ts'
import type { DocType, Measure, PaperState, PaperType } from './doc-type.ts'
import type { Service, Signature } from './paper.ts'

/** R1 (domain §2.7): a general hazard at most 30 days; a major one 90, up to 180 when a leader approves. */
export const LONGEST = { GENERAL: 30, MAJOR: 90, MAJOR_BY_LEADER: 180 } as const

export interface VisitFacts {
  kind: string
  kindZh: string
  done: boolean
  /** Why this kind or this visit may issue no paper (visit/kinds.ts); empty when it may. */
  refused: readonly string[]
}

/** 行政检查 papers follow from inspections only; advice only from patrol and guidance, and never as an inspection in disguise. */
export function visitRefusals(type: DocType, visit: VisitFacts | null): Refusal[] {
  if (type.visits === 'ANY') return []
  if (!visit) return type.hazards === 'REFERRED' || type.hazards === 'NONE' ? [] : [{ code: 'enforcement.visit_needed', field: 'visitId' }]
  if (type.visits === 'SERVICE') {
    const service = visit.kind === 'PATROL' || visit.kind === 'GUIDANCE'
    return service ? (visit.done ? [] : [{ code: 'enforcement.visit_open', field: 'visitId' }]) : [{ code: 'enforcement.advice_only_from_service', field: 'visitId', params: { kind: visit.kindZh }, clause: '§3.4 D30' }]
  }
  if (visit.refused.length > 0) return [{ code: 'enforcement.no_papers_from_visit', field: 'visitId', params: { kind: visit.kindZh }, clause: '§3.1；国办发〔2024〕54号' }]
  return visit.done ? [] : [{ code: 'enforcement.visit_open', field: 'visitId' }]
}

export interface OfficerFacts {
  id: string
  name: string
  /** Took part in the visit as an officer; null when the paper has no visit of its own. */
  inVisit: boolean | null
  /** Certificate valid on the paper's date; null when there is none. */
  certificateNo: string | null
}

/** Two officers at least, each certified on the paper's date (罚法§42; 安法§67); who was not there signs no record of it. */
export function officerRefusals(type: DocType, officers: readonly OfficerFacts[], on: LocalDate): Refusal[] {
  const refusals: Refusal[] = []
  if (new Set(officers.map((o) => o.id)).size < type.minOfficers) refusals.push({ code: 'enforcement.officers_few', field: 'officers', params: { min: type.minOfficers }, clause: '罚法§42' })
  officers.forEach((officer, i) => {
    const at = { field: `officers.${i}`, params: { name: officer.name, on } }
    if (type.certificates && officer.certificateNo === null) refusals.push({ code: 'enforcement.certificate_not_valid', ...at, clause: '§0.6' })
    if (type.certificates && officer.inVisit === false) refusals.push({ code: 'enforcement.officer_not_in_visit', ...at })
  })
  return refusals
}

export interface ItemFacts {
  no: string
  level: 'GENERAL' | 'MAJOR'
  immediateStop: boolean
  state: string
  sameEnterprise: boolean
  /** Confirmed bases that exist in the hazard's record, those that do not, and those that name a local rule nobody named. */
  basis: { known: number; unknown: readonly string[]; unnamed: readonly string[] }
  dueOn: LocalDate | null
  passed: boolean | null
  newDueOn: LocalDate | null
  note: string
  inReferred: boolean
  /** A stop ordered for it is in force, and whether this paper lifts it. */
  stopInForce: boolean
  stopLifted: boolean
  /** Who was assigned to re-inspect it (T10), and who did so last time. */
  reinspectors: readonly string[]
  lastReinspectors: readonly string[]
  /** The day it was already ordered to, by the sister paper; null when it was not. */
  orderedTo: LocalDate | null
}

/** A re-inspection is written by those assigned to it; of a major hazard one of them was not there last time (T10). */
export function assignedRefusals(type: DocType, officers: readonly Pick<OfficerFacts, 'id' | 'name'>[], items: readonly ItemFacts[]): Refusal[] {
  if (type.hazards !== 'REFERRED') return []
  const others = officers.flatMap((officer, i): Refusal[] => {
    const item = items.find((one) => one.state === 'REINSPECTING' && !one.reinspectors.includes(officer.id))
    return item ? [{ code: 'enforcement.officer_not_assigned', field: `officers.${i}`, params: { name: officer.name, no: item.no }, clause: '§2.8 T10' }] : []
  })
  const same = items.find((item) => item.level === 'MAJOR' && item.state === 'SUBMITTED' && item.lastReinspectors.length > 0 && officers.every((o) => item.lastReinspectors.includes(o.id)))
  return same ? [...others, { code: 'enforcement.one_new_officer', field: 'officers', params: { no: same.no }, clause: '§2.8 T10' }] : others
}

const unconfirmed = new Set(['DRAFT', 'REPORTED', 'VOID'])
/** States in which an order may still be put on a hazard: confirmed, or ordered by the sister paper of the same day. */
const orderable = new Set(['CONFIRMED', 'ORDERED'])
const reinspectable = new Set(['SUBMITTED', 'REINSPECTING'])

/** What each hazard must be, to stand on this type. */
export function itemRefusals(type: DocType, items: readonly ItemFacts[]): Refusal[] {
  if (type.hazards === 'NONE') return items.length > 0 ? [{ code: 'enforcement.items_none', field: 'items' }] : []
  if (items.length === 0) return type.hazards === 'ANY' && (type.effect === 'LEGAL' || type.visits === 'ANY') ? [] : [{ code: 'enforcement.items_needed', field: 'items' }]
  return items.flatMap((item, i) => oneItem(type, item).map((refusal) => ({ field: `items.${i}`, params: { no: item.no }, ...refusal })))
}

function oneItem(type: DocType, item: ItemFacts): Refusal[] {
  if (!item.sameEnterprise) return [{ code: 'enforcement.item_of_other_enterprise' }]
  const refusals: Refusal[] = []
  if (item.basis.unknown.length > 0) refusals.push({ code: 'enforcement.basis_unknown', params: { no: item.no, basis: item.basis.unknown.join('、') } })
  if (type.hazards === 'CONFIRMED' || type.hazards === 'STOPPABLE') {
    if (unconfirmed.has(item.state)) refusals.push({ code: 'enforcement.item_not_confirmed', clause: '§2.8 T6' })
    else if (!orderable.has(item.state) && !(item.state === 'RECTIFYING' && item.orderedTo !== null)) refusals.push({ code: 'enforcement.item_not_orderable', clause: '§2.8 T6' })
  }
  if (type.hazards === 'STOPPABLE' && item.level !== 'MAJOR' && !item.immediateStop) refusals.push({ code: 'enforcement.item_not_stoppable', clause: '安法§65(3)' })
  if (type.hazards === 'REFERRED') {
    if (!item.inReferred) refusals.push({ code: 'enforcement.item_not_in_referred' })
    if (!reinspectable.has(item.state)) refusals.push({ code: 'enforcement.item_not_submitted', clause: '§2.8 T11' })
  }
  return refusals
}

/** What must be filled before a paper leaves its drafter: bases, dates, results, measures. */
export function completeRefusals(type: DocType, items: readonly ItemFacts[], choices: { measures: readonly Measure[]; scope: string; until: string }, on: LocalDate): Refusal[] {
  const refusals: Refusal[] = items.flatMap((item, i) => {
    const at = { params: { no: item.no } }
    const found: Refusal[] = []
    if (type.basisNeeded && item.basis.known === 0) found.push({ code: 'enforcement.basis_needed', field: `items.${i}.basis`, ...at })
    if (item.basis.unnamed.length > 0) found.push({ code: 'enforcement.basis_local_unnamed', field: `items.${i}.basis`, params: { no: item.no, basis: item.basis.unnamed.join('、') } })
    if (type.hazards === 'CONFIRMED' || type.hazards === 'STOPPABLE') found.push(...dueRefusals(item, i, on))
    if (type.hazards === 'REFERRED') found.push(...resultRefusals(item, i, on))
    return found
  })
  if (type.hazards === 'STOPPABLE') {
    if (choices.measures.length === 0) refusals.push({ code: 'enforcement.measure_needed', field: 'measures', clause: '安法§65(3)' })
    if (choices.scope === '') refusals.push({ code: 'enforcement.scope_needed', field: 'scope', clause: '安法§65(3)' })
    if (choices.until === '') refusals.push({ code: 'enforcement.until_needed', field: 'until', clause: '安法§65(3)' })
  }
  return refusals
}

function dueRefusals(item: ItemFacts, i: number, on: LocalDate): Refusal[] {
  const field = `items.${i}.dueOn`
  if (item.dueOn === null) return [{ code: 'enforcement.due_needed', field, params: { no: item.no } }]
  const days = daysBetween(on, item.dueOn)
  const longest = item.level === 'MAJOR' ? LONGEST.MAJOR_BY_LEADER : LONGEST.GENERAL
  if (item.orderedTo !== null && item.orderedTo !== item.dueOn) return [{ code: 'enforcement.due_differs', field, params: { no: item.no, due: item.orderedTo } }]
  if (days < 0) return [{ code: 'enforcement.due_past', field, params: { no: item.no, on } }]
  return days > longest ? [{ code: 'enforcement.due_too_long', field, params: { no: item.no, days: longest }, clause: '§2.7 R1' }] : []
}

function resultRefusals(item: ItemFacts, i: number, on: LocalDate): Refusal[] {
  if (item.passed === null) return [{ code: 'enforcement.result_needed', field: `items.${i}.passed`, params: { no: item.no } }]
  if (item.passed) return item.stopInForce && !item.stopLifted ? [{ code: 'enforcement.stop_not_lifted', field: `items.${i}.stopLifted`, params: { no: item.no }, clause: '安法§65(3)' }] : []
  const refusals: Refusal[] = item.note === '' ? [{ code: 'enforcement.result_note_needed', field: `items.${i}.note`, params: { no: item.no } }] : []
  if (item.newDueOn === null || item.newDueOn < on) refusals.push({ code: 'enforcement.new_due_needed', field: `items.${i}.newDueOn`, params: { no: item.no }, clause: '§2.8 T12' })
  return refusals
}

export interface Standing {
  type: PaperType
  state: PaperState
  /** Earlier versions of the same type do not count twice. */
  title: string
}

/** The order of papers (data of the type): a decision follows a finished record, a re-inspection a served order. */
export function needRefusals(type: DocType, sameVisit: readonly Standing[], referred: Standing | null, titles: (types: readonly PaperType[]) => string): Refusal[] {
  return type.needs.flatMap((need): Refusal[] => {
    const candidates = need.where === 'SAME_VISIT' ? sameVisit : referred ? [referred] : []
    if (candidates.some((p) => need.types.includes(p.type) && need.states.includes(p.state))) return []
    const params = { titles: titles(need.types) }
    if (need.where === 'SAME_VISIT') return [{ code: 'enforcement.record_first', field: 'visitId', params, clause: '安法§68；§3.3' }]
    return [{ code: referred ? 'enforcement.referred_not_served' : 'enforcement.refer_needed', field: 'referId', params, clause: '§3.4 D07' }]
  })
}

/** Nobody approves his own paper; a major hazard beyond 90 days is a leader's decision. */
export function approveRefusals(given: { approverId: string; draftedBy: string; officers: readonly string[]; leader: boolean; items: readonly ItemFacts[]; on: LocalDate; head?: boolean }): Refusal[] {
  const refusals: Refusal[] = []
  if (given.approverId === given.draftedBy || given.officers.includes(given.approverId)) refusals.push({ code: 'enforcement.own_paper', clause: '§0.6' })
  if (given.head === false) refusals.push({ code: 'enforcement.head_needed', clause: '强法§18' })
  const long = given.items.find((i) => i.level === 'MAJOR' && i.dueOn !== null && daysBetween(given.on, i.dueOn) > LONGEST.MAJOR)
  if (long && !given.leader) refusals.push({ code: 'enforcement.leader_needed', params: { no: long.no, days: LONGEST.MAJOR }, clause: '§2.7 R1' })
  return refusals
}

/** Both officers and the party (or the note why it did not sign) are there. */
export function isSignedBy(officers: readonly string[], signatures: readonly Signature[]): boolean {
  const signed = new Set(signatures.filter((s) => s.part === 'OFFICER').map((s) => s.personId))
  return officers.every((id) => signed.has(id)) && signatures.some((s) => s.part === 'RECIPIENT')
}

/** How a paper may reach its party (罚法§61): each way asks for what proves it. */
export function serveRefusals(service: Service, given: { issuedOn: LocalDate; today: LocalDate; recipient: Signature | undefined }): Refusal[] {
  const refusals: Refusal[] = []
  const { recipient } = given
  if (service.servedOn < given.issuedOn) refusals.push({ code: 'enforcement.served_before_issue', field: 'servedOn' })
  if (service.servedOn > given.today) refusals.push({ code: 'enforcement.served_in_future', field: 'servedOn' })
  if (service.method === 'DIRECT' && recipient?.refused) refusals.push({ code: 'enforcement.direct_needs_signature', field: 'method' })
  if (service.method === 'LEFT' && !recipient?.refused) refusals.push({ code: 'enforcement.left_needs_refusal', field: 'method' })
  if (service.method === 'LEFT' && !service.witness) refusals.push({ code: 'enforcement.left_needs_witness', field: 'witness' })
  if (service.method === 'MAIL' && !service.reference) refusals.push({ code: 'enforcement.mail_needs_number', field: 'reference' })
  if (service.method === 'ELECTRONIC' && !service.confirmationId) refusals.push({ code: 'enforcement.electronic_needs_confirmation', field: 'confirmationId', clause: '罚法§61' })
  if (service.method === 'NOTICE' && (!service.reference || !service.note)) refusals.push({ code: 'enforcement.notice_needs_reason', field: service.reference ? 'note' : 'reference' })
  return refusals
}

/** What a bureau may change of a form: words, never whether a type is numbered, nor the remedies an order must name (复议法, 行诉法). */
export function formRefusals(form: DocType, given: { wordCode: string | null; copyHolders: string; rights: string | null }): Refusal[] {
  const refusals: Refusal[] = []
  if ((form.wordCode === null) !== (given.wordCode === null)) refusals.push({ code: 'enforcement.form_numbering', field: 'wordCode' })
  if ((form.rights === null) !== (given.rights === null)) refusals.push({ code: 'enforcement.form_rights', field: 'rights' })
  for (const field of ['copyHolders', 'rights'] as const) {
    const unknown = unknownPlaces(given[field] ?? '')
    if (unknown.length > 0) refusals.push({ code: 'enforcement.form_place', field, params: { places: unknown.map((name) => `{${name}}`).join('、') } })
  }
  return refusals
}
