import { sql } from 'kysely'
import { localDate } from '../../../kernel/core/time.ts'
import { arrayLiteral } from '../../../kernel/server/array-literal.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { AppliedRow, ApplyGiven, DoneRow, ReadyRow } from '../../../kernel/server/import-kind.ts'
import { searchWords } from '../search.ts'
import { siteCodeOf } from './changes.ts'
import { initialsOf } from './pinyin.ts'
import { fieldZh, pack, type Packed, placeOf, type RegisterColumn, registerColumns, type RegisterRow, type RegisterValues, unpack } from './register-check.ts'
import { type HistoryChange, recordHistory } from './store.ts'

type Row = RegisterRow & { name: string; address: string; area_code: string; grid_id: string | null; credit_code: string | null; tags: string[] }
interface Ready {
  no: number
  id: string
  doubtful: boolean
  values: RegisterValues
}

const shapes: Partial<Record<RegisterColumn, string>> = {
  division: 'smallint', employees: 'int', revenue_wan: 'numeric', assets_wan: 'numeric', established_on: 'date', high_risk: 'boolean', tags: 'text[]', grid_id: 'uuid', park_id: 'uuid', lon: 'float8', lat: 'float8',
}
const allColumns = [...registerColumns, 'name_py', 'words']
const columnList = sql.raw(allColumns.join(', '))
/** Lists inside a column travel as text. */
const newColumnList = sql.raw(allColumns.map((column) => (column === 'tags' || column === 'words' ? `${column}::text[]` : column)).join(', '))
const newTypes = registerColumns.map((column) => sql.raw(column === 'tags' ? 'text[]' : `${shapes[column] ?? 'text'}[]`))
const changedShape = sql.raw(`c(id uuid, base int, ${registerColumns.map((column) => `${column} ${shapes[column] ?? 'text'}`).join(', ')}, name_py text, words text[])`)
const assignments = sql.raw(allColumns.map((column) => `${column} = c.${column}`).join(', '))

function searchable(row: { name: string; address: string }): { name_py: string; words: string[] } {
  const initials = initialsOf(row.name)
  return { name_py: initials, words: searchWords(row.name, row.address, initials) }
}

/** Writes one batch: a constant number of statements, one event an enterprise. */
export async function applyRegister(ctx: Ctx, given: ApplyGiven, rows: readonly ReadyRow[]): Promise<AppliedRow[]> {
  const ready = rows.map(({ no, target, verdict, values }): Ready => ({ no, id: target, doubtful: verdict === 'DOUBTFUL', values: values as RegisterValues }))
  const fresh = ready.filter(({ values }) => values.base === undefined)
  const changed = ready.filter(({ values }) => values.base !== undefined)
  return [...(fresh.length ? await insertNew(ctx, given, fresh) : []), ...(changed.length ? await writeChanged(ctx, given, changed) : [])]
}

async function insertNew(ctx: Ctx, given: ApplyGiven, rows: readonly Ready[]): Promise<AppliedRow[]> {
  const made = await insertRows(ctx, given, rows)
  return rows.map(({ no, id, values }) => {
    if (!made.has(id)) return { no, before: null, refused: '写入时已有同一信用代码的单位，请重新核对' }
    const { name, credit_code: creditCode, state, area_code: areaCode, grid_id: gridId } = unpack(values.row) as Row
    ctx.emit({ aggregate: 'enterprise', id, version: 1, event: 'enterprise.imported', to: String(state), areaCode, gridId, enterpriseId: id, data: { name, creditCode, importId: given.runId, importNo: given.runNo, row: no } })
    return { no, before: null }
  })
}

/** Column by column through `unnest`, one statement for enterprises, sites and tags; answers whom it made. */
async function insertRows(ctx: Ctx, given: ApplyGiven, rows: readonly Ready[]): Promise<ReadonlySet<string>> {
  const column = (pick: (row: Ready) => unknown): string => arrayLiteral(rows.map(pick))
  const at = (name: RegisterColumn) => ({ values }: Ready) => values.row[placeOf[name]]
  const special: Partial<Record<RegisterColumn, (row: Ready) => unknown>> = {
    // A wrong check character that a person took carries his reason (conventions C8).
    credit_code_note: (row) => (row.doubtful && at('credit_code')(row) ? given.reason : null),
    tags: (row) => plainList(at('tags')(row) as string[]),
  }
  const found = rows.map((row) => searchable({ name: String(at('name')(row)), address: String(at('address')(row)) }))
  const columns = registerColumns.map((name, i) => sql`${column(special[name] ?? at(name))}::${newTypes[i]!}`)
  const { rows: made } = await sql<{ id: string }>`
    with r as materialized (select * from unnest(${column(({ id }) => id)}::uuid[], ${column(({ values }) => values.siteId)}::uuid[], ${column((row) => siteCodeOf(at('credit_code')(row) as string | null, row.id, 1))}::text[], ${column(({ values }) => values.floorArea)}::float8[],
        ${sql.join(columns)}, ${arrayLiteral(found.map((each) => each.name_py))}::text[], ${arrayLiteral(found.map((each) => plainList(each.words)))}::text[]) as r(id, site_id, code, floor_area, ${columnList})),
      e as (insert into enterprise (id, import_id, created_at, ${columnList}) select id, ${given.runId}::uuid, ${ctx.now}, ${newColumnList} from r on conflict (credit_code) where voided_at is null do nothing returning id),
      s as (insert into site (id, enterprise_id, code, name, kind, park_id, area_code, grid_id, address, floor_area_m2, lon, lat)
        select r.site_id, r.id, r.code, r.name, r.site_kind, r.park_id, r.area_code, r.grid_id, r.address, r.floor_area, r.lon, r.lat from r join e using (id)),
      t as (insert into enterprise_tag (enterprise_id, code, area_code, grid_id, extra, set_on) select r.id, unnest(r.tags::text[]), r.area_code, r.grid_id, '{}', ${localDate(ctx.now)}::date from r join e using (id) where r.tags <> '{}')
    select id from e`.execute(ctx.tx)
  return new Set(made.map((row) => row.id))
}

/** A list of codes or of search words: letters, digits and low lines, which an array takes without quotes. */
const plainList = (values: readonly string[]): string => `{${values.join(',')}}`

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
  for (const { doubtful, row, values } of ready) if (doubtful && row.credit_code !== unpack(values.before!).credit_code) row.credit_code_note = given.reason
  const written = await update(ctx.tx, ready.map(({ id, row, values }) => ({ id, base: values.base!, row })))
  const history: HistoryChange[] = []
  const applied = ready.map(({ no, id, row, values }): AppliedRow => {
    const now = written.get(id)
    if (!now) return { no, before: null, refused: '核对之后这条记录已被别人改过，请重新核对' }
    const before = unpack(values.before!) as Row
    history.push(...historyOf(ctx, id, before, row, now, `导入 ${given.runNo}`))
    const changes = (values.changes ?? []).map(({ field, from, to }) => ({ field: fieldZh(field), from, to }))
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
