import { describe, expect, it } from 'vitest'
import type { Block } from '../../../capabilities/enforcement/block.ts'
import { draw, freeOf, type HeldBlock, merged, putBack, returnable, wanting } from './numbers.ts'

const now = '2026-03-05T02:00:00Z'
const told = (more: Partial<Block> = {}): Block => ({
  id: 'b1', deviceId: 'phone', type: 'D06', year: 2026, state: 'OPEN', takenAt: now, expiresAt: '2026-03-19T16:00:00Z', version: 1,
  numbers: [1, 2, 3].map((seq) => ({ seq, no: `责改${seq}号`, state: 'RESERVED', paperId: null })), ...more,
})
const block = (more: Partial<HeldBlock> = {}): HeldBlock => ({ ...merged([], [told()], 'phone')[0]!, ...more })

describe('本机文号', () => {
  it('从最先到期的号段取最小的号，同一份文书再取还是它', () => {
    const first = draw([block({ id: 'late', expiresAt: '2026-03-30T16:00:00Z' }), block()], 'D06', 'p1', now)
    expect(first.drawn).toEqual({ blockId: 'b1', seq: 1, no: '责改1号' })
    expect(draw(first.held, 'D06', 'p1', now)).toEqual(first)
    expect(draw(first.held, 'D06', 'p2', now).drawn?.seq).toBe(2)
    expect(freeOf(first.held, 'D06', now)).toBe(5)
  })
  it.each<[string, HeldBlock[], string]>([
    ['没有号段', [], now], ['别的文书的号段', [block({ type: 'D05' })], now], ['过期的号段', [block()], '2026-03-20T00:00:00Z'], ['正在交回的号段', [block({ closing: true })], now], ['号都取完了', [block({ numbers: [{ seq: 1, no: '1', paperId: 'x' }] })], now],
  ])('没有可取的：%s', (_, held, at) => {
    expect(draw(held, 'D06', 'p1', at).drawn).toBeUndefined()
  })
  it('文书没有签就放弃，号退回；别的文书的号不动', () => {
    const held = draw(draw([block()], 'D06', 'p1', now).held, 'D06', 'p2', now).held
    expect(putBack(held, 'p1')[0]!.numbers.map((n) => n.paperId)).toEqual([undefined, 'p2', undefined])
  })
  it('服务器还不知道的号保持已取，用掉的不再列', () => {
    const held = draw([block()], 'D06', 'p1', now).held
    expect(merged(held, [told()], 'phone')).toEqual(held)
    const used = told({ numbers: told().numbers.map((n) => (n.seq === 1 ? { ...n, state: 'USED', paperId: 'p1' } : n)) })
    expect(merged(held, [used], 'phone')[0]!.numbers.map((n) => n.seq)).toEqual([2, 3])
    expect(merged(held, [told({ deviceId: 'other' })], 'phone')[0]!.numbers).toEqual([{ seq: 1, no: '责改1号', paperId: 'p1' }])
  })
  it('号段在办公室作废：没取的不见了，取过的留着，也不再往外取', () => {
    const held = merged(draw([block()], 'D06', 'p1', now).held, [told({ state: 'EXPIRED', numbers: told().numbers.map((n) => ({ ...n, state: 'VOIDED' })) })], 'phone')
    expect(held).toMatchObject([{ closing: true, numbers: [{ seq: 1, paperId: 'p1' }] }])
    expect(draw(held, 'D06', 'p2', now).drawn).toBeUndefined()
  })
  it('交回：退出时全部，平时只交过期的；有号在途的不交', () => {
    const busy = draw([block()], 'D06', 'p1', now).held[0]!
    const idle = block({ id: 'b2' })
    expect(returnable([busy, idle], now, true).map((one) => one.id)).toEqual(['b2'])
    expect(returnable([busy, idle], now, false)).toEqual([])
    expect(returnable([idle], '2026-03-20T00:00:00Z', false).map((one) => one.id)).toEqual(['b2'])
  })
  it('剩一半以下才再领，领到额定个数', () => {
    expect(wanting([block()], [{ type: 'D06', count: 5 }, { type: 'D05', count: 2 }], now)).toEqual([{ type: 'D05', count: 2 }])
    expect(wanting([block({ numbers: [{ seq: 1, no: '1' }] })], [{ type: 'D06', count: 5 }], now)).toEqual([{ type: 'D06', count: 4 }])
  })
})
