import { ERROR_HEADING, headingKey } from '../../kernel/core/sheet.ts'
import { ChecklistItem, EVIDENCE_KINDS, LIMIT_SOURCES, MAX_DEFAULT_DAYS, SPECIAL_PERIODS } from './checklist.ts'
import { basisText, readBasis } from './laws.ts'
import { readSeverity, severityText } from './severity.ts'
import { categoryPath, guessCategory, readCategory } from './taxonomy.ts'
import type { ChecklistProblem, ChecklistRefusal } from './zh.ts'
import { AUTHORITY_NAMES, EVIDENCE_NAMES, LIMIT_SOURCE_NAMES, refusalText, SPECIAL_PERIOD_NAMES } from './zh.ts'

export type ColumnKey =
  | 'code' | 'category' | 'content' | 'method' | 'severity' | 'legalBasis' | 'defaultDays' | 'defaultRequirement'
  | 'evidence' | 'hazardCategory' | 'specialPeriod' | 'transferTo' | 'points' | 'limitSource'

export type Column = { key: ColumnKey; heading: string; aliases: readonly string[]; required: boolean }

/** The template: the first eight columns are those of the checklists in use. 依据 may stand on the list as a whole; publishing asks for it. */
export const COLUMNS: readonly Column[] = [
  { key: 'code', heading: '编号', aliases: ['序号', '项目编号'], required: true },
  { key: 'category', heading: '类别', aliases: ['检查类别'], required: true },
  { key: 'content', heading: '检查内容', aliases: ['检查事项', '检查项目'], required: true },
  { key: 'method', heading: '判定方法', aliases: ['检查方法'], required: true },
  { key: 'severity', heading: '严重度', aliases: ['隐患级别', '等级'], required: true },
  { key: 'legalBasis', heading: '依据', aliases: ['检查依据', '法律依据'], required: false },
  { key: 'defaultDays', heading: '默认整改天数', aliases: ['天', '整改天数', '天(默认整改天数,0=立即)'], required: true },
  { key: 'defaultRequirement', heading: '默认整改要求', aliases: ['整改要求', '整改措施'], required: true },
  { key: 'evidence', heading: '取证要求', aliases: ['取证', '拍照'], required: false },
  { key: 'hazardCategory', heading: '隐患分类', aliases: ['隐患类别'], required: false },
  { key: 'specialPeriod', heading: '特殊时期', aliases: [], required: false },
  { key: 'transferTo', heading: '移送部门', aliases: ['主管部门'], required: false },
  { key: 'points', heading: '分值', aliases: ['满分'], required: false },
  { key: 'limitSource', heading: '限值来源', aliases: [], required: false },
]

/** A refusal about one cell: `row` counts from 1, as the spreadsheet shows it. */
export type CellError = ChecklistRefusal & { row: number; heading: string }

export type Imported = { items: ChecklistItem[]; errors: CellError[] }

const bare = (text: string) => text.normalize('NFKC').replace(/\s/g, '')

function headingsOf(row: readonly string[]): Map<ColumnKey, number> {
  const at = new Map<ColumnKey, number>()
  row.forEach((cell, i) => {
    const name = headingKey(cell)
    const column = COLUMNS.find((c) => [c.heading, ...c.aliases].some((h) => headingKey(h) === name))
    if (column !== undefined && !at.has(column.key)) at.set(column.key, i)
  })
  return at
}

/** Index of the row of headings: titles and filling notes may stand above it; the first row when none of ten looks like it. */
function headingRow(rows: readonly (readonly string[])[]): number {
  return Math.max(0, rows.slice(0, 10).findIndex((row) => headingsOf(row).size >= 3))
}

/** A code by its Chinese name or by itself. */
function readCode<T extends string>(text: string, codes: readonly T[], names: Readonly<Record<T, string>>): T | null {
  return codes.find((c) => c === text || bare(names[c]) === bare(text)) ?? null
}

type Draft = { values: Record<string, unknown>; errors: { key: ColumnKey; code: ChecklistProblem; params: Record<string, string | number> }[] }

