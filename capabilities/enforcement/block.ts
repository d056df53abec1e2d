import { z } from 'zod'
import { pageOf, paging, wire } from '../../kernel/core/operation.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import { addDays, endOfLocalDay, type Instant, localDate, toMs } from '../../kernel/core/time.ts'
import { PaperType } from './doc-type.ts'

/**
 * Numbers taken in advance by one officer for one device, used where there is no line. They come out of the same sequence as
 * those of the desk, so they never clash; what is not used goes back when nothing came after it, else it is voided and stays listed.
 */
export const BLOCK_STATES = ['OPEN', 'RETURNED', 'VOIDED', 'EXPIRED'] as const
export const NUMBER_STATES = ['RESERVED', 'USED', 'VOIDED'] as const

/** Numbers of one type a device may hold at once. */
export const MAX_HELD = 20
/** Days a block may be used; never into the next year. */
export const VALID_DAYS = 14
/** A paper issued in time may reach the server this much later before its number is voided as unused. */
export const GRACE_DAYS = 30

export const Block = z.object({
  id: z.uuid(), deviceId: z.string(), type: PaperType, year: z.int(), state: z.enum(BLOCK_STATES), takenAt: z.string(), expiresAt: z.string(), version: z.int(),
  numbers: z.array(z.object({ seq: z.int(), no: z.string(), state: z.enum(NUMBER_STATES), paperId: z.uuid().nullable() })),
})
export type Block = z.infer<typeof Block>

/** Ids of blocks are made on the device, one for each type of paper. */
export const Reserve = z.strictObject({ deviceId: z.string().trim().min(8).max(80), blocks: z.array(z.strictObject({ id: z.uuid(), type: PaperType, count: z.int().min(1).max(MAX_HELD) })).min(1).max(5) })
export type Reserve = z.infer<typeof Reserve>
export const CloseBlock = z.strictObject({ id: z.uuid(), baseVersion: z.int(), reason: z.string().trim().min(2).max(200) })
/** What became of the unused ones. */
export const Closed = z.object({ id: z.uuid(), state: z.enum(BLOCK_STATES), version: z.int(), returned: z.array(z.int()), voided: z.array(z.int()) })

/** The number a paper got on the spot, and when. */
export const OwnNumber = z.strictObject({ blockId: z.uuid(), seq: z.int().min(1).max(99_999), issuedAt: z.iso.datetime({ offset: true }) })
export type OwnNumber = z.infer<typeof OwnNumber>

export const NumberFilter = z.strictObject({ ...paging, type: PaperType, year: wire.int().min(2000).max(2100), state: z.enum(NUMBER_STATES).optional() })
export const NumberPage = pageOf(z.object({
  seq: z.int(), no: z.string().nullable(), state: z.enum(NUMBER_STATES), paperId: z.uuid().nullable(), enterpriseName: z.string().nullable(), issuedOn: z.string().nullable(), heldBy: z.string().nullable(), voidedAt: z.string().nullable(), why: z.string().nullable(),
}))

/** Until when a block taken now may be used. */
export function expiryOf(now: Instant): Date {
  const today = localDate(now)
  const last = addDays(today, VALID_DAYS)
  return endOfLocalDay(last.slice(0, 4) === today.slice(0, 4) ? last : `${today.slice(0, 4)}-12-31`)
}

const MINUTE = 60_000
/** A device's clock may be a little ahead or behind. */
export const DRIFT = 10 * MINUTE

export interface NumberGiven {
  readonly block: { readonly personId: string; readonly device: string; readonly agencyId: string; readonly type: string; readonly year: number; readonly state: (typeof BLOCK_STATES)[number]; readonly takenAt: Instant; readonly expiresAt: Instant }
  readonly number: { readonly state: (typeof NUMBER_STATES)[number]; readonly paperId: string | null } | undefined
  readonly paper: { readonly agencyId: string; readonly type: string }
  readonly device: string | undefined
  readonly issuedAt: Instant
  readonly now: Instant
}

/**
 * Why a reserved number cannot stand on this paper. One that was voided only because nobody used it in time is taken after all
 * when the paper was issued in time: it is in the party's hands.
 */
export function refuseNumber({ block, number, paper, device, issuedAt, now }: NumberGiven): Refusal[] {
  const refusals: Refusal[] = []
  const at = toMs(issuedAt)
  if (block.device !== device) refusals.push({ code: 'enforcement.block_other_device', field: 'number.blockId' })
  if (block.agencyId !== paper.agencyId || block.type !== paper.type) refusals.push({ code: 'enforcement.block_other_kind', field: 'number.blockId' })
  const free = number?.state === 'RESERVED' || (number?.state === 'VOIDED' && number.paperId === null && block.state === 'EXPIRED')
  if (!number) refusals.push({ code: 'enforcement.number_not_in_block', field: 'number.seq' })
  else if (!free) refusals.push({ code: 'enforcement.number_gone', field: 'number.seq' })
  if (at > toMs(now) + DRIFT) refusals.push({ code: 'enforcement.issued_in_future', field: 'number.issuedAt' })
  if (at < toMs(block.takenAt) - DRIFT || at > toMs(block.expiresAt) + DRIFT || localDate(issuedAt).slice(0, 4) !== String(block.year)) refusals.push({ code: 'enforcement.block_not_then', field: 'number.issuedAt' })
  return refusals
}
