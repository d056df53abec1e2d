import { describe, expect, it, test } from 'vitest'
import {
  addDays, businessDate, daysBetween, endOfLocalDay, instantOf, isLocalDate, localDate, localTime, startOfLocalDay, toMs, weekday,
} from './time.ts'

describe('localDate', () => {
  test.each([
    ['2026-03-04T15:59:59.999Z', '2026-03-04', '23:59'],
    ['2026-03-04T16:00:00Z', '2026-03-05', '00:00'],
    ['2026-03-05T21:40:00+08:00', '2026-03-05', '21:40'],
    ['2025-12-31T16:30:00Z', '2026-01-01', '00:30'],
    ['2024-02-28T16:00:00Z', '2024-02-29', '00:00'],
    ['1969-12-31T15:00:00Z', '1969-12-31', '23:00'],
  ])('%s is %s %s in Shanghai', (at, date, time) => {
    expect(localDate(at)).toBe(date)
    expect(localTime(at)).toBe(time)
    expect(localDate(new Date(at))).toBe(date)
    expect(localDate(Date.parse(at))).toBe(date)
  })

  test.each(['2026-03-05', '2026-03-05T21:40', '2026-03-05 21:40', 'soon', '', '2026-99-05T00:00:00Z'])('refuses %j, which names no instant', (text) => {
    expect(() => localDate(text)).toThrow(RangeError)
  })

  it('refuses an invalid Date and NaN', () => {
    expect(() => toMs(new Date('x'))).toThrow(RangeError)
    expect(() => toMs(Number.NaN)).toThrow(RangeError)
  })
})

describe('businessDate: a night shift belongs to the date of its start (domain.md §0.5)', () => {
  test.each([
    ['2026-03-05T18:00:00+08:00', '2026-03-05'],
    ['2026-03-05T23:59:59+08:00', '2026-03-05'],
    ['2026-03-06T00:00:00+08:00', '2026-03-05'],
    ['2026-03-06T00:30:00+08:00', '2026-03-05'],
    ['2026-03-06T05:59:59.999+08:00', '2026-03-05'],
    ['2026-03-06T06:00:00+08:00', '2026-03-06'],
    ['2026-01-01T03:00:00+08:00', '2025-12-31'],
  ])('%s counts to %s', (at, date) => {
    expect(businessDate(at)).toBe(date)
  })
})

describe('days', () => {
  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-01', 30, '2026-03-31'],
    ['2026-03-01', 0, '2026-03-01'],
  ])('%s + %i is %s', (from, n, to) => {
    expect(addDays(from, n)).toBe(to)
    expect(daysBetween(from, to)).toBe(n)
  })

  test.each([['2026-03-05', 4], ['2026-11-22', 7], ['2026-11-23', 1], ['1970-01-01', 4], ['1969-12-29', 1]])('%s is weekday %i', (date, day) => {
    expect(weekday(date)).toBe(day)
  })

  test.each([['2026-02-29', false], ['2024-02-29', true], ['2026-13-01', false], ['2026-3-5', false], ['2026-04-31', false], ['', false]])(
    'isLocalDate(%s) is %s',
    (text, expected) => {
      expect(isLocalDate(text)).toBe(expected)
    },
  )

  it('a day begins at 00:00 and ends at 24:00, which is the next one’s 00:00', () => {
    expect(startOfLocalDay('2026-03-05').toISOString()).toBe('2026-03-04T16:00:00.000Z')
    expect(endOfLocalDay('2026-03-05')).toEqual(startOfLocalDay('2026-03-06'))
    expect(localDate(endOfLocalDay('2026-03-05'))).toBe('2026-03-06')
  })

  it('an instant from date and time', () => {
    expect(instantOf('2026-03-05', '21:40').toISOString()).toBe('2026-03-05T13:40:00.000Z')
    expect(instantOf('2026-03-05', '24:00')).toEqual(endOfLocalDay('2026-03-05'))
  })

  test.each(['24:01', '12:60', '9:00', 'noon', ''])('refuses the time of day %j', (time) => {
    expect(() => instantOf('2026-03-05', time)).toThrow(RangeError)
  })
})
