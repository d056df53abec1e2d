import { Problem, type Refusal, refuseAny, say } from '../../../kernel/core/problem.ts'
import { businessDate, localDate } from '../../../kernel/core/time.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { HAZARD_CATEGORY_CODES } from '../../checklist/taxonomy.ts'
import { basisOf } from '../../checklist/checklist.ts'
import { publishedItems } from '../../checklist/server/public.ts'
import { siteInReach } from '../../enterprise/server/public.ts'
import { happened, type HazardEvent } from '../fold.ts'
import type { Hazard, Opinion } from '../hazard.ts'
import type { operations } from '../operations.ts'
import { type Facts, refuseConfirm, refuseFix, refuseMajor, refuseNow, refuseStop } from '../rules.ts'
import { confirmDue, verifyDue } from '../timers.ts'
import { zh } from '../zh.ts'
import { stateOf } from './detail.ts'
import { certifiedOf, factsFor, groundOf } from './facts.ts'
import { report } from './report.ts'
import { step } from './step.ts'
import * as store from './store.ts'
import { proposeFor } from './supervision.ts'

type Part = Pick<Handlers<typeof operations>, 'report' | 'confirm' | 'confirmMany' | 'giveOpinion' | 'void' | 'voidMajor' | 'appeal' | 'fixOnSite' | 'verifyFix' | 'reopen' | 'raise' | 'lower'>
type ReportInput = Parameters<Part['report']>[1]

/** What the item says where a checklist item is named; a free finding needs a category of the dictionary. */
async function itemFacts(ctx: Ctx, input: ReportInput) {
  const version = input.versionId ? (await publishedItems(ctx.tx, [input.versionId])).get(input.versionId) : undefined
  const item = version?.items.find((i) => i.code === input.itemCode)
  if (item && version) {
    return { category: item.hazardCategory as string, requirement: input.requirement || item.defaultRequirement, legalBasis: basisOf(version, item), defaultDays: item.defaultDays, evidence: item.evidence }
  }
  const known = (HAZARD_CATEGORY_CODES as readonly string[]).includes(input.category ?? '')
  if (!known || input.itemCode) refuseAny([{ code: 'hazard.item_or_category', field: input.itemCode ? 'itemCode' : 'category', clause: 'T1' }])
  // 基础管理 is about papers and people: a photo is no condition there (T1).
  return { category: input.category!, requirement: input.requirement || '立即整改', legalBasis: [], defaultDays: 7, evidence: input.category!.startsWith('JC') ? ('NONE' as const) : ('PHOTO' as const) }
}

/** The source a role may claim: an enterprise reports its own, an officer without certificate patrols. */
function sourceOf(ctx: Ctx, source: ReportInput['source'], certified: boolean): ReportInput['source'] {
  if (ctx.actor.roles.some((role) => role.startsWith('ENT_'))) return 'SELF_CHECK'
  return source === 'INSPECTION' && !certified ? 'PATROL' : source
}

async function reportOne(ctx: Ctx, input: ReportInput) {
  const [site, certified] = await Promise.all([siteInReach(ctx, input.siteId), certifiedOf(ctx, [], localDate(ctx.now))])
  const item = await itemFacts(ctx, input)
  // Nobody is named as an officer: confirming is a step of its own.
  const { reported: [done], hazards: [h] } = await report(ctx, [{
    ...item, id: input.id, site, source: sourceOf(ctx, input.source, certified.has(ctx.actor.id)), sourceId: input.sourceId ?? null, itemCode: input.itemCode ?? null, versionId: input.versionId ?? null,
    location: input.location, description: input.description, level: input.level, clauseId: input.clauseId ?? null, clauseMode: input.clauseMode ?? null, immediateStop: input.immediateStop || input.level === 'MAJOR',
    photosBefore: input.photosBefore, photosAfter: input.photosAfter, fixedOnSite: input.fixedOnSite, foundAt: input.foundAt ?? ctx.now.toISOString(), foundBy: [ctx.actor.id], officers: [],
  }], { certified: new Set() })
  return { ...stateOf(ctx, h!), sighting: done!.sighting }
}

