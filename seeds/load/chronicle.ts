import { basisOf } from '../../capabilities/checklist/checklist.ts'
import { shippedChecklist } from '../../capabilities/checklist/library.ts'
import type { DocType } from '../../capabilities/enforcement/doc-type.ts'
import type { FindingDraft, Hazard } from '../../capabilities/hazard/hazard.ts'
import { toRow, wordsOf } from '../../capabilities/hazard/server/row.ts'
import { datedNumber } from '../../kernel/core/id.ts'
import { businessDate, localDate } from '../../kernel/core/time.ts'
import type { CampaignScript, FindingScript, VisitScript } from '../history-types.ts'
import { castEnterprise, type PlaceBook, type PlaceFacts } from './book.ts'
import { idOf, type Row, timedId } from './bulk.ts'
import { teamIdOf } from './campaigns.ts'
import type { Folk } from './folk.ts'
import { type Life, live } from './life.ts'
import { paperEvents, type PaperItem, paperRows, signatureRows } from './paper-rows.ts'
import type { PaperPlan, PaperPlanner, VisitPapers } from './papers.ts'
import { type Gallery, type Photo, photoRows } from './photos.ts'
import { supervisionRows } from './supervisions.ts'
import { answerRows, peopleRows, reinspectionScript, scanRows, visitEvents, type VisitGiven, visitRow } from './visits.ts'

export interface ChronicleGiven {
  readonly folk: Folk
  readonly places: PlaceBook
  readonly planner: PaperPlanner
  readonly forms: ReadonlyMap<string, DocType>
  readonly agency: { readonly id: string; readonly name: string }
  readonly campaigns: readonly CampaignScript[]
  readonly gallery: Gallery
  readonly epoch: number
  readonly now: number
  /** Without papers, photos, answers and the steps before a visit's record: for measuring at scale. */
  readonly lean: boolean
}

/** Takes a row of a table; parents are handed over before children. */
export type Take = (table: string, row: Row) => void

/** Days for which a visit keeps every answer and every step. */
const RECENT = 40 * 86_400_000

type Found = { script: FindingScript; life: Life; fixed: boolean; before: Photo[]; after: Photo[] }

/** Writes visit after visit as the product itself would have left them. Ordinals run over the whole year, so the order of visits is fixed. */
export class Chronicle {
  private readonly given: ChronicleGiven
  private visits = 0
  private events = 0
  private attachments = 0
  private others = 0
  private readonly signed = new Map<string, string>()

  constructor(given: ChronicleGiven) {
    this.given = given
  }

  /** Visits written so far, re-inspections among them. */
  get visitCount(): number {
    return this.visits
  }

  private eventId = (at: number): string => timedId('event', at, ++this.events)

  write(script: VisitScript, take: Take): void {
    const { places, planner, folk } = this.given
    const papers = planner.plan(script)
    const place = places.at(script.siteRef)
    const onlyDrafts = script.findings.length > 0 && script.findings.every((f) => f.path.length === 0)
    // A draft and its visit lie on a phone and have not been handed in.
    if (onlyDrafts) return
    const visit = this.visit(script, place)
    const recent = Date.parse(script.at) > this.given.now - RECENT || place.ref === castEnterprise
    const found = script.findings.filter((f) => f.path.length > 0).map((f) => this.finding(f, visit, papers))
    folk.ids(script.actors)
    for (const row of folk.takeNew()) take('person', row)
    this.handOver(visit, found, recent, take)
    const again = script.reinspections.map((r) => this.reinspection(script, r, visit, papers, recent, take))
    if (!this.given.lean) for (const plan of papers.all) this.paper(plan, plan.inspection === null ? visit : again[plan.inspection]!, found, recent, take)
  }

  private visit(script: VisitScript, place: PlaceFacts, reinspects?: string): VisitGiven {
    const ordinal = ++this.visits
    const campaign = this.given.campaigns.find((c) => c.ref === script.campaignRef)
    const findings = script.findings.filter((f) => f.path.length > 0)
    const count = (test: (f: FindingScript) => boolean) => findings.filter(test).length
    return {
      script, id: timedId('visit', script.at, ordinal), ordinal, place, agencyId: this.given.agency.id, campaign: campaign ? { id: idOf('campaign', campaign.ref), name: campaign.name, teamId: teamIdOf(campaign, place.areaCode) } : null,
      found: { findings: findings.length, fixed: count((f) => isFixedThere(f, script)), major: count((f) => f.level === 'MAJOR') }, ...(reinspects === undefined ? {} : { reinspects }),
    }
  }

