import { confirmedBasis, governmentOf } from '../../capabilities/enforcement/content.ts'
import type { DocType } from '../../capabilities/enforcement/doc-type.ts'
import type { Choices, ItemChoice, PaperContent } from '../../capabilities/enforcement/paper.ts'
import { hashOf } from '../../capabilities/enforcement/server/drafting.ts'
import { clauseById, fullCitation } from '../../capabilities/checklist/criteria.ts'
import type { Hazard } from '../../capabilities/hazard/hazard.ts'
import { kinds } from '../../capabilities/visit/kinds.ts'
import { localDate } from '../../kernel/core/time.ts'
import type { Row } from './bulk.ts'
import type { Folk } from './folk.ts'
import type { PaperPlan } from './papers.ts'
import type { Photo } from './photos.ts'
import { numberOf, type EventGiven, type VisitGiven } from './visits.ts'

/** A hazard as a paper sees it: its end is known, the paper tells what was so on its day. */
export interface PaperItem {
  readonly hazard: Hazard
  readonly fixed: boolean
  /** The day that the order names. */
  readonly dueOn: string | null
  /** For a re-inspection. */
  readonly passed: boolean | null
  readonly newDueOn: string | null
  readonly photos: readonly Photo[]
}

export interface PaperGiven {
  readonly plan: PaperPlan
  readonly visit: VisitGiven
  readonly items: readonly PaperItem[]
  readonly forms: ReadonlyMap<string, DocType>
  readonly agency: { readonly id: string; readonly name: string }
  readonly folk: Folk
}

const MINUTE = 60_000
const iso = (ms: number): string => new Date(ms).toISOString()

/** Approved papers are drafted, sent up, approved, issued, signed and served; the others are issued and signed. */
const before = { drafted: 16, submitted: 13, approved: 9, issued: 6, signed: 2 } as const
const stepsOf = (plan: PaperPlan) => ({ approval: plan.type === 'D05' || plan.type === 'D06' || plan.type === 'D07', service: plan.type !== 'D04' })

function choiceOf(plan: PaperPlan, item: PaperItem): ItemChoice {
  const basis = plan.type === 'D05' || plan.type === 'D06' ? citable(item.hazard) : []
  const lifted = plan.type === 'D07' && item.passed === true && item.hazard.immediateStop
  return {
    hazardId: item.hazard.id, basis, note: item.passed === false ? '整改不到位' : '', photos: [], ...(item.dueOn ? { dueOn: item.dueOn } : {}), ...(item.passed === null ? {} : { passed: item.passed }),
    ...(item.newDueOn ? { newDueOn: item.newDueOn } : {}), ...(lifted ? { stopLifted: true } : {}),
  }
}

/** A local rule nobody has named is never printed. */
const citable = (h: Hazard): string[] => h.legalBasis.map((b) => b.text).filter((text) => confirmedBasis(h.legalBasis, [text]).unnamed.length === 0)

function choicesOf({ plan, items, folk }: PaperGiven): Choices {
  const stop = plan.type === 'D05'
  return {
    officers: folk.ids(plan.officers), items: items.map((item) => choiceOf(plan, item)), measures: stop ? ['STOP_USE'] : [], checked: plan.type === 'D04' ? '对照检查表逐项检查现场，查阅制度和台账' : '',
    handling: plan.type === 'D04' && items.length ? '对发现的问题依法处理，要求限期改正' : '', scope: stop ? '隐患所在部位及相关设备' : '', until: stop ? '至隐患排除并经审查同意之日' : '',
    opinion: plan.type === 'D30' ? '请尽早安排处理，需要指导可联系社区安格员' : '', ...(plan.type === 'D07' ? { checkedAt: iso(plan.at - 30 * MINUTE) } : {}),
  }
}

