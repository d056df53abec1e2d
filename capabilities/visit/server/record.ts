import { distanceMetres } from '../../../kernel/core/geometry.ts'
import { missing, refuseAny } from '../../../kernel/core/problem.ts'
import { businessDate, toMs } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { send } from '../../../kernel/server/db.ts'
import { type LinkDraft, useAttachments } from '../../attachment/server/public.ts'
import { basisOf, type ChecklistVersion } from '../../checklist/checklist.ts'
import { publishedItems } from '../../checklist/server/public.ts'
import { type FindingDraft, lookForFindings, reportFindings } from '../../hazard/server/public.ts'
import { openTodos, settleTodos, type TodoDraft } from '../../todo/server/public.ts'
import { isInspection, kinds, OUTCOME_ZH } from '../kinds.ts'
import { patrolNotes } from '../patrol.ts'
import { type Counts, countsOf, dayOfAct, itemBehind, mustConvert, mustFollowUp, refuseRecord } from '../recording.ts'
import { refuseAdded, refuseBeginning, refuseGrounds, refuseRecorder, refuseState, type VisitRefusal } from '../rules.ts'
import { refuseScan } from '../scan.ts'
import type { RecordVisit } from '../visit.ts'
import { sentence } from '../zh.ts'
import { capRefusals, forStep, iso, papersDue, scanTodo, urgentTodos, yearOf } from './arrive.ts'
import { blankVisit, groundColumns, storedPeople } from './blank.ts'
import { refuseLinked } from './plan.ts'
import * as store from './store.ts'
import * as todos from './todos.ts'
import { admitKind, reachOfKind, rulesOf, subjectOf, type Team, teamOf, written } from './work.ts'

type Worked = store.Found & store.Standing & { people: store.PersonRow[] }
/** The visit a record belongs to: one that was planned, or one that begins with the record (`fresh`). */
interface Work {
  row: Worked
  fresh: store.NewVisit | null
}

/**
 * Stores a finished visit with its answers and findings: one command, replayable from a phone. Everything is read first,
 * every refusal is said at once, then the visit with its children is one statement and the hazards a constant number.
 */
export async function record(ctx: Ctx, input: RecordVisit) {
  const year = yearOf(input.arrivedAt)
  const work = input.baseVersion === undefined ? await begin(ctx, input, year) : { row: await forStep(ctx, input.id, input.baseVersion, year), fresh: null }
  const given = withStored(input, work.row)
  const versions = await publishedItems(ctx.tx, given.versionIds)
  const at = { areaCode: work.row.area_code, gridId: work.row.grid_id, enterpriseId: work.row.enterprise_id }
  const on = dayOfAct(given.arrivedAt)
  const drafts = findingDrafts(given, work.row, versions)
  const [team, looked] = await Promise.all([
    teamOf(ctx, { kind: given.kind, people: given.people, on, at, declared: true, known: work.row.people }),
    drafts.length ? lookForFindings(ctx, drafts) : undefined,
  ])
  refuseAny(await refusalsOf(ctx, work, given, team, versions, year))
  const counts = countsOf(given)
  const links = photoLinks(given)
  // A night's findings belong to the day before; then their officers' certificates are asked anew.
  const certified = on === businessDate(given.arrivedAt) ? new Set(team.certificates.keys()) : undefined
  const { reported: hazards, reused } = looked ? await reportFindings(ctx, drafts, { looked, certified, links }) : { reported: [], ...(await useAttachments(ctx, links, at)) }
  const hazardOf = new Map(given.findings.map((f, i) => [`${f.versionId}/${f.itemCode}`, hazards[i]!.id]))
  const notes = given.kind === 'PATROL' ? patrolFacts(given, work.row) : []
  const { no, version } = await write(ctx, work, given, { team, counts, notes, hazardOf })
  await settle(ctx, { ...work.row, no }, given, counts, work.fresh === null)
  ctx.emit({
    aggregate: 'visit', id: given.id, version, event: 'visit.recorded', from: work.fresh ? null : work.row.state, to: 'DONE', ...at, occurredAt: given.leftAt,
    data: { no, title: kinds[given.kind].zh, site: work.row.site_name, outcome: OUTCOME_ZH[given.outcome], findings: counts.findings, fixed: counts.fixed, major: counts.major, people: team.people.map((p) => p.name) },
  })
  const warnings: VisitRefusal[] = [...notes, ...(mustConvert(given.kind, counts) ? [{ code: 'visit.convert_needed' as const }] : []), ...(links.some((l) => l.role !== 'SIGNATURE' && reused.includes(l.attachmentId)) ? [{ code: 'visit.photo_reused' as const }] : [])]
  const rules = rulesOf(work.row)
  if (kinds[given.kind].scan && rules.scanRequired && !given.scan && !work.row.scanned) warnings.push({ code: 'visit.scan_later', params: { days: rules.scanAddDays } })
  return { id: given.id, no, version, state: 'DONE' as const, hazards: hazards.map(({ id, no: hazardNo }) => ({ id, no: hazardNo })), warnings: warnings.map((w) => sentence(w)) }
}

