import { describe, expect, it } from 'vitest'
import { stateHolidays } from '../../kernel/core/holidays.ts'
import { addDays, instantOf } from '../../kernel/core/time.ts'
import type { Level } from './hazard.ts'
import { sample } from './sample.ts'
import { reasonsToSupervise } from './supervision.ts'
import { confirmDue, defaultDueOn, isDueSoon, isOverdue, LADDER, receiptDueOn, reinspectDueOn, remindsToday, rungOf, verifyDue } from './timers.ts'
import { sentenceOf, todosOf } from './waiting.ts'

const cal = stateHolidays

describe('C1 核定', () => {
  it.each<[string, Parameters<typeof confirmDue>[0], string, string]>([
    ['Thursday morning to the end of Friday', { level: 'GENERAL' }, '2026-03-05T02:00:00Z', '2026-03-06T16:00:00.000Z'],
    ['Friday night to the end of Monday', { level: 'GENERAL' }, '2026-03-06T14:00:00Z', '2026-03-09T16:00:00.000Z'],
    ['the eve of National Day to the first working day after it', { level: 'GENERAL' }, '2026-09-30T02:00:00Z', '2026-10-08T16:00:00.000Z'],
    ['two hours for a major one, at night too', { level: 'MAJOR' }, '2026-03-06T15:30:00Z', '2026-03-06T17:30:00.000Z'],
    ['two hours for an immediate stop', { level: 'GENERAL', immediateStop: true }, '2026-03-07T02:00:00Z', '2026-03-07T04:00:00.000Z'],
  ])('%s', (_, h, at, due) => {
    expect(confirmDue(h, at, cal).toISOString()).toBe(due)
  })
})

it('C2 evidence of an on-site fix within 24 hours', () => {
  expect(verifyDue('2026-03-06T15:30:00Z', cal).toISOString()).toBe('2026-03-07T15:30:00.000Z')
})

describe('R1 the proposed day', () => {
  it.each([
    [0, true, '2026-03-05'], [3, true, '2026-03-09'], [3, false, '2026-03-08'], [7, true, '2026-03-12'], [15, true, '2026-03-20'], [30, true, '2026-04-07'], [30, false, '2026-04-04'], [99, false, '2026-04-04'],
  ])('%i days, paper %s: %s', (defaultDays, paper, due) => {
    expect(defaultDueOn({ level: 'GENERAL', defaultDays }, '2026-03-05', cal, paper)).toBe(due)
  })
  it('none for a major hazard: its 治理方案 says', () => {
    expect(defaultDueOn({ level: 'MAJOR', defaultDays: 3 }, '2026-03-05', cal, true)).toBeNull()
  })
})

it('R2 ten calendar days, X1 three working days and one', () => {
  expect(reinspectDueOn('2026-03-08')).toBe('2026-03-18')
  expect(receiptDueOn('GENERAL', '2026-03-05', cal)).toBe('2026-03-10')
  expect(receiptDueOn('MAJOR', '2026-03-06', cal)).toBe('2026-03-09')
})

describe('REM', () => {
  const days = (level: Level) => Array.from({ length: 16 }, (_, i) => i - 10).filter((n) => remindsToday({ level, dueOn: '2026-03-20', runsTo: '2026-03-20' }, addDays('2026-03-20', n)))
  it('GENERAL at T-3, T-1, T0', () => expect(days('GENERAL')).toEqual([-3, -1, 0]))
  it('MAJOR at T-7, T-3, T-1, T0, then daily', () => expect(days('MAJOR')).toEqual([-7, -3, -1, 0, 1, 2, 3, 4, 5]))
  it('nothing while no clock runs', () => expect(remindsToday({ level: 'MAJOR', dueOn: '2026-03-20', runsTo: null }, '2026-03-20')).toBe(false))
})

