import { sql } from 'kysely'
import { assessCreditCode } from '../../../kernel/core/credit-code.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { AppliedRow, ApplyGiven, CheckedRow, DoneRow, ImportKind, RawRow, ReadyRow, RowIssue } from '../../../kernel/server/import-kind.ts'
import { registerFields } from '../register-fields.ts'
import { recordHistory } from './store.ts'

/**
 * 规上 is never computed: the statistics bureau's yearly list says who is (domain.md §1.3). A list is kept whole as a version; at its
 * end those of the same reach that it does not name lose the mark.
 */
export const aboveScaleImport: ImportKind = {
  code: 'above_scale', name: '规模以上名录', verb: 'enterprise.edit', fields: { name: registerFields.name, creditCode: registerFields.creditCode }, needs: [['creditCode', 'name']],
  options: [{ key: 'year', label: '年度', kind: 'number' }, { key: 'source', label: '来源', kind: 'text' }, { key: 'validFrom', label: '自何日起用', kind: 'date' }],
  notes: ['填写说明', '统计部门的年度规模以上名录，一行一家；按统一社会信用代码认企业，没有代码的按名称认。', '名录须完整：未列入的企业自起用之日起不再计为规模以上。'],
  openCheck: async (ctx, { options }) => {
    const wrong = optionFault(options)
    const seen = new Map<string, number>()
    return (rows) => checkRows(ctx, rows, wrong, seen)
  },
  apply, finish, undo,
}

function optionFault(options: Readonly<Record<string, string>>): string | null {
  const year = Number(options.year)
  if (!Number.isInteger(year) || year < 2000 || year > 2100) return '年度应为四位数字'
  return /^\d{4}-\d{2}-\d{2}$/.test(options.validFrom ?? '') ? null : '“自何日起用”应为日期'
}

interface Listed {
  id: string
  name: string
  credit_code: string | null
  above: boolean
  version: number
  area_code: string
  grid_id: string | null
}

async function checkRows(ctx: Ctx, rows: readonly RawRow[], wrong: string | null, seen: Map<string, number>): Promise<CheckedRow[]> {
  const codes = rows.map((row) => assessCreditCode(row.cells.creditCode ?? '').normalised)
  const names = rows.map((row) => row.cells.name ?? '')
  const { rows: found } = await sql<Listed>`select e.id, e.name, e.credit_code, e.above_scale as above, e.version, e.area_code, e.grid_id from enterprise e
    where e.voided_at is null and (e.credit_code = any(${codes.filter(Boolean)}::text[]) or e.name collate "C" = any(${names.filter(Boolean)}::text[])) and ${reachSql(ctx.actor, 'e')}`.execute(ctx.tx)
  const byCode = new Map(found.map((row) => [row.credit_code, row]))
  const byName = new Map(found.map((row) => [row.name, row]))
  return rows.map((row, i): CheckedRow => {
    const match = codes[i] ? byCode.get(codes[i]) : byName.get(names[i]!)
    const issues: RowIssue[] = wrong ? [{ field: null, message: wrong }] : []
    const first = match ? seen.get(match.id) : undefined
    if (!match) issues.push({ field: codes[i] ? 'creditCode' : 'name', message: '名册里没有这家企业，或不在您的管辖范围内，请先登记' })
    else if (first !== undefined) issues.push({ field: 'creditCode', message: `与第 ${first} 行重复` })
    else seen.set(match.id, row.no)
    const title = names[i] || match?.name || `第 ${row.no} 行`
    if (!match || issues.length) return { no: row.no, verdict: 'WRONG', target: null, title, values: null, changes: [], issues }
    const doubt = names[i] && names[i] !== match.name ? [{ field: 'name', message: `代码相同，名称与已登记的“${match.name}”不同` }] : []
    // Every row makes an entry of the list, so nothing here is unchanged.
    return { no: row.no, verdict: 'CHANGED', target: match.id, title, values: { above: match.above }, changes: [{ field: 'name', from: match.above ? '规上' : '非规上', to: '规上' }], issues: doubt }
  })
}

