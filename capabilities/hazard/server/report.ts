import { datedNumber } from '../../../kernel/core/id.ts'
import { type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { addDays, businessDate, localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { type LinkDraft, useAttachments } from '../../attachment/server/public.ts'
import { bornFrom, dedupeKeyOf, writtenOf } from '../finding.ts'
import { happened, type HazardEvent } from '../fold.ts'
import type { FindingDraft, Hazard } from '../hazard.ts'
import { refuseFix, refuseMajor } from '../rules.ts'
import { confirmDue, verifyDue } from '../timers.ts'
import { certifiedOf, type Ground, type Settings, settingsOf } from './facts.ts'
import type { Reported } from './public.ts'
import * as store from './store.ts'

const keyOf = (f: FindingDraft): string => dedupeKeyOf({ ...f, siteId: f.site.siteId })

/** What has to be known of findings before they are written: settings, numbers, and which of them are known already. */
export interface Looked {
  readonly settings: Settings
  readonly found: readonly { number: number; same: Hazard | undefined }[]
}

/** Two statements together. A caller with questions of its own asks them beside these. */
export async function look(ctx: Ctx, findings: readonly FindingDraft[]): Promise<Looked> {
  const [settings, found] = await Promise.all([settingsOf(ctx.tx), store.sameAs(ctx.tx, findings.map(keyOf))])
  return { settings, found }
}

export interface ReportGiven {
  readonly looked?: Looked
  /** Officers with a certificate on the business date of the findings, when the caller has asked. */
  readonly certified?: ReadonlySet<string> | undefined
  /** Files of the caller's own record, linked in the same statement. */
  readonly links?: readonly LinkDraft[]
}

/** T1 for all; T2, T4, T5 and T17 where officers with certificates were there. */
export async function report(ctx: Ctx, findings: readonly FindingDraft[], given: ReportGiven = {}): Promise<{ reported: Reported[]; hazards: Hazard[]; reused: string[] }> {
  const [first] = findings
  if (!first) return { reported: [], hazards: [], reused: [] }
  refuseAny(findings.flatMap((f, i) => refuseFinding(f, i, findings)))
  const [{ settings, found }, certified] = await Promise.all([given.looked ?? look(ctx, findings), given.certified ?? certifiedOf(ctx, findings.flatMap((f) => f.officers), businessDate(first.foundAt))])
  const ground: Ground = { today: localDate(ctx.now), calendar: settings.calendar, limits: settings.limits(first.site.areaCode), certified }
  const reopenSince = addDays(ground.today, -ground.limits.reopenDays)
  const plans = findings.map((f, i) => {
    const { same, number } = found[i]!
    return planOf(ctx, f, same?.state === 'CLOSED' && (same.closedOn ?? '') < reopenSince ? undefined : same, number, ground)
  })
  const hazards = await store.commit(ctx, plans.map((plan) => plan.change))
  const seen = plans.flatMap((plan, i) => (plan.sighting ? [{ ...sightingOf(findings[i]!), hazard: hazards[i]! }] : []))
  store.insertSightings(ctx, seen)
  const { reused } = await useAttachments(ctx, [...findings.flatMap((f, i) => linksOf(f, hazards[i]!.id)), ...(given.links ?? [])], first.site)
  return { reported: hazards.map((h, i) => ({ id: h.id, no: h.no, state: h.state, sighting: plans[i]!.sighting })), hazards, reused }
}

/** T1: place, item, photo; two findings of one handing-in may not be the same thing. */
function refuseFinding(f: FindingDraft, i: number, all: readonly FindingDraft[]): Refusal[] {
  const at = (refusal: Refusal): Refusal => ({ ...refusal, field: `findings.${i}.${refusal.field ?? ''}` })
  const refusals: Refusal[] = []
  if (!f.itemCode && !f.category) refusals.push({ code: 'hazard.item_or_category', field: 'itemCode', clause: 'T1' })
  if (f.evidence === 'PHOTO' && f.photosBefore.length === 0) refusals.push({ code: 'hazard.photo_needed', field: 'photosBefore', clause: 'T1' })
  if (f.fixedOnSite) refusals.push(...refuseFix(f, f.photosAfter))
  if (all.findIndex((other) => keyOf(other) === keyOf(f)) !== i) refusals.push({ code: 'hazard.duplicate_draft', field: 'location' })
  return refusals.map(at)
}

interface PlannedFinding {
  change: store.Change
  sighting: boolean
}

function planOf(ctx: Ctx, f: FindingDraft, same: Hazard | undefined, number: number, ground: Ground): PlannedFinding {
  const officers = f.officers.filter((id) => ground.certified.has(id))
  if (same && same.state !== 'CLOSED') {
    const seen = happened('hazard.seen_again', same.state, { by: [...f.foundBy], source: f.source, sourceId: f.sourceId, description: f.description, finding: writtenOf(f) })
    return { change: { before: same, events: [seen], occurredAt: f.foundAt }, sighting: true }
  }
  if (same && officers.length > 0) {
    const reopened = happened('hazard.reopened', 'CONFIRMED', { at: new Date(f.foundAt).toISOString(), by: [...f.foundBy], description: f.description, source: f.source, sourceId: f.sourceId, finding: writtenOf(f) })
    return { change: { before: same, events: [reopened, ...fixEvents(ctx, { ...f, level: same.level, immediateStop: same.immediateStop }, officers, ground)], occurredAt: f.foundAt }, sighting: true }
  }
  const foundOn = businessDate(f.foundAt)
  const no = datedNumber('HZ', foundOn, f.site.areaCode.slice(0, 6), number)
  const confirmDueAt = confirmDue(f, ctx.now, ground.calendar, ground.limits).toISOString()
  const reported = happened('hazard.reported', 'REPORTED', { hazard: bornFrom(f, { no, foundOn, confirmDueAt, recurrenceOf: same?.id ?? null }) })
  return { change: { before: null, events: [reported, ...confirmEvents(ctx, f, officers, ground)], occurredAt: f.foundAt }, sighting: false }
}

/** T2 at once: one certified officer for a general hazard; everything T2 asks for a major one, else it waits for 核定. */
function confirmEvents(ctx: Ctx, f: FindingDraft, officers: string[], ground: Ground): HazardEvent[] {
  const opinions = f.opinion ? [f.opinion] : []
  const major = f.level === 'MAJOR'
  if (officers.length === 0) return []
  if (major && refuseMajor({ foundOn: businessDate(f.foundAt), foundBy: [...f.foundBy] }, { level: 'MAJOR', clauseId: f.clauseId, officers, opinions }, ground.certified).length) return []
  const confirmed = happened('hazard.confirmed', 'CONFIRMED', {
    level: f.level, clauseId: f.clauseId, clauseMode: f.clauseMode, legalBasis: [...f.legalBasis], officers, at: ctx.now.toISOString(), requirement: f.requirement, immediateStop: f.immediateStop, verifyDueAt: null,
  })
  return [confirmed, ...fixEvents(ctx, f, officers, ground)]
}

/** T4 and T5 on the spot: officers saw it put right; what was stopped waits until the stop is lifted. */
function fixEvents(ctx: Ctx, f: Pick<FindingDraft, 'fixedOnSite' | 'level' | 'immediateStop'>, officers: string[], ground: Ground): HazardEvent[] {
  if (!f.fixedOnSite || f.level === 'MAJOR') return []
  const fixed = happened('hazard.fixed_on_site', 'FIXED_ON_SITE', { verifyDueAt: verifyDue(ctx.now, ground.calendar, ground.limits).toISOString() })
  if (f.immediateStop) return [fixed]
  return [fixed, happened('hazard.fix_verified', 'CLOSED', { at: ctx.now.toISOString(), on: businessDate(ctx.now), by: officers, stopLifted: false })]
}

const sightingOf = (f: FindingDraft) => ({ at: f.foundAt, by: f.foundBy, source: f.source, sourceId: f.sourceId, description: f.description })

const linksOf = (f: FindingDraft, aggregateId: string) => [
  ...f.photosBefore.map((attachmentId) => ({ attachmentId, aggregate: 'hazard', aggregateId, role: 'BEFORE' as const })),
  ...f.photosAfter.map((attachmentId) => ({ attachmentId, aggregate: 'hazard', aggregateId, role: 'AFTER' as const })),
]