/** The page as the product would draw it from the record; see enforcement/server/gather.ts. */
function contentOf(given: PaperGiven, choices: Choices): PaperContent {
  const { plan, visit, items, agency, folk } = given
  const form = given.forms.get(plan.type)!
  const { type, title, copies, copyHolders, rights, sections, effect } = form
  const { place, script, found } = visit
  const letters = (letter: string) => script.answers.split(letter).length - 1
  return {
    form: { type, title, copies, copyHolders, rights, sections, effect }, agency: agency.name, government: governmentOf(agency.name),
    party: { name: place.enterpriseName, creditCode: place.creditCode, address: place.address, siteName: place.siteName, principal: place.principal, companion: place.safety, companionDuty: '安全管理人员' },
    visit: { no: numberOf(visit), kind: kinds[script.kind].zh, startedAt: script.at, endedAt: script.leftAt }, checkedOn: script.businessDate,
    officers: plan.officers.map((ref) => {
      const who = folk.of(ref)
      return { id: who.id!, name: who.name, certificateNo: form.certificates ? (who.certificate?.no ?? null) : null }
    }),
    answers: { asked: script.answers.length, complies: letters('Y'), notApplicable: letters('X'), found: found.findings, fixed: found.fixed },
    items: items.map((item, i) => itemOf(plan, item, choices.items[i]!)),
    refers: plan.refer && { no: plan.refer.no ?? '', title: given.forms.get(plan.refer.type)!.title, servedOn: localDate(plan.refer.at) },
    measures: choices.measures, checked: choices.checked, handling: choices.handling, scope: choices.scope, until: choices.until, opinion: choices.opinion,
  }
}

function itemOf(plan: PaperPlan, item: PaperItem, choice: ItemChoice): PaperContent['items'][number] {
  const h = item.hazard
  const clause = h.level === 'MAJOR' && h.clauseId ? clauseById(h.clauseId) : undefined
  return {
    hazardId: h.id, no: h.no, location: h.location, problem: h.description, major: h.level === 'MAJOR', fixed: plan.type === 'D04' && item.fixed, requirement: h.requirement,
    basis: [...(clause ? [fullCitation(clause)] : []), ...confirmedBasis(h.legalBasis, choice.basis).cited], dueOn: choice.dueOn ?? null, passed: choice.passed ?? null, note: choice.note, newDueOn: choice.newDueOn ?? null,
    stopLifted: choice.stopLifted ?? false, photos: item.photos.map((p) => ({ id: p.id, role: p.role, sha256: p.sha256 })),
  }
}

/** The paper with its hazards and, when it is numbered, its number. */
export function paperRows(given: PaperGiven): { paper: Row; hazards: Row[]; number: Row | null } {
  const { plan, visit, agency, folk } = given
  const { place } = visit
  const choices = choicesOf(given)
  const content = contentOf(given, choices)
  const { approval, service } = stepsOf(plan)
  const at = (minutes: number) => iso(plan.at - minutes * MINUTE)
  const drafter = folk.of(plan.officers[0]!)
  const lead = folk.of(folk.leadOf(plan.officers, visit.ordinal))
  const day = localDate(plan.at)
  const seq = /〕(\d+)号$/.exec(plan.no ?? '')?.[1]
  const paper = {
    id: plan.id, no: plan.no, type: plan.type, title: content.form.title, state: service ? 'SERVED' : 'SIGNED', agency_id: agency.id, enterprise_id: place.enterpriseId, enterprise_name: place.enterpriseName, site_id: place.siteId,
    site_name: place.siteName, visit_id: visit.id, refer_id: plan.refer?.id ?? null, area_code: place.areaCode, grid_id: place.gridId, officers: choices.officers, choices, content, content_sha256: hashOf(content),
    drafted_by: drafter.id, drafted_by_name: drafter.name, drafted_at: at(before.drafted), submitted_at: approval ? at(before.submitted) : null, approved_by: approval ? lead.id : null, approved_by_name: approval ? lead.name : null,
    approved_at: approval ? at(before.approved) : null, approval_note: approval ? '同意' : null, leader_approved: false, issued_by: drafter.id, issued_by_name: drafter.name, issued_at: at(before.issued),
    issued_on: localDate(plan.at - before.issued * MINUTE), signed_at: at(before.signed), service: service ? { method: 'DIRECT', servedOn: day, receiver: place.safety } : null, served_on: service ? day : null,
    served_at: service ? iso(plan.at) : null, version: (approval ? 4 : 2) + plan.officers.length + 1 + (service ? 1 : 0),
  }
  return {
    paper,
    hazards: content.items.map((item, i) => ({ paper_id: plan.id, hazard_id: item.hazardId, ordinal: i + 1, due_on: item.dueOn, passed: item.passed, new_due_on: item.newDueOn })),
    number: seq ? { agency_id: agency.id, type: plan.type, year: Number(day.slice(0, 4)), seq: Number(seq), paper_id: plan.id, state: 'USED' } : null,
  }
}