async function listOf(tx: Tx, runId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from above_scale_list where import_id = ${runId}`.execute(tx)
  return rows[0]?.id
}

async function openList(ctx: Ctx, given: ApplyGiven): Promise<string> {
  const known = await listOf(ctx.tx, given.runId)
  if (known) return known
  const area = ctx.actor.reach.areas.map(([from]) => from).sort()[0] ?? '000000000000'
  // The run's id serves as the list's: two batches that begin together make one list.
  const { rows } = await sql<{ id: string }>`
    insert into above_scale_list (id, area_code, year, list_version, source, valid_from, listed, import_id)
    select ${given.runId}::uuid, ${area}, ${Number(given.options.year)}::int, coalesce(max(list_version), 0) + 1, ${given.options.source ?? ''}, ${given.options.validFrom}::date, 0, ${given.runId}::uuid from above_scale_list where area_code = ${area} and year = ${Number(given.options.year)}::int
    on conflict (id) do nothing returning id`.execute(ctx.tx)
  return rows[0]?.id ?? given.runId
}

async function apply(ctx: Ctx, given: ApplyGiven, rows: readonly ReadyRow[]): Promise<AppliedRow[]> {
  const list = await openList(ctx, given)
  const targets = rows.map((row) => row.target)
  await sql`insert into above_scale_entry (list_id, enterprise_id, area_code, grid_id) select ${list}::uuid, id, area_code, grid_id from enterprise where id = any(${targets}::uuid[]) on conflict (list_id, enterprise_id) do nothing`.execute(ctx.tx)
  await mark(ctx, given, targets, true, `${given.options.year} 年规模以上名录`)
  return rows.map(({ no, values }) => ({ no, before: { above: (values as { above: boolean }).above } }))
}

/** Sets the mark where it differs, with history and an event each. */
async function mark(ctx: Ctx, given: ApplyGiven, ids: readonly string[], above: boolean, source: string): Promise<void> {
  const { rows } = await sql<Listed & { established_on: string | null; created_at: string }>`update enterprise set above_scale = ${above}, version = version + 1 where id = any(${[...ids]}::uuid[]) and above_scale <> ${above} and voided_at is null
    returning id, name, credit_code, above_scale as above, version, area_code, grid_id, established_on, created_at`.execute(ctx.tx)
  const today = localDate(ctx.now)
  await recordHistory(ctx.tx, rows.map((row) => ({ enterpriseId: row.id, areaCode: row.area_code, gridId: row.grid_id, field: 'ABOVE_SCALE', from: !above, to: above, since: today, bornOn: row.established_on && row.established_on < today ? row.established_on : localDate(row.created_at), source, id: ctx.newId(), firstId: ctx.newId() })))
  for (const row of rows) ctx.emit({ aggregate: 'enterprise', id: row.id, version: row.version, event: 'enterprise.above_scale_set', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { name: row.name, aboveScale: above, year: given.options.year, source, importId: given.runId, importNo: given.runNo } })
}

async function finish(ctx: Ctx, given: ApplyGiven): Promise<void> {
  const list = await listOf(ctx.tx, given.runId)
  if (!list) return
  await sql`update above_scale_list l set listed = (select count(*) from above_scale_entry n where n.list_id = l.id) where l.id = ${list}`.execute(ctx.tx)
  const { rows } = await sql<{ id: string }>`select e.id from enterprise e where e.above_scale and e.voided_at is null and ${reachSql(ctx.actor, 'e')} and not exists (select 1 from above_scale_entry n where n.list_id = ${list} and n.enterprise_id = e.id)`.execute(ctx.tx)
  await mark(ctx, given, rows.map((row) => row.id), false, `未列入 ${given.options.year} 年规模以上名录`)
}

/** The list is withdrawn; every mark that it set or took goes back, as its own events tell. */
async function undo(ctx: Ctx, given: ApplyGiven, rows: readonly DoneRow[]): Promise<void> {
  await sql`update above_scale_list set withdrawn_at = ${ctx.now} where import_id = ${given.runId}`.execute(ctx.tx)
  const added = rows.filter(({ before }) => !(before as { above: boolean }).above).map((row) => row.target)
  const { rows: taken } = await sql<{ id: string }>`select distinct aggregate_id as id from domain_event where event = 'enterprise.above_scale_set' and data->>'importId' = ${given.runId}::text and (data->>'aboveScale')::boolean = false`.execute(ctx.tx)
  const source = `撤销导入 ${given.runNo}`
  await mark(ctx, given, added, false, source)
  await mark(ctx, given, taken.map((row) => row.id), true, source)
  if (!added.length && !taken.length) ctx.audit({ kind: 'ADMIN', subject: 'above_scale_list', subjectId: given.runId, result: 'ok', data: { reason: given.reason } })
}
