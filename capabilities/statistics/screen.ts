import { z } from 'zod'
import { CAMPAIGN_KINDS, CAMPAIGN_STATES } from '../campaign/scheme.ts'
import { FigureShape } from './figures.ts'

/**
 * The big screen: one answer in parts. A screen names the tags of the parts it has and gets back only those that have changed
 * since, so that a quiet minute costs a few bytes. Every part is bounded, whatever the size of the district.
 */
export const ScreenInput = z.strictObject({ campaignId: z.uuid().optional(), have: z.string().regex(/^[0-9a-f]{12}(,[0-9a-f]{12}){0,11}$/).optional() })

const Place = z.object({ id: z.uuid(), name: z.string(), lon: z.number(), lat: z.number(), open: z.int(), late: z.int(), major: z.int() })
const Team = z.object({ id: z.uuid(), name: z.string(), leaderName: z.string().nullable(), members: z.int(), present: z.int(), checks: z.int(), found: z.int(), lastSite: z.string().nullable(), lastAt: z.string().nullable(), lon: z.number().nullable(), lat: z.number().nullable() })
const Finding = z.object({ id: z.uuid(), at: z.string(), enterpriseName: z.string(), location: z.string(), description: z.string(), level: z.enum(['GENERAL', 'MAJOR']), fixed: z.boolean(), teamName: z.string().nullable() })

export const screenParts = {
  head: z.object({
    /** Null: the whole work of this year so far. */
    campaign: z.object({ id: z.uuid(), name: z.string(), kind: z.enum(CAMPAIGN_KINDS), state: z.enum(CAMPAIGN_STATES), businessDate: z.string(), commandPost: z.string() }).nullable(),
    /** Business dates that the figures stand for. */
    from: z.string(), to: z.string(),
    choices: z.array(z.object({ id: z.uuid(), name: z.string(), state: z.enum(CAMPAIGN_STATES), businessDate: z.string() })),
  }),
  /** Ten; `whole`: counted over the whole register and not of the campaign alone. */
  figures: z.array(FigureShape.extend({ whole: z.boolean() })),
  streets: z.array(z.object({ street: z.string(), name: z.string(), found: z.int(), open: z.int(), late: z.int() })),
  /** Hours of a night, days of everything longer. */
  trend: z.object({ by: z.enum(['hour', 'day']), rows: z.array(z.object({ key: z.string(), found: z.int(), closed: z.int() })) }),
  teams: z.object({ rows: z.array(Team), total: z.int(), members: z.int(), present: z.int() }),
  /** Null: this person's posts read no hazards. */
  stream: z.array(Finding).nullable(),
  /** The heaviest places with open hazards; `hazards` of `places` in all, `unplaced` of them without a position. */
  map: z.object({ rows: z.array(Place), places: z.int(), hazards: z.int(), unplaced: z.int() }),
} as const
export type PartName = keyof typeof screenParts
export const partNames = Object.keys(screenParts) as PartName[]

export const Picture = z.object(screenParts)
export type Picture = z.infer<typeof Picture>

export const ScreenAnswer = z.object({
  /** Cut-off of every number. */
  at: z.string(),
  /** Tag of every part, in the order of the parts. */
  tags: z.array(z.string()),
  parts: Picture.partial(),
})
export type ScreenAnswer = z.infer<typeof ScreenAnswer>

type CampaignKind = (typeof CAMPAIGN_KINDS)[number]

/** Registers that know no campaign: shown for the whole reach, and said so. */
export const wholeMetrics: ReadonlySet<string> = new Set(['M21', 'M21A'])

const checks = ['M01', 'M04', 'M06P', 'M05', 'M06S', 'M07', 'M08', 'M11', 'M14', 'M15'] as const
const guidance = ['M01', 'M22', 'M21', 'M21A', 'M07', 'M09C', 'M11', 'M08R', 'M15O', 'M15'] as const
const year = ['M01', 'M04', 'M05', 'M06S', 'M07', 'M08', 'M11', 'M14', 'M15', 'M12'] as const

/** The ten figures that matter: of guidance after a stop what it is about, of everything else what a night reports. */
export const headline = (kind: CampaignKind | undefined): readonly string[] => (kind === undefined ? year : kind === 'GUIDANCE' ? guidance : checks)