/** Both sides' signatures; `pictureOf` gives the attachment of a signer. */
export function signatureRows({ plan, visit, folk }: PaperGiven, pictureOf: (signer: string) => string): Row[] {
  const at = iso(plan.at - before.signed * MINUTE)
  const row = (part: string, ordinal: number, personId: string | null, name: string, duty: string, signer: string) => ({ paper_id: plan.id, part, ordinal, person_id: personId, name, duty, attachment_id: pictureOf(signer), refused: null, reason: '', at })
  return [
    ...plan.officers.map((ref, i) => row('OFFICER', i + 1, folk.id(ref), folk.of(ref).name, '', ref)),
    row('RECIPIENT', 1, null, visit.place.safety, '安全管理人员', visit.place.ref),
  ]
}

/** What was told of the paper; `short` keeps the issue and the last step. */
export function paperEvents(given: PaperGiven, writer: EventGiven, paper: Row, short: boolean): Row[] {
  const { plan, visit, folk } = given
  const { place } = visit
  const { approval, service } = stepsOf(plan)
  const signer = plan.officers.at(-1)!
  const steps: [keyof typeof before | 'served' | 'received', string, string, string][] = [
    ['drafted', 'DRAFT', 'DRAFT', plan.officers[0]!],
    ...(approval ? ([['submitted', 'DRAFT', 'PENDING', plan.officers[0]!], ['approved', 'PENDING', 'APPROVED', folk.leadOf(plan.officers, visit.ordinal)]] as const).map((s) => [...s] as [keyof typeof before, string, string, string]) : []),
    ['issued', approval ? 'APPROVED' : 'DRAFT', 'ISSUED', plan.officers[0]!],
    ...plan.officers.slice(0, -1).map((ref): [keyof typeof before, string, string, string] => ['signed', 'ISSUED', 'ISSUED', ref]),
    ['signed', 'ISSUED', 'ISSUED', signer],
    ['received', 'ISSUED', 'SIGNED', plan.officers[0]!],
    ...(service ? [['served', 'SIGNED', 'SERVED', plan.officers[0]!] as ['served', string, string, string]] : []),
  ]
  const role = plan.type === 'D30' ? 'GRID_OFFICER' : 'INSPECTOR'
  return steps.flatMap(([event, from, to, ref], i) => {
    if (short && event !== 'issued' && i !== steps.length - 1) return []
    const at = plan.at - (event === 'served' ? 0 : before[event === 'received' ? 'signed' : event]) * MINUTE
    const who = folk.of(ref)
    const issued = event === 'issued' ? { issuedOn: paper.issued_on, sha256: paper.content_sha256, hazards: given.items.map((item) => item.hazard.no) } : {}
    return [{
      epoch: writer.epoch, id: writer.eventId(at), at: iso(at), occurred_at: iso(at), operation: `enforcement.${event}`, aggregate: 'paper', aggregate_id: plan.id, version: i + 1, event: `enforcement.${event}`, from_state: from, to_state: to,
      actor_id: who.id, actor_name: who.name, actor_role: event === 'approved' ? 'TEAM_LEAD' : role, area_code: place.areaCode, grid_id: place.gridId, enterprise_id: place.enterpriseId,
      data: { title: paper.title, no: i >= (approval ? 3 : 1) ? plan.no : null, ...issued, ...(event === 'served' ? { servedOn: paper.served_on, method: 'DIRECT' } : {}) }, origin: {},
    }]
  })
}
