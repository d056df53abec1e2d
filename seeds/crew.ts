import { dateText, dayOf } from './calendar.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** Nobody is put on a case whose certificate would run out before the case is over. */
const CASE_DAYS = 60

/** Who can be sent where. Pairs are always two certified officers. */
export class Crew {
  readonly #world: World
  readonly #members: readonly (readonly string[])[]
  readonly #bureau: readonly Person[]
  readonly #byStreet: ReadonlyMap<string, readonly Person[]>
  readonly #leads: readonly string[]
  /** Officers with a valid certificate, by street and day. */
  readonly #valid = new Map<string, readonly string[]>()

  constructor(world: World) {
    this.#world = world
    this.#members = world.region.grids.map((g) => world.members.filter((m) => m.mainGrid === g.index).map((m) => m.ref))
    const district = world.region.district.code
    const officers = [...world.cast, ...world.staff].filter((p) => p.posts[0]?.role === 'INSPECTOR')
    this.#bureau = officers.filter((p) => p.posts[0]?.areaCode === district)
    this.#byStreet = new Map(world.region.streets.map((s) => [s.code, officers.filter((p) => p.posts[0]?.areaCode === s.code)]))
    this.#leads = [...world.cast, ...world.staff].filter((p) => p.posts[0]?.role === 'TEAM_LEAD').map((p) => p.ref)
  }

  /** Members of a grid, the first officer first. */
  members(grid: number): readonly string[] {
    return this.#members[grid] ?? []
  }

  /** Two officers of the bureau, or of the street of a grid. */
  pair(random: Random, grid: number | null, at: number): [string, string] {
    const officers = this.#officers(grid === null ? '' : (this.#world.region.grids[grid]?.streetCode ?? ''), dayOf(at))
    const first = random.int(0, officers.length - 1)
    const second = (first + random.int(1, officers.length - 1)) % officers.length
    return [officers[first] as string, officers[second] as string]
  }

  #officers(street: string, day: number): readonly string[] {
    const key = `${street}|${day}`
    let valid = this.#valid.get(key)
    if (!valid) {
      const all = this.#byStreet.get(street) ?? this.#bureau
      valid = all.filter((p) => (p.certificates[0]?.to ?? '') > dateText(day + CASE_DAYS)).map((p) => p.ref)
      this.#valid.set(key, valid)
    }
    return valid
  }

  /** Team lead of a pair; Xu leads Wang and He. */
  lead(random: Random, pair: readonly string[]): string {
    return pair.some((ref) => ref === 'wang' || ref === 'he') ? 'xu' : random.pick(this.#leads)
  }

  /** 分管负责人. */
  get leader(): string {
    return 'chen'
  }
}