/** A visit that begins with its record: patrols, self-checks, calls, and urgent cases. */
async function begin(ctx: Ctx, input: RecordVisit, year: number): Promise<Work> {
  admitKind(ctx, input.kind)
  const inspection = isInspection(input.kind)
  const site = await store.siteForWork(ctx.tx, { reach: reachOfKind(ctx, input.kind) }, { siteId: input.siteId, inspection, jointId: input.jointId ?? null, except: input.id, year })
  if (!site) throw missing('enterprise.missing')
  const { agencyId, used, caps, rules, seq } = site
  if (inspection && !agencyId) throw missing('staff.no_agency')
  const day = businessDate(input.arrivedAt)
  const blank = blankVisit(ctx, input.id, input.kind, site, { agencyId, businessDate: day, specialCounts: rulesOf(site).specialCounts })
  const fresh = { ...blank, ...groundColumns(input), version_ids: input.versionIds }
  const known: store.PersonRow = { personId: ctx.actor.id, name: ctx.actor.name, organisation: null, part: 'GRID', certificateNo: null, certificateValidTo: null, conflictDeclared: false, conflict: null }
  const names = { enterprise_name: site.enterpriseName, site_name: site.siteName, address: site.address, principal_name: site.principalName, tags: site.tags, high_risk: site.highRisk, standard_level: site.standardLevel, site_lon: site.lon, site_lat: site.lat }
  const row = { ...fresh, no: `INS-${day.replaceAll('-', '')}-${site.areaCode.slice(0, 6)}-${seq}`, ...names, used, caps, rules, people: isInspection(input.kind) ? [] : [known] } as Worked
  return { row, fresh }
}

/** What the plan and the start have settled is not said again by the record. */
function withStored(input: RecordVisit, row: Worked): RecordVisit {
  return {
    ...input,
    arrivedAt: row.arrived_at ?? input.arrivedAt,
    idShownAt: row.id_shown_at ?? input.idShownAt,
    informedAt: row.informed_at ?? input.informedAt,
    versionIds: input.versionIds.length ? input.versionIds : row.version_ids,
  }
}

async function refusalsOf(ctx: Ctx, work: Work, given: RecordVisit, team: Team, versions: ReadonlyMap<string, ChecklistVersion>, year: number) {
  const { row, fresh } = work
  const state = fresh ? null : row.state
  const rules = rulesOf(row)
  const beginning = { kind: given.kind, state, urgent: given.urgent || row.urgent, urgentReason: given.urgentReason, needsCooperation: fresh ? given.needsCooperation : row.needs_cooperation }
  const running = state === 'IN_PROGRESS'
  if (fresh) await refuseLinked(ctx, given, row.enterprise_id)
  return [
    ...(state && !given.urgent ? refuseState(state, 'record') : []),
    ...(row.kind !== given.kind || row.site_id !== given.siteId ? [{ code: 'visit.kind_altered' as const, field: 'kind' }] : []),
    ...(running ? [] : refuseBeginning(beginning)),
    ...(fresh ? refuseGrounds(given) : refuseAdded(given.kind, row.people, team.people)),
    ...team.refusals,
    ...refuseRecorder(ctx.actor.id, given.people),
    ...(given.scan ? refuseScan({ ...given.scan, arrivedAt: given.arrivedAt, leftAt: given.leftAt, urgent: beginning.urgent, now: ctx.now }, rules) : []),
    ...(running ? [] : await capRefusals(ctx, row, year, given.capOverrideReason ?? null)),
    ...refuseRecord(given, versions, ctx.now, fresh ? [] : row.version_ids),
  ]
}

