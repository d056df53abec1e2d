import { z } from 'zod'
import { Action, wire } from '../../kernel/core/operation.ts'
import { REPLACE_REASONS } from './draw.ts'

/** What the wire carries about draws. */

const text = (max: number) => z.string().trim().min(1).max(max)
const instant = z.iso.datetime({ offset: true })
export const DRAW_STATES = ['FROZEN', 'DRAWN', 'PUBLISHED', 'VOID'] as const
export const DRAW_ZH: Readonly<Record<(typeof DRAW_STATES)[number], string>> = { FROZEN: '已冻结，待承诺揭示', DRAWN: '已抽取', PUBLISHED: '已公示', VOID: '已作废' }
export const STRATA = ['RED', 'ORANGE', 'YELLOW', 'BLUE', 'NONE'] as const
export const STRATUM_ZH: Readonly<Record<string, string>> = { RED: '红', ORANGE: '橙', YELLOW: '黄', BLUE: '蓝', NONE: '未评估' }

export const Freeze = z.strictObject({
  id: z.uuid(), drawId: z.uuid(), title: text(80),
  strata: z.array(z.strictObject({ stratum: z.enum(STRATA), permille: z.int().min(1).max(1000).optional(), count: z.int().min(1).max(20_000).optional(), reserves: z.int().min(0).max(200).default(0) })).min(1).max(5),
  /** Officers who may be drawn; none: sites only. */
  officerIds: z.array(z.uuid()).max(300).default([]),
  conflicts: z.array(z.strictObject({ officerId: z.uuid(), enterpriseId: z.uuid() })).max(2000).default([]),
  publicSource: text(120), publicAt: instant,
})
export type Freeze = z.infer<typeof Freeze>

const DrawStep = { id: z.uuid(), drawId: z.uuid() }
export const Commit = z.strictObject({ ...DrawStep, commitment: z.string().regex(/^[0-9a-f]{64}$/) })
export const Reveal = z.strictObject({ ...DrawStep, secret: z.string().min(16).max(200) })
export const Run = z.strictObject({ ...DrawStep, publicValue: text(80) })
export const Replace = z.strictObject({ ...DrawStep, siteId: z.uuid(), reason: z.enum(REPLACE_REASONS), note: text(300), officerId: z.uuid().optional() })
export const Publish = z.strictObject(DrawStep)
export const VoidDraw = z.strictObject({ ...DrawStep, reason: text(300) })
export const OfDraw = z.strictObject(DrawStep)
export const DrawMoved = z.object({ id: z.uuid(), state: z.enum(DRAW_STATES), version: z.int() })

const DrawRow = z.object({ id: z.uuid(), no: z.string(), title: z.string(), state: z.enum(DRAW_STATES), poolSize: z.int(), drawn: z.int(), frozenAt: z.string(), publicAt: z.string(), publishedAt: z.string().nullable() })
export const Draws = z.object({ draws: z.array(DrawRow), mayFreeze: z.boolean() })
const PartyRow = z.object({ personId: z.uuid(), name: z.string(), organisation: z.string().nullable(), commitment: z.string(), committedAt: z.string(), secret: z.string().nullable(), revealedAt: z.string().nullable() })
const Officer = z.object({ id: z.uuid(), name: z.string(), certificate: z.string() })
const Result = z.object({ siteId: z.uuid(), code: z.string(), name: z.string(), stratum: z.string(), order: z.int(), reserve: z.boolean(), officers: z.array(Officer), notes: z.array(z.string()), replaced: z.object({ reason: z.string(), note: z.string(), byName: z.string(), at: z.string() }).nullable(), state: z.string().nullable() })
export const Draw = DrawRow.extend({
  campaignId: z.uuid(), campaignName: z.string(), poolHash: z.string(), publicSource: z.string(), publicValue: z.string().nullable(), seed: z.string().nullable(), frozenByName: z.string(), drawnByName: z.string().nullable(), drawnAt: z.string().nullable(), voidReason: z.string().nullable(),
  strata: z.array(z.object({ stratum: z.string(), name: z.string(), size: z.int(), asked: z.int(), reserves: z.int() })), officers: z.int(), parties: z.array(PartyRow), results: z.array(Result), mine: z.boolean(), actions: z.array(Action), version: z.int(),
})
export type Draw = z.infer<typeof Draw>

/** Without an account: before publication the digests and commitments only, so that nobody is warned and nothing can be altered. */
export const PublicDraw = Draw.omit({ mine: true, actions: true, version: true, campaignId: true }).extend({ parties: z.array(PartyRow.omit({ personId: true })) })
export const ByDraw = z.strictObject({ id: wire.id() })
