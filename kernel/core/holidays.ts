/**
 * The State Council's holiday arrangements that ship with the system, and the door for a bureau's own additions. A year is
 * announced each November; until it is entered, {@link HolidayTable} has no key for it and every answer carries a warning.
 */
import data from './holidays.data.json' with { type: 'json' }
import { isLocalDate } from './time.ts'
import type { HolidayTable, HolidayYear } from './deadline.ts'

/** 2020–2026. 2020 includes the prolonged Spring Festival (to 2 February). */
export const stateHolidays: HolidayTable = { years: data.years }

/** Lays entered years over the shipped ones; an entered year replaces the shipped one whole. */
export function withYears(base: HolidayTable, entered: Readonly<Record<string, HolidayYear>>): HolidayTable {
  return { years: { ...base.years, ...entered } }
}

/** What is wrong with a year a person entered, in Chinese; empty when it may be used. */
export function holidayYearProblems(year: string, entered: HolidayYear): string[] {
  const all = [...entered.offDays, ...entered.workDays]
  const both = entered.offDays.filter((d) => entered.workDays.includes(d))
  return [
    ...all.filter((d) => !isLocalDate(d)).map((d) => `${d} 不是有效日期`),
    ...all.filter((d) => isLocalDate(d) && d.slice(0, 4) !== year).map((d) => `${d} 不属于${year}年`),
    ...both.map((d) => `${d} 同时列为放假和上班`),
  ]
}
