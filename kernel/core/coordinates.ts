/**
 * Horizontal datums met in China. WGS-84 and CGCS2000 agree within decimetres and are one kind here; GCJ-02 (高德, 腾讯) shifts them
 * by some hundred metres, BD-09 (百度) shifts GCJ-02 again. What is stored is WGS-84 beside the original and its kind; conversion
 * happens at the edge. The shift is not published officially: formula and constants are those of the well-known public
 * reconstruction (Krasovsky 1940 ellipsoid, series in x = lng − 105, y = lat − 35), checked against its published points.
 */
import type { Position } from './geometry.ts'

export type Datum = 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09'

const A = 6_378_245
const E2 = 0.006_693_421_622_965_943
const RAD = Math.PI / 180
/** BD-09 waves: 3000 periods per half turn of degrees. */
const WAVE = (Math.PI * 3000) / 180

/** Any datum to WGS-84; error of the GCJ-02 and BD-09 inverses below a centimetre against the forward formula. */
export function toWgs84(at: Position, from: Datum): Position {
  if (from === 'GCJ02') return gcj02ToWgs84(at)
  return from === 'BD09' ? gcj02ToWgs84(bd09ToGcj02(at)) : at
}

/** WGS-84 to any datum, for tiles and for other platforms. */
export function fromWgs84(at: Position, to: Datum): Position {
  if (to === 'GCJ02') return wgs84ToGcj02(at)
  return to === 'BD09' ? gcj02ToBd09(wgs84ToGcj02(at)) : at
}

/** [lng, lat] in degrees. Outside the rectangle round China nothing is shifted. */
export function wgs84ToGcj02(at: Position): Position {
  if (isFarFromChina(at)) return at
  const [lng, lat] = at
  const { east, north } = shiftMetres(lng - 105, lat - 35)
  const w2 = 1 - E2 * Math.sin(lat * RAD) ** 2
  const meridian = (A * (1 - E2)) / (w2 * Math.sqrt(w2))
  const normal = A / Math.sqrt(w2)
  return [lng + east / (normal * Math.cos(lat * RAD) * RAD), lat + north / (meridian * RAD)]
}

/** Inverse of {@link wgs84ToGcj02}. */
export function gcj02ToWgs84(at: Position): Position {
  return inverse(wgs84ToGcj02, at)
}

export function gcj02ToBd09([lng, lat]: Position): Position {
  const radius = Math.hypot(lng, lat) + 0.00002 * Math.sin(lat * WAVE)
  const angle = Math.atan2(lat, lng) + 0.000003 * Math.cos(lng * WAVE)
  return [radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006]
}

/** Inverse of {@link gcj02ToBd09}; the closed form in circulation is off by about a metre, so it is iterated here. */
export function bd09ToGcj02(at: Position): Position {
  return inverse(gcj02ToBd09, at)
}

/** Fixed point of f(p) = at. The shifts change by far less than one metre per metre, so a few rounds reach 1e-10 degrees. */
function inverse(f: (p: Position) => Position, at: Position): Position {
  let p = at
  for (let round = 0; round < 20; round += 1) {
    const [lng, lat] = f(p)
    const [dLng, dLat] = [lng - at[0], lat - at[1]]
    p = [p[0] - dLng, p[1] - dLat]
    if (Math.abs(dLng) < 1e-10 && Math.abs(dLat) < 1e-10) break
  }
  return p
}

function shiftMetres(x: number, y: number): { east: number; north: number } {
  const root = Math.sqrt(Math.abs(x))
  const waves = wave(20, 6, x) + wave(20, 2, x)
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves +
    wave(20, 1, y) + wave(40, 1 / 3, y) + wave(160, 1 / 12, y) + wave(320, 1 / 30, y)
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves +
    wave(20, 1, x) + wave(40, 1 / 3, x) + wave(150, 1 / 12, x) + wave(300, 1 / 30, x)
  return { east, north }
}

function wave(amplitude: number, frequency: number, t: number): number {
  return ((amplitude * 2) / 3) * Math.sin(frequency * Math.PI * t)
}

function isFarFromChina([lng, lat]: Position): boolean {
  return lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271
}
