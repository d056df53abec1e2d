/** Where the table is in a messy sheet: heading rows, data rows, and rows that are neither. Pure; rows are arrays of text. */

/** The column that a returned file carries; never data when the file comes back. */
export const ERROR_HEADING = '错误原因'

export interface Head {
  /** Index of the first heading row in the rows given. */
  first: number
  /** One row, or up to three whose cells are joined. */
  depth: number
  /** By column from 0, levels joined as 联系人/电话; '' for a column without a heading. */
  headings: string[]
  /** Index of the first row that may hold data. */
  dataFrom: number
}

/** What a row below the heading is. Only `data` is imported; the others are counted and named to the person. */
export type RowRole = 'data' | 'total' | 'note' | 'repeat' | 'example' | 'numbering' | 'blank'

type Row = readonly string[]

const LOOK_AT = 40
const MAX_DEPTH = 3
const clean = (text: string | undefined): string => (text ?? '').trim()

/** A heading as it is shown: no line breaks, no blanks between Chinese characters. */
export function headingText(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(/(?<=[\u2e80-\uffef]) | (?=[\u2e80-\uffef])/g, '')
}

/** A heading as it is compared: width, case, blanks and punctuation do not count. */
export function headingKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s*:,.。、_\-—()[\]【】《》"'“”‘’#]/g, '')
}

/**
 * Finds the heading in the first 40 rows. Rows above it are titles, filling units and dates. `known` are names that are
 * expected as headings; they help but are not needed. Undefined when nothing looks like a heading.
 */
export function findHead(rows: readonly Row[], known: readonly string[] = []): Head | undefined {
  const seen = rows.slice(0, LOOK_AT)
  const names = new Set(known.map(headingKey))
  const widest = Math.max(0, ...seen.map(spread))
  let best = -1
  let bestScore = 0
  seen.forEach((row, i) => {
    const score = headScore(row, i, widest, names)
    if (score > bestScore) [best, bestScore] = [i, score]
  })
  if (best < 0) return undefined
  let first = best
  let last = best
  while (first > 0 && last - first + 1 < MAX_DEPTH && joins(seen[first - 1] ?? [], seen[first] ?? [])) first--
  while (last + 1 < seen.length && last - first + 1 < MAX_DEPTH && joins(seen[last] ?? [], seen[last + 1] ?? [])) last++
  const headings = joinLevels(seen.slice(first, last + 1))
  let dataFrom = last + 1
  while (dataFrom < seen.length && isNumbering(seen[dataFrom] ?? [])) dataFrom++
  return { first, depth: last - first + 1, headings, dataFrom }
}

/** Cells that differ: a title merged over the sheet counts as one. */
function spread(row: Row): number {
  return new Set(row.map(clean).filter(Boolean)).size
}

function headScore(row: Row, index: number, widest: number, names: ReadonlySet<string>): number {
  const cells = row.map(clean).filter(Boolean)
  const different = new Set(cells).size
  if (different === 0 || (different === 1 && widest > 1)) return 0
  const wordy = cells.filter(isHeadingLike).length / cells.length
  // A heading may leave a third of the columns unnamed without losing to the data below it.
  const coverage = Math.min(different / widest / 0.6, 1)
  const hits = new Set(cells.map(headingKey).filter((key) => names.has(key))).size
  if (wordy < 0.75 || (coverage < 0.65 && hits < 2)) return 0
  // Earlier wins between equals: in a table of names and addresses every row reads like a heading.
  return Math.max(0.01, wordy + coverage + different / cells.length + Math.min(hits, 6) * 0.5 - index * 0.08)
}

/** Short words, also 3月 and 2026年; not a number, date, code, telephone or "填报单位：甲街道". */
function isHeadingLike(cell: string): boolean {
  if (/^(\d{4}年|\d{1,2}月份?)$/.test(cell)) return true
  if (cell.length > 40 || /[:：]\s*\S/.test(cell)) return false
  return !/^[\d\s.,%+\-/:年月日T]+$/.test(cell) && !/^[0-9A-Z]{15,}$/.test(cell)
}

/**
 * Whether `lower` is the second level of `upper`: at least one upper cell stands over two or more lower ones, and under every
 * other upper cell there is nothing (or the same text again, where merged ranges were filled).
 */
function joins(upper: Row, lower: Row): boolean {
  if (spread(upper) < 2 || !lower.map(clean).filter(Boolean).every(isHeadingLike)) return false
  let groups = 0
  for (const { from, to, text } of spans(upper, Math.max(upper.length, lower.length))) {
    const below = lower.slice(from, to).map(clean).filter((cell) => cell !== '' && cell !== text)
    if (below.length === 0) continue
    if (text === '' || new Set(below).size < 2) return false
    groups++
  }
  return groups > 0
}

