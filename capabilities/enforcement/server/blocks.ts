import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { JobSpec } from '../../../kernel/server/capability.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { agencyOf } from '../../staff/server/public.ts'
import { type Block, expiryOf, GRACE_DAYS, MAX_HELD, type OwnNumber, refuseNumber, type Reserve } from '../block.ts'
import { isPrefix, paperNumber } from '../number.ts'
import type { operations } from '../operations.ts'
import * as blocks from './block-store.ts'
import { mustBeCertified } from './drafting.ts'
import * as store from './store.ts'

type All = Handlers<typeof operations>
const DAY = 86_400_000

/** The area whose bureau issues this officer's papers. */
const homeOf = (ctx: Ctx): string => (ctx.actor.reach.areas[0]?.[0] ?? '000000000000').slice(0, 12)

async function reserve(ctx: Ctx, given: Reserve): Promise<void> {
  await mustBeCertified(ctx, true)
  const agency = await agencyOf(ctx.tx, homeOf(ctx))
  if (!isPrefix(agency.paperPrefix)) throw new Problem('refused', 'enforcement.no_prefix')
  const forms = await store.formsAt(ctx.tx, homeOf(ctx))
  const year = Number(localDate(ctx.now).slice(0, 4))
  // Sequences are locked in one order, so that two officers never wait for each other in a ring.
  for (const [i, { id, type, count }] of [...given.blocks].sort((a, b) => (a.type < b.type ? -1 : 1)).entries()) {
    const wordCode = forms.find((form) => form.type === type)?.wordCode
    if (!wordCode) throw new Problem('refused', 'enforcement.type_without_number', { fields: [{ path: `blocks.${i}.type`, code: 'enforcement.type_without_number' }] })
    const has = await blocks.held(ctx.tx, { personId: ctx.actor.id, device: given.deviceId, type })
    if (has + count > MAX_HELD) throw new Problem('refused', 'enforcement.block_enough', { params: { has, most: MAX_HELD }, fields: [{ path: `blocks.${i}.count`, code: 'enforcement.block_enough', params: { has, most: MAX_HELD } }] })
    const first = await blocks.nextNumbers(ctx.tx, { agencyId: agency.id, type, year }, count)
    await blocks.insert(ctx.tx, {
      id, person_id: ctx.actor.id, device: given.deviceId, agency_id: agency.id, type, year, prefix: agency.paperPrefix, word_code: wordCode, first_seq: first, last_seq: first + count - 1, state: 'OPEN', taken_at: ctx.now, expires_at: expiryOf(ctx.now),
      area_code: homeOf(ctx),
    })
    ctx.emit({ aggregate: 'paper_block', id, version: 1, event: 'enforcement.block_taken', to: 'OPEN', areaCode: homeOf(ctx), data: { type, year, from: first, to: first + count - 1, device: given.deviceId } })
  }
}

async function mine(ctx: Ctx): Promise<{ rows: Block[] }> {
  const rows = await blocks.mine(ctx.tx, ctx.actor.id)
  const numbers = await blocks.numbersOf(ctx.tx, rows.map((row) => row.id))
  const noOf = (row: blocks.BlockRow, seq: number) => paperNumber({ prefix: row.prefix, wordCode: row.word_code, year: row.year, seq })
  return {
    rows: rows.map((row) => ({
      id: row.id, deviceId: row.device, type: row.type, year: row.year, state: row.state, takenAt: row.taken_at, expiresAt: row.expires_at, version: row.version,
      numbers: numbers.filter((n) => n.block_id === row.id).map((n) => ({ seq: n.seq, no: noOf(row, n.seq), state: n.state, paperId: n.paper_id })),
    })),
  }
}

async function end(ctx: Ctx, block: blocks.BlockRow, given: { state: 'RETURNED' | 'VOIDED' | 'EXPIRED'; why: string }) {
  // The device is in hand only when its owner returns the block: otherwise a number may stand on a paper that is still to come.
  const returned = given.state === 'RETURNED' ? await blocks.giveBack(ctx.tx, block) : []
  const voided = await blocks.voidRest(ctx.tx, block, given.why, ctx.now)
  await blocks.close(ctx.tx, block, { ...given, by: given.state === 'EXPIRED' ? null : ctx.actor.id, now: ctx.now })
  ctx.emit({ aggregate: 'paper_block', id: block.id, version: block.version + 1, event: `enforcement.block_${given.state.toLowerCase()}`, from: 'OPEN', to: given.state, areaCode: block.area_code, data: { type: block.type, year: block.year, returned, voided, reason: given.why } })
  return { id: block.id, state: given.state, version: block.version + 1, returned, voided }
}

const mustBeOpen = (block: blocks.BlockRow | undefined, baseVersion: number): blocks.BlockRow => {
  if (!block) throw missing()
  refuseStale(block.version, baseVersion)
  if (block.state !== 'OPEN') throw new Problem('refused', 'enforcement.block_closed')
  return block
}

export const blockHandlers: Pick<All, 'blocks' | 'reserve' | 'giveBack' | 'voidBlock' | 'numbers'> = {
  blocks: (ctx) => mine(ctx),
  reserve: async (ctx, input) => {
    await reserve(ctx, input)
    return mine(ctx)
  },
  giveBack: async (ctx, input) => end(ctx, mustBeOpen(await blocks.find(ctx.tx, input.id, { personId: ctx.actor.id }), input.baseVersion), { state: 'RETURNED', why: input.reason }),
  voidBlock: async (ctx, input) => end(ctx, mustBeOpen(await blocks.find(ctx.tx, input.id, ctx.actor), input.baseVersion), { state: 'VOIDED', why: input.reason }),
  numbers: async (ctx, input) => {
    if (input.cursor && !/^\d{1,5}$/.test(input.cursor)) throw new Problem('invalid', 'common.bad_cursor')
    return blocks.register(ctx.tx, homeOf(ctx), { ...input, after: Number(input.cursor ?? 0) })
  },
}

/** The reserved number for a paper issued where there was no line. @throws every refusal at once */
export async function takeOwn(ctx: Ctx, row: store.Row, own: OwnNumber): Promise<string> {
  const block = await blocks.find(ctx.tx, own.blockId, { personId: ctx.actor.id })
  if (!block) throw new Problem('refused', 'enforcement.block_unknown', { fields: [{ path: 'number.blockId', code: 'enforcement.block_unknown' }] })
  const number = (await blocks.numbersOf(ctx.tx, [block.id])).find((n) => n.seq === own.seq)
  refuseAny(refuseNumber({
    block: { personId: block.person_id, device: block.device, agencyId: block.agency_id, type: block.type, year: block.year, state: block.state, takenAt: block.taken_at, expiresAt: block.expires_at },
    number: number && { state: number.state, paperId: number.paper_id }, paper: { agencyId: row.agency_id, type: row.type }, device: ctx.origin.device, issuedAt: own.issuedAt, now: ctx.now,
  }))
  await blocks.use(ctx.tx, block, own.seq, row.id)
  return paperNumber({ prefix: block.prefix, wordCode: block.word_code, year: block.year, seq: own.seq })
}

/** Nobody came back with them: voided, and kept for their own block should a paper issued in time arrive after all. */
export const expiryJob: JobSpec = {
  kind: 'enforcement.blocks', every: 3600,
  run: async (ctx) => {
    for (const block of await blocks.overdue(ctx.tx, new Date(ctx.now.getTime() - GRACE_DAYS * DAY))) await end(ctx, block, { state: 'EXPIRED', why: '逾期未用，文号作废' })
  },
}
