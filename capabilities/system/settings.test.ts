import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../hazard/timers.ts'
import { settingSpecs } from './settings.data.ts'
import { refuseSetting, specOf, WHOLE } from './settings.ts'

const codes = (key: string, value: unknown, area = WHOLE) => refuseSetting(specOf(key)!, value, area).map((r) => r.code)

describe('参数与规则是同一张表', () => {
  it('every number that a hazard’s rules read can be set, and its default lies within the bounds', () => {
    const parts = specOf('hazard.limits')!.parts!
    expect(parts.map((part) => part.name).sort()).toEqual(Object.keys(defaultLimits).sort())
    expect(codes('hazard.limits', defaultLimits)).toEqual([])
  })
})

describe('参数的底线', () => {
  it.each([
    ['网络安全法：审计日志 179 天被拒', 'audit.keep_days', 179, ['system.setting_floor']],
    ['180 天可以', 'audit.keep_days', 180, []],
    ['三年可以', 'audit.keep_days', 1095, []],
    ['太长也拒', 'audit.keep_days', 36501, ['system.setting_ceiling']],
    ['小数', 'audit.keep_days', 200.5, ['system.setting_kind']],
    ['文字', 'audit.keep_days', '200', ['system.setting_kind']],
    ['防重记录不得少于离线补录的 30 日', 'command.keep_days', 29, ['system.setting_floor']],
    ['口令只能更长', 'password.min_length', 7, ['system.setting_floor']],
    ['口令有效期只能更短', 'password.max_age_days', 91, ['system.setting_ceiling']],
    ['口令记忆个数只能更多', 'password.remembered', 4, ['system.setting_floor']],
    ['隐患期限：一般隐患最长不得超过 30 日', 'hazard.limits', { generalMaxDays: 31 }, ['system.setting_ceiling']],
    ['隐患期限：只填不同的几项', 'hazard.limits', { reinspectDays: 7, superviseMaxDays: 365 }, []],
    ['隐患期限：没有这一项', 'hazard.limits', { whatever: 1 }, ['system.setting_kind']],
    ['隐患期限：不是整数', 'hazard.limits', { reinspectDays: 7.5 }, ['system.setting_kind']],
    ['节假日：正常的一年', 'calendar.years', { 2027: { offDays: ['2027-01-01'], workDays: ['2027-01-03'] } }, []],
    ['节假日：年份不对', 'calendar.years', { 1927: { offDays: [], workDays: [] } }, ['system.setting_kind']],
    ['节假日：日期属于别的年份', 'calendar.years', { 2027: { offDays: ['2026-01-01'], workDays: [] } }, ['system.calendar_wrong']],
    ['节假日：不是对象', 'calendar.years', [], ['system.setting_kind']],
  ])('%s', (_, key, value, expected) => {
    expect(codes(key, value)).toEqual(expected)
  })
  it('全局统一的参数不能按街道另设', () => {
    expect(codes('audit.keep_days', 365, '990101001000')).toEqual(['system.setting_not_local'])
  })
  it('随软件带出的值自己都在界内', () => {
    for (const spec of settingSpecs) expect(refuseSetting(spec, spec.value, WHOLE), spec.key).toEqual([])
  })
})
