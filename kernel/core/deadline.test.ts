import { describe, expect, it, test } from 'vitest'
import { addWorkdays, dueOf, dueOfDay, isWorkday, nextWorkday, warningFor, workdaysBetween } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import { stateHolidays as table } from './holidays.ts'
import { addDays, endOfLocalDay, instantOf } from './time.ts'

const calendar = (n: number, legal = false): Deadline => ({ unit: 'calendar', n, startRule: 'nextDay', legal })
const workday = (n: number, legal = true): Deadline => ({ unit: 'workday', n, startRule: 'nextDay', legal })
const hour = (n: number): Deadline => ({ unit: 'hour', n, startRule: 'nextDay', legal: true })

describe('calendar days: the day of the act is day 0, the limit ends at 24:00 of day n (domain.md §0.5)', () => {
  test.each<[string, string, Deadline, string, string | null]>([
    ['行政强制法 §25: a sealing of 1 March 2026 ends on 31 March', '2026-03-01', calendar(30), '2026-03-31', null],
    ['§25 with extension and 12 days of testing: 12 May', '2026-03-31', calendar(42), '2026-05-12', null],
    ['n = 0 ends the same night', '2026-03-05', calendar(0), '2026-03-05', null],
    ['a legal limit ending on Saturday moves to Monday', '2026-03-04', calendar(10, true), '2026-03-16', '2026-03-14'],
    ['a safety timer ending on Saturday stays', '2026-03-04', calendar(10, false), '2026-03-14', null],
    ['a legal limit ending on 1 October moves behind the holiday', '2026-09-21', calendar(10, true), '2026-10-08', '2026-10-01'],
    ['a legal limit ending on the made-up Saturday 10 October stays', '2026-09-30', calendar(10, true), '2026-10-10', null],
    ['a legal limit ending on the made-up Sunday 4 January stays', '2025-12-25', calendar(10, true), '2026-01-04', null],
  ])('%s', (_, day0, limit, lastDay, movedFrom) => {
    const due = dueOf(instantOf(day0, '14:00'), limit, table)
    expect(due).toEqual({ due: endOfLocalDay(lastDay), lastDay, movedFrom, warnings: [] })
    expect(dueOfDay(day0, limit, table)).toEqual(due)
  })

  it('an act at 23:59 and one at 00:00 of the same day end together', () => {
    expect(dueOf(instantOf('2026-03-05', '00:00'), calendar(3), table)).toEqual(dueOf(instantOf('2026-03-05', '23:59'), calendar(3), table))
  })
})

describe('working days (行政处罚法 §85, 行政强制法 §69)', () => {
  test.each<[string, string, number, string]>([
    ['§64 hearing asked within 5 days of Thursday 5 March', '2026-03-05', 5, '2026-03-12'],
    ['§56 evidence kept 7 days over Spring Festival, with 14 and 28 February worked', '2026-02-12', 7, '2026-02-28'],
    ['over National Day: 30 September + 3 = 8, 9 and the made-up 10 October', '2026-09-30', 3, '2026-10-10'],
    ['begun on a free day', '2026-03-07', 1, '2026-03-09'],
    ['2020: the festival was prolonged to 2 February', '2020-01-23', 1, '2020-02-03'],
  ])('%s', (_, day0, n, lastDay) => {
    const due = dueOfDay(day0, workday(n), table)
    expect(due).toEqual({ due: endOfLocalDay(lastDay), lastDay, movedFrom: null, warnings: [] })
  })

  it('n = 0 on a free day: a legal limit moves, a timer does not', () => {
    expect(dueOfDay('2026-03-07', workday(0, true), table).lastDay).toBe('2026-03-09')
    expect(dueOfDay('2026-03-07', workday(0, false), table).lastDay).toBe('2026-03-07')
  })
})

describe('hours run from the instant and never move', () => {
  test.each([
    ['行政强制法 §19: 24 h from Friday 21:40', '2026-03-06', '21:40', 24, '2026-03-07', '21:40'],
    ['C1 MAJOR: 2 h across midnight', '2026-03-05', '23:10', 2, '2026-03-06', '01:10'],
  ])('%s', (_, day, time, n, dueDay, dueTime) => {
    expect(dueOf(instantOf(day, time), hour(n), table)).toEqual({ due: instantOf(dueDay, dueTime), lastDay: dueDay, movedFrom: null, warnings: [] })
  })

  it('need an instant: a bare date is refused', () => {
    expect(() => dueOfDay('2026-03-05', hour(2), table)).toThrow(RangeError)
  })
})

describe('a year without data warns and counts Monday–Friday', () => {
  it('2027 is not in the shipped table and 1 January 2027 is only guessed a working day', () => {
    expect(isWorkday('2027-01-01', table)).toBe(true)
    expect(warningFor('2027-01-01', table)).toBe('calendar.no_year:2027')
    expect(warningFor('2026-12-31', table)).toBeNull()
  })

  test.each<[string, Deadline, string, string[]]>([
    ['2026-12-30', workday(3), '2027-01-04', ['calendar.no_year:2027']],
    ['2026-12-28', calendar(5, true), '2027-01-04', ['calendar.no_year:2027']],
    ['2026-12-30', workday(1), '2026-12-31', []],
    ['2026-12-28', calendar(5, false), '2027-01-02', []],
  ])('from %s, %j ends on %s with %j', (day0, limit, lastDay, warnings) => {
    expect(dueOfDay(day0, limit, table)).toMatchObject({ lastDay, warnings })
  })

  it('a limit over two unknown years names both, once each', () => {
    expect(addWorkdays('2026-12-31', 262, table).warnings).toEqual(['calendar.no_year:2027', 'calendar.no_year:2028'])
  })
})

describe('addWorkdays and workdaysBetween undo each other', () => {
  it('for every start in two weeks around a festival and every n from −20 to 20', () => {
    for (let i = 0; i < 14; i += 1) {
      const start = addDays('2026-02-10', i)
      for (let n = -20; n <= 20; n += 1) {
        const { date } = addWorkdays(start, n, table)
        expect(workdaysBetween(start, date, table).count, `${start} ${n}`).toBe(n)
        expect(n === 0 || isWorkday(date, table), `${date} is worked`).toBe(true)
      }
    }
  })

  test.each([
    ['2026-03-12', -7, '2026-03-03'],
    ['2026-10-10', -1, '2026-10-09'],
    ['2026-03-07', 0, '2026-03-07'],
  ])('%s moved by %i working days is %s', (from, n, to) => {
    expect(addWorkdays(from, n, table).date).toBe(to)
  })

  it('counts a whole year of 365 days less weekends and holidays: 2026 has 248 working days', () => {
    expect(workdaysBetween('2025-12-31', '2026-12-31', table)).toEqual({ count: 248, warnings: [] })
  })

  it('nextWorkday gives the day itself when it is worked', () => {
    expect(nextWorkday('2026-10-10', table).date).toBe('2026-10-10')
    expect(nextWorkday('2026-10-01', table).date).toBe('2026-10-08')
  })
})

test.each([-1, 1.5])('refuses a limit of %s days', (n) => {
  expect(() => dueOf(0, calendar(n), table)).toThrow(RangeError)
})
