import { sql } from 'kysely'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Supervision, SupervisionState } from '../supervision.ts'
import './tables.ts'

const columns = sql.raw(`s.id, s.hazard_id as "hazardId", s.no, s.state, s.level, s.why, s.duty_unit as "dutyUnit", s.duty_person as "dutyPerson", s.proposed_at as "proposedAt", s.listed_at as "listedAt",
  s.published_on as "publishedOn", s.deadline, s.report_due_on as "reportDueOn", s.last_report as "lastReport", s.extended, s.verified_by as "verifiedBy", s.expert_name as "expertName", s.delisted_at as "delistedAt",
  s.outcome, s.area_code as "areaCode", s.grid_id as "gridId", s.enterprise_id as "enterpriseId", s.version`)

export const viewOf = (s: Supervision) => ({
  id: s.id, hazardId: s.hazardId, no: s.no, state: s.state, level: s.level, why: s.why, dutyUnit: s.dutyUnit, dutyPerson: s.dutyPerson, proposedAt: s.proposedAt, listedAt: s.listedAt, deadline: s.deadline,
  reportDueOn: s.reportDueOn, lastReport: s.lastReport, extended: s.extended, delistedAt: s.delistedAt, outcome: s.outcome, version: s.version,
})

/** The latest 督办 of a hazard that the caller has found. */
export async function supervisionOf(tx: Tx, hazardId: string): Promise<Supervision | undefined> {
  const { rows } = await sql<Supervision>`select ${columns} from hazard_supervision s where s.hazard_id = ${hazardId} order by s.proposed_at desc limit 1`.execute(tx)
  return rows[0]
}

export async function findSupervision(ctx: Ctx, id: string): Promise<Supervision> {
  const { rows } = await sql<Supervision>`select ${columns} from hazard_supervision s where s.id = ${id} and ${reachSql(ctx.actor, 's')}`.execute(ctx.tx)
  if (!rows[0]) throw missing()
  return rows[0]
}

/** Which of these hazards are listed and not delisted: T11 waits for them. */
export async function listedOf(tx: Tx, hazardIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ hazard_id: string }>`select hazard_id from hazard_supervision where hazard_id = any(${[...hazardIds]}::uuid[]) and state in ('LISTED','APPLY_DELIST','VERIFIED')`.execute(tx)
  return new Set(rows.map((row) => row.hazard_id))
}

/** Proposals already open are left alone. One statement. Answers the hazards that got one. */
export async function propose(ctx: Ctx, drafts: readonly { id: string; hazardId: string; level: string; why: string; areaCode: string; gridId: string | null; enterpriseId: string }[]): Promise<Set<string>> {
  if (!drafts.length) return new Set()
  const { rows } = await sql<{ hazard_id: string }>`insert into hazard_supervision (id, hazard_id, state, level, why, proposed_at, area_code, grid_id, enterprise_id, version)
    select id, "hazardId", 'PROPOSED', level, why, ${ctx.now}, "areaCode", "gridId", "enterpriseId", 1
    from jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as d(id uuid, "hazardId" uuid, level text, why text, "areaCode" text, "gridId" uuid, "enterpriseId" uuid)
    on conflict (hazard_id) where state not in ('DELISTED','DECLINED') do nothing returning hazard_id`.execute(ctx.tx)
  return new Set(rows.map((row) => row.hazard_id))
}

export async function save(ctx: Ctx, before: Supervision, s: Supervision): Promise<void> {
  const result = await sql`update hazard_supervision set no = ${s.no}, state = ${s.state}, level = ${s.level}, duty_unit = ${s.dutyUnit}, duty_person = ${s.dutyPerson}, listed_at = ${s.listedAt}::timestamptz,
      published_on = ${s.publishedOn}::date, deadline = ${s.deadline}::date, report_due_on = ${s.reportDueOn}::date, last_report = ${s.lastReport}, extended = ${s.extended}, verified_by = ${s.verifiedBy}::uuid[],
      expert_name = ${s.expertName}, delisted_at = ${s.delistedAt}::timestamptz, outcome = ${s.outcome}, version = ${s.version} where id = ${s.id} and version = ${before.version}`.execute(ctx.tx)
  if (Number(result.numAffectedRows ?? 0) !== 1) throw new Problem('conflict', 'common.stale')
}

export type SupervisionListRow = Supervision & { hazardNo: string; location: string; description: string; enterpriseName: string; hazardState: string; dueOn: string | null; total: number }

export async function listSupervisions(ctx: Ctx, input: { states?: readonly SupervisionState[] | undefined; cursor?: string | undefined; limit: number }): Promise<SupervisionListRow[]> {
  const states = input.states?.length ? sql`and s.state = any(${[...input.states]}::text[])` : sql``
  const after = input.cursor ? sql`and (s.proposed_at, s.id) < (select proposed_at, id from hazard_supervision where id = ${input.cursor}::uuid)` : sql``
  const where = sql`${reachSql(ctx.actor, 's')} ${states}`
  const { rows } = await sql<SupervisionListRow>`select ${columns}, h.no as "hazardNo", h.location, h.description, h.enterprise_name as "enterpriseName", h.state as "hazardState", h.due_on as "dueOn",
      (select count(*)::int from hazard_supervision s where ${where}) as total
    from hazard_supervision s join hazard h on h.id = s.hazard_id where ${where} ${after} order by s.proposed_at desc, s.id desc limit ${input.limit + 1}`.execute(ctx.tx)
  return rows
}
