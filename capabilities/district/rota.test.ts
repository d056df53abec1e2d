import { describe, expect, it } from 'vitest'
import { isWorkday } from '../../kernel/core/deadline.ts'
import { stateHolidays } from '../../kernel/core/holidays.ts'
import { addDays, weekday } from '../../kernel/core/time.ts'
import { coverageOf, daysOf, type Duty, makeRota, type Officer, type RotaInput, rotaProblems } from './rota.ts'

const plain = (day: string) => weekday(day) <= 5
const state = (day: string) => isWorkday(day, stateHolidays)
const officers = (count: number): Officer[] => Array.from({ length: count }, (_, i) => ({ personId: `p${i}`, from: '2026-01-01', to: null }))
const input = (count: number, from: string, to: string, isWork = plain, before: Duty[] = []): RotaInput => ({ officers: officers(count), from, to, isWorkday: isWork, before })
const on = (duties: readonly Duty[], day: string) => duties.filter((d) => d.day === day).map((d) => d.personId)

/** Seven days on end by one person anywhere in the list. */
const withoutRest = (duties: readonly Duty[]) =>
  [...new Set(duties.map((d) => d.personId))].filter((person) => {
    const days = new Set(duties.filter((d) => d.personId === person).map((d) => d.day))
    return [...days].some((day) => daysOf(day, addDays(day, 6)).every((d) => days.has(d)))
  })

describe('5+2 rota (domain §11, 劳动法§38)', () => {
  const starts = Array.from({ length: 12 }, (_, i) => addDays('2026-01-05', i * 31 + i))
  it.each(starts.flatMap((from) => [2, 3, 4, 7].flatMap((count) => ([['plain weeks', plain], ['state holidays', state]] as const).map(([name, isWork]) => [count, from, name, isWork] as const))))(
    '%i officers from %s over six weeks, %s: everybody rests in any seven days and no day is empty',
    (count, from, _, isWork) => {
      const given = input(count, from, addDays(from, 41), isWork)
      const duties = makeRota(given)
      expect(withoutRest(duties)).toEqual([])
      expect(rotaProblems({ ...given, duties })).toEqual([])
      for (const day of daysOf(given.from, given.to)) if (!isWork(day)) expect(on(duties, day)).toHaveLength(1)
    },
  )
  it('two officers take Saturday and Sunday in turn', () => {
    const duties = makeRota(input(2, '2026-03-02', '2026-03-29'))
    expect(['2026-03-07', '2026-03-08', '2026-03-14', '2026-03-15'].map((day) => on(duties, day))).toEqual([['p0'], ['p1'], ['p1'], ['p0']])
  })
  it('who would work seven days for the turn gets a working day off, with the other on duty', () => {
    const duties = makeRota(input(2, '2026-03-02', '2026-03-15'))
    const alone = daysOf('2026-03-09', '2026-03-13').filter((day) => on(duties, day).length === 1)
    expect(alone.map((day) => on(duties, day))).toEqual([['p0']])
  })
  it('free days are shared evenly over ten weeks', () => {
    const duties = makeRota(input(3, '2026-03-02', '2026-05-10')).filter((d) => !plain(d.day))
    const counts = officers(3).map(({ personId }) => duties.filter((d) => d.personId === personId).length)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  })
  it('a run goes on across the seam of two rotas', () => {
    const first = makeRota(input(2, '2026-03-02', '2026-03-08'))
    const second = makeRota(input(2, '2026-03-09', '2026-03-22', plain, first))
    expect(withoutRest([...first, ...second])).toEqual([])
    expect(on(second, '2026-03-14')).toEqual(['p1'])
  })
  it('one officer alone rests too, and the empty days are named instead', () => {
    const given = input(1, '2026-03-02', '2026-03-15')
    const duties = makeRota(given)
    expect(withoutRest(duties)).toEqual([])
    expect(rotaProblems({ ...given, duties }).map((p) => p.code)).toEqual(expect.arrayContaining(['district.rota_uncovered']))
  })
  it('nobody is put on duty before joining or after leaving', () => {
    const given = { ...input(2, '2026-03-02', '2026-03-08'), officers: [{ personId: 'old', from: '2026-01-01', to: '2026-03-05' }, { personId: 'new', from: '2026-03-05', to: null }] }
    const duties = makeRota(given)
    expect([on(duties, '2026-03-04'), on(duties, '2026-03-05'), on(duties, '2026-03-06')]).toEqual([['old'], ['old', 'new'], ['new']])
  })
  it.each([
    ['a day with nobody', [{ day: '2026-03-02', personId: 'p0' }], { code: 'district.rota_uncovered', day: '2026-03-03' }],
    ['somebody who is no officer', [{ day: '2026-03-02', personId: 'x' }, { day: '2026-03-03', personId: 'p0' }], { code: 'district.rota_not_member', personId: 'x', day: '2026-03-02' }],
  ])('names %s', (_, duties, problem) => {
    expect(rotaProblems({ ...input(1, '2026-03-02', '2026-03-03'), duties })).toEqual([problem])
  })
  it('names seven days on end that began before the rota', () => {
    const before = daysOf('2026-02-24', '2026-03-01').map((day) => ({ day, personId: 'p0' }))
    const given = { ...input(1, '2026-03-02', '2026-03-02', plain, before), duties: [{ day: '2026-03-02', personId: 'p0' }] }
    expect(rotaProblems(given)).toEqual([{ code: 'district.rota_no_rest', personId: 'p0', from: '2026-02-24', to: '2026-03-02' }])
  })
})

describe('全勤 is cover per grid and day (S1-040)', () => {
  it('two people on one day are one grid-day, and empty ones are listed', () => {
    const duties = [{ gridId: 'a', day: '2026-03-02' }, { gridId: 'a', day: '2026-03-02' }, { gridId: 'b', day: '2026-03-03' }]
    expect(coverageOf(['a', 'b'], '2026-03-02', '2026-03-03', duties)).toEqual({ gridDays: 4, covered: 2, uncovered: [{ gridId: 'a', day: '2026-03-03' }, { gridId: 'b', day: '2026-03-02' }] })
  })
  it('174 grids over a week are 1 218 grid-days', () => {
    expect(coverageOf(Array.from({ length: 174 }, (_, i) => `${i}`), '2026-03-02', '2026-03-08', []).gridDays).toBe(1218)
  })
})
