/**
 * 国民经济行业分类 GB/T 4754-2017 with amendment 1 (2019): 20 门类, 97 大类, 473 中类, 1,382 小类 (domain.md §1.2). A code is kept
 * without its section letter, since its first two digits name the division and with it the section: `3311`; a bare section is `C`.
 */
import { normaliseText } from '../../kernel/core/search-text.ts'
import data from './industry.data.json' with { type: 'json' }

export type IndustryLevel = 'SECTION' | 'DIVISION' | 'GROUP' | 'CLASS'
/** A section letter or 2–4 digits that stand in the table. */
export type IndustryCode = string
export type IndustryNode = { code: IndustryCode; level: IndustryLevel; name: string }

/** In the order of the codes: an object with keys like "10" and "06" does not keep its own. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ...data.sections.map((s) => [s.code, s.name] as const),
  ...Object.entries(data.names).sort(([a], [b]) => (a < b ? -1 : 1)),
])
/** A class follows its group in the order of codes, so it wins the name they share. */
const BY_TEXT: ReadonlyMap<string, string> = new Map([...NAMES].map(([code, name]) => [normaliseText(name), code]))
const LEVELS: readonly IndustryLevel[] = ['SECTION', 'DIVISION', 'GROUP', 'CLASS']

/** The name; null when the code is not in the table. Takes `3311` and `C3311`. */
export function industryName(code: string): string | null {
  return NAMES.get(bare(code) ?? '') ?? null
}

/** `C3311 金属结构制造`, as papers write it; null when unknown. */
export function industryLabel(code: string): string | null {
  const path = industryPath(code)
  const last = path.at(-1)
  return last ? `${path.length > 1 ? path[0]?.code : ''}${last.code} ${last.name}` : null
}

/** From the section down to the code itself, each with its level; empty when the code is not in the table. */
export function industryPath(code: string): IndustryNode[] {
  const own = bare(code)
  const letter = own === null ? null : sectionOf(own)
  if (own === null || letter === null) return []
  const codes = [letter, ...[2, 3, 4].filter((n) => n <= own.length).map((n) => own.slice(0, n))]
  return codes.map((c, i) => ({ code: c, level: LEVELS[i] as IndustryLevel, name: NAMES.get(c) ?? '' }))
}

/** The nodes directly below, in order; the sections for null. For a cascading choice. */
export function industriesBelow(code: string | null): IndustryNode[] {
  const own = code === null ? null : bare(code)
  if (code !== null && own === null) return []
  const level = own === null ? 0 : /^\d/.test(own) ? own.length : 1
  const below = [...NAMES.keys()].filter((c) => {
    if (own === null) return !/^\d/.test(c)
    return level === 1 ? c.length === 2 && sectionOf(c) === own : c.length === own.length + 1 && c.startsWith(own)
  })
  return below.map((c) => ({ code: c, level: LEVELS[level] as IndustryLevel, name: NAMES.get(c) ?? '' }))
}

/** The section letter of a code in the table; null otherwise. */
export function sectionOf(code: string): string | null {
  if (/^[A-T]$/.test(code)) return code
  const division = Number(code.slice(0, 2))
  return NAMES.has(code) ? (data.sections.find((s) => s.from <= division && division <= s.to)?.code ?? null) : null
}

/** The two digits of the division; null for a section or an unknown code. */
export function divisionOf(code: string): number | null {
  const own = bare(code)
  return own === null || own.length < 2 ? null : Number(own.slice(0, 2))
}

/**
 * 工业 in the sense of statistics: sections B, C and D, divisions 06–46, with 11 and 43, which the three-sector split counts
 * elsewhere (domain.md §1.2). False for an unknown code.
 */
export function isIndustrial(code: string): boolean {
  const section = industryPath(code)[0]?.code
  return section === 'B' || section === 'C' || section === 'D'
}

/**
 * What people type or paste: `C3311`, `3311`, `c 3311`, `A111` (a zero lost in a sheet), `3311 金属结构制造`, `金属结构制造`.
 * A name that a group and its only class share gives the class. Null when it is none, when letter and digits contradict each
 * other, or when three digits alone could be two things is left as the group they name.
 */
export function normaliseIndustry(text: string): IndustryCode | null {
  const t = text.normalize('NFKC').toUpperCase().trim()
  const m = /^([A-T])?\s*-?\s*(\d{1,4})(?!\d)/.exec(t)
  if (!m) return bare(t) ?? BY_TEXT.get(normaliseText(t)) ?? null
  const [, letter, digits = ''] = m
  if (!letter) return bare(digits)
  return [digits, `0${digits}`].find((d) => NAMES.has(d) && sectionOf(d) === letter) ?? null
}

/**
 * Codes whose number begins with the text or whose name holds all its words (parted by spaces), best first: exact name, name
 * that begins so, then deeper levels before higher ones.
 */
export function searchIndustry(text: string, limit = 20): IndustryNode[] {
  const t = text.normalize('NFKC').trim()
  const digits = /^[A-Ta-t]?(\d+)$/.exec(t)?.[1]
  const words = t.split(/\s+/).map(normaliseText).filter(Boolean)
  if (!digits && words.length === 0) return []
  const hits = [...NAMES].flatMap(([code, name]) => {
    if (digits) return code.startsWith(digits) ? [{ code, rank: code.length }] : []
    const plain = normaliseText(name)
    if (!words.every((w) => plain.includes(w))) return []
    const fit = plain === words[0] ? 0 : plain.startsWith(words[0] ?? '') ? 10 : 20
    return [{ code, rank: fit + 4 - code.length }]
  })
  const best = hits.sort((a, b) => a.rank - b.rank || (a.code < b.code ? -1 : 1)).slice(0, limit)
  return best.flatMap(({ code }) => industryPath(code).slice(-1))
}

/** The code as it stands in the table, its letter dropped if it agrees; null otherwise. */
function bare(code: string): string | null {
  if (NAMES.has(code)) return code
  const [letter, digits] = [code.slice(0, 1), code.slice(1)]
  return /^\d/.test(digits) && NAMES.has(digits) && sectionOf(digits) === letter ? digits : null
}