describe('overdue and the ladder', () => {
  it('is overdue from 24:00 of the day, and due soon three days before', () => {
    expect([isOverdue({ runsTo: '2026-03-08' }, '2026-03-08'), isOverdue({ runsTo: '2026-03-08' }, '2026-03-09'), isOverdue({ runsTo: null }, '2026-03-09')]).toEqual([false, true, false])
    expect(['2026-03-04', '2026-03-05', '2026-03-08', '2026-03-09'].map((day) => isDueSoon({ runsTo: '2026-03-08' }, day))).toEqual([false, true, true, false])
  })
  it.each<[Level, number[]]>([
    // Days after 24:00 of the due day: E1 … E5 (domain §2.8).
    ['GENERAL', [1, 3, 7, 15, 30]],
    ['MAJOR', [0, 1, 2, 5, 10]],
  ])('%s climbs at %j', (level, steps) => {
    steps.forEach((after, i) => {
      const day = addDays('2026-03-08', after + 1)
      expect(rungOf({ level, runsTo: '2026-03-08' }, day)).toBe(i + 1)
      expect(rungOf({ level, runsTo: '2026-03-08' }, addDays(day, -1)), `the day before E${i + 1}`).toBe(i)
    })
  })
  it('never goes down as days pass', () => {
    for (const level of ['GENERAL', 'MAJOR'] as const) {
      let before = 0
      for (let n = -5; n < 60; n++) {
        const now = rungOf({ level, runsTo: '2026-03-08' }, addDays('2026-03-08', n))
        expect(now).toBeGreaterThanOrEqual(before)
        before = now
      }
      expect(before).toBe(LADDER.length)
    }
  })
})

describe('挂牌督办 proposes itself', () => {
  const h = sample({ level: 'MAJOR', clauseId: 'GM-3-1', foundOn: '2026-03-05', dueOn: '2026-04-04' })
  const no = { outsideCause: false, openMajorOfEnterprise: 1 }
  it.each<[string, Parameters<typeof reasonsToSupervise>[0], typeof no, number]>([
    ['a major hazard of 30 days', h, no, 0],
    ['of 31 days', { ...h, dueOn: '2026-04-05' }, no, 1],
    ['with an outside cause', h, { ...no, outsideCause: true }, 1],
    ['overdue at E3', { ...h, escalation: 3 }, no, 0],
    ['overdue at E4', { ...h, escalation: 4 }, no, 1],
    ['two open at the enterprise', h, { ...no, openMajorOfEnterprise: 2 }, 0],
    ['three open at the enterprise', h, { ...no, openMajorOfEnterprise: 3 }, 1],
    ['a general hazard never', { ...h, level: 'GENERAL', escalation: 5 }, { outsideCause: true, openMajorOfEnterprise: 9 }, 0],
  ])('%s', (_, hazard, given, count) => {
    expect(reasonsToSupervise(hazard, given)).toHaveLength(count)
  })
})

describe('who must act until when', () => {
  const now = instantOf('2026-03-05', '21:40')
  it('is one sentence', () => {
    expect(sentenceOf(sample({ state: 'SUBMITTED', reinspectDueOn: '2026-03-18' }), now)).toBe('两名执法人员在 3月18日 24:00 前复查（复查期限）。')
    expect(sentenceOf(sample({ state: 'RECTIFYING', dueOn: '2026-03-08' }), now)).toBe('企业在 3月8日 24:00 前完成整改并提交（安全生产法第41条）。')
    expect(sentenceOf(sample({ state: 'CLOSED' }), now)).toBe('')
  })
  it('every open state waits for somebody: each todo names a right or a person', () => {
    for (const state of ['REPORTED', 'CONFIRMED', 'FIXED_ON_SITE', 'ORDERED', 'RECTIFYING', 'SUBMITTED', 'REINSPECTING', 'TRANSFERRED', 'FROZEN'] as const) {
      const todos = todosOf(sample({ state, reinspectors: ['p1', 'p2'], dueOn: '2026-03-08', runsTo: null }))
      expect(todos.length, state).toBeGreaterThan(0)
      for (const todo of todos) expect((todo.verb === null) !== (todo.personId === null), state).toBe(true)
    }
  })
  it('ended hazards wait for nobody', () => {
    for (const state of ['CLOSED', 'VOID', 'TRANSFER_CLOSED'] as const) expect(todosOf(sample({ state }))).toEqual([])
  })
})
