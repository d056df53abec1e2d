import { sql } from 'kysely'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { AppliedRow, ApplyGiven, DoneRow, ReadyRow } from '../../../kernel/server/import-kind.ts'
import { fieldZh } from './register-check.ts'
import { type ChangedValues, pack, type Packed, registerColumns, type RegisterRow, searchable, shapes, unpack } from './register-values.ts'
import { type HistoryChange, recordHistory } from './store.ts'

type Row = RegisterRow & { name: string; address: string; area_code: string; grid_id: string | null; credit_code: string | null; tags: string[] }
interface Ready {
  no: number
  id: string
  doubtful: boolean
  values: ChangedValues
}

const allColumns = [...registerColumns, 'name_py', 'words']
const changedShape = sql.raw(`c(id uuid, base int, ${registerColumns.map((column) => `${column} ${shapes[column] ?? 'text'}`).join(', ')}, name_py text, words text[])`)
const assignments = sql.raw(allColumns.map((column) => `${column} = c.${column}`).join(', '))

/** Writes what changes in one batch; new records have been made before (`register-insert.ts`). */
export async function applyRegister(ctx: Ctx, given: ApplyGiven, rows: readonly ReadyRow[]): Promise<AppliedRow[]> {
  return writeChanged(ctx, given, rows.map(({ no, target, verdict, values }): Ready => ({ no, id: target, doubtful: verdict === 'DOUBTFUL', values: values as ChangedValues })))
}

/** One update for all; a row whose record has been changed since the check is left alone and comes back. */
async function update(tx: Tx, rows: readonly { id: string; base: number; row: Row }[]): Promise<Map<string, { version: number; established: string | null; created: string }>> {
  const records = rows.map(({ id, base, row }) => ({ ...row, ...searchable(row), id, base }))
  const { rows: written } = await sql<{ id: string; version: number; established: string | null; created: string }>`
    with c as materialized (select * from json_to_recordset(${JSON.stringify(records)}::json) as ${changedShape}),
      e as (update enterprise e set ${assignments}, version = e.version + 1 from c where e.id = c.id and e.version = c.base and e.voided_at is null returning e.id, e.version, e.established_on, e.created_at),
      s as (update site s set area_code = c.area_code, grid_id = c.grid_id, park_id = c.park_id, address = c.address, lon = c.lon, lat = c.lat, version = s.version + 1 from c join e on e.id = c.id
        where s.enterprise_id = c.id and s.is_main and s.voided_at is null and (s.area_code, s.grid_id, s.park_id, s.address) is distinct from (c.area_code, c.grid_id, c.park_id, c.address))
    select id, version, established_on as established, created_at as created from e`.execute(tx)
  return new Map(written.map((row) => [row.id, row]))
}

const historyColumns = { state: 'STATE', industry_code: 'INDUSTRY', size_grade: 'SIZE', name: 'NAME', standard_level: 'STANDARD' } as const

function historyOf(ctx: Ctx, id: string, from: Row, to: Row, known: { established: string | null; created: string }, source: string): HistoryChange[] {
  const today = localDate(ctx.now)
  const change = (field: HistoryChange['field'], before: unknown, after: unknown): HistoryChange =>
    ({ enterpriseId: id, areaCode: from.area_code, gridId: from.grid_id, field, from: before, to: after, since: today, bornOn: known.established && known.established < today ? known.established : localDate(known.created), source, id: ctx.newId(), firstId: ctx.newId() })
  const plain = (Object.keys(historyColumns) as (keyof typeof historyColumns)[]).filter((column) => from[column] !== to[column]).map((column) => change(historyColumns[column], from[column], to[column]))
  const moved = from.area_code !== to.area_code || from.grid_id !== to.grid_id
  return moved ? [...plain, change('AREA', { areaCode: from.area_code, gridId: from.grid_id }, { areaCode: to.area_code, gridId: to.grid_id })] : plain
}

async function writeChanged(ctx: Ctx, given: ApplyGiven, rows: readonly Ready[]): Promise<AppliedRow[]> {
  const ready = rows.map((each) => ({ ...each, row: unpack(each.values.row) as Row }))
  for (const { doubtful, row, values } of ready) if (doubtful && row.credit_code !== unpack(values.before).credit_code) row.credit_code_note = given.reason
  const written = await update(ctx.tx, ready.map(({ id, row, values }) => ({ id, base: values.base, row })))
  const history: HistoryChange[] = []
  const applied = ready.map(({ no, id, row, values }): AppliedRow => {
    const now = written.get(id)
    if (!now) return { no, before: null, refused: '核对之后这条记录已被别人改过，请重新核对' }
    const before = unpack(values.before) as Row
    history.push(...historyOf(ctx, id, before, row, now, `导入 ${given.runNo}`))
    const changes = (values.changes).map(({ field, from, to }) => ({ field: fieldZh(field), from, to }))
    ctx.emit({ aggregate: 'enterprise', id, version: now.version, event: 'enterprise.import_changed', from: String(before.state), to: String(row.state), areaCode: row.area_code, gridId: row.grid_id, enterpriseId: id, data: { name: row.name, importId: given.runId, importNo: given.runNo, row: no, changes } })
    return { no, before: { row: values.before, after: pack(row), version: now.version } }
  })
  await recordHistory(ctx.tx, history)
  return applied
}

/** New records are voided with the reason, changed ones get back what they had; every one of them says so in its timeline. */
export async function undoRegister(ctx: Ctx, given: ApplyGiven, rows: readonly DoneRow[]): Promise<void> {
  const fresh = rows.filter((row) => row.before === null).map((row) => row.target)
  const back = rows.filter((row) => row.before !== null).map(({ target, before }) => {
    const { row, after, version } = before as { row: Packed; after: Packed; version: number }
    return { id: target, version, row: unpack(row) as Row, after: unpack(after) as Row }
  })
  const data = { importId: given.runId, importNo: given.runNo, reason: given.reason }
  if (fresh.length) {
    const { rows: voided } = await sql<{ id: string; version: number; name: string; area_code: string; grid_id: string | null }>`
      update enterprise set voided_at = ${ctx.now}, void_reason = ${`撤销导入 ${given.runNo}：${given.reason}`}, version = version + 1 where id = any(${fresh}::uuid[]) and voided_at is null returning id, version, name, area_code, grid_id`.execute(ctx.tx)
    await sql`update site set voided_at = ${ctx.now} where enterprise_id = any(${fresh}::uuid[]) and voided_at is null`.execute(ctx.tx)
    for (const row of voided) ctx.emit({ aggregate: 'enterprise', id: row.id, version: row.version, event: 'enterprise.import_undone', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { ...data, name: row.name } })
  }
  if (!back.length) return
  const written = await update(ctx.tx, back.map(({ id, row, version }) => ({ id, base: version, row })))
  const history = back.flatMap(({ id, row, after }) => {
    const known = written.get(id)
    if (!known) return []
    ctx.emit({ aggregate: 'enterprise', id, version: known.version, event: 'enterprise.import_undone', from: String(after.state), to: String(row.state), areaCode: row.area_code, gridId: row.grid_id, enterpriseId: id, data: { ...data, name: row.name } })
    return historyOf(ctx, id, after, row, known, `撤销导入 ${given.runNo}`)
  })
  await recordHistory(ctx.tx, history)
}
