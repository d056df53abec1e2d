import { missing, Problem, type Refusal } from '../../../kernel/core/problem.ts'
import { type LocalDate, localDate, toMs } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { attachmentsOf } from '../../attachment/server/public.ts'
import { type SiteFacts, siteInReach } from '../../enterprise/server/public.ts'
import { type HazardBrief, hazardsForPaper, hazardsOfVisit, type OfVisit } from '../../hazard/server/public.ts'
import { type Agency, agencyOf, certifiedOn, personNames } from '../../staff/server/public.ts'
import { kinds } from '../../visit/kinds.ts'
import { type VisitForPaper, visitForPaper } from '../../visit/server/public.ts'
import { contentOf, type HazardWords } from '../compose.ts'
import { confirmedBasis } from '../content.ts'
import type { DocType, PaperType } from '../doc-type.ts'
import type { Choices, ItemChoice, PaperContent } from '../paper.ts'
import { assignedRefusals, completeRefusals, type ItemFacts, itemRefusals, needRefusals, type OfficerFacts, officerRefusals, visitRefusals } from '../rules.ts'
import { ownPartOf } from './measure-facts.ts'
import * as store from './store.ts'

/** What a draft stands on. */
export interface Ground {
  id: string
  type: PaperType
  visitId: string | null
  referId: string | null
  /** Where there is neither visit nor paper: a talk (D27). */
  siteId?: string | null
  choices: Choices
}

/** The record as it is now: the page that follows from it, and every refusal, by the moment at which it counts. */
export interface Gathered {
  doc: DocType
  agency: Agency
  site: SiteFacts
  content: PaperContent
  /** The draft's own, its findings under the ids of their hazards. */
  choices: Choices
  items: ItemFacts[]
  /** From the first draft on. */
  wrong: Refusal[]
  /** From submission on. */
  unfinished: Refusal[]
  /** Certificates on the paper's date and the papers that must stand first: from submission on, and again at issue. */
  early: Refusal[]
}

interface Record_ {
  visit: VisitForPaper | null
  refer: store.Row | null
  referHazards: string[]
  site: SiteFacts
  hazards: HazardBrief[]
  /** What the visit wrote of each hazard; of none where the paper speaks of hazards as they are. */
  written: ReadonlyMap<string, NonNullable<OfVisit['written']>>
  choices: Choices
}

/** Reads everything a paper is made of and builds its content. `on` is the paper's date. A constant number of statements. */
export async function gather(ctx: Ctx, given: Ground, on: LocalDate): Promise<Gathered> {
  const record = await recordOf(ctx, given)
  const ground = { ...given, choices: record.choices }
  const { visit, refer, site } = record
  const doc = (await store.formsAt(ctx.tx, site.areaCode)).find((form) => form.type === ground.type)
  if (!doc) throw missing()
  const agency = await agencyOf(ctx.tx, site.areaCode)
  const officers = await officersOf(ctx, ground.choices.officers, visit, on)
  const chosen = chosenOf(ground, record)
  const items = chosen.map((one) => factsOf(one, record))
  const sisters = visit ? await store.ofVisit(ctx.tx, visit.id) : []
  const forms = new Map((await store.formsAt(ctx.tx, site.areaCode)).map((form) => [form.type, form.title]))
  const titles = (types: readonly PaperType[]) => types.map((type) => forms.get(type) ?? type).join('》或《')
  const twice = chosen.length > new Set(chosen.map((c) => c.hazard.id)).size ? [{ code: 'enforcement.item_twice', field: 'items' }] : []
  const foreign = refer && refer.enterprise_id !== site.enterpriseId ? [{ code: 'enforcement.other_enterprise', field: 'referId' }] : []
  const team = officerRefusals(doc, officers, on)
  const checkedOn = visit?.businessDate ?? (ground.choices.checkedAt ? localDate(ground.choices.checkedAt) : null)
  const own = await ownPartOf(ctx, ground.type, ground.choices, { siteId: site.siteId, referId: ground.referId, paperId: ground.id, on })
  const dated = visit !== null || doc.hazards === 'REFERRED'
  const when = !dated || (checkedOn !== null && checkedOn <= on) ? [] : [{ code: 'enforcement.checked_at_needed', field: 'checkedAt' }]
  return {
    doc, agency, site, items, choices: ground.choices,
    content: { ...composed(ground, record, { doc, agency, officers, chosen, photos: await photosOf(ctx, ground, chosen.map((c) => c.hazard.id)) }), ...own.content },
    wrong: [...visitRefusals(doc, visit && { kind: visit.kind, kindZh: kinds[visit.kind].zh, done: visit.state === 'DONE', refused: visit.papersRefused.map((r) => r.code) }), ...foreign, ...twice, ...when, ...team, ...assignedRefusals(doc, officers, items), ...itemRefusals(doc, items), ...own.wrong],
    unfinished: [...completeRefusals(doc, items, ground.choices, on), ...own.unfinished],
    early: needRefusals(doc, sisters, refer, titles),
  }
}