class RowReader {
  readonly draft: Draft = { values: {}, errors: [] }
  readonly cells: ReadonlyMap<ColumnKey, string>
  constructor(cells: ReadonlyMap<ColumnKey, string>) {
    this.cells = cells
  }
  text(key: ColumnKey): string {
    return this.cells.get(key)?.trim() ?? ''
  }
  refuse(key: ColumnKey, code: ChecklistProblem, params: Record<string, string | number> = {}): void {
    this.draft.errors.push({ key, code, params })
  }
  set(name: string, value: unknown): void {
    this.draft.values[name] = value
  }
  /** An optional coded column: empty is left out, an unknown word is an error. */
  coded<T extends string>(key: ColumnKey, codes: readonly T[], names: Readonly<Record<T, string>>): void {
    const text = this.text(key)
    if (text === '') return
    const code = readCode(text, codes, names)
    if (code === null) this.refuse(key, 'checklist.cell_not_a_choice', { value: text, choices: codes.map((c) => names[c]).join('、') })
    else this.set(key, code)
  }
}

function readSeverityCell(row: RowReader, clauseIds: readonly string[]): void {
  const text = row.text('severity')
  if (text === '') return
  const read = readSeverity(text, clauseIds)
  if (read === null) {
    row.refuse('severity', 'checklist.cell_severity', { value: text })
    return
  }
  const { unknown, ...cell } = read
  if (unknown.length > 0) row.refuse('severity', 'checklist.clause_unknown', { clause: unknown.join('、'), item: row.text('code') })
  else if (cell.severity === 'MAJOR' && cell.majorClauseIds.length === 0) row.refuse('severity', 'checklist.major_without_clause', { item: row.text('code') })
  for (const [name, value] of Object.entries(cell)) row.set(name, value)
}

function readNumbers(row: RowReader): void {
  const days = bare(row.text('defaultDays')).replace(/天$/, '').replace(/^立即$/, '0')
  if (/^\d+$/.test(days) && Number(days) <= MAX_DEFAULT_DAYS) row.set('defaultDays', Number(days))
  else if (days !== '') row.refuse('defaultDays', 'checklist.cell_days', { value: row.text('defaultDays'), max: MAX_DEFAULT_DAYS })
  const points = bare(row.text('points'))
  const m = /^(加分)?([1-9]|1\d|20)$/.exec(points)
  if (m !== null) {
    row.set('points', Number(m[2]))
    if (m[1] !== undefined) row.set('bonus', true)
  } else if (points !== '') row.refuse('points', 'checklist.cell_points', { value: row.text('points') })
}

function readBasisAndCategory(row: RowReader): void {
  const { basis, unread } = readBasis(row.text('legalBasis'))
  if (unread.length > 0) row.refuse('legalBasis', 'checklist.cell_basis', { value: unread.join('；') })
  row.set('legalBasis', basis)
  const text = row.text('hazardCategory')
  const category = text === '' ? guessCategory(row.text('category')) : readCategory(text)
  if (category === null) row.refuse('hazardCategory', 'checklist.category_unknown', { value: text })
  else row.set('hazardCategory', category)
}

function readRow(row: RowReader, clauseIds: readonly string[]): Draft {
  for (const column of COLUMNS) {
    if (column.required && row.text(column.key) === '') row.refuse(column.key, 'checklist.cell_empty', { heading: column.heading })
  }
  row.set('code', row.text('code').normalize('NFKC').toUpperCase())
  for (const key of ['category', 'content', 'method', 'defaultRequirement'] as const) row.set(key, row.text(key))
  readSeverityCell(row, clauseIds)
  readNumbers(row)
  readBasisAndCategory(row)
  row.set('evidence', 'PHOTO')
  row.coded('evidence', EVIDENCE_KINDS, EVIDENCE_NAMES)
  row.coded('specialPeriod', SPECIAL_PERIODS, SPECIAL_PERIOD_NAMES)
  row.coded('transferTo', Object.keys(AUTHORITY_NAMES) as (keyof typeof AUTHORITY_NAMES)[], AUTHORITY_NAMES)
  row.coded('limitSource', LIMIT_SOURCES, LIMIT_SOURCE_NAMES)
  return row.draft
}

