import { buildCast, castNames, homeGrid } from './cast.ts'
import type { Enterprise, Setting } from './enterprises.ts'
import { enterpriseRef, enterprises, neighbourEnterprises } from './enterprises.ts'
import { NameBook } from './names.ts'
import type { Park } from './parks.ts'
import { buildParks } from './parks.ts'
import type { Member, Person } from './people.ts'
import { buildMembers, buildStaff } from './people.ts'
import type { Plan } from './plan.ts'
import { gridLoads, layOut } from './plan.ts'
import type { Random } from './random.ts'
import { randomOf } from './random.ts'
import type { Region } from './region.ts'
import { buildRegion } from './region.ts'
import type { Shop } from './shops.ts'
import { shops } from './shops.ts'

/** Options of a world. Same options, same world, to the last digit. */
export interface WorldOptions {
  readonly seed?: string
  /** The instant at which the world is as described (ms); certificates, leases and establishment dates hang on it. */
  readonly now: number
  /** Moves two officers so that two grids have one only; off, because the seed keeps the rule of 定格定岗. */
  readonly breakTwoGrids?: boolean
}

/**
 * 安澜区. What is small is held (region, people, parks, plan); enterprises and shops come one by one from generators
 * that may be started again and give the same records again.
 */
export interface World {
  readonly seed: string
  readonly now: number
  readonly random: Random
  readonly region: Region
  readonly cast: readonly Person[]
  readonly staff: readonly Person[]
  /** 370 members, Lin first among those of her grid, then the reserve (`mainGrid` null). */
  readonly members: readonly Member[]
  readonly parks: readonly Park[]
  readonly plan: Plan
  readonly setting: Setting
  enterprises(): Generator<Enterprise>
  shops(): Generator<Shop>
  /** Twenty plants of 宁川区, where Qian works and nobody of 安澜区 has any say. */
  neighbours(): Generator<Enterprise>
}

/** Builds the fictional district; takes about a third of a second, the records themselves not counted. */
export function buildWorld({ seed = '安澜', now, breakTwoGrids = false }: WorldOptions): World {
  const random = randomOf(seed)
  const region = buildRegion(random.stream('region'))
  const loads = gridLoads(random.stream('loads'), region)
  const home = homeGrid(region)
  const parks = buildParks(random.stream('parks'), region, loads.industry, home.index, new NameBook())
  const plan = layOut(random.stream('plan'), loads, parks, region.neighbour.grids.length)
  const people = new NameBook(Object.values(castNames))
  const cast = buildCast(region, { grid: home, enterpriseRef: enterpriseRef(0), parkRef: (parks[0] as Park).ref }, now)
  const members = buildMembers(random.stream('members'), region, loads.industry, now, breakTwoGrids, people)
  const setting: Setting = { random: random.stream('records'), now, region, parks, plan }
  return {
    seed,
    now,
    random,
    region,
    cast,
    staff: buildStaff(random.stream('staff'), region, now, people),
    members: withLin(members, cast, home.index),
    parks,
    plan,
    setting,
    enterprises: () => enterprises(setting, new NameBook()),
    shops: () => shops(setting, new NameBook()),
    neighbours: () => neighbourEnterprises({ ...setting, parks: [], region: neighbourRegion(region) }, new NameBook()),
  }
}

/** The neighbour in the shape of a region of its own. */
function neighbourRegion(region: Region): Region {
  const { district, street, communities, grids } = region.neighbour
  return { ...region, district: { ...district, ring: street.ring }, streets: [street], communities, grids }
}

/** Lin takes the first seat of her grid and stays one of the 370. */
function withLin(members: readonly Member[], cast: readonly Person[], home: number): Member[] {
  const lin = cast.find((p) => p.login === 'lin') as Person
  const seat = members.findIndex((m) => m.mainGrid === home)
  return members.map((member, i) => (i === seat ? { ...member, ...lin, joinedOn: lin.posts[0]?.from ?? member.joinedOn } : member))
}
