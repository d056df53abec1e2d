import type { RowChange } from '../../../kernel/server/import-kind.ts'
import { searchWords } from '../search.ts'
import { siteCodeOf } from './changes.ts'
import { initialsOf } from './pinyin.ts'

/** Columns that an import may write; words and pinyin follow from them. */
export const registerColumns = [
  'credit_code', 'credit_code_note', 'registration_no', 'identity_kind', 'name', 'legal_rep', 'principal_name', 'principal_phone_sealed', 'principal_phone_masked', 'principal_phone_tail', 'principal_phone_blind', 'address',
  'industry_code', 'division', 'gongmao_sector', 'employees', 'revenue_wan', 'assets_wan', 'established_on', 'state', 'standard_level', 'high_risk', 'site_kind', 'tags', 'risk_color', 'area_code', 'grid_id', 'park_id', 'lon', 'lat', 'size_grade',
] as const
export type RegisterColumn = (typeof registerColumns)[number]
export type RegisterRow = Record<RegisterColumn, unknown>

/** Columns that are not text. */
export const shapes: Partial<Record<RegisterColumn, string>> = {
  division: 'smallint', employees: 'int', revenue_wan: 'numeric', assets_wan: 'numeric', established_on: 'date', high_risk: 'boolean', tags: 'text[]', grid_id: 'uuid', park_id: 'uuid', lon: 'float8', lat: 'float8',
}

/** A row as values in the order of `registerColumns`: names would be two thirds of the text. */
export type Packed = readonly unknown[]

/** What apply is given of a record that exists. */
export interface ChangedValues {
  row: Packed
  base: number
  before: Packed
  changes: readonly RowChange[]
}

/** A new record as its insert takes it, in the order of `madeColumns`; lists are PostgreSQL's own text of an array. */
export interface MadeValues {
  made: Packed
}

export const pack = (row: Record<string, unknown>): Packed => registerColumns.map((column) => row[column] ?? null)

export function unpack(packed: Packed): RegisterRow {
  const row: Record<string, unknown> = {}
  for (const [i, column] of registerColumns.entries()) row[column] = packed[i]
  return row as RegisterRow
}

export function searchable(row: { name: string; address: string }): { name_py: string; words: string[] } {
  const initials = initialsOf(row.name)
  return { name_py: initials, words: searchWords(row.name, row.address, initials) }
}

export const madeColumns = [...registerColumns, 'name_py', 'words', 'site_id', 'site_code', 'floor_area'] as const
export type MadeColumn = (typeof madeColumns)[number]
const placeOf = Object.fromEntries(madeColumns.map((column, i) => [column, i])) as Readonly<Record<MadeColumn, number>>
/** What a new row has where its file says nothing. */
const blank: Packed = [...pack({ state: 'ACTIVE', standard_level: 'NONE', high_risk: false }), null, null, null, null, null]

type Set = Readonly<Record<string, unknown>>

/** Built in the stored order at once: of a large file nearly every row comes here. The later of the three wins. */
export function madeOf(first: Set, said: Set, last: Set, more: { id: string; siteId: string; tags: readonly string[]; floorArea: number | null }): MadeValues {
  const made = [...blank]
  for (const set of [first, said, last]) for (const column in set) made[placeOf[column as MadeColumn]] = set[column]
  const { name_py, words } = searchable({ name: String(said.name), address: String(said.address) })
  made[placeOf.tags] = plainList(more.tags)
  made[placeOf.name_py] = name_py
  made[placeOf.words] = plainList(words)
  made[placeOf.site_id] = more.siteId
  made[placeOf.site_code] = siteCodeOf((said.credit_code as string | undefined) ?? null, more.id, 1)
  made[placeOf.floor_area] = more.floorArea
  return { made }
}

/** A list of codes or of search words: letters, digits and low lines, which an array takes without quotes. */
const plainList = (values: readonly string[]): string => `{${values.join(',')}}`
