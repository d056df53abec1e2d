/**
 * Reach: which records an actor may touch. A union of half-open ranges over the 12-digit area code, of grids and
 * of enterprises. Everything is written as ranges so that a plain index answers it.
 */
export interface Reach {
  /** [from, to) over area codes; the whole district is one range. */
  readonly areas: readonly (readonly [string, string])[]
  readonly grids: readonly string[]
  /** Own enterprise(s), or the tenants of one's park (resolved at sign-in). */
  readonly enterprises: readonly string[]
}

/** The range of all codes below an area: "990101" and "990101000000" both mean the whole district. */
export function rangeOf(areaCode: string): readonly [string, string] {
  let prefix = areaCode.replace(/0+$/, '')
  // Significant lengths are 2, 4, 6, 9 and 12; "9901010" would otherwise be cut inside a street's digits.
  const lengths = [2, 4, 6, 9, 12]
  const length = lengths.find((n) => n >= prefix.length) ?? 12
  prefix = areaCode.slice(0, length).padEnd(length, '0')
  return [prefix.padEnd(12, '0'), `${prefix}~`]
}

/**
 * The part of a reach that lies in one area. Where the reach is areas only, one range is left and the planner sees one
 * condition instead of two that it would multiply; grids and enterprises keep both conditions.
 */
export function narrowedTo(reach: Reach, areaCode: string): Reach {
  const [from, to] = rangeOf(areaCode)
  const areas = reach.areas.flatMap(([a, b]): (readonly [string, string])[] => {
    const low = a > from ? a : from
    const high = b < to ? b : to
    return low < high ? [[low, high]] : []
  })
  return { ...reach, areas }
}

/** Is a record with these three codes inside the reach? The same question `reach()` asks in SQL. */
export function inReach(reach: Reach, at: { areaCode: string; gridId?: string | null; enterpriseId?: string | null }): boolean {
  if (reach.areas.some(([from, to]) => at.areaCode >= from && at.areaCode < to)) return true
  if (at.gridId && reach.grids.includes(at.gridId)) return true
  return !!at.enterpriseId && reach.enterprises.includes(at.enterpriseId)
}