  private finding(script: FindingScript, visit: VisitGiven, papers: VisitPapers): Found {
    const { folk, epoch, now, lean } = this.given
    const draft = draftOf(script, visit, folk)
    const number = Number(script.ref.slice(2))
    const no = datedNumber('HZ', businessDate(draft.foundAt), visit.place.areaCode.slice(0, 6), ((number - 1) % 999_999) + 1)
    const order = papers.orderOf(script.ref)
    const setting = { folk, draft, no, order: order && { id: order.id, no: order.no ?? '' }, opinions: papers.opinionsOf(script.ref).map((p) => (lean ? null : (p?.id ?? null))) }
    const open = !['CLOSED', 'VOID', 'TRANSFER_CLOSED'].includes(script.endState)
    const life = live(script.path, setting, { writer: { epoch, eventId: this.eventId }, now, reminders: open && !lean })
    return { script, life, fixed: isFixedThere(script, visit.script), before: [], after: [] }
  }

  /** Visit, people, answers, hazards with their events, sightings, supervision, photos. */
  private handOver(visit: VisitGiven, found: readonly Found[], recent: boolean, take: Take): void {
    const { folk, lean, epoch, now } = this.given
    const writer = { epoch, eventId: this.eventId }
    take('visit', visitRow(visit, folk))
    for (const row of peopleRows(visit, folk)) take('visit_person', row)
    for (const { life } of found) {
      take('hazard', toRow(life.hazard))
      take('hazard_search', { hazard_id: life.hazard.id, words: wordsOf(life.hazard) })
    }
    if (!lean) {
      for (const row of scanRows(visit, folk, timedId('scan', visit.script.at, visit.ordinal))) take('visit_scan', row)
      const hazardOf = new Map(found.map((f) => [f.script.itemCode, f.life.hazard.id]))
      for (const row of answerRows(visit, hazardOf, recent)) take('visit_answer', row)
      for (const f of found) this.photos(f, visit, take)
      if (visit.script.outcome !== 'CHECKED' && visit.script.kind !== 'PHONE') this.photo('OUTCOME', visit.script.at, visit, { aggregate: 'visit', id: visit.id }, visit.script.actors[0]!, take)
    }
    for (const row of visitEvents(visit, folk, writer, lean)) take('domain_event', row)
    for (const { script, life } of found) {
      for (const event of life.events) take('domain_event', event)
      for (const row of sightingsOf(life, () => ++this.others)) take('hazard_sighting', row)
      const supervised = supervisionRows(script, life.hazard, { folk, writer, now, ordinal: () => ++this.others })
      for (const row of supervised.rows) take('hazard_supervision', row)
      for (const event of supervised.events) take('domain_event', event)
    }
  }

  private reinspection(script: VisitScript, r: VisitScript['reinspections'][number], visit: VisitGiven, papers: VisitPapers, recent: boolean, take: Take): VisitGiven {
    const { folk, lean, epoch } = this.given
    const order = r.covers.map((ref) => papers.orderOf(ref)).find((p) => p !== null)
    const again = this.visit(reinspectionScript(script, r), visit.place, order?.no ?? '整改到期')
    take('visit', visitRow(again, folk))
    for (const row of peopleRows(again, folk)) take('visit_person', row)
    if (!lean) for (const row of scanRows(again, folk, timedId('scan', again.script.at, again.ordinal))) take('visit_scan', row)
    for (const row of visitEvents(again, folk, { epoch, eventId: this.eventId }, lean || !recent)) take('domain_event', row)
    return again
  }

  private photos(f: Found, visit: VisitGiven, take: Take): void {
    const link = { aggregate: 'hazard', id: f.life.hazard.id }
    for (const step of f.script.path) {
      if (step.transition === 'T1') f.before.push(this.photo('BEFORE', step.at, visit, link, step.by[0]!, take, f.before.length))
      if (step.transition === 'T4' || step.transition === 'T9') f.after.push(this.photo('AFTER', step.at, visit, link, step.by[0]!, take, f.after.length))
    }
  }

  private photo(role: Photo['role'], at: string, visit: VisitGiven, link: { aggregate: string; id: string }, by: string, take: Take, nth = 0): Photo {
    const { gallery, folk } = this.given
    const who = folk.of(by)
    const ordinal = ++this.attachments
    const pictures = role === 'OUTCOME' ? [gallery.door] : role === 'AFTER' ? gallery.after : gallery.before
    const made = photoRows({ picture: pictures[(visit.ordinal + nth) % pictures.length]!, role, at, ordinal, place: visit.place, by: { id: who.id!, name: who.name }, link })
    take('attachment', made.row)
    take('attachment_link', made.link!)
    return made.photo
  }

