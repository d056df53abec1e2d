import { describe, expect, it, test } from 'vitest'
import { areaKm2, boxOf, centroid, distanceMetres, isInside, mapArea } from './geometry.ts'
import type { Area, MultiPolygon, Polygon, Position, Ring } from './geometry.ts'

const rect = (w: number, s: number, e: number, n: number): Ring => [[w, s], [e, s], [e, n], [w, n], [w, s]]
const square: Polygon = { type: 'Polygon', coordinates: [rect(0, 0, 10, 10)] }
const ringed: Polygon = { type: 'Polygon', coordinates: [rect(0, 0, 10, 10), rect(4, 4, 6, 6)] }
const two: MultiPolygon = { type: 'MultiPolygon', coordinates: [[rect(0, 0, 2, 2)], [rect(8, 0, 10, 2)]] }
const bent: Polygon = { type: 'Polygon', coordinates: [[[0, 0], [10, 0], [10, 10], [8, 10], [8, 2], [2, 2], [2, 10], [0, 10], [0, 0]]] }

describe('distanceMetres', () => {
  test.each<[string, Position, Position, number, number]>([
    ['one degree of latitude', [114, 22], [114, 23], 111_195, 1],
    ['one degree of longitude at the equator', [114, 0], [115, 0], 111_195, 1],
    ['one degree of longitude at 60° N is half of that', [114, 60], [115, 60], 55_597, 3],
    ['Beijing to Shanghai', [116.391, 39.907], [121.474, 31.23], 1_066_500, 3000],
    ['half round the earth', [0, 0], [180, 0], 20_015_115, 1],
    ['nothing', [114, 22], [114, 22], 0, 0],
  ])('%s', (_, a, b, metres, within) => {
    expect(Math.abs(distanceMetres(a, b) - metres)).toBeLessThanOrEqual(within)
    expect(distanceMetres(b, a)).toBe(distanceMetres(a, b))
  })
})

describe('isInside', () => {
  test.each<[string, Area, Position, boolean]>([
    ['the middle', square, [5, 5], true],
    ['outside', square, [11, 5], false],
    ['on an edge', square, [10, 5], true],
    ['on a corner', square, [0, 0], true],
    ['on the line of an edge, beyond it', square, [11, 10], false],
    ['level with two corners, outside', square, [-1, 0], false],
    ['beside a hole', ringed, [2, 5], true],
    ['in a hole', ringed, [5, 5], false],
    ['on the border of a hole', ringed, [4, 5], true],
    ['in the second part', two, [9, 1], true],
    ['between the parts', two, [5, 1], false],
    ['in an arm of a bent shape', bent, [1, 9], true],
    ['in its bay', bent, [5, 5], false],
    ['level with its inner corners, in the bay', bent, [5, 2], true],
    ['level with its inner corners, in an arm', bent, [9, 2], true],
  ])('%s', (_, area, at, expected) => {
    expect(isInside(at, area)).toBe(expected)
    expect(isInside(at, mapArea(area, ([x, y]) => [x, y]))).toBe(expected)
  })

  it('does not depend on the direction of the ring nor on its being closed', () => {
    for (const at of [[5, 5], [11, 5], [10, 5], [0, 10]] as Position[]) {
      const expected = isInside(at, square)
      const back: Polygon = { type: 'Polygon', coordinates: [[...rect(0, 0, 10, 10)].reverse()] }
      const open: Polygon = { type: 'Polygon', coordinates: [rect(0, 0, 10, 10).slice(0, 4)] }
      expect([isInside(at, back), isInside(at, open)]).toEqual([expected, expected])
    }
  })

  it('a chessboard of neighbours holds every point, each inner point once', () => {
    const cells = Array.from({ length: 9 }, (_, i): Polygon => ({ type: 'Polygon', coordinates: [rect(i % 3, Math.floor(i / 3), (i % 3) + 1, Math.floor(i / 3) + 1)] }))
    for (let x = 0.25; x < 3; x += 0.25) {
      for (let y = 0.25; y < 3; y += 0.25) {
        const holders = cells.filter((c) => isInside([x, y], c)).length
        expect(holders, `${x},${y}`).toBe((Number.isInteger(x) ? 2 : 1) * (Number.isInteger(y) ? 2 : 1))
      }
    }
  })
})