/** What the columns could not say for themselves: length and shape of the plain texts. */
function shapeErrors(draft: Draft): Draft['errors'] {
  const parsed = ChecklistItem.safeParse(draft.values)
  if (parsed.success) return []
  return parsed.error.issues.map((issue) => {
    const key = COLUMNS.find((c) => c.key === issue.path[0])?.key ?? 'content'
    return { key, code: 'checklist.cell_shape' as const, params: { value: String(draft.values[key] ?? '') } }
  })
}

/**
 * Items from spreadsheet rows with a row of headings (any order, extra columns ignored). Good rows go in, each bad row
 * comes back with every error it has; blank rows are passed over; a code met twice is an error of the later row.
 * `clauseIds` are the ids of the criteria registry. A missing required heading refuses the sheet as a whole.
 */
export function importItems(rows: readonly (readonly string[])[], clauseIds: readonly string[]): Imported {
  const first = headingRow(rows)
  const at = headingsOf(rows[first] ?? [])
  const lacking = COLUMNS.filter((c) => c.required && !at.has(c.key))
  if (lacking.length > 0) return { items: [], errors: lacking.map((c) => ({ row: first + 1, heading: c.heading, code: 'checklist.heading_missing' as const, params: { heading: c.heading } })) }
  const items: ChecklistItem[] = []
  const errors: CellError[] = []
  const seen = new Set<string>()
  rows.slice(first + 1).forEach((cells, i) => {
    if (cells.every((c) => c.trim() === '')) return
    const draft = readRow(new RowReader(new Map([...at].map(([key, n]) => [key, cells[n] ?? '']))), clauseIds)
    const item = String(draft.values.code)
    if (item !== '' && seen.has(item)) draft.errors.push({ key: 'code', code: 'checklist.item_code_twice', params: { item } })
    seen.add(item)
    const found = draft.errors.length > 0 ? draft.errors : shapeErrors(draft)
    if (found.length === 0) items.push(ChecklistItem.parse(draft.values))
    else errors.push(...found.map(({ key, code, params }) => ({ row: first + i + 2, heading: COLUMNS.find((c) => c.key === key)?.heading ?? '', code, params })))
  })
  return { items, errors }
}

/** The template filled with items; importItems reads it back unchanged. */
export function exportItems(items: readonly ChecklistItem[]): string[][] {
  const row = (i: ChecklistItem): string[] => [
    i.code, i.category, i.content, i.method, severityText(i), basisText(i.legalBasis), String(i.defaultDays), i.defaultRequirement,
    EVIDENCE_NAMES[i.evidence], categoryPath(i.hazardCategory),
    i.specialPeriod === undefined ? '' : SPECIAL_PERIOD_NAMES[i.specialPeriod],
    i.transferTo === undefined ? '' : AUTHORITY_NAMES[i.transferTo],
    i.points === undefined ? '' : `${i.bonus === true ? '加分' : ''}${i.points}`,
    i.limitSource === undefined ? '' : LIMIT_SOURCE_NAMES[i.limitSource],
  ]
  return [COLUMNS.map((c) => c.heading), ...items.map(row)]
}

/** The bad rows in the sheet's own columns with one column of reasons, ready to be corrected and imported again. */
export function rowsToCorrect(rows: readonly (readonly string[])[], errors: readonly CellError[]): string[][] {
  const first = headingRow(rows)
  const bad = [...new Set(errors.map((e) => e.row))].filter((r) => r > first + 1).sort((a, b) => a - b)
  const headings = rows[first] ?? []
  // A sheet that was sent back once already carries the column of reasons; it is written anew.
  const kept = headings.map((_, i) => i).filter((i) => headings[i] !== ERROR_HEADING)
  const padded = (row: readonly string[]) => kept.map((i) => row[i] ?? '')
  const reasons = (row: number) => errors.filter((e) => e.row === row).map((e) => `${e.heading}：${refusalText(e)}`).join('；')
  return [[...padded(headings), ERROR_HEADING], ...bad.map((r) => [...padded(rows[r - 1] ?? []), reasons(r)])]
}
