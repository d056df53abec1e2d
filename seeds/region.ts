import { gridNumber } from '../kernel/core/id.ts'
import type { DistrictMap } from './geometry.ts'
import { drawMap } from './geometry.ts'
import { neighbourStreetName, streetNames } from './names.data.ts'
import type { Ring } from './outline.ts'
import { areaOf, contains, origin } from './outline.ts'
import { city, communityCode, district, functionalAreaPlace, neighbour, PlaceNames, province, streetCode } from './places.ts'
import type { Random } from './random.ts'

/** Communities and grids of each piece of the map: 11 streets, 111 communities, 174 grids. */
const communityCounts = [14, 12, 11, 8, 12, 11, 10, 10, 9, 8, 6] as const
const gridCounts = [24, 20, 18, 12, 19, 17, 16, 15, 14, 11, 8] as const
/** Places in the bureau's list that the map decides: the seat in the middle and the street on the bay. */
const SEAT = 0
const BAY = 3
/** Codes were given in the order of founding, which is not the order of the list: sort by `listOrder`, not by code. */
const codeOrdinals = [1, 4, 2, 9, 3, 5, 6, 10, 7, 11, 8] as const
const ordinals = ['一', '二', '三', '四'] as const

export interface Street {
  readonly code: string
  readonly name: string
  /** The word without 街道, for names of parks and factories. */
  readonly word: string
  /** Place in the bureau's own list, from 1. */
  readonly listOrder: number
  readonly ring: Ring
  readonly roads: readonly string[]
}

export interface Community {
  readonly code: string
  readonly name: string
  readonly word: string
  readonly streetCode: string
  readonly ring: Ring
  readonly roads: readonly string[]
  /** Communities of the functional area count to it in statistics, and to their street on the map (domain §1.4). */
  readonly inFunctionalArea: boolean
}

export interface Grid {
  /** Position in `region.grids`; parks, sites and members refer to grids by it. */
  readonly index: number
  readonly code: string
  readonly name: string
  readonly communityCode: string
  readonly streetCode: string
  readonly ring: Ring
  readonly areaKm2: number
  /** Jurisdiction to which facts of this grid are counted: the functional area's code or the community's. */
  readonly statJurisdiction: string
}

export interface FunctionalArea {
  readonly code: string
  readonly name: string
  readonly kind: 'DEV_ZONE'
  readonly hostCounties: readonly string[]
  readonly communityCodes: readonly string[]
  readonly ring: Ring
}

export interface Region {
  readonly province: { readonly code: string; readonly name: string }
  readonly city: { readonly code: string; readonly name: string }
  readonly district: { readonly code: string; readonly name: string; readonly ring: Ring }
  readonly streets: readonly Street[]
  readonly communities: readonly Community[]
  readonly grids: readonly Grid[]
  readonly functionalArea: FunctionalArea
  /** 宁川区: one street, so that the stranger has a home and records of his own. */
  readonly neighbour: {
    readonly district: { readonly code: string; readonly name: string }
    readonly street: Street
    readonly communities: readonly Community[]
    readonly grids: readonly Grid[]
  }
}

/** The whole region with its map. */
export function buildRegion(random: Random): Region {
  const perStreet = communityCounts.map((count, s) => share(gridCounts[s] as number, count))
  const map = drawMap(random.stream('map'), { streets: perStreet, functionalCommunities: 4, neighbour: [2, 2, 1] })
  const places = new PlaceNames(random.stream('places'))
  const functional = new Set(map.functional.members.map(([s, c]) => `${s}-${c}`))
  const listed = placesInList(map)
  const parts = map.streets.map((shape, piece) => {
    const place = listed[piece] as number
    const code = streetCode(district.code, codeOrdinals[place] as number)
    const street = streetOf(code, streetNames[place] as string, place + 1, shape.ring, places)
    const communities = shape.communities.map((c, i) => communityOf(code, i, c.ring, places, functional.has(`${piece}-${i}`)))
    return { street, communities, rings: shape.communities.map((c) => c.grids) }
  })
  parts.sort((a, b) => a.street.listOrder - b.street.listOrder)
  const communities = parts.flatMap((p) => p.communities)
  return {
    province,
    city,
    district: { ...district, ring: map.district },
    streets: parts.map((p) => p.street),
    communities,
    grids: gridsOf(parts.flatMap((p) => p.rings), communities),
    functionalArea: functionalAreaOf(map, communities),
    neighbour: neighbourOf(map, places),
  }
}

