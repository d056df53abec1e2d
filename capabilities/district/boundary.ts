import { z } from 'zod'
import { type Datum, toWgs84 } from '../../kernel/core/coordinates.ts'
import { type Area, areaKm2, centroid, mapArea, type Position } from '../../kernel/core/geometry.ts'
import { Boundary } from './district.ts'

/** One boundary of an upload, converted to WGS84 and rounded to a millionth of a degree (a decimetre). */
export interface Drawn {
  /** Area code or grid code as the file names it. */
  code: string
  area: Area
  center: Position
  km2: number
}

const File = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ type: z.literal('Feature'), properties: z.record(z.string(), z.unknown()).nullable(), geometry: z.unknown() })).min(1).max(20_000),
})

const CODE_KEYS = ['code', 'CODE', 'adcode', '区划代码', '代码', '安格码']

/** Heights, which some tools add as a third number, are dropped. */
function flat(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return typeof value[0] === 'number' ? value.slice(0, 2) : value.map(flat)
}

const rounded = ([lon, lat]: Position): Position => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]

/** A stored shape: WGS84, rounded. */
export const toStored = (area: Area, datum: Datum): Area => mapArea(area, (at) => rounded(toWgs84(at, datum)))

/**
 * Boundaries of a GeoJSON text; features without a code or a polygon are counted in `passed`. Undefined when the text is no
 * FeatureCollection or holds no polygon.
 */
export function readBoundaries(text: string, datum: Datum): { drawn: Drawn[]; passed: number } | undefined {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return undefined
  }
  const file = File.safeParse(raw)
  if (!file.success) return undefined
  const drawn = file.data.features.flatMap(({ properties, geometry }): Drawn[] => {
    const code = CODE_KEYS.map((key) => properties?.[key]).find((value) => typeof value === 'string' || typeof value === 'number')
    const shape = geometry as { type?: unknown; coordinates?: unknown } | null
    const parsed = Boundary.safeParse({ type: shape?.type, coordinates: flat(shape?.coordinates) })
    if (code === undefined || !parsed.success) return []
    const area = toStored(parsed.data, datum)
    return [{ code: String(code).trim(), area, center: rounded(centroid(area)), km2: Math.round(areaKm2(area) * 100) / 100 }]
  })
  return drawn.length > 0 ? { drawn, passed: file.data.features.length - drawn.length } : undefined
}
