/** The numbers the first source report printed (requirements A1–A9). */
const report = {
  persons: 36_762, firms: 28_000, above: 1_847, resumed: 26_272, aboveResumed: 1_839, found: 118_572, closed: 112_085, members: 370,
  nightPersons: 238, nightParks: 47, nightFirms: 193, nightPlaces: 1_309, nightFound: 533, nightFixed: 213, nightSealed: 2,
} as const

export type Expected = { readonly [K in keyof typeof report]: number }

/** Smallest share at which every part of the campaign still takes place. */
export const MIN_SCALE = 0.005

/**
 * What a replay at a scale must come to: every number of the report by itself times the scale, rounded half up; a night
 * needs two officers and a grid member, and ends with a sealing. @throws RangeError outside of 0.005 … 1
 */
export function expectedAt(scale: number): Expected {
  if (!(scale >= MIN_SCALE && scale <= 1)) throw new RangeError(`规模须在 ${MIN_SCALE} 与 1 之间`)
  const scaled = Object.fromEntries(Object.entries(report).map(([name, n]) => [name, Math.round(n * scale)])) as Expected
  return { ...scaled, members: Math.max(1, scaled.members), nightPersons: Math.max(3, scaled.nightPersons), nightSealed: Math.max(1, scaled.nightSealed) }
}
