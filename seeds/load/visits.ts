import { itemsToAsk } from '../../capabilities/checklist/checklist.ts'
import { shippedChecklist } from '../../capabilities/checklist/library.ts'
import { countsToCap, isInspection, kinds, needsApproval, OUTCOME_ZH, type TaskSource, type VisitKind } from '../../capabilities/visit/kinds.ts'
import { datedNumber } from '../../kernel/core/id.ts'
import { businessDate } from '../../kernel/core/time.ts'
import type { VisitScript } from '../history-types.ts'
import type { PlaceFacts } from './book.ts'
import type { Row } from './bulk.ts'
import type { Folk } from './folk.ts'

/** A visit with what is known of it besides the script. */
export interface VisitGiven {
  readonly script: VisitScript
  readonly id: string
  /** Counts all visits from 1; numbers and choices hang on it. */
  readonly ordinal: number
  readonly place: PlaceFacts
  readonly agencyId: string
  readonly campaign: { readonly id: string; readonly name: string; readonly teamId: string | null } | null
  readonly found: { readonly findings: number; readonly fixed: number; readonly major: number }
  /** Set for a visit that re-inspects: the order it goes back to. */
  readonly reinspects?: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const iso = (ms: number): string => new Date(ms).toISOString()

const grounds: Readonly<Record<VisitKind, readonly [TaskSource, string]>> = {
  ADMIN_DAILY: ['RANDOM_DRAW', '双随机抽查'], ADMIN_SPECIAL: ['SPECIAL_PLAN', '专项检查'], ADMIN_CASE: ['CLUE', '核查线索'], ADMIN_OFFSITE: ['ANNUAL_PLAN', '非现场检查'], PATROL: ['GRID_PLAN', '网格巡查'],
  GUIDANCE: ['INVITATION', '应企业邀请指导'], SELF_CHECK: ['OWN', '企业自查'], THIRD_PARTY: ['SPECIAL_PLAN', '协助检查'], PHONE: ['DUTY_PLAN', '值班抽查'], JOINT: ['SPECIAL_PLAN', '综合查一次'],
}

const codes = new Map<string, readonly string[]>()
function itemCodes(list: string): readonly string[] {
  const found = codes.get(list) ?? itemsToAsk(shippedChecklist(list), []).map((item) => item.code)
  codes.set(list, found)
  return found
}

export const numberOf = (given: VisitGiven): string => datedNumber('INS', given.script.businessDate, given.place.areaCode.slice(0, 6), ((given.ordinal - 1) % 999_999) + 1)

/** Instants of a visit's way: planned, sent up, decided, begun, recorded. */
export function momentsOf({ script }: Pick<VisitGiven, 'script'>) {
  const at = Date.parse(script.at)
  const left = Date.parse(script.leftAt)
  return { planned: at - 44 * HOUR, submitted: at - 43 * HOUR, decided: at - 22 * HOUR, at, left, recorded: left }
}

/** The row as the product leaves it behind. */
export function visitRow(given: VisitGiven, folk: Folk): Row {
  const { script, place, found } = given
  const { kind } = script
  const when = momentsOf(given)
  const [first] = script.actors
  const approved = needsApproval(kind)
  const lead = folk.of(folk.leadOf(script.actors, given.ordinal))
  const checked = script.outcome === 'CHECKED'
  const inspection = isInspection(kind)
  const letters = (letter: string) => script.answers.split(letter).length - 1
  return {
    id: given.id, no: numberOf(given), kind, enterprise_id: place.enterpriseId, site_id: place.siteId, area_code: place.areaCode, grid_id: place.gridId, park_id: place.parkId, agency_id: inspection ? given.agencyId : null,
    state: 'DONE', business_date: script.businessDate, planned_on: approved ? script.businessDate : null, urgent: false, ...groundsOf(given), joint_departments: [], campaign_id: given.campaign?.id ?? null, team_id: given.campaign?.teamId ?? null,
    version_ids: script.checklist && checked ? [shippedChecklist(script.checklist).id] : [], needs_cooperation: true, counts_to_cap: countsToCap(kind),
    ...(approved
      ? { submitted_at: iso(when.submitted), submitted_by: folk.id(first!), decided_at: iso(when.decided), decided_by: lead.id, decided_by_name: lead.name, opinion: '同意' }
      : { submitted_at: null, submitted_by: null, decided_at: null, decided_by: null, decided_by_name: null, opinion: null }),
    arrived_at: script.at, left_at: script.leftAt, id_shown_at: inspection && checked ? iso(when.at + MINUTE) : null, informed_at: inspection && checked ? iso(when.at + 2 * MINUTE) : null, scanned: kinds[kind].scan,
    outcome: script.outcome, signature: kinds[kind].signed && checked ? 'SIGNED' : 'NOT_NEEDED', companion_name: checked && kinds[kind].onSite ? place.safety : null, companion_duty: checked && kinds[kind].onSite ? '安全管理人员' : null,
    finding_count: found.findings, fixed_count: found.fixed, major_count: found.major, answer_count: script.answers.length, complied_count: letters('Y'), not_applicable_count: letters('X'),
    patrol_valid: kind === 'PATROL' ? true : null, patrol_notes: [], created_by: folk.id(first!), created_at: iso(approved ? when.planned : when.at), recorded_by: folk.id(first!), recorded_at: iso(when.recorded),
    version: approved ? 5 : 1,
  }
}

/** Why the visit took place, in the words the form asks for. */
function groundsOf(given: VisitGiven): Row {
  const { script: { kind, campaignRef }, campaign, reinspects, ordinal } = given
  const [source, purpose] = grounds[kind]
  if (reinspects !== undefined) return { purpose: '整改情况复查', task_source: 'CLUE', clue_kind: 'REINSPECTION', clue_no: reinspects, plan_reference: null }
  const plan = kind === 'ADMIN_SPECIAL' ? (campaign?.name ?? '重点行业领域专项检查方案') : kind === 'GUIDANCE' ? (campaignRef ? (campaign?.name ?? '') : '企业书面邀请') : null
  const clue = kind === 'ADMIN_CASE' ? { clue_kind: 'COMPLAINT', clue_no: `12350-${String(ordinal).padStart(6, '0')}` } : { clue_kind: null, clue_no: null }
  return { purpose: campaign ? `${campaign.name}：${purpose}` : purpose, task_source: source, ...clue, plan_reference: plan }
}

/** Everybody who took part, as they were on the day. */
export function peopleRows({ script, id, place }: VisitGiven, folk: Folk): Row[] {
  const officers = isInspection(script.kind)
  const part = officers ? 'OFFICER' : script.kind === 'GUIDANCE' ? 'ASSISTANT' : 'GRID'
  const row = (ordinal: number, who: { id: string | null; name: string; organisation: string | null }, as: string, certificate: { no: string; validTo: string } | null) => ({
    visit_id: id, ordinal, person_id: who.id, name: who.name, organisation: who.organisation, part: as, certificate_no: certificate?.no ?? null, certificate_valid_to: certificate?.validTo ?? null, conflict_declared: officers,
  })
  const team = script.actors.map((ref, i) => {
    const who = folk.of(ref)
    return row(i + 1, who, part, officers ? who.certificate : null)
  })
  const met = script.outcome === 'CHECKED' && kinds[script.kind].onSite && script.kind !== 'SELF_CHECK'
  return met ? [...team, row(team.length + 1, { id: null, name: place.safety, organisation: place.enterpriseName }, 'COMPANION', null)] : team
}

const answers: Readonly<Record<string, string>> = { Y: 'COMPLIES', N: 'FAILS', F: 'FIXED', X: 'NOT_APPLICABLE' }

/** Answers item by item; with `all` false only what was found, so that a year of visits stays small. */
export function answerRows({ script, id }: VisitGiven, hazardOf: ReadonlyMap<string, string>, all: boolean): Row[] {
  if (!script.checklist || !script.answers) return []
  const versionId = shippedChecklist(script.checklist).id
  return itemCodes(script.checklist).flatMap((code, i) => {
    const letter = script.answers[i] ?? 'Y'
    if (!all && letter !== 'N' && letter !== 'F') return []
    return [{ visit_id: id, version_id: versionId, item_code: code, answer: answers[letter], reason: letter === 'X' ? 'NO_SUCH_THING' : null, note: '', by_rest: false, photos: [], hazard_id: hazardOf.get(code) ?? null }]
  })
}

export interface EventGiven {
  readonly epoch: number
  eventId(at: number): string
}

/** What the product told when the visit was planned, approved, begun and recorded; `short` keeps the record only. */
export function visitEvents(given: VisitGiven, folk: Folk, writer: EventGiven, short: boolean): Row[] {
  const { script, place, found } = given
  const no = numberOf(given)
  const title = kinds[script.kind].zh
  const when = momentsOf(given)
  const [first] = script.actors
  const lead = folk.leadOf(script.actors, given.ordinal)
  const row = (version: number, event: string, from: string | null, to: string, ref: string, at: number, data: Row, role = roleOf(script.kind)): Row => {
    const who = folk.of(ref)
    return {
      epoch: writer.epoch, id: writer.eventId(at), at: iso(at), occurred_at: iso(at), operation: `visit.${event}`, aggregate: 'visit', aggregate_id: given.id, version, event: `visit.${event}`, from_state: from, to_state: to,
      actor_id: who.id, actor_name: who.name, actor_role: role, area_code: place.areaCode, grid_id: place.gridId, enterprise_id: place.enterpriseId, data: { no, title, ...data }, origin: {},
    }
  }
  const approved = needsApproval(script.kind)
  const record = row(approved ? 5 : 1, 'recorded', approved ? 'IN_PROGRESS' : null, 'DONE', first!, when.recorded, {
    site: place.siteName, outcome: OUTCOME_ZH[script.outcome], findings: found.findings, fixed: found.fixed, major: found.major, people: script.actors.map((ref) => folk.of(ref).name),
  })
  if (short || !approved) return [record]
  return [
    row(1, 'planned', null, 'PLANNED', first!, when.planned, { site: place.siteName, plannedOn: script.businessDate }),
    row(2, 'submitted', 'PLANNED', 'PENDING_APPROVAL', first!, when.submitted, {}),
    row(3, 'approved', 'PENDING_APPROVAL', 'APPROVED', lead, when.decided, { opinion: '同意' }, 'TEAM_LEAD'),
    row(4, 'started', 'APPROVED', 'IN_PROGRESS', first!, when.at, {}),
    record,
  ]
}

const roleOf = (kind: VisitKind): string =>
  kind === 'PATROL' ? 'GRID_OFFICER' : kind === 'SELF_CHECK' ? 'ENT_SAFETY' : kind === 'PHONE' ? 'DUTY_OFFICER' : 'INSPECTOR'

/** 扫码入企: one scan on arrival where the kind asks for it. */
export const scanRows = ({ script, id }: VisitGiven, folk: Folk, scanId: string): Row[] =>
  kinds[script.kind].scan ? [{ id: scanId, visit_id: id, moment: 'BEFORE', scanned_at: script.at, made_at: script.at, reason: null, person_id: folk.id(script.actors[0]!) }] : []

/** The visit that re-inspects, told as a script of its own. */
export function reinspectionScript(script: VisitScript, r: VisitScript['reinspections'][number]): VisitScript {
  const at = Date.parse(r.at)
  // The result is written when the officers have looked: they came half an hour before.
  const arrived = at - 35 * MINUTE
  return {
    ...script, ref: r.ref, kind: 'ADMIN_CASE', campaignRef: null, at: iso(arrived), leftAt: r.at, businessDate: businessDate(arrived), actors: r.by, outcome: 'CHECKED', checklist: null, answers: '',
    findings: [], papers: [], reinspections: [],
  }
}