type Graded = { level: Hazard['level']; clauseId?: string | undefined; clauseMode?: string | undefined; legalBasis?: Hazard['legalBasis'] | undefined; immediateStop?: boolean | undefined; requirement?: string | undefined; officers: string[] }

/** T2 and, where the finder had claimed it fixed, T4 with it: the evidence is there already. */
function confirmEvents(ctx: Ctx, h: Hazard, g: Graded, f: Facts, opinion?: Opinion): HazardEvent[] {
  const given = opinion ? [happened('hazard.opinion_given', h.state, { opinion })] : []
  const verify = verifyDue(ctx.now, f.calendar, f.limits).toISOString()
  const confirmed = happened('hazard.confirmed', 'CONFIRMED', {
    level: g.level, clauseId: g.level === 'MAJOR' ? (g.clauseId ?? null) : null, clauseMode: g.clauseMode ?? null, legalBasis: g.legalBasis ?? h.legalBasis, officers: g.officers, at: ctx.now.toISOString(),
    requirement: g.requirement || h.requirement, immediateStop: g.level === 'MAJOR' || (g.immediateStop ?? h.immediateStop), verifyDueAt: null,
  })
  const fixed = h.fixClaimed && g.level === 'GENERAL' ? [happened('hazard.fixed_on_site', 'FIXED_ON_SITE', { verifyDueAt: verify })] : []
  return [...given, confirmed, ...fixed]
}

const expert = (opinion: { text: string; by: string } | undefined): Opinion | undefined => (opinion ? { kind: 'EXPERT', ...opinion } : undefined)

async function confirmOne(ctx: Ctx, input: Parameters<Part['confirm']>[1]) {
  const officers = [...new Set([ctx.actor.id, ...(input.officers ?? [])])]
  const opinion = expert(input.opinion)
  const answer = await step(ctx, input, 'confirm', (h, f) => ({
    refusals: refuseConfirm(h, { level: input.level, clauseId: input.clauseId ?? h.clauseId, officers, opinions: opinion ? [...h.opinions, opinion] : h.opinions }, f),
    events: confirmEvents(ctx, h, { ...input, clauseId: input.clauseId ?? h.clauseId ?? undefined, officers }, f, opinion),
  }), officers)
  if (answer.level === 'MAJOR') await proposeFor(ctx, [answer.id], input.outsideCause)
  return answer
}

/** Batch 核定: general hazards only, each decided by itself; what cannot be confirmed is answered with its reason. */
async function confirmMany(ctx: Ctx, input: Parameters<Part['confirmMany']>[1]) {
  const [hazards, groundAt] = await Promise.all([store.take(ctx, input.hazards.map((each) => each.id)), groundOf(ctx, [])])
  const found = new Map(hazards.map((h) => [h.id, h]))
  const ground = hazards[0] && groundAt(hazards[0].areaCode)
  const refused: { id: string; why: string }[] = []
  const ready: { h: Hazard; f: Facts }[] = []
  for (const { id, baseVersion } of input.hazards) {
    const h = found.get(id)
    const f = h && ground ? factsFor(ctx, h, ground) : undefined
    const why = !h || !f ? 'common.missing' : h.version !== baseVersion ? 'common.stale' : h.level === 'MAJOR' ? 'hazard.opinion_needed' : refuseNow(h, 'confirm', f)[0]?.code
    if (why || !h || !f) refused.push({ id, why: reasonZh(why ?? 'common.refused') })
    else ready.push({ h, f })
  }
  if (!ready.length) throw new Problem('refused', 'hazard.wrong_state')
  const after = await store.commit(ctx, ready.map(({ h, f }) => ({ before: h, events: confirmEvents(ctx, h, { level: 'GENERAL', officers: [ctx.actor.id] }, f) })))
  return { done: after.map((h) => stateOf(ctx, h)), refused }
}

const reasonZh = (code: string): string => say({ ...zh.problems, 'common.missing': '没有这条记录，或不在您的管辖范围内', 'common.stale': '刚被别人改过', 'common.refused': '现在不能这样做' }, code)

