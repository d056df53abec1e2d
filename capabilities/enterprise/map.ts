import { z } from 'zod'

/** More points than this are not drawn; `located` still says how many there are. */
export const MAP_LIMIT = 60_000

/** Degrees on the wire are whole hundred-thousandths: about one metre. */
export const MAP_SCALE = 100_000

const box = /^-?\d{1,3}(\.\d{1,6})?(,-?\d{1,3}(\.\d{1,6})?){3}$/

/** "west,south,east,north" in WGS-84 degrees, as a map's view has them. */
export const Box = z.string().regex(box).transform((text) => {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number)
  return { west, south, east, north }
})
export type Box = z.output<typeof Box>

/**
 * Places in columns: 28,000 of them are one answer of some hundred kilobytes, and the browser makes them points. The n-th
 * place is the n-th 32 hex digits of `ids`, the n-th number of `lon` and `lat`, the n-th letter of `mark`.
 */
const columns = { ids: z.string(), lon: z.array(z.int()), lat: z.array(z.int()), mark: z.string() }

/** `mark`: R, O, Y, B, and - for not assessed. `total` counts also those without a place. */
export const EnterprisePoints = z.object({ ...columns, total: z.int(), located: z.int(), risks: z.object({ RED: z.int(), ORANGE: z.int(), YELLOW: z.int(), BLUE: z.int(), none: z.int() }) })
export type EnterprisePoints = z.infer<typeof EnterprisePoints>

/** `mark`: L overdue, S due soon, - neither; in capitals' order of urgency. */
export const HazardPoints = z.object({ ...columns, total: z.int(), located: z.int(), overdue: z.int() })
export type HazardPoints = z.infer<typeof HazardPoints>

export interface PlainPoint {
  readonly id: string
  readonly lon: number
  readonly lat: number
  readonly mark: string
}

/** Columns as points. */
export function pointsOf({ ids, lon, lat, mark }: Pick<EnterprisePoints, 'ids' | 'lon' | 'lat' | 'mark'>): PlainPoint[] {
  return lon.map((x, i) => ({ id: uuidOf(ids.slice(i * 32, i * 32 + 32)), lon: x / MAP_SCALE, lat: (lat[i] ?? 0) / MAP_SCALE, mark: mark[i] ?? '-' }))
}

const uuidOf = (hex: string): string => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