function findingDrafts(given: RecordVisit, row: Worked, versions: ReadonlyMap<string, ChecklistVersion>): FindingDraft[] {
  const site = { siteId: row.site_id, siteName: row.site_name, enterpriseId: row.enterprise_id, enterpriseName: row.enterprise_name, areaCode: row.area_code, gridId: row.grid_id, parkId: row.park_id }
  const officers = given.people.flatMap((p) => (p.part === 'OFFICER' && p.personId ? [p.personId] : []))
  const finders = officers.length ? officers : given.people.flatMap((p) => (p.part !== 'COMPANION' && p.personId ? [p.personId] : []))
  return given.findings.map((finding) => {
    const version = finding.versionId ? versions.get(finding.versionId) : undefined
    const item = itemBehind(versions, finding)
    return {
      id: finding.id, site, source: kinds[given.kind].findings!, sourceId: given.id, campaignId: row.campaign_id, teamId: row.team_id, itemCode: item?.code ?? null, versionId: item ? version!.id : null, category: finding.category, location: finding.location,
      description: finding.description, requirement: finding.requirement, level: finding.level, clauseId: finding.clauseId ?? null, clauseMode: finding.clauseMode ?? null,
      legalBasis: version && item ? basisOf(version, item) : [], immediateStop: finding.immediateStop, defaultDays: finding.days ?? item?.defaultDays ?? 7, evidence: item?.evidence ?? 'PHOTO',
      photosBefore: finding.photosBefore, photosAfter: finding.photosAfter, fixedOnSite: finding.fixed, foundAt: iso(given.arrivedAt), foundBy: finders, officers: isInspection(given.kind) ? officers : [],
      ...(finding.opinion ? { opinion: finding.opinion } : {}),
    }
  })
}

const photoIds = (given: RecordVisit): string[] => [...given.outcomePhotos, ...given.answers.flatMap((a) => [...a.photosBefore, ...a.photosAfter]), ...given.findings.flatMap((f) => [...f.photosBefore, ...f.photosAfter])]

function patrolFacts(given: RecordVisit, row: Worked): VisitRefusal[] {
  const here = given.place && row.site_lon !== null && row.site_lat !== null ? distanceMetres([given.place.lon, given.place.lat], [row.site_lon, row.site_lat]) : null
  const minutes = (toMs(given.leftAt) - toMs(given.arrivedAt)) / 60_000
  const checklistDone = given.outcome !== 'CHECKED' || given.answers.length > 0
  return patrolNotes({ distanceM: here, farReason: given.farReason ?? given.place?.reason, minutes, photos: photoIds(given).length, checklistDone }, rulesOf(row))
}