const voidOne = (action: 'void' | 'voidMajor') => (ctx: Ctx, input: Parameters<Part['void']>[1]) =>
  step(ctx, input, action, () => ({ events: [happened('hazard.voided', 'VOID', { code: input.code, reason: input.reason })], files: [{ ids: input.photos, role: 'OTHER' }] }))

async function raiseOne(ctx: Ctx, input: Parameters<Part['raise']>[1]) {
  const officers = [...new Set([ctx.actor.id, ...input.officers])]
  const opinion = expert(input.opinion)
  const answer = await step(ctx, input, 'raise', (h, f) => {
    const opinions = opinion ? [...h.opinions, opinion] : h.opinions
    const refusals: Refusal[] = refuseMajor(h, { level: 'MAJOR', clauseId: input.clauseId, officers, opinions }, f.certified)
    const raised = happened('hazard.raised', h.state, { clauseId: input.clauseId, clauseMode: input.clauseMode ?? null, legalBasis: input.legalBasis ?? h.legalBasis, reason: input.reason, officers, immediateStop: input.immediateStop })
    return { refusals, events: [...(opinion ? [happened('hazard.opinion_given', h.state, { opinion })] : []), raised] }
  }, officers)
  await proposeFor(ctx, [answer.id], input.outsideCause)
  return answer
}

export const findingHandlers: Part = {
  report: reportOne,
  confirm: confirmOne,
  confirmMany,
  giveOpinion: (ctx, input) =>
    step(ctx, input, 'giveOpinion', (h, f) => {
      const kind = f.who.has('hazard.close_major') ? 'LEADER' : f.who.has('hazard.review') ? 'TEAM_REVIEW' : 'EXPERT'
      return { events: [happened('hazard.opinion_given', h.state, { opinion: { kind, text: input.text, by: ctx.actor.name } })] }
    }),
  void: voidOne('void'),
  voidMajor: voidOne('voidMajor'),
  appeal: (ctx, input) =>
    step(ctx, input, 'appeal', (h, f) => ({ events: [happened('hazard.appealed', 'REPORTED', { reason: input.reason, confirmDueAt: confirmDue(h, ctx.now, f.calendar, f.limits).toISOString() })] })),
  fixOnSite: (ctx, input) =>
    step(ctx, input, 'fixOnSite', (h, f) => ({
      refusals: refuseFix(h, input.photosAfter),
      events: [happened('hazard.fixed_on_site', 'FIXED_ON_SITE', { verifyDueAt: verifyDue(ctx.now, f.calendar, f.limits).toISOString() })],
      files: [{ ids: input.photosAfter, role: 'AFTER' }],
    })),
  verifyFix: (ctx, input) =>
    input.verified
      ? step(ctx, input, 'verifyFix', (h) => ({
          refusals: refuseStop(h, input.stopLifted),
          events: [happened('hazard.fix_verified', 'CLOSED', { at: ctx.now.toISOString(), on: businessDate(ctx.now), by: [ctx.actor.id], stopLifted: input.stopLifted })],
        }))
      : step(ctx, input, 'rejectFix', () => ({ events: [happened('hazard.fix_rejected', 'CONFIRMED', { reason: input.reason })] })),
  reopen: (ctx, input) =>
    step(ctx, input, 'reopen', (h) => ({
      refusals: h.evidence === 'PHOTO' && !input.photos.length ? [{ code: 'hazard.photo_needed', field: 'photos', clause: 'T17' }] : [],
      events: [happened('hazard.reopened', 'CONFIRMED', { at: ctx.now.toISOString(), by: [ctx.actor.id], description: input.description, source: 'INSPECTION', sourceId: null })],
      files: [{ ids: input.photos, role: 'BEFORE' }],
    })),
  raise: raiseOne,
  lower: (ctx, input) => step(ctx, input, 'lower', (h) => ({ events: [happened('hazard.lowered', h.state, { reason: input.reason })] })),
}