/** Which street of the list each piece of the map is: the seat and the bay by their place, the others from west to east. */
function placesInList(map: DistrictMap): number[] {
  const centres = map.streets.map((s, piece) => ({ piece, ...middleOf(s.ring) }))
  const bay = map.functional.members[0]?.[0] ?? 0
  const rest = centres.filter((c) => c.piece !== bay)
  const seat = rest.reduce((a, b) => (fromOrigin(b) < fromOrigin(a) ? b : a)).piece
  const others = rest.filter((c) => c.piece !== seat).sort((a, b) => a.lon - b.lon)
  const free = map.streets.map((_, place) => place).filter((place) => place !== SEAT && place !== BAY)
  const places = map.streets.map(() => 0)
  places[bay] = BAY
  places[seat] = SEAT
  others.forEach((c, i) => (places[c.piece] = free[i] as number))
  return places
}

const middleOf = (ring: Ring): { lon: number; lat: number } => ({
  lon: ring.reduce((sum, p) => sum + p[0], 0) / ring.length,
  lat: ring.reduce((sum, p) => sum + p[1], 0) / ring.length,
})

const fromOrigin = ({ lon, lat }: { lon: number; lat: number }): number => (lon - origin.lon) ** 2 + (lat - origin.lat) ** 2

/** Grids of each community: one each, the rest from the front, never more than three. */
function share(grids: number, communities: number): number[] {
  const counts = Array.from({ length: communities }, () => 1)
  for (let left = grids - communities, i = 0; left > 0; left--, i = (i + 1) % communities) (counts[i] as number)++
  return counts
}

function streetOf(code: string, word: string, listOrder: number, ring: Ring, places: PlaceNames): Street {
  return { code, name: `${word}街道`, word, listOrder, ring, roads: Array.from({ length: 6 }, () => places.road()) }
}

function communityOf(street: string, index: number, ring: Ring, places: PlaceNames, inFunctionalArea: boolean): Community {
  const word = places.word()
  const code = communityCode(street, index + 1)
  return { code, name: `${word}社区`, word, streetCode: street, ring, roads: [places.road(), places.road()], inFunctionalArea }
}

function gridsOf(rings: readonly (readonly Ring[])[], communities: readonly Community[]): Grid[] {
  const grids: Grid[] = []
  communities.forEach((community, c) => {
    const own = rings[c] ?? []
    own.forEach((ring, k) => {
      grids.push({
        index: grids.length,
        code: gridNumber(community.code, k + 1),
        name: own.length === 1 ? `${community.word}安格` : `${community.word}第${ordinals[k]}安格`,
        communityCode: community.code,
        streetCode: community.streetCode,
        ring,
        areaKm2: areaOf(ring),
        statJurisdiction: community.inFunctionalArea ? functionalAreaPlace.code : community.code,
      })
    })
  })
  return grids
}

function functionalAreaOf(map: DistrictMap, communities: readonly Community[]): FunctionalArea {
  const communityCodes = communities.filter((c) => c.inFunctionalArea).map((c) => c.code)
  return { ...functionalAreaPlace, hostCounties: [district.code.slice(0, 6)], communityCodes, ring: map.functional.ring }
}

function neighbourOf(map: DistrictMap, places: PlaceNames): Region['neighbour'] {
  const code = streetCode(neighbour.code, 1)
  const communities = map.neighbour.communities.map((c, i) => communityOf(code, i, c.ring, places, false))
  return {
    district: neighbour,
    street: streetOf(code, neighbourStreetName, 1, map.neighbour.ring, places),
    communities,
    grids: gridsOf(map.neighbour.communities.map((c) => c.grids), communities),
  }
}

/** Longitude and latitude, WGS-84, rounded to a millionth of a degree. */
export type Position = readonly [lon: number, lat: number]

/** A point somewhere inside a ring. */
export function pointIn(random: Random, ring: Ring): Position {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of ring) {
    if (lon < west) west = lon
    if (lon > east) east = lon
    if (lat < south) south = lat
    if (lat > north) north = lat
  }
  for (;;) {
    const point = rounded(random.between(west, east), random.between(south, north))
    if (contains(ring, point[0], point[1])) return point
  }
}

/** A point within about `metres` of another and inside the ring; the other point itself when the border is too near. */
export function pointNear(random: Random, ring: Ring, near: Position, metres: number): Position {
  const reach = metres / 111_195
  for (let attempt = 0; attempt < 8; attempt++) {
    const point = rounded(near[0] + random.between(-reach, reach) * 1.296, near[1] + random.between(-reach, reach))
    if (contains(ring, point[0], point[1])) return point
  }
  return near
}

const rounded = (lon: number, lat: number): Position => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]