/** The visit, its people, scans and answers: one statement. */
async function write(ctx: Ctx, { row, fresh }: Work, given: RecordVisit, of: { team: Team; counts: Counts; notes: readonly VisitRefusal[]; hazardOf: ReadonlyMap<string, string> }): Promise<store.Stored> {
  const { counts, team } = of
  const now = ctx.now.toISOString()
  const urgent = given.urgent || row.urgent
  const done = {
    id: given.id, state: 'DONE' as const, business_date: businessDate(given.arrivedAt), version_ids: given.versionIds, urgent, papers_due_at: given.urgent ? papersDue(given.arrivedAt, rulesOf(row).papersHours) : row.papers_due_at,
    arrived_at: iso(given.arrivedAt), left_at: iso(given.leftAt), id_shown_at: given.idShownAt ? iso(given.idShownAt) : null, informed_at: given.informedAt ? iso(given.informedAt) : null, scanned: row.scanned || !!given.scan,
    outcome: given.outcome, outcome_note: given.outcomeNote ?? null, signature: given.signature?.state ?? (kinds[given.kind].signed ? null : 'NOT_NEEDED' as const), sign_refusal_reason: given.signature?.refusalReason ?? null,
    witness_name: given.signature?.witnessName ?? null, witness_identity: given.signature?.witnessIdentity ?? null, companion_name: given.companion?.name ?? null, companion_duty: given.companion?.duty ?? null,
    finding_count: counts.findings, fixed_count: counts.fixed, major_count: counts.major, answer_count: counts.answers, complied_count: counts.complied, not_applicable_count: counts.notApplicable,
    patrol_valid: given.kind === 'PATROL' ? of.notes.length === 0 : null, patrol_notes: of.notes.map((n) => sentence(n)), note: given.note ?? null, recorded_by: ctx.actor.id, recorded_at: now,
    cap_override_reason: given.capOverrideReason ?? row.cap_override_reason,
  }
  const whole = {
    people: storedPeople(given.id, team.people, team.names, team.certificates),
    scans: given.scan ? [{ id: ctx.newId(), visit_id: given.id, moment: given.scan.moment, scanned_at: iso(given.scan.scannedAt), made_at: now, reason: given.scan.reason ?? null, person_id: ctx.actor.id }] : [],
    answers: given.answers.map((a) => ({
      version_id: a.versionId, item_code: a.itemCode, answer: a.answer, reason: a.reason ?? null, note: a.note, by_rest: a.byRest, photos: [...a.photosBefore, ...a.photosAfter], hazard_id: of.hazardOf.get(`${a.versionId}/${a.itemCode}`) ?? null,
    })),
  }
  if (!fresh) return written(await store.writeWhole(ctx.tx, { update: done, base: row.version }, whole), row.version)
  send(ctx.tx, store.wholeOf({ insert: { ...fresh, ...done, no: row.no } }, whole))
  return { id: row.id, no: row.no, version: fresh.version }
}

/** Photos of findings are linked by the hazards themselves; the rest belongs to the visit. Signatures are mostly white paper and look alike: nobody is warned of them. */
function photoLinks(given: RecordVisit): LinkDraft[] {
  const link = (role: 'OUTCOME' | 'SIGNATURE' | 'OTHER') => (attachmentId: string) => ({ attachmentId, aggregate: 'visit', aggregateId: given.id, role })
  const signs = given.signature ? [...given.signature.officerAttachmentIds, ...(given.signature.companyAttachmentId ? [given.signature.companyAttachmentId] : [])] : []
  return [...given.outcomePhotos.map(link('OUTCOME')), ...signs.map(link('SIGNATURE')), ...given.answers.flatMap((a) => [...a.photosBefore, ...a.photosAfter]).map(link('OTHER'))]
}

/** What the record leaves to others, and what it ends. */
async function settle(ctx: Ctx, row: Worked, given: RecordVisit, counts: Counts, planned: boolean): Promise<void> {
  const of = subjectOf(row)
  const rules = rulesOf(row)
  const urgent = given.urgent || row.urgent
  const dueAt = given.urgent ? papersDue(given.arrivedAt, rules.papersHours) : row.papers_due_at
  const drafts: (TodoDraft | null)[] = [
    ...(urgent && !row.decided_at && dueAt ? urgentTodos(ctx, row, given.urgentReason ?? '已报告', dueAt) : []),
    scanTodo(ctx, row, { scanned: row.scanned || !!given.scan, leftAt: given.leftAt, required: rules.scanRequired, days: rules.scanAddDays }),
    given.signature?.state === 'REFUSED' ? todos.toReportRefusal(of, given.signature.refusalReason ?? '') : null,
    given.outcome === 'REFUSED_ENTRY' && isInspection(given.kind) ? todos.toReportEntry(of) : null,
    mustConvert(given.kind, counts) ? todos.toConvert(of, new Date(ctx.now.getTime() + rules.papersHours * 3_600_000)) : null,
    mustFollowUp(given) ? todos.toFollowUp(of, given.findings.length || given.answers.filter((a) => a.answer === 'FAILS').length) : null,
  ]
  const open = drafts.filter((d): d is TodoDraft => d !== null)
  if (planned) settleTodos(ctx, [row.id], open, '已办结')
  else if (open.length) openTodos(ctx, open)
}