async function recordOf(ctx: Ctx, ground: Ground): Promise<Record_> {
  const visit = ground.visitId ? await visitForPaper(ctx, ground.visitId) : null
  const refer = ground.referId ? await store.find(ctx.tx, ctx.actor, ground.referId) : null
  if (ground.referId && !refer) throw missing()
  const siteId = visit?.siteId ?? refer?.site_id ?? ground.siteId
  if (!siteId) throw new Problem('refused', ground.type === 'D07' ? 'enforcement.refer_needed' : 'enforcement.visit_needed', { params: { titles: '责令文书' }, fields: [{ path: ground.type === 'D07' ? 'referId' : 'visitId', code: 'enforcement.visit_needed' }] })
  const site = await siteInReach(ctx, siteId)
  const ofVisit = visit ? (await hazardsOfVisit(ctx, visit.id)).sort((a, b) => (a.written?.nth ?? 0) - (b.written?.nth ?? 0)) : []
  const choices = { ...ground.choices, items: ground.choices.items.map((item) => ({ ...item, hazardId: ofVisit.find((h) => h.written?.id === item.hazardId)?.id ?? item.hazardId })) }
  const others = choices.items.map((item) => item.hazardId).filter((id) => !ofVisit.some((h) => h.id === id))
  const hazards = [...ofVisit.filter((h) => ground.type !== 'D04' || h.state !== 'VOID'), ...(others.length ? await hazardsForPaper(ctx, [...new Set(others)]) : [])]
  const written = new Map(AS_SEEN.has(ground.type) ? ofVisit.flatMap((h) => (h.written ? [[h.id, h.written] as const] : [])) : [])
  return { visit, refer: refer ?? null, referHazards: refer ? await store.hazardsOf(ctx.tx, refer.id) : [], site, hazards, written, choices }
}

/** Papers that say what was seen that day, as it was written down then; an order speaks of the hazard as it was confirmed. */
const AS_SEEN: ReadonlySet<PaperType> = new Set(['D04', 'D30'])

async function officersOf(ctx: Ctx, ids: readonly string[], visit: VisitForPaper | null, on: LocalDate): Promise<OfficerFacts[]> {
  const [names, certificates] = [await personNames(ctx.tx, ids), await certifiedOn(ctx.tx, ids, on)]
  const there = new Set(visit?.people.flatMap((p) => (p.part === 'OFFICER' && p.personId ? [p.personId] : [])))
  return ids.map((id) => ({ id, name: names.get(id)?.name ?? '', inVisit: visit ? there.has(id) : null, certificateNo: certificates.get(id)?.no ?? null }))
}

type Chosen = { choice: ItemChoice; hazard: HazardBrief; words: HazardWords }

/** The record of a visit lists everything it found; other papers list what the officer chose. */
function chosenOf(ground: Ground, record: Record_): Chosen[] {
  const byId = new Map(record.hazards.map((h) => [h.id, h]))
  const all = ground.type === 'D04' ? record.hazards.map((h) => ground.choices.items.find((i) => i.hazardId === h.id) ?? emptyChoice(h.id)) : ground.choices.items
  return all.flatMap((choice) => {
    const hazard = byId.get(choice.hazardId)
    return hazard ? [{ choice, hazard, words: wordsFor(hazard, record) }] : []
  })
}

