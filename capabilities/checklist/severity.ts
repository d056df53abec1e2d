import type { ChecklistItem, Severity } from './checklist.ts'

export const SEVERITY_WORDS: Record<Severity, string> = { GENERAL: '一般', MAJOR: '重大', STOP_USE: '立即停用' }

export type SeverityCell = Pick<ChecklistItem, 'severity' | 'majorClauseIds' | 'stopWhen' | 'blocksResumption'>

/**
 * Expands the short hand of clause lists against the ids that exist: `GM-11-3/6/10`, `GM-7-1~4/5-*`, `HG-20或AQ3067 5.5.8`.
 * A bare number keeps the article before it; `5-*` is every clause of article 5; words of scope (机械, 化工) are passed over,
 * because the clause itself knows its scope.
 */
export function expandClauses(text: string, ids: readonly string[]): { found: string[]; unknown: string[] } {
  const found: string[] = []
  const unknown: string[] = []
  let prefix = ''
  let article = ''
  for (const raw of text.normalize('NFKC').split(/[/、,或]/).map((t) => t.trim()).filter((t) => t !== '')) {
    const token = raw.replace(/^AQ\s?3067\s+/, 'AQ-')
    if (/^[\u4e00-\u9fff]+$/.test(token)) continue
    const m = /^(?:([A-Z]+)-)?(?:([\d]+)-)?([\w.*]+)(?:~(\d+))?$/.exec(token)
    if (m === null) { unknown.push(raw); continue }
    if (m[1] !== undefined) { prefix = m[1]; article = '' }
    if (m[2] !== undefined) article = m[2]
    const stem = article === '' ? prefix : `${prefix}-${article}`
    const last = m[3] ?? ''
    const wanted = ids.includes(token) ? [token]
      : last === '*' ? ids.filter((id) => id.startsWith(`${stem}-`))
      : m[4] === undefined ? [`${stem}-${last}`]
      : Array.from({ length: Math.max(0, Number(m[4]) - Number(last) + 1) }, (_, i) => `${stem}-${Number(last) + i}`)
    const known = wanted.filter((id) => ids.includes(id))
    if (known.length === 0 || known.length < wanted.length) unknown.push(raw)
    found.push(...known)
  }
  return { found: [...new Set(found)], unknown }
}

const GRAMMAR = /^(一般|重大|立即停用)(?:\(([^()]*)\))?(?:→重大\(([^()]*)\)|\/(一般))?$/

/**
 * Reads a 严重度 cell: `一般`, `立即停用→重大(GM-11-7)`, `重大(GM-13-2)`, `立即停用(漏气)/一般` (general, stop when 漏气),
 * `一般(阻断复工)`. Null when the cell is none of these; `unknown` lists clauses that do not exist.
 */
export function readSeverity(cell: string, clauseIds: readonly string[]): (SeverityCell & { unknown: string[] }) | null {
  const m = GRAMMAR.exec(cell.normalize('NFKC').replace(/\s*([()→/])\s*/g, '$1').trim())
  if (m === null) return null
  const word = m[1]
  const severity: Severity = word === '重大' ? 'MAJOR' : word === '一般' ? 'GENERAL' : 'STOP_USE'
  const clauses = expandClauses(m[3] ?? (severity === 'MAJOR' ? (m[2] ?? '') : ''), clauseIds)
  const base = { severity, majorClauseIds: clauses.found, unknown: clauses.unknown }
  if (m[4] !== undefined) return severity === 'STOP_USE' && m[2] ? { ...base, severity: 'GENERAL', stopWhen: m[2] } : null
  if (m[2] === '阻断复工') return { ...base, blocksResumption: true }
  // 立即停用(移送): who receives it stands in its own column.
  return m[2] === undefined || severity === 'MAJOR' || m[2] === '移送' ? base : null
}

/** The inverse of readSeverity, with every clause written out. */
export function severityText(item: SeverityCell): string {
  const clauses = item.majorClauseIds.join('/')
  if (item.severity === 'MAJOR') return clauses === '' ? '重大' : `重大(${clauses})`
  const note = item.blocksResumption === true ? '(阻断复工)' : ''
  const base = item.stopWhen === undefined ? SEVERITY_WORDS[item.severity] + note : `立即停用(${item.stopWhen})/一般`
  return clauses === '' ? base : `${base}→重大(${clauses})`
}
