import { sql } from 'kysely'
import { bigrams } from '../../../kernel/core/search-text.ts'
import { arrayLiteral } from '../../../kernel/server/array-literal.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import type { CheckedRow, RawRow } from '../../../kernel/server/import-kind.ts'
import { sizeGradeZh } from '../size.ts'
import { industryLabel } from '../industry.ts'
import { operatingStateZh } from '../lifecycle.ts'
import { type RegisterField, registerFields } from '../register-fields.ts'
import { type Fault, readRow, type RowDraft } from '../register-row.ts'
import { sizeOf } from '../rules.ts'
import { siteKindZh } from '../site-kinds.ts'
import { tagZh } from '../tags.ts'
import { riskColorZh, standardLevelZh } from '../enterprise.ts'
import { openPlaces } from './register-places.ts'
import { type ChangedValues, madeOf, pack, registerColumns, type RegisterRow } from './register-values.ts'

type Existing = RegisterRow & { id: string; version: number; inReach: boolean; name: string; address: string; credit_code: string | null; tags: string[] }

export interface RegisterStyle {
  /** Site kind of a row that names none. */
  readonly siteKind: string
  /** Places without a licence are taken without a code. */
  readonly unlicensed: boolean
}

/** Opens a checker that remembers the rows of this file, so that a second row of the same place is found. */
export async function openRegisterCheck(ctx: Ctx, style: RegisterStyle): Promise<(rows: readonly RawRow[]) => Promise<CheckedRow[]>> {
  const places = await openPlaces(ctx.tx, ctx.actor)
  const seen = new Map<string, number>()
  return async (rows) => {
    const drafts = rows.map((row) => {
      const draft = readRow(row.cells, row.rounded)
      const { areaCode, gridId, parkId, faults } = places.resolve(row.cells)
      draft.faults.push(...faults)
      if (areaCode) draft.set.area_code = areaCode
      if (gridId) draft.set.grid_id = gridId
      if (parkId) draft.set.park_id = parkId
      twice(seen, row.no, draft)
      return draft
    })
    const known = await existing(ctx, drafts)
    return rows.map((row, i) => judge({ ctx, style, nameOf: places.nameOf }, row, drafts[i]!, known))
  }
}

/** The first row of a place counts; later ones say which it was. */
function twice(seen: Map<string, number>, no: number, draft: RowDraft): void {
  const { credit_code: code, name, address } = draft.set
  const key = code ? `#${String(code)}` : name && address ? `${String(name)}|${String(address)}` : null
  if (key === null) return
  const first = seen.get(key)
  if (first === undefined) seen.set(key, no)
  else draft.faults.push({ field: code ? 'creditCode' : 'name', message: `与第 ${first} 行重复` })
}

interface Known {
  byCode: ReadonlyMap<string, Existing>
  byPlace: ReadonlyMap<string, Existing>
}

const placeKey = (name: unknown, address: unknown): string => `${String(name)}|${String(address)}`

/**
 * Records that the batch may mean: by code anywhere, by name and address. Two look-ups joined by `union`: one condition with
 * `or` would be walked over the whole register, a thousand comparisons a row.
 */
async function existing(ctx: Ctx, drafts: readonly RowDraft[]): Promise<Known> {
  const given = (column: 'credit_code' | 'name') => arrayLiteral(drafts.flatMap(({ set }) => (set[column] ? [String(set[column])] : [])))
  const columns = sql.join(registerColumns.map((column) => sql.ref(`e.${column}`)))
  const { rows } = await sql<Existing>`select e.id, e.version, ${reachSql(ctx.actor, 'e')} as "inReach", ${columns} from enterprise e
    where e.id in (select c.id from unnest(${given('credit_code')}::text[]) as given(code) join enterprise c on c.credit_code = given.code and c.voided_at is null
      union select n.id from unnest(${given('name')}::text[]) as given(name) join enterprise n on n.name collate "C" = given.name and n.voided_at is null)`.execute(ctx.tx)
  return { byCode: new Map(rows.flatMap((row) => (row.credit_code ? [[row.credit_code, row] as const] : []))), byPlace: new Map(rows.filter((row) => row.inReach).map((row) => [placeKey(row.name, row.address), row])) }
}

interface Bench {
  ctx: Ctx
  style: RegisterStyle
  nameOf: (value: string) => string
}

function judge(bench: Bench, row: RawRow, draft: RowDraft, known: Known): CheckedRow {
  const { set } = draft
  const title = String(set.name ?? row.cells.name ?? `第 ${row.no} 行`)
  const [byCode, byPlace] = [set.credit_code ? known.byCode.get(String(set.credit_code)) : undefined, known.byPlace.get(placeKey(set.name, set.address))]
  const match = byCode ?? (byPlace && (!set.credit_code || !byPlace.credit_code) ? byPlace : undefined)
  if (byCode && !byCode.inReach) draft.faults.push({ field: 'creditCode', message: '这个信用代码已登记在其他辖区' })
  if (!match && byPlace) draft.doubts.push({ field: 'name', message: `已有同名同址的“${byPlace.name}”（代码 ${byPlace.credit_code ?? '无'}）` })
  if (byCode && unlike(byCode, set)) draft.doubts.push({ field: 'name', message: `代码相同，但名称、地址与已登记的“${byCode.name}”都不同` })
  if (!match && !set.credit_code && !set.registration_no && !bench.style.unlicensed && !draft.faults.some(({ field }) => field === 'creditCode')) draft.faults.push({ field: 'creditCode', message: '统一社会信用代码：请填写' })
  if (!match && !set.area_code && !draft.faults.some(({ field }) => field !== null && placeFields.has(field))) draft.faults.push({ field: 'area', message: '请填写街道、社区、安格或区划代码' })
  if (draft.faults.length) return { no: row.no, verdict: 'WRONG', target: null, title, values: null, changes: [], issues: draft.faults }
  return match ? changed(bench, row.no, title, draft, match) : fresh(bench, row.no, title, draft)
}

