import { describe, expect, it, test } from 'vitest'
import { endOfLocalDay, instantOf } from './time.ts'
import { lastDayOf, parseDate, shortDateTime, zhDate, zhDateTime, zhDay, zhDue, zhLeft, zhMoment } from './time-zh.ts'

const now = instantOf('2026-03-05', '21:40')

describe('dates as people read them', () => {
  it('writes 2026年3月5日 21:40 and 03-05 21:40', () => {
    expect(zhDate('2026-03-05')).toBe('2026年3月5日')
    expect(zhDate('2026-11-22')).toBe('2026年11月22日')
    expect(zhDateTime(now)).toBe('2026年3月5日 21:40')
    expect(shortDateTime(now)).toBe('03-05 21:40')
  })

  test.each([
    ['2026-03-05', '09:02', '今天 09:02'],
    ['2026-03-05', '00:00', '今天 00:00'],
    ['2026-03-04', '23:59', '昨天 23:59'],
    ['2026-03-06', '09:00', '明天 09:00'],
    ['2026-03-03', '09:00', '03-03 09:00'],
    ['2025-12-30', '09:00', '2025年12月30日 09:00'],
  ])('%s %s reads %s', (date, time, text) => {
    expect(zhMoment(instantOf(date, time), now)).toBe(text)
  })

  test.each([['2026-03-05', '今天'], ['2026-03-04', '昨天'], ['2026-03-08', '3月8日'], ['2027-01-01', '2027年1月1日']])('the day %s reads %s', (date, text) => {
    expect(zhDay(date, now)).toBe(text)
  })

  it('keeps to the day in Shanghai: at 00:10 the check of 23:50 was yesterday', () => {
    expect(zhMoment(instantOf('2026-03-05', '23:50'), instantOf('2026-03-06', '00:10'))).toBe('昨天 23:50')
  })
})

describe('what is left', () => {
  const due = endOfLocalDay('2026-03-08')
  test.each([
    ['2026-03-05', '21:40', '剩3天'],
    ['2026-03-07', '23:59', '剩1天'],
    ['2026-03-08', '00:00', '今天到期'],
    ['2026-03-08', '23:59', '今天到期'],
    ['2026-03-09', '00:00', '逾期1天'],
    ['2026-03-10', '08:00', '逾期2天'],
  ])('with 3月8日 24:00 due, at %s %s it says %s', (date, time, text) => {
    expect(zhLeft(due, instantOf(date, time))).toBe(text)
  })

  test.each([
    ['12:40', '剩2小时'],
    ['14:15', '剩25分钟'],
    ['14:40', '逾期1分钟'],
    ['15:05', '逾期25分钟'],
    ['18:00', '逾期3小时'],
  ])('with an hour limit at 14:40, at %s it says %s', (time, text) => {
    expect(zhLeft(instantOf('2026-03-05', '14:40'), instantOf('2026-03-05', time))).toBe(text)
  })

  it('names the due instant as law does', () => {
    expect(zhDue(due, now)).toBe('3月8日 24:00')
    expect(zhDue(endOfLocalDay('2025-12-31'), now)).toBe('2025年12月31日 24:00')
    expect(zhDue(instantOf('2026-03-05', '14:40'), now)).toBe('3月5日 14:40')
    expect(lastDayOf(due)).toBe('2026-03-08')
  })
})

describe('parseDate: dates as typed into sheets', () => {
  test.each<[string | number, string | null]>([
    ['2026/3/5', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['2026-03-05', '2026-03-05'],
    ['2026-3-5', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['2026年03月05日', '2026-03-05'],
    ['2026 年 3 月 5 日', '2026-03-05'],
    ['2026年3月5号', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['２０２６／３／５', '2026-03-05'],
    [' 2026/3/5 ', '2026-03-05'],
    ['2026/3/5 21:40', '2026-03-05'],
    ['2026-03-05T21:40:00', '2026-03-05'],
    ['2026年3月5日 21时40分', '2026-03-05'],
    [46086, '2026-03-05'],
    [46086.9, '2026-03-05'],
    ['46086', '2026-03-05'],
    ['2024/2/29', '2024-02-29'],
    ['2026/2/29', null],
    ['2026/13/1', null],
    ['26/3/5', null],
    ['2026年3月', null],
    ['2026', null],
    ['3月5日', null],
    ['2026/3/5至3/8', null],
    ['2026/3/55', null],
    ['长期', null],
    ['', null],
    [12, null],
    [20260305, '2026-03-05'],
    [20261305, null],
    [Number.NaN, null],
  ])('%j is %s', (input, expected) => {
    expect(parseDate(input)).toBe(expected)
  })
})
