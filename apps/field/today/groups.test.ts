import { describe, expect, it } from 'vitest'
import type { TodoRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { groupOfDue, groupsOf } from './groups.ts'

/** 5 March 2026, 21:40 in Shanghai. */
const now = '2026-03-05T13:40:00.000Z'
const visit = (id: string, more: Partial<VisitRow>) => ({ id, state: 'APPROVED', plannedOn: null, ...more }) as VisitRow
const todo = (id: string, more: Partial<TodoRow>) => ({ id, subjectAggregate: 'hazard', subjectId: `h-${id}`, dueAt: null, ...more }) as TodoRow

describe('what waits today', () => {
  it.each<[string, string | null, string]>([
    ['a minute ago is overdue', '2026-03-05T13:39:00.000Z', 'OVERDUE'],
    ['24:00 of today is today', '2026-03-05T16:00:00.000Z', 'TODAY'],
    ['tomorrow is within the week', '2026-03-06T16:00:00.000Z', 'WEEK'],
    ['24:00 of the seventh day still is', '2026-03-12T16:00:00.000Z', 'WEEK'],
    ['the eighth day is later', '2026-03-13T16:00:00.000Z', 'LATER'],
    ['without a day it presses nobody', null, 'ANY_TIME'],
  ])('%s', (_, due, group) => {
    expect(groupOfDue(due, now)).toBe(group)
  })
  it('what was sent back comes first, then what is overdue', () => {
    const groups = groupsOf([visit('v', { plannedOn: '2026-03-04' }), visit('back', { state: 'REFUSED', opinion: '补充方案' })], [todo('t', { dueAt: '2026-03-05T16:00:00.000Z' })], now)
    expect(groups.map(({ key, entries }) => [key, entries.length])).toEqual([['BACK', 1], ['OVERDUE', 1], ['TODAY', 1]])
  })
  it('what a colleague has taken is last, however late; what I have taken is mine', () => {
    const groups = groupsOf([], [todo('his', { dueAt: '2026-03-04T12:00:00.000Z', takenByName: '王砚川', takenByMe: false }), todo('mine', { dueAt: '2026-03-04T12:00:00.000Z', takenByName: '林禾安', takenByMe: true })], now)
    expect(groups.map(({ key }) => key)).toEqual(['OVERDUE', 'TAKEN'])
  })
  it('a visit and the todo to carry it out are one line', () => {
    const groups = groupsOf([visit('v', { plannedOn: '2026-03-05' })], [todo('t', { subjectAggregate: 'visit', subjectId: 'v' })], now)
    expect(groups.flatMap((group) => group.entries)).toHaveLength(1)
  })
  it('that a colleague handed it back is said beside the visit', () => {
    const groups = groupsOf([visit('v', { plannedOn: '2026-03-05' })], [todo('t', { kind: 'visit.rearrange', subjectAggregate: 'visit', subjectId: 'v' })], now)
    expect(groups.flatMap((group) => group.entries)).toHaveLength(2)
  })
  it('a visit that waits for an approval, or is over, is no task of mine', () => {
    expect(groupsOf([visit('a', { state: 'PENDING_APPROVAL' }), visit('b', { state: 'DONE' }), visit('c', { state: 'VOID' })], [], now)).toEqual([])
  })
  it('within a group the earliest is first and the dateless last', () => {
    const groups = groupsOf([], [todo('late', { dueAt: '2026-03-05T12:00:00.000Z' }), todo('later', { dueAt: '2026-03-05T13:00:00.000Z' }), todo('first', { dueAt: '2026-03-04T12:00:00.000Z' })], now)
    expect(groups[0]?.entries.map((entry) => ('todo' in entry ? entry.todo.id : ''))).toEqual(['first', 'late', 'later'])
  })
})