/** A basis that came with the confirmation may still be chosen; those of the finding stand first, in its order. */
function wordsFor(hazard: HazardBrief, { written }: Record_): HazardWords {
  const seen = written.get(hazard.id)
  if (!seen) return hazard
  const { location, description, requirement, level, clauseId, legalBasis } = seen
  return { id: hazard.id, no: hazard.no, location, description, requirement, level, clauseId, legalBasis: [...legalBasis, ...hazard.legalBasis.filter((later) => !legalBasis.some((basis) => basis.text === later.text))] }
}

const emptyChoice = (hazardId: string): ItemChoice => ({ hazardId, basis: [], note: '', photos: [] })

function factsOf({ choice, hazard, words }: Chosen, record: Record_): ItemFacts {
  const basis = confirmedBasis(words.legalBasis, choice.basis)
  return {
    no: hazard.no, level: hazard.level, immediateStop: hazard.immediateStop, state: hazard.state, sameEnterprise: hazard.enterpriseId === record.site.enterpriseId,
    basis: { known: basis.cited.length, unknown: basis.unknown, unnamed: basis.unnamed }, dueOn: choice.dueOn ?? null, passed: choice.passed ?? null, newDueOn: choice.newDueOn ?? null, note: choice.note,
    inReferred: record.referHazards.includes(hazard.id), stopInForce: hazard.stopInForce, stopLifted: choice.stopLifted ?? false,
    reinspectors: hazard.reinspectors, lastReinspectors: hazard.lastReinspectors, orderedTo: hazard.orderId ? hazard.dueOn : null,
  }
}

type Photo = PaperContent['items'][number]['photos'][number]

/** At most two of each side: BEFORE for what is ordered, pairs for what was put right. */
async function photosOf(ctx: Ctx, ground: Ground, hazardIds: readonly string[]): Promise<Map<string, Photo[]>> {
  const linked = await attachmentsOf(ctx.tx, [...hazardIds, ground.id])
  const taken = new Map((linked.get(ground.id) ?? []).map((a) => [a.id, a]))
  const pairs = ground.type === 'D04' || ground.type === 'D07'
  return new Map(hazardIds.map((id) => {
    const pictures = (linked.get(id) ?? []).filter((a) => a.type.startsWith('image/'))
    const own = ground.choices.items.find((i) => i.hazardId === id)?.photos.flatMap((photo) => taken.get(photo) ?? []) ?? []
    const before = pictures.filter((a) => a.role === 'BEFORE').slice(0, 2)
    const after = pairs ? (own.length ? own : pictures.filter((a) => a.role === 'AFTER')).slice(0, 2) : []
    return [id, [...before.map((a) => ({ id: a.id, role: 'BEFORE', sha256: a.sha256 })), ...after.map((a) => ({ id: a.id, role: 'AFTER', sha256: a.sha256 }))]]
  }))
}

function composed(ground: Ground, record: Record_, given: { doc: DocType; agency: Agency; officers: OfficerFacts[]; chosen: Chosen[]; photos: Map<string, Photo[]> }): PaperContent {
  const { visit, refer, site } = record
  const { doc, agency, officers, chosen, photos } = given
  const fixed = new Set(visit?.answers.flatMap((a) => (a.answer === 'FIXED' && a.hazardId ? [a.hazardId] : [])))
  return contentOf({
    doc, agency: agency.name, site, visit: visit && { ...visit, kindZh: kinds[visit.kind].zh }, refers: refer && { no: refer.no ?? '', title: refer.title, servedOn: refer.served_on ?? '' }, officers,
    items: chosen.map(({ choice, hazard, words }) => ({ choice, hazard: words, fixed: record.written.get(hazard.id)?.fixed ?? (fixed.has(hazard.id) || hazard.state === 'FIXED_ON_SITE' || closedThere(hazard, visit)), photos: photos.get(hazard.id) ?? [] })), choices: ground.choices,
  })
}

/** Found by this visit, never ordered, and over: put right on the spot (T4, T5). */
const closedThere = (hazard: HazardBrief, visit: VisitForPaper | null): boolean => hazard.state === 'CLOSED' && hazard.orderId === null && visit !== null && visit.arrivedAt !== null && toMs(hazard.foundAt) === toMs(visit.arrivedAt)