/** Square kilometres of a box by adding up strips M·cos φ·N of the WGS-84 ellipsoid: another road to the same number. */
function stripsKm2(w: number, s: number, e: number, n: number): number {
  const [a, e2, rad, steps] = [6_378_137, 0.006_694_379_990_14, Math.PI / 180, 20_000]
  const d = ((n - s) * rad) / steps
  let total = 0
  for (let i = 0; i < steps; i += 1) {
    const lat = s * rad + (i + 0.5) * d
    const w2 = 1 - e2 * Math.sin(lat) ** 2
    total += ((a * a * (1 - e2)) / (w2 * w2)) * Math.cos(lat) * d * (e - w) * rad
  }
  return total / 1e6
}

describe('areaKm2', () => {
  test.each([
    [114, 22, 115, 23],
    [114.1, 22.6, 114.3, 22.8],
    [120, 52, 121, 53],
    [0, -1, 1, 1],
  ])('of the box %d %d %d %d is that of its strips on the ellipsoid', (w, s, e, n) => {
    const area = areaKm2({ type: 'Polygon', coordinates: [rect(w, s, e, n)] })
    expect(Math.abs(area / stripsKm2(w, s, e, n) - 1)).toBeLessThan(1e-7)
  })

  it('of the whole earth is 510.0656 million', () => {
    expect(areaKm2({ type: 'Polygon', coordinates: [rect(-180, -90, 180, 90)] }) / 1e6).toBeCloseTo(510.0656, 4)
  })

  it('takes holes out and adds parts, whatever the direction of the rings', () => {
    const [whole, hole] = [areaKm2(square), areaKm2({ type: 'Polygon', coordinates: [rect(4, 4, 6, 6)] })]
    expect(areaKm2(ringed)).toBeCloseTo(whole - hole, 3)
    expect(areaKm2({ type: 'Polygon', coordinates: ringed.coordinates.map((r) => [...r].reverse()) })).toBeCloseTo(whole - hole, 3)
    expect(areaKm2(two)).toBeCloseTo(2 * areaKm2({ type: 'Polygon', coordinates: [rect(0, 0, 2, 2)] }), 3)
  })

  it('of a shape without extent is 0', () => {
    expect(areaKm2({ type: 'Polygon', coordinates: [[[114, 22], [115, 23], [114, 22]]] })).toBe(0)
    expect(areaKm2({ type: 'MultiPolygon', coordinates: [] })).toBe(0)
  })
})

describe('centroid and box', () => {
  test.each<[string, Area, Position]>([
    ['a square', square, [5, 5]],
    ['a ring about its hole', ringed, [5, 5]],
    ['a hole off the middle pushes it away', { type: 'Polygon', coordinates: [rect(0, 0, 10, 10), rect(5, 0, 10, 10)] }, [2.5, 5]],
    ['two equal parts', two, [5, 1]],
    ['a triangle', { type: 'Polygon', coordinates: [[[0, 0], [3, 0], [0, 3], [0, 0]]] }, [1, 1]],
    ['a triangle the other way round, with a hole', { type: 'Polygon', coordinates: [[[0, 0], [0, 6], [6, 0], [0, 0]], rect(0, 0, 1, 1)] }, [35.5 / 17, 35.5 / 17]],
    ['a line, which has no area', { type: 'Polygon', coordinates: [[[114, 22], [116, 24], [114, 22]]] }, [115, 23]],
  ])('%s', (_, area, [lng, lat]) => {
    expect(centroid(area)[0]).toBeCloseTo(lng, 9)
    expect(centroid(area)[1]).toBeCloseTo(lat, 9)
  })

  it('the box holds all parts; an area without corners has none', () => {
    expect(boxOf(two)).toEqual([0, 0, 10, 2])
    expect(() => boxOf({ type: 'MultiPolygon', coordinates: [] })).toThrow(RangeError)
  })

  it('mapArea moves every corner of every ring and keeps other members', () => {
    const moved = mapArea({ ...ringed, id: 'x' }, ([x, y]) => [x + 100, y])
    expect(moved.id).toBe('x')
    expect(boxOf(moved)).toEqual([100, 0, 110, 10])
    expect(moved.coordinates[1]?.[0]).toEqual([104, 4])
    expect(ringed.coordinates[1]?.[0]).toEqual([4, 4])
  })
})
