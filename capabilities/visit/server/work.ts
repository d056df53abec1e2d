import { inReach } from '../../../kernel/core/access.ts'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import type { LocalDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { teamOn } from '../../staff/server/public.ts'
import { capClass, type CapQuestion, capOf } from '../cap.ts'
import { isInspection, kinds, type VisitKind } from '../kinds.ts'
import { type LocalRules, localRules } from '../local.ts'
import { type Certificate, refuseKind, refuseTeam, type VisitRefusal } from '../rules.ts'
import type { Participant } from '../visit.ts'
import { named, type At } from './blank.ts'
import { type Found, lockCap, type PersonRow, type Standing, standingsOf, type Stored } from './store.ts'
import type { Subject } from './todos.ts'

/** Verb and reach of the kind: a person with two posts may patrol here and inspect there. */
export function admitKind(ctx: Ctx, kind: VisitKind, act: 'plan' | 'do' = 'do'): void {
  refuseAny(refuseKind(kind, ctx.actor.has, act), 'forbidden')
}

/** The verb that lets this actor act in this kind, and its reach. */
export const reachOfKind = (ctx: Ctx, kind: VisitKind, act: 'plan' | 'do' = 'do') =>
  ctx.actor.reachOf(ctx.actor.has(kinds[kind].verb) || act === 'do' ? kinds[kind].verb : 'visit.plan_inspection')

export function refuseReach(ctx: Ctx, kind: VisitKind, at: Pick<At, 'areaCode' | 'gridId' | 'enterpriseId'>, act: 'plan' | 'do' = 'do'): void {
  if (!inReach(reachOfKind(ctx, kind, act), at)) throw missing()
}

export interface Team {
  people: Participant[]
  names: Map<string, { name: string; organisation: string | null }>
  certificates: Map<string, Certificate>
  refusals: VisitRefusal[]
}

/**
 * The people of a visit with certificates on the day and every refusal. `known` are those already stored with it: their
 * names need no asking, and officers among them were asked for their post when they were planned.
 */
export async function teamOf(ctx: Ctx, given: { kind: VisitKind; people: readonly Participant[]; on: LocalDate; at: Pick<At, 'areaCode' | 'gridId' | 'enterpriseId'>; declared: boolean; known?: readonly PersonRow[] }): Promise<Team> {
  const { kind, people, on, at, known = [] } = given
  const names = new Map(known.flatMap((p) => (p.personId ? [[p.personId, { name: p.name, organisation: p.organisation }] as const] : [])))
  const before = new Set(known.filter((p) => p.part === 'OFFICER').map((p) => p.personId))
  const asked = people.flatMap((p) => (p.personId && (p.part === 'OFFICER' || !names.has(p.personId)) ? [p.personId] : []))
  const found = await teamOn(ctx.tx, asked, 'visit.inspect', { ...at, on })
  const nobody = asked.find((id) => !found.has(id))
  if (nobody) throw new Problem('refused', 'visit.person_unnamed', { fields: [{ path: `people.${people.findIndex((p) => p.personId === nobody)}.personId`, code: 'visit.person_unnamed' }] })
  for (const [id, member] of found) if (!names.has(id)) names.set(id, { name: member.name, organisation: member.organisation })
  const certificates = new Map([...found].flatMap(([id, member]) => (member.certificate ? [[id, member.certificate] as const] : [])))
  const inspectors = isInspection(kind) ? new Set([...found].flatMap(([id, member]) => (member.holds || before.has(id) ? [id] : []))) : undefined
  const withNames = named(people, names)
  return { people: withNames, names, certificates, refusals: refuseTeam({ kind, people: withNames, certificates, declared: given.declared, ...(inspectors ? { inspectors } : {}) }) }
}

/** The ceiling of an enterprise as the rules ask for it. */
export function capQuestion(given: { kind: VisitKind; countsToCap: boolean; facts: { tags: readonly string[]; highRisk: boolean; standardLevel: string }; areaCode: string; year: number; standing: Standing; clueKind: string | null; clueNo: string | null; overrideReason: string | null }): CapQuestion {
  const row = capOf(given.standing.caps, { areaCode: given.areaCode, year: given.year, industryClass: capClass(given.facts), standardLevel: given.facts.standardLevel })
  return { kind: given.kind, countsToCap: given.countsToCap, cap: row?.capPerYear ?? null, used: given.standing.used, clueKind: given.clueKind, clueNo: given.clueNo, overrideReason: given.overrideReason }
}

/** At a configured ceiling two starts at the same moment must not both be the last one: the second counts again behind the first. */
export async function exactUse(ctx: Ctx, question: CapQuestion, place: Parameters<typeof standingsOf>[1][number], year: number): Promise<CapQuestion> {
  if (question.cap === null || !question.countsToCap || question.used + 1 < question.cap - 1) return question
  await lockCap(ctx.tx, place.enterpriseId, year)
  const [standing] = await standingsOf(ctx.tx, [place], year)
  return { ...question, used: standing?.used ?? question.used }
}

export const rulesOf = (standing: Pick<Standing, 'rules'>): LocalRules => localRules(standing.rules)

export const subjectOf = (row: Found): Subject => ({ id: row.id, no: row.no, kind: row.kind, enterpriseName: row.enterprise_name, enterpriseId: row.enterprise_id, areaCode: row.area_code, gridId: row.grid_id })

/** Somebody was quicker between reading and writing. */
export function written(stored: Stored | undefined, base: number): Stored {
  if (!stored) throw new Problem('conflict', 'common.stale', { params: { stored: base + 1, base } })
  return stored
}

/** Who goes and can be told so: officers of an inspection, else everybody with an account who is no companion. */
export const goers = (kind: VisitKind, people: readonly { personId?: string | null; part: string }[]): string[] =>
  people.flatMap((p) => (p.personId && (isInspection(kind) ? p.part === 'OFFICER' : p.part !== 'COMPANION') ? [p.personId] : []))

/** Stored people as participants, for a command that does not name them again. */
export const asParticipants = (people: readonly PersonRow[]): Participant[] =>
  people.map((p) => ({ part: p.part, name: p.name, conflictDeclared: p.conflictDeclared, ...(p.personId ? { personId: p.personId } : {}), ...(p.organisation ? { organisation: p.organisation } : {}), ...(p.conflict ? { conflict: p.conflict } : {}) }))