const placeFields: ReadonlySet<RegisterField> = new Set(['areaCode', 'street', 'area', 'grid'])

/** Neither the name nor the address resembles what is on file. */
function unlike(there: Existing, set: Record<string, unknown>): boolean {
  if (there.name === set.name || there.address === set.address) return false
  const [own, other] = [bigrams(String(set.name)), new Set(bigrams(there.name))]
  return (2 * own.filter((pair) => other.has(pair)).length) / (own.length + other.size || 1) < 0.3
}

function fresh({ ctx, style }: Bench, no: number, title: string, draft: RowDraft): CheckedRow {
  const { set } = draft
  const identity = set.credit_code ? 'CREDIT_CODE' : set.registration_no ? 'REGISTRATION_NO' : 'NO_LICENSE'
  const target = ctx.newId()
  const values = madeOf({ site_kind: style.siteKind }, set, { ...phoneColumns(ctx, draft.phone), identity_kind: identity, size_grade: gradeOf(set) }, { id: target, siteId: ctx.newId(), tags: draft.tags, floorArea: draft.floorArea })
  return { no, verdict: draft.doubts.length ? 'DOUBTFUL' : 'NEW', target, title, values, changes: [], issues: draft.doubts }
}

const gradeOf = (row: Partial<Record<string, unknown>>) => sizeOf((row.industry_code as string | null | undefined) ?? null, { employees: numberOrNull(row.employees), revenueWan: numberOrNull(row.revenue_wan), assetsWan: numberOrNull(row.assets_wan) })
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

const phoneColumns = (ctx: Ctx, phone: RowDraft['phone']) =>
  phone ? { principal_phone_sealed: ctx.secrets.seal(phone.full), principal_phone_masked: phone.masked, principal_phone_tail: phone.tail, principal_phone_blind: ctx.secrets.blind(phone.full) } : {}

/** Old and new side by side; what the row leaves blank stays as it is. */
function changed({ ctx, nameOf }: Bench, no: number, title: string, draft: RowDraft, there: Existing): CheckedRow {
  const set: Record<string, unknown> = { ...draft.set }
  const tags = [...new Set([...there.tags, ...draft.tags])]
  if (tags.length > there.tags.length) set.tags = tags
  if (draft.phone && ctx.secrets.blind(draft.phone.full) !== there.principal_phone_blind) Object.assign(set, phoneColumns(ctx, draft.phone))
  if (set.credit_code && there.identity_kind !== 'CREDIT_CODE') set.identity_kind = 'CREDIT_CODE'
  const differs = Object.keys(set).filter((column) => column === 'tags' || !same(set[column], there[column as keyof RegisterRow]))
  const after = { ...there, ...Object.fromEntries(differs.map((column) => [column, set[column]])) }
  const grade = gradeOf(after)
  if (differs.some((column) => sized.has(column)) && grade !== there.size_grade) differs.push('size_grade')
  const doubts: Fault[] = differs.length ? draft.doubts : draft.doubts.filter(({ field }) => field !== 'creditCode')
  if (!differs.length && !doubts.length) return { no, verdict: 'SAME', target: there.id, title, values: null, changes: [], issues: [] }
  const row: RegisterRow = { ...after, size_grade: differs.includes('size_grade') ? grade : there.size_grade }
  const changes = differs.filter((column) => shownAs[column]).map((column) => ({ field: shownAs[column]!, from: display(column, there[column as keyof RegisterRow], nameOf), to: display(column, row[column as keyof RegisterRow], nameOf) }))
  const values: ChangedValues = { row: pack(row), base: there.version, before: pack(there), changes }
  return { no, verdict: doubts.length ? 'DOUBTFUL' : 'CHANGED', target: there.id, title, values, changes, issues: doubts }
}

const sized = new Set(['employees', 'revenue_wan', 'assets_wan', 'industry_code'])
const same = (a: unknown, b: unknown): boolean => a === b || (a === null && b === undefined) || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) < 1e-9)

/** Which heading a changed column is shown under. Sealed and derived ones have none. */
const shownAs: Readonly<Record<string, RegisterField | 'size'>> = {
  credit_code: 'creditCode', registration_no: 'registrationNo', name: 'name', legal_rep: 'legalRep', principal_name: 'principalName', principal_phone_masked: 'principalPhone', address: 'address', industry_code: 'industry', employees: 'employees',
  revenue_wan: 'revenueWan', assets_wan: 'assetsWan', established_on: 'establishedOn', state: 'state', standard_level: 'standardLevel', high_risk: 'highRisk', site_kind: 'siteKind', tags: 'tags', risk_color: 'riskColor', area_code: 'area', grid_id: 'grid',
  park_id: 'park', lon: 'lon', lat: 'lat', size_grade: 'size',
}

const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = { state: operatingStateZh, standard_level: standardLevelZh, site_kind: siteKindZh, risk_color: riskColorZh, size_grade: sizeGradeZh }

function display(column: string, value: unknown, nameOf: (value: string) => string): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((tag) => tagZh[tag as keyof typeof tagZh] ?? String(tag)).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (column === 'industry_code') return industryLabel(String(value)) ?? String(value)
  if (column === 'area_code' || column === 'grid_id' || column === 'park_id') return nameOf(String(value))
  return tables[column]?.[String(value)] ?? String(value)
}

/** Heading of a changed column, for events. */
export const fieldZh = (field: string): string => (field === 'size' ? '规模' : (registerFields[field as RegisterField]?.zh ?? field))
