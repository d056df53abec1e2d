/**
 * 大中小微: 统计上大中小微型企业划分办法(2017), 国统字〔2017〕213号 (domain.md §1.3). X persons employed, Y revenue and Z assets in 万元.
 * 大, 中 and 小 need every lower limit of their row; an enterprise that misses one falls to the next grade; 微 is what is left.
 */
import { industryPath } from './industry.ts'

export type SizeGrade = 'LARGE' | 'MEDIUM' | 'SMALL' | 'MICRO' | 'UNKNOWN'
export const sizeGradeZh: Readonly<Record<SizeGrade, string>> = { LARGE: '大型', MEDIUM: '中型', SMALL: '小型', MICRO: '微型', UNKNOWN: '未定' }

export type SizeSector =
  | 'AGRICULTURE' | 'INDUSTRY' | 'CONSTRUCTION' | 'WHOLESALE' | 'RETAIL' | 'TRANSPORT' | 'STORAGE' | 'POST' | 'LODGING' | 'CATERING'
  | 'INFORMATION' | 'SOFTWARE' | 'REAL_ESTATE' | 'PROPERTY' | 'BUSINESS' | 'OTHER'

/** Year-end figures as the enterprise reports them; null where not reported. Money in 万元, fractions allowed. */
export type SizeFigures = { employees: number | null; revenueWan: number | null; assetsWan: number | null }

type Measure = keyof SizeFigures
/** For each measure that counts: lower limits of 大, 中, 小. */
type Row = Partial<Record<Measure, readonly [number, number, number]>>

const PERSONS_AND_REVENUE = (x: readonly [number, number, number], y: readonly [number, number, number]): Row => ({ employees: x, revenueWan: y })

const ROWS: Readonly<Record<SizeSector, Row>> = {
  AGRICULTURE: { revenueWan: [20_000, 500, 50] },
  INDUSTRY: PERSONS_AND_REVENUE([1000, 300, 20], [40_000, 2000, 300]),
  CONSTRUCTION: { revenueWan: [80_000, 6000, 300], assetsWan: [80_000, 5000, 300] },
  WHOLESALE: PERSONS_AND_REVENUE([200, 20, 5], [40_000, 5000, 1000]),
  RETAIL: PERSONS_AND_REVENUE([300, 50, 10], [20_000, 500, 100]),
  TRANSPORT: PERSONS_AND_REVENUE([1000, 300, 20], [30_000, 3000, 200]),
  STORAGE: PERSONS_AND_REVENUE([200, 100, 20], [30_000, 1000, 100]),
  POST: PERSONS_AND_REVENUE([1000, 300, 20], [30_000, 2000, 100]),
  LODGING: PERSONS_AND_REVENUE([300, 100, 10], [10_000, 2000, 100]),
  CATERING: PERSONS_AND_REVENUE([300, 100, 10], [10_000, 2000, 100]),
  INFORMATION: PERSONS_AND_REVENUE([2000, 100, 10], [100_000, 1000, 100]),
  SOFTWARE: PERSONS_AND_REVENUE([300, 100, 10], [10_000, 1000, 50]),
  REAL_ESTATE: { revenueWan: [200_000, 1000, 100], assetsWan: [10_000, 5000, 2000] },
  PROPERTY: PERSONS_AND_REVENUE([1000, 300, 100], [5000, 1000, 500]),
  BUSINESS: { employees: [300, 100, 10], assetsWan: [120_000, 8000, 100] },
  OTHER: { employees: [300, 100, 10] },
}

/** By prefix of the industry code, the longest first; null where the rule does not apply (railways, finance, education, health …). */
const SECTORS: readonly (readonly [string, SizeSector | null])[] = [
  ['591', 'TRANSPORT'], ['701', 'REAL_ESTATE'], ['702', 'PROPERTY'], ['704', null],
  ['51', 'WHOLESALE'], ['52', 'RETAIL'], ['53', null], ['59', 'STORAGE'], ['60', 'POST'], ['61', 'LODGING'], ['62', 'CATERING'],
  ['65', 'SOFTWARE'], ['84', null],
  ['A', 'AGRICULTURE'], ['B', 'INDUSTRY'], ['C', 'INDUSTRY'], ['D', 'INDUSTRY'], ['E', 'CONSTRUCTION'], ['G', 'TRANSPORT'],
  ['I', 'INFORMATION'], ['J', null], ['K', 'OTHER'], ['L', 'BUSINESS'], ['M', 'OTHER'], ['N', 'OTHER'], ['O', 'OTHER'], ['P', null],
  ['Q', 'OTHER'], ['R', 'OTHER'], ['S', null], ['T', null],
]

/** The row of the table an industry belongs to; null for an unknown code, one too coarse to tell, or one the rule does not grade. */
export function sizeSectorOf(industryCode: string): SizeSector | null {
  const path = industryPath(industryCode).map((n) => n.code)
  if (path.length === 1 && ['F', 'G', 'H', 'I', 'K', 'Q'].includes(path[0] ?? '')) return null
  if (path.length === 2 && (path[1] === '59' || path[1] === '70')) return null
  return SECTORS.find(([prefix]) => path.includes(prefix))?.[1] ?? null
}

/**
 * The grade. `UNKNOWN` when a measure that this sector counts is missing or negative (never 微型 by default), or the sector is null.
 */
export function sizeGrade(sector: SizeSector | null, figures: SizeFigures): SizeGrade {
  if (sector === null) return 'UNKNOWN'
  const limits = Object.entries(ROWS[sector]) as [Measure, readonly [number, number, number]][]
  const values = limits.map(([measure]) => figures[measure])
  if (!values.every((v) => v !== null && v >= 0)) return 'UNKNOWN'
  const grades: readonly SizeGrade[] = ['LARGE', 'MEDIUM', 'SMALL']
  const met = grades.findIndex((_, g) => limits.every(([measure, bounds]) => (figures[measure] ?? 0) >= (bounds[g] ?? Infinity)))
  return grades[met] ?? 'MICRO'
}

/**
 * A hint only: whether an enterprise probably stands on the statistics bureau's yearly list (规上, 限上), which is imported and never
 * computed (domain.md §1.3). Revenue lines in 万元: industry 2000; wholesale 2000, retail 500, lodging and catering 200; services
 * 2000, 1000 or 500 by section. Null where revenue does not decide (construction and development go by qualification) or is missing.
 */
export function likelyAboveScale(industryCode: string, revenueWan: number | null): boolean | null {
  const path = industryPath(industryCode).map((n) => n.code)
  const line = ABOVE_SCALE.find(([prefix]) => path.includes(prefix))?.[1] ?? null
  return line === null || revenueWan === null ? null : revenueWan >= line
}

const ABOVE_SCALE: readonly (readonly [string, number | null])[] = [
  ['701', null], ['85', 500], ['51', 2000], ['52', 500],
  ['B', 2000], ['C', 2000], ['D', 2000], ['H', 200], ['G', 2000], ['I', 2000], ['N', 2000], ['84', 2000],
  ['K', 1000], ['L', 1000], ['M', 1000], ['P', 1000], ['O', 500], ['R', 500],
]
