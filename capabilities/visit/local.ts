import { z } from 'zod'

/** What cities rule differently; the setting `visit.rules` of the nearest area above the site has the last word. */
export const LocalRules = z.object({
  /** 扫码入企 is law here. */
  scanRequired: z.boolean().default(true),
  /** A scan missed for want of a network may be added for so many natural days (深府规〔2025〕6号: 10). */
  scanAddDays: z.int().min(0).max(60).default(10),
  /** A scan counts as made before the inspection for so long after arrival. */
  scanGraceMinutes: z.int().min(0).max(120).default(15),
  /** Special inspections count to the ceiling. */
  specialCounts: z.boolean().default(true),
  /** Valid patrol (domain §11). */
  patrolRadiusM: z.int().min(10).max(5000).default(100),
  patrolMinutes: z.int().min(0).max(120).default(3),
  /** Papers of an urgent inspection are made up within so many hours. */
  papersHours: z.int().min(1).max(240).default(24),
})
export type LocalRules = z.infer<typeof LocalRules>

export const SETTING = 'visit.rules'

/** The stored setting with the shipped numbers for what it leaves out; a broken one counts as absent. */
export function localRules(stored: unknown): LocalRules {
  const read = LocalRules.safeParse(stored ?? {})
  return read.success ? read.data : LocalRules.parse({})
}
