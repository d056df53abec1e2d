import { describe, expect, it } from 'vitest'
import type { Ring } from './outline.ts'
import { areaOf, contains } from './outline.ts'
import { randomOf } from './random.ts'
import type { Region } from './region.ts'
import { buildRegion } from './region.ts'

const regions: [string, Region][] = ['安澜', '另一个世界', 'c'].map((seed) => [seed, buildRegion(randomOf(seed).stream('region'))])

/** Every edge of a ring as text, in the direction in which it is walked. */
const edgesOf = (ring: Ring): string[] => ring.slice(1).map((to, i) => `${(ring[i] as readonly number[]).join()}>${to.join()}`)
const reversed = (edge: string): string => edge.split('>').reverse().join('>')
const sumOf = (rings: readonly Ring[]): number => rings.reduce((sum, ring) => sum + areaOf(ring), 0)

describe.each(regions)('the map of world %s', (_, region) => {
  it('has 11 streets, 111 communities and 174 grids over 388 km²', () => {
    expect([region.streets.length, region.communities.length, region.grids.length]).toEqual([11, 111, 174])
    expect(areaOf(region.district.ring)).toBeCloseTo(388, 1)
  })

  it('leaves no gap and no overlap: the parts of every level add up to the whole', () => {
    const whole = areaOf(region.district.ring)
    for (const parts of [region.streets, region.communities, region.grids]) expect(sumOf(parts.map((p) => p.ring))).toBeCloseTo(whole, 4)
  })

  it('every border of a grid is the border of exactly one neighbour, or of the district', () => {
    const walked = new Map<string, number>()
    for (const grid of region.grids) for (const edge of edgesOf(grid.ring)) walked.set(edge, (walked.get(edge) ?? 0) + 1)
    expect(Math.max(...walked.values())).toBe(1)
    const open = [...walked.keys()].filter((edge) => !walked.has(reversed(edge)))
    expect(new Set(open)).toEqual(new Set(edgesOf(region.district.ring)))
  })

  it('no grid is crooked: a ring is closed, counter-clockwise, and meets itself nowhere', () => {
    for (const { ring, code } of [...region.grids, ...region.neighbour.grids]) {
      expect(ring[0]).toEqual(ring.at(-1))
      expect(areaOf(ring), code).toBeGreaterThan(0.3)
      expect(new Set(ring.slice(1).map(String)).size).toBe(ring.length - 1)
      expect(crossings(ring), code).toBe(0)
    }
  })

  it('a community lies in its street and a grid in its community, by shape and by code', () => {
    for (const grid of region.grids) {
      const community = region.communities.find((c) => c.code === grid.communityCode)
      const street = region.streets.find((s) => s.code === grid.streetCode)
      expect(community?.streetCode).toBe(street?.code)
      expect(grid.code.slice(5, 17)).toBe(grid.communityCode)
      expect(grid.communityCode.slice(0, 9)).toBe(grid.streetCode.slice(0, 9))
      const inner = inside(grid.ring)
      expect(contains(community?.ring ?? [], ...inner) && contains(street?.ring ?? [], ...inner)).toBe(true)
    }
  })

  it('any point of the district is in one grid only', () => {
    const random = randomOf('points')
    for (let i = 0; i < 500; i++) {
      const [lon, lat] = [random.between(82.2, 82.6), random.between(39.4, 39.6)]
      const hits = region.grids.filter((g) => contains(g.ring, lon, lat)).length
      expect(hits).toBe(contains(region.district.ring, lon, lat) ? 1 : 0)
    }
  })

  it('every level is listed in the order of the bureau, which is not the order of codes', () => {
    expect(region.streets.map((s) => s.listOrder)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    const codes = region.streets.map((s) => s.code)
    expect(codes).not.toEqual(codes.slice().sort())
  })

  it('names and codes are unique; all codes begin with 990101', () => {
    for (const list of [region.streets, region.communities, region.grids]) {
      expect(new Set(list.map((x) => x.name)).size).toBe(list.length)
      expect(new Set(list.map((x) => x.code)).size).toBe(list.length)
      expect(list.every((x) => /^(GRID-)?990101\d{6}(-\d{2})?$/.test(x.code))).toBe(true)
    }
  })

  it('功能区 takes street segment 400, lies in one street on the bay and covers whole communities (domain §1.4)', () => {
    const { functionalArea: area, communities } = region
    const members = communities.filter((c) => area.communityCodes.includes(c.code))
    expect(area.code).toBe('990101400000')
    expect(new Set(members.map((c) => c.streetCode)).size).toBe(1)
    expect(sumOf(members.map((c) => c.ring))).toBeCloseTo(areaOf(area.ring), 4)
    const counted = region.grids.filter((g) => g.statJurisdiction === area.code).map((g) => g.communityCode)
    expect(new Set(counted)).toEqual(new Set(area.communityCodes))
  })

  it('宁川区 touches the district from outside', () => {
    const border = new Set(edgesOf(region.district.ring))
    const shared = edgesOf(region.neighbour.street.ring).filter((edge) => border.has(reversed(edge)))
    expect(shared.length).toBeGreaterThan(0)
    for (const grid of region.neighbour.grids) expect(region.grids.some((g) => contains(g.ring, ...inside(grid.ring)))).toBe(false)
  })
})

/** Some point strictly inside a ring. */
function inside(ring: Ring): [number, number] {
  const random = randomOf('inside')
  const [lons, lats] = [ring.map((p) => p[0]), ring.map((p) => p[1])]
  for (;;) {
    const at: [number, number] = [random.between(Math.min(...lons), Math.max(...lons)), random.between(Math.min(...lats), Math.max(...lats))]
    if (contains(ring, ...at)) return at
  }
}

/** How often two edges of a ring that are not neighbours cross. */
function crossings(ring: Ring): number {
  type Point = readonly [number, number]
  const turn = (a: Point, b: Point, c: Point) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  const edges = ring.slice(1).map((to, i) => [ring[i] as Point, to] as const)
  let found = 0
  edges.forEach(([a, b], i) =>
    edges.slice(i + 2).forEach(([c, d], k) => {
      if (i === 0 && k + 2 === edges.length - 1) return
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) found++
    }),
  )
  return found
}