/** Runs of one upper cell: it and the blank or equal cells to its right. */
function spans(row: Row, width: number): { from: number; to: number; text: string }[] {
  const found: { from: number; to: number; text: string }[] = []
  for (let c = 0; c < width; c++) {
    const text = clean(row[c])
    const open = found.at(-1)
    if (open && (text === '' || text === open.text)) open.to = c + 1
    else found.push({ from: c, to: c + 1, text })
  }
  return found
}

function joinLevels(levels: readonly Row[]): string[] {
  const width = Math.max(...levels.map((row) => row.length))
  const parts: string[][] = Array.from({ length: width }, () => [])
  levels.forEach((row, level) => {
    const below = levels[level + 1]
    for (const { from, to, text } of spans(row, width)) {
      const isGroup = below?.slice(from, to).some((cell) => clean(cell) !== '' && clean(cell) !== text) === true
      for (let c = from; c < to; c++) {
        const own = isGroup && !isBlankBelow(levels, level, c) ? text : clean(row[c])
        const shown = headingText(own)
        if (shown !== '' && parts[c]?.at(-1) !== shown) parts[c]?.push(shown)
      }
    }
  })
  return parts.map((part) => part.join('/'))
}

const isBlankBelow = (levels: readonly Row[], level: number, column: number): boolean => levels.slice(level + 1).every((row) => clean(row[column]) === '')

/** The row of column numbers that statistical forms have under the heading: 甲 乙 1 2 3. */
function isNumbering(row: Row): boolean {
  let expected = -1
  let count = 0
  for (const cell of row) {
    const text = clean(cell).replace(/^[(（]|[)）]$/g, '')
    if (text === '' || /^([甲乙丙丁]|栏次|序号)$/.test(text)) continue
    const n = /^\d{1,3}$/.test(text) ? Number(text) : -1
    if (n < 0 || (expected < 0 ? n > 1 : n !== expected)) return false
    expected = n + 1
    count++
  }
  return count >= 2
}

const TOTAL = /^(合计|总计|共计|小计|累计|总数|本页合计)[:：]?$/
const NOTE = /^(注|备注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|复核人?|单位负责人|负责人签字?|填报日期|填表日期|制表日期|填报单位)[一二三四五六七八九十\d]*\s*[:：]/
const EXAMPLE = /^(示例|样例|例子|填写示例|例)([:：\d]|$)/

/**
 * Tells data from what stands between and below it. Looks at the whole row, so an enterprise that is named 合计 is still
 * data when its other cells are words. Called for every row of a file: it makes nothing before the first cell is suspicious.
 */
export function rowRole(row: Row, head: Pick<Head, 'headings'>): RowRole {
  const at = row.findIndex((cell) => cell !== '' && cell.trim() !== '')
  if (at < 0) return 'blank'
  const start = clean(row[at])
  if (isHeadingOf(head.headings[at], start) && isRepeat(row, head.headings)) return 'repeat'
  if (EXAMPLE.test(start)) return 'example'
  if (isNumbering(row)) return 'numbering'
  if (isTotal(row, at)) return 'total'
  return NOTE.test(start) && filledCells(row) <= Math.max(4, head.headings.length / 3) ? 'note' : 'data'
}

const filledCells = (row: Row): number => row.filter((cell) => cell.trim() !== '').length

/** 合计 or 小计 stands among the first cells, and what follows is nothing but numbers. */
function isTotal(row: Row, first: number): boolean {
  const at = row.findIndex((cell, c) => c >= first && c < first + 4 && cell.length < 12 && TOTAL.test(cell.replace(/\s+/g, '')))
  if (at < 0) return false
  const word = clean(row[at])
  const words = row.slice(at + 1).map(clean).filter((cell) => cell !== '' && cell !== word && !/^[\d.,%\-—/\s]+$/.test(cell))
  return words.length === 0 || filledCells(row) <= 2
}

const isHeadingOf = (heading: string | undefined, cell: string): boolean => (heading ?? '').split('/').includes(headingText(cell))

/** The heading again, as on every page of a printed list. */
function isRepeat(row: Row, headings: readonly string[]): boolean {
  const same = row.filter((cell, c) => cell.trim() !== '' && isHeadingOf(headings[c], cell)).length
  return same >= 2 && same / filledCells(row) > 0.7
}
