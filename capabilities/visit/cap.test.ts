import { describe, expect, it } from 'vitest'
import { capClass, capOf, type CapQuestion, refuseCap, upward, warnCap } from './cap.ts'

const codes = (refusals: readonly { code: string }[]) => refusals.map((r) => r.code)
const question = (more: Partial<CapQuestion>): CapQuestion => ({ kind: 'ADMIN_DAILY', countsToCap: true, cap: 2, used: 0, ...more })
const row = (areaCode: string, capPerYear: number | null, more = {}) => ({ areaCode, year: 2026, industryClass: 'OTHER', standardLevel: 'NONE', capPerYear, agencyLevel: 'DISTRICT', sourceDoc: '频次公告', ...more })

describe('R3-6 年度频次上限', () => {
  it.each([
    ['未到上限', { used: 1 }, [], ['visit.cap_last_one']],
    ['达到上限', { used: 2 }, ['visit.cap_reached'], ['visit.cap_reached']],
    ['超过上限', { used: 3 }, ['visit.cap_reached'], ['visit.cap_reached']],
    ['上限为零', { cap: 0 }, ['visit.cap_reached'], ['visit.cap_reached']],
    ['未配置只提示', { cap: null, used: 99 }, [], ['visit.cap_not_configured']],
    ['联合检查同样受限', { kind: 'JOINT', used: 2 }, ['visit.cap_reached'], ['visit.cap_reached']],
    ['写了理由的日常检查仍受限', { used: 2, overrideReason: '领导要求' }, ['visit.cap_reached'], ['visit.cap_reached']],
    ['个案检查有线索，须写理由', { kind: 'ADMIN_CASE', countsToCap: false, used: 2, clueKind: 'COMPLAINT', clueNo: 'JB-1' }, ['visit.cap_override_reason'], ['visit.cap_reached']],
    ['个案检查有线索有理由', { kind: 'ADMIN_CASE', countsToCap: false, used: 2, clueKind: 'COMPLAINT', clueNo: 'JB-1', overrideReason: '举报粉尘涉爆' }, [], ['visit.cap_reached']],
    ['个案检查线索无编号', { kind: 'ADMIN_CASE', countsToCap: false, used: 2, clueKind: 'COMPLAINT', overrideReason: '举报' }, ['visit.cap_reached'], ['visit.cap_reached']],
    ['网格巡查与上限无关', { kind: 'PATROL', countsToCap: false, used: 9 }, [], []],
    ['指导服务与上限无关', { kind: 'GUIDANCE', countsToCap: false, used: 9 }, [], []],
    ['非现场检查优先，不受限', { kind: 'ADMIN_OFFSITE', countsToCap: false, used: 9 }, [], []],
  ] as const)('%s', (_, more, refused, warned) => {
    expect([codes(refuseCap(question(more as never))), codes(warnCap(question(more as never)))]).toEqual([refused, warned])
  })
  it('就近取值：街道没有填的用区的，区填空即未配置', () => {
    const at = { areaCode: '990101001001', year: 2026, industryClass: 'OTHER', standardLevel: 'NONE' }
    expect(capOf([row('990101000000', 2), row('000000000000', 6)], at)?.capPerYear).toBe(2)
    expect(capOf([row('990101000000', null), row('000000000000', 6)], at)?.capPerYear).toBeNull()
    expect(capOf([row('990101001000', 1), row('990101000000', 2)], at)?.capPerYear).toBe(1)
    expect(capOf([row('990102000000', 1), row('990101000000', 2, { year: 2025 }), row('990101000000', 3, { standardLevel: 'FIRST' })], at)).toBeNull()
  })
  it('行业类别：危化品、金属冶炼，其他高危，其余', () => {
    expect([capClass({ tags: ['HAZCHEM_PROD'], highRisk: true }), capClass({ tags: ['DUST_EXPLOSION'], highRisk: true }), capClass({ tags: [], highRisk: false })]).toEqual(['HAZCHEM_METALLURGY', 'HIGH_RISK', 'OTHER'])
  })
  it('逐级向上直到全国', () => {
    expect(upward('990101001001')).toEqual(['990101001001', '990101001000', '990101000000', '990100000000', '990000000000', '000000000000'])
    expect(upward('990101000000')).toEqual(['990101000000', '990100000000', '990000000000', '000000000000'])
  })
})
