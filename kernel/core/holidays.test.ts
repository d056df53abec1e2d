import { describe, expect, it, test } from 'vitest'
import { isWorkday } from './deadline.ts'
import { holidayYearProblems, stateHolidays, withYears } from './holidays.ts'
import { isLocalDate, weekday } from './time.ts'

describe('the shipped table', () => {
  it('holds 2020–2026 and not 2027, which was not announced', () => {
    expect(Object.keys(stateHolidays.years)).toEqual(['2020', '2021', '2022', '2023', '2024', '2025', '2026'])
  })

  test.each(Object.entries(stateHolidays.years))('%s: real days of that year, none both free and worked, made-up days on weekends', (year, table) => {
    expect(holidayYearProblems(year, table)).toEqual([])
    expect(table.workDays.filter((d) => weekday(d) <= 5)).toEqual([])
    expect([...table.offDays, ...table.workDays].every(isLocalDate)).toBe(true)
  })

  test.each([
    ['2026-01-01', false], ['2026-01-04', true], ['2026-02-14', true], ['2026-02-15', false], ['2026-02-23', false], ['2026-02-24', true],
    ['2026-02-28', true], ['2026-04-06', false], ['2026-05-05', false], ['2026-05-09', true], ['2026-06-19', false], ['2026-09-20', true],
    ['2026-09-25', false], ['2026-10-07', false], ['2026-10-08', true], ['2026-10-10', true], ['2026-10-11', false],
    ['2020-01-31', false], ['2020-02-01', false], ['2022-12-31', false], ['2024-02-09', true], ['2025-10-11', true],
  ])('国务院办公厅 notices: %s worked: %s', (date, worked) => {
    expect(isWorkday(date, stateHolidays)).toBe(worked)
  })
})

describe('a year entered by the bureau', () => {
  const y2027 = { offDays: ['2027-01-01', '2027-01-02', '2027-01-03'], workDays: [] }

  it('makes the year known and leaves the others', () => {
    const table = withYears(stateHolidays, { 2027: y2027 })
    expect(isWorkday('2027-01-01', table)).toBe(false)
    expect(isWorkday('2026-10-10', table)).toBe(true)
  })

  test.each([
    ['a day of another year', { offDays: ['2026-12-31'], workDays: [] }, ['2026-12-31 不属于2027年']],
    ['a day that does not exist', { offDays: ['2027-02-30'], workDays: [] }, ['2027-02-30 不是有效日期']],
    ['a day both free and worked', { offDays: ['2027-01-03'], workDays: ['2027-01-03'] }, ['2027-01-03 同时列为放假和上班']],
    ['nothing', y2027, []],
  ])('says what is wrong: %s', (_, year, problems) => {
    expect(holidayYearProblems('2027', year)).toEqual(problems)
  })
})
