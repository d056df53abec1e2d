import { describe, expect, it } from 'vitest'
import { expiryOf, type NumberGiven, refuseNumber } from './block.ts'

const block: NumberGiven['block'] = { personId: 'p', device: 'phone-1', agencyId: 'a', type: 'D06', year: 2026, state: 'OPEN', takenAt: '2026-03-05T01:00:00Z', expiresAt: '2026-03-19T16:00:00Z' }
const fine: NumberGiven = { block, number: { state: 'RESERVED', paperId: null }, paper: { agencyId: 'a', type: 'D06' }, device: 'phone-1', issuedAt: '2026-03-06T05:00:00Z', now: '2026-03-09T01:00:00Z' }

describe('预留文号（§3.4 编号规则）', () => {
  it.each<[string, Partial<NumberGiven>, string[]]>([
    ['本机本人在有效期内使用', {}, []],
    ['设备时钟略慢，签发时间早于领号十分钟内', { issuedAt: '2026-03-05T00:52:00Z' }, []],
    ['别的设备', { device: 'phone-2' }, ['enforcement.block_other_device']],
    ['没有说是哪台设备', { device: undefined }, ['enforcement.block_other_device']],
    ['别的机关', { paper: { agencyId: 'b', type: 'D06' } }, ['enforcement.block_other_kind']],
    ['别的文书种类', { paper: { agencyId: 'a', type: 'D05' } }, ['enforcement.block_other_kind']],
    ['号不在段里', { number: undefined }, ['enforcement.number_not_in_block']],
    ['号已用过', { number: { state: 'USED', paperId: 'x' } }, ['enforcement.number_gone']],
    ['号随文书作废', { number: { state: 'VOIDED', paperId: 'x' } }, ['enforcement.number_gone']],
    ['号段已由人作废', { number: { state: 'VOIDED', paperId: null }, block: { ...block, state: 'VOIDED' } }, ['enforcement.number_gone']],
    ['过期未报到才作废，而文书在有效期内已签发', { number: { state: 'VOIDED', paperId: null }, block: { ...block, state: 'EXPIRED' } }, []],
    ['有效期之后签发', { issuedAt: '2026-03-20T02:00:00Z', now: '2026-03-20T03:00:00Z' }, ['enforcement.block_not_then']],
    ['领号之前签发', { issuedAt: '2026-03-04T02:00:00Z' }, ['enforcement.block_not_then']],
    ['将来的时间', { issuedAt: '2026-03-12T02:00:00Z' }, ['enforcement.issued_in_future']],
    ['全错时一次说全', { device: 'x', number: undefined, paper: { agencyId: 'b', type: 'D06' } }, ['enforcement.block_other_device', 'enforcement.block_other_kind', 'enforcement.number_not_in_block']],
  ])('%s', (_, more, expected) => {
    expect(refuseNumber({ ...fine, ...more }).map((refusal) => refusal.code)).toEqual(expected)
  })
  it.each([
    ['平常用十四天', '2026-03-05T01:00:00Z', '2026-03-19'],
    ['不跨年', '2026-12-28T01:00:00Z', '2026-12-31'],
  ])('%s', (_, now, last) => {
    expect(new Date(expiryOf(now).getTime() + 8 * 3_600_000 - 1000).toISOString().slice(0, 10)).toBe(last)
  })
})
