import { headingKey } from '../../kernel/core/sheet.ts'
import { say } from '../../kernel/core/problem.ts'
import { areaCode, isAreaCode, levelOf, parentOf, ROOT } from './area-code.ts'
import type { AreaKindCode } from './district.ts'
import { refuseArea } from './rules.ts'
import { AREA_KIND_ZH, zh } from './zh.ts'

export interface AreaRow {
  code: string
  name: string
  kind: AreaKindCode
  parentCode: string | null
  areaKm2: number | null
  sortNo: number
}

const HEADINGS = {
  code: ['区划代码', '统计用区划代码', '代码', '行政区划代码'],
  name: ['名称', '区划名称', '单位名称'],
  kind: ['种类', '类型', '层级'],
  areaKm2: ['面积', '面积平方公里', '面积km2'],
  sortNo: ['次序', '排序', '排列次序'],
} as const
type Key = keyof typeof HEADINGS

const KIND_BY_LEVEL = { PROVINCE: 'PROVINCE', CITY: 'CITY', COUNTY: 'DISTRICT', STREET: 'STREET', VILLAGE: 'COMMUNITY', COUNTRY: 'PROVINCE' } as const

/** Excel drops leading zeros of nothing and shows short codes of higher levels: 990101 stands for 990101000000. */
function readCode(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/\s/g, '').replace(/\.0+$/, '')
  if (isAreaCode(digits)) return digits
  return [2, 4, 6, 9].includes(digits.length) && /^\d+$/.test(digits) ? areaCode(digits) : null
}

const readKind = (text: string, code: string): AreaKindCode | null => {
  if (text === '') return KIND_BY_LEVEL[levelOf(code)]
  const found = (Object.entries(AREA_KIND_ZH) as [AreaKindCode, string][]).find(([kind, name]) => kind === text || name === text || name.replace(/（.*/, '') === text)
  return found?.[0] ?? null
}

export interface AreaSheet {
  rows: AreaRow[]
  /** `row` counts from 1, as the spreadsheet shows it. */
  errors: { row: number; text: string }[]
}

/**
 * Areas from the rows of a table with a heading (any order of columns). Without a column 次序 the order of the rows is the
 * bureau's own order (S4-005). Undefined when no heading is found.
 */
export function readAreas(rows: readonly (readonly string[])[]): AreaSheet | undefined {
  const keys = Object.keys(HEADINGS) as Key[]
  const columnsOf = (row: readonly string[]) => new Map(keys.map((key) => [key, row.findIndex((cell) => HEADINGS[key].some((h) => headingKey(h) === headingKey(cell)))]))
  const head = rows.slice(0, 20).findIndex((row) => (columnsOf(row).get('code') ?? -1) >= 0 && (columnsOf(row).get('name') ?? -1) >= 0)
  if (head < 0) return undefined
  const at = columnsOf(rows[head] ?? [])
  const sheet: AreaSheet = { rows: [], errors: [] }
  const seen = new Set<string>()
  rows.slice(head + 1).forEach((cells, i) => {
    if (cells.every((cell) => cell.trim() === '')) return
    const cell = (key: Key) => ((at.get(key) ?? -1) >= 0 ? (cells[at.get(key) ?? 0] ?? '').trim() : '')
    const read = readRow(cell, sheet.rows.length + 1)
    const twice = 'code' in read && seen.has(read.code) ? `代码 ${read.code} 出现了两次` : undefined
    if ('text' in read || twice) sheet.errors.push({ row: head + i + 2, text: twice ?? ('text' in read ? read.text : '') })
    else {
      seen.add(read.code)
      sheet.rows.push(read)
    }
  })
  return sheet
}

function readRow(cell: (key: Key) => string, order: number): AreaRow | { text: string } {
  const code = readCode(cell('code'))
  if (code === null || code === ROOT) return { text: `“${cell('code')}”不是区划代码：${zh.problems['district.code_form']}` }
  if (cell('name') === '') return { text: '名称不能为空' }
  const kind = readKind(cell('kind'), code)
  if (kind === null) return { text: `看不懂种类“${cell('kind')}”，可填：${Object.values(AREA_KIND_ZH).join('、')}` }
  const km2 = cell('areaKm2') === '' ? null : Number(cell('areaKm2').replace(/[,，]/g, ''))
  if (km2 !== null && !(km2 >= 0)) return { text: `面积“${cell('areaKm2')}”不是数字` }
  const sortNo = cell('sortNo') === '' ? order : Number(cell('sortNo'))
  if (!Number.isInteger(sortNo)) return { text: `次序“${cell('sortNo')}”不是整数` }
  const above = parentOf(code)
  const area = { code, name: cell('name'), kind, parentCode: above === ROOT ? null : above, areaKm2: km2, sortNo }
  const refusals = refuseArea({ ...area, hostCounties: ['DEV_ZONE', 'PARK_COMMITTEE', 'BAY_AREA'].includes(kind) ? [code.slice(0, 6)] : [] })
  const first = refusals[0]
  return first ? { text: say(zh.problems, first.code, first.params) } : area
}
