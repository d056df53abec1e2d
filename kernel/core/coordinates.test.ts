import { describe, expect, it, test } from 'vitest'
import { bd09ToGcj02, fromWgs84, gcj02ToBd09, gcj02ToWgs84, toWgs84, wgs84ToGcj02 } from './coordinates.ts'
import type { Datum } from './coordinates.ts'
import { distanceMetres } from './geometry.ts'
import type { Position } from './geometry.ts'

/** Every half degree of the mainland. */
function* china(): Generator<Position> {
  for (let lng = 73.5; lng <= 135; lng += 0.5) for (let lat = 18; lat <= 53.5; lat += 0.5) yield [lng, lat]
}

describe('WGS-84 and GCJ-02', () => {
  test.each<[string, Position, Position]>([
    ['Shanghai', [121.5272106, 31.1774276], [121.531541859215, 31.17530398364597]],
    ['Shenzhen', [113.912316, 22.543847], [113.9171764808363, 22.540796131694766]],
    ['Beijing', [116.377817, 39.911954], [116.38404722455657, 39.91334545536069]],
    ['Beijing, other source', [116.404, 39.915], [116.41024449916938, 39.91640428150164]],
  ])('%s: the published point, to a millimetre', (_, wgs, gcj) => {
    expect(distanceMetres(wgs84ToGcj02(wgs), gcj)).toBeLessThan(0.001)
    expect(distanceMetres(gcj02ToWgs84(gcj), wgs)).toBeLessThan(0.001)
  })

  it('go there and back within a centimetre all over China', () => {
    for (const at of china()) expect(distanceMetres(gcj02ToWgs84(wgs84ToGcj02(at)), at), String(at)).toBeLessThan(0.01)
  })

  it('differ by 20 m to 1,000 m inside China: an unconverted point is visibly wrong', () => {
    for (const at of china()) {
      const shift = distanceMetres(wgs84ToGcj02(at), at)
      expect(shift > 20 && shift < 1000, `${at} shifted ${shift} m`).toBe(true)
    }
  })

  test.each<[Position]>([[[139.767, 35.681]], [[2.35, 48.85]], [[151.2, -33.9]]])('%j, abroad, is not shifted', (at) => {
    expect(wgs84ToGcj02(at)).toEqual(at)
    expect(gcj02ToWgs84(at)).toEqual(at)
  })
})

describe('BD-09', () => {
  it('from GCJ-02: the published point', () => {
    expect(distanceMetres(gcj02ToBd09([116.404, 39.915]), [116.41036949371029, 39.92133699351021])).toBeLessThan(0.001)
  })

  it('to GCJ-02: within 2 m of the published closed form, and an exact inverse where that is not', () => {
    expect(distanceMetres(bd09ToGcj02([116.404, 39.915]), [116.39762729119315, 39.90865673957631])).toBeLessThan(2)
    for (const at of china()) expect(distanceMetres(bd09ToGcj02(gcj02ToBd09(at)), at), String(at)).toBeLessThan(0.01)
  })
})

test.each<[Datum, number, number]>([['WGS84', 0, 0], ['CGCS2000', 0, 0], ['GCJ02', 200, 900], ['BD09', 900, 2000]])(
  '%s: fromWgs84 moves by %i–%i m at Shenzhen and toWgs84 brings it back',
  (datum, least, most) => {
    const at: Position = [114.25, 22.72]
    const moved = fromWgs84(at, datum)
    expect(distanceMetres(moved, at)).toBeGreaterThanOrEqual(least)
    expect(distanceMetres(moved, at)).toBeLessThanOrEqual(most)
    expect(distanceMetres(toWgs84(moved, datum), at)).toBeLessThan(0.01)
  },
)
