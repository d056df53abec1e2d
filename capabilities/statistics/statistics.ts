import { z } from 'zod'

/** Numbers of one street (or of one's whole reach). Counts, never rates; each opens the list it was counted from. */
export const StreetFigures = z.object({
  street: z.string(),
  name: z.string(),
  /** 今日走访家次 / 其中已检查 */
  visited: z.number().int(),
  checked: z.number().int(),
  /** 今日发现、今日销号、其中现场整改（宗） */
  found: z.number().int(),
  closed: z.number().int(),
  fixed: z.number().int(),
  /** 现存：未销号、待核定、待复查、逾期、重大（宗） */
  open: z.number().int(),
  toConfirm: z.number().int(),
  toReinspect: z.number().int(),
  overdue: z.number().int(),
  major: z.number().int(),
})
export type StreetFigures = z.infer<typeof StreetFigures>

export const figureKeys = ['visited', 'checked', 'found', 'closed', 'fixed', 'open', 'toConfirm', 'toReinspect', 'overdue', 'major'] as const

/** Sum of streets; the last row of every table (合计). */
export function totalOf(rows: readonly StreetFigures[]): StreetFigures {
  const sum = Object.fromEntries(figureKeys.map((key) => [key, rows.reduce((n, row) => n + row[key], 0)])) as Record<(typeof figureKeys)[number], number>
  return { street: '', name: '合计', ...sum }
}

export const Home = z.object({
  /** Local date the "today" numbers belong to, and the instant of counting. */
  day: z.string(),
  at: z.string(),
  total: StreetFigures,
  streets: z.array(StreetFigures),
  /** Checked places and hazards found of the last 14 days, oldest first, for a small trend. */
  trend: z.array(z.object({ day: z.string(), checked: z.number().int(), found: z.number().int(), closed: z.number().int() })),
})
export type Home = z.infer<typeof Home>

/** One thing that happened: the screen has the word for the event and knows the page of its record. */
export const Recent = z.object({
  id: z.uuid(),
  at: z.string(),
  event: z.string(),
  aggregate: z.string(),
  recordId: z.uuid(),
  /** What it happened to, in the record's own words; empty when the event says none. */
  title: z.string(),
  enterpriseName: z.string().nullable(),
  actor: z.string(),
})
export type Recent = z.infer<typeof Recent>

/** Whose events are news, and the right to read their record. */
export const newsVerbs = { hazard: 'hazard.read', visit: 'visit.read', paper: 'enforcement.read', enterprise: 'enterprise.read' } as const
