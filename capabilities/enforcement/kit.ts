import { z } from 'zod'
import { DocType, PaperType } from './doc-type.ts'

/** What a phone carries about so that papers can be written where there is no line: whose they are and in which form. */
export const Kit = z.object({
  agencies: z.array(z.object({ areaCode: z.string(), name: z.string() })),
  forms: z.array(DocType.extend({ areaCode: z.string(), version: z.int() })),
  /** Types that are numbered and may be issued on the spot, and how many numbers of each a device keeps in advance. */
  spare: z.array(z.object({ type: PaperType, count: z.int() })),
})
export type Kit = z.infer<typeof Kit>

/** The codes of a place and of everything above it, the country's zeros last. */
export const levelsOf = (areaCode: string): string[] => [...new Set([12, 9, 6, 4, 2, 0].map((n) => areaCode.slice(0, n).padEnd(12, '0')))]

const nearest = <T extends { areaCode: string }>(rows: readonly T[], areaCode: string): T | undefined => levelsOf(areaCode).map((level) => rows.find((row) => row.areaCode === level)).find((row) => row !== undefined)

/** The form in force at a place: that of the nearest area. */
export const formAt = (kit: Kit, areaCode: string, type: PaperType): Kit['forms'][number] | undefined => nearest(kit.forms.filter((form) => form.type === type), areaCode)

/** The bureau whose papers are issued at a place. */
export const agencyAt = (kit: Kit, areaCode: string): string | undefined => nearest(kit.agencies, areaCode)?.name

/** Numbered papers that may be issued on the spot: an order that was approved, a stop, advice after a service visit. A seizure is written at the desk. */
export const SPOT_NUMBERED = ['D05', 'D06', 'D30'] as const satisfies readonly PaperType[]
