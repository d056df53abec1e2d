import { describe, expect, it } from 'vitest'
import { localRules } from './local.ts'
import { patrolNotes } from './patrol.ts'
import { lastScanDay, refuseScan, type ScanGiven } from './scan.ts'

const rules = localRules({})
const codes = (refusals: readonly { code: string }[]) => refusals.map((r) => r.code)
const given = (more: Partial<ScanGiven>): ScanGiven => ({ moment: 'BEFORE', scannedAt: '2026-03-05T01:00:00Z', arrivedAt: '2026-03-05T01:00:00Z', leftAt: '2026-03-05T02:00:00Z', urgent: false, now: '2026-03-05T02:30:00Z', ...more })

describe('扫码入企（Q3）', () => {
  it.each([
    ['到场时扫码', {}, []],
    ['到场后 15 分钟内', { scannedAt: '2026-03-05T01:15:00Z' }, []],
    ['到场 16 分钟后才称“检查前”', { scannedAt: '2026-03-05T01:16:00Z' }, ['visit.scan_not_before']],
    ['紧急检查离开前扫码', { moment: 'BEFORE_LEAVING', scannedAt: '2026-03-05T01:59:00Z', urgent: true }, []],
    ['不紧急却在离开前才扫', { moment: 'BEFORE_LEAVING', scannedAt: '2026-03-05T01:59:00Z' }, ['visit.scan_leaving_urgent']],
    ['紧急检查离开后才扫', { moment: 'BEFORE_LEAVING', scannedAt: '2026-03-05T02:01:00Z', urgent: true }, ['visit.scan_after_leaving']],
    ['补录须有理由', { moment: 'ADDED' }, ['visit.scan_reason']],
    ['第 10 个自然日补录', { moment: 'ADDED', reason: '车间无信号', now: '2026-03-15T15:59:00Z' }, []],
    ['第 11 个自然日补录', { moment: 'ADDED', reason: '车间无信号', now: '2026-03-15T16:00:00Z' }, ['visit.scan_too_late']],
    ['晚于现在的扫码', { scannedAt: '2026-03-05T02:36:00Z', arrivedAt: '2026-03-05T02:36:00Z' }, ['visit.in_future']],
  ] as const)('%s', (_, more, expected) => {
    expect(codes(refuseScan(given(more), rules))).toEqual(expected)
  })
  it('补录期限按自然日计，且可由城市另定', () => {
    expect(lastScanDay('2026-03-05T02:00:00Z', rules)).toBe('2026-03-15')
    expect(codes(refuseScan(given({ moment: 'ADDED', reason: '无信号', now: '2026-03-09T01:00:00Z' }), localRules({ scanAddDays: 3 })))).toEqual(['visit.scan_too_late'])
  })
  it('填坏的设置按未设置处理', () => {
    expect(localRules({ scanAddDays: '十' })).toEqual(rules)
  })
})

describe('有效巡查（§11）：只作说明，不作处罚', () => {
  const good = { distanceM: 99, minutes: 3, photos: 1, checklistDone: true }
  it.each([
    ['都满足', {}, []],
    ['距离 101 米', { distanceM: 101 }, ['visit.patrol_far']],
    ['距离 101 米但写明原因', { distanceM: 101, farReason: '厂区大门在另一侧' }, []],
    ['没有位置', { distanceM: null }, ['visit.patrol_place_unknown']],
    ['停留不足 3 分钟', { minutes: 2.9 }, ['visit.patrol_short']],
    ['没有照片、没有检查表', { photos: 0, checklistDone: false }, ['visit.patrol_photo', 'visit.patrol_checklist']],
  ] as const)('%s', (_, more, expected) => {
    expect(codes(patrolNotes({ ...good, ...more }, rules))).toEqual(expected)
  })
})