  private paper(plan: PaperPlan, visit: VisitGiven, found: readonly Found[], recent: boolean, take: Take): void {
    const { folk, forms, agency, epoch } = this.given
    const items = plan.covers.flatMap((ref) => found.filter((f) => f.script.ref === ref)).map((f) => itemFor(plan, f))
    const given = { plan, visit, items, forms, agency, folk }
    const { paper, hazards, number } = paperRows(given)
    const signatures = signatureRows(given, (signer) => this.signature(signer, visit, plan, take))
    take('paper', paper)
    for (const row of hazards) take('paper_hazard', row)
    if (number) take('paper_number', number)
    for (const row of signatures) take('paper_signature', row)
    for (const event of paperEvents(given, { epoch, eventId: this.eventId }, paper, !recent)) take('domain_event', event)
  }

  /** One picture for all signatures of a person at a place. */
  private signature(signer: string, visit: VisitGiven, plan: PaperPlan, take: Take): string {
    const key = `${signer}|${visit.place.ref}`
    const known = this.signed.get(key)
    if (known) return known
    const by = this.given.folk.of(plan.officers[0]!)
    const made = photoRows({ picture: this.given.gallery.signature, role: 'SIGNATURE', at: new Date(plan.at).toISOString(), ordinal: ++this.attachments, place: visit.place, by: { id: by.id!, name: by.name } })
    take('attachment', made.row)
    this.signed.set(key, made.photo.id)
    return made.photo.id
  }
}

/** Put right under the visitors' eyes: T4 before they left. */
const isFixedThere = (f: FindingScript, visit: VisitScript): boolean => f.path.some((s) => s.transition === 'T4' && s.at <= visit.leftAt)

function draftOf(f: FindingScript, { place, id, script, campaign }: VisitGiven, folk: Folk): FindingDraft {
  const list = shippedChecklist(f.checklist)
  const item = list.items.find((i) => i.code === f.itemCode)!
  const confirmed = f.path.find((s) => s.transition === 'T2')
  const clause = f.level === 'MAJOR' ? (confirmed?.data?.criteriaClauseId ?? item.majorClauseIds[0] ?? null) : null
  return {
    id: timedId('hazard', f.path[0]!.at, Number(f.ref.slice(2))), site: { ...place }, source: f.source, sourceId: id, campaignId: campaign?.id ?? null, teamId: campaign?.teamId ?? null, itemCode: f.itemCode, versionId: list.id, category: item.hazardCategory, location: f.location, description: f.description,
    requirement: item.defaultRequirement, level: f.level, clauseId: clause, clauseMode: null, legalBasis: basisOf(list, item), immediateStop: f.immediateStop, defaultDays: item.defaultDays, evidence: item.evidence,
    photosBefore: [], photosAfter: [], fixedOnSite: isFixedThere(f, script), foundAt: script.at, foundBy: folk.ids(f.path[0]!.by), officers: confirmed ? folk.ids(confirmed.by) : [],
  }
}

/** A closed hazard met again is one more sighting of it. */
function sightingsOf({ hazard, events }: Life, ordinal: () => number): Row[] {
  return events.filter((e) => e.event === 'hazard.reopened').map((e) => {
    const data = e.data as { at: string; by: string[]; description: string; source: string }
    return { id: timedId('sighting', data.at, ordinal()), hazard_id: hazard.id, at: data.at, by: data.by, source: data.source, source_id: null, description: data.description, area_code: hazard.areaCode, grid_id: hazard.gridId, enterprise_id: hazard.enterpriseId }
  })
}

/** What a paper says of one hazard on its day. */
function itemFor(plan: PaperPlan, f: Found): PaperItem {
  const hazard: Hazard = f.life.hazard
  const base = { hazard, fixed: f.fixed, dueOn: null, passed: null, newDueOn: null }
  if (plan.type === 'D05' || plan.type === 'D06') return { ...base, dueOn: f.script.path.find((s) => s.transition === 'T6')?.data?.dueOn ?? null, photos: f.before }
  if (plan.type !== 'D07') return { ...base, photos: [...f.before, ...(plan.type === 'D04' && f.fixed ? f.after : [])] }
  const result = f.script.path.filter((s) => s.transition === 'T11' || s.transition === 'T12').find((s) => localDate(s.at) >= localDate(plan.at))
  const failed = result?.transition === 'T12'
  return { ...base, passed: !failed, newDueOn: failed ? (result?.data?.dueOn ?? null) : null, photos: [...f.before, ...f.after.slice(0, 1)] }
}
