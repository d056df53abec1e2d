import { describe, expect, it } from 'vitest'
import { zh } from './zh.ts'
import { fold, foldAll, HAZARD_EVENT_NAMES, happened, type HazardEvent } from './fold.ts'
import type { Hazard } from './hazard.ts'
import { sample } from './sample.ts'

const { state: _, version: __, ...born } = sample()
const reported = happened('hazard.reported', 'REPORTED', { hazard: born })
const confirmed = happened('hazard.confirmed', 'CONFIRMED', { level: 'GENERAL', clauseId: null, clauseMode: null, legalBasis: [], officers: ['p1'], at: '2026-03-05T03:00:00.000Z', requirement: '加装', immediateStop: false, verifyDueAt: null })
const ordered = happened('hazard.ordered', 'ORDERED', { orderId: 'o', orderNo: '12号', at: '2026-03-05T04:00:00.000Z', dueOn: '2026-03-10', officers: ['p1', 'p2'] })
const lapsed = happened('hazard.lapsed', 'SUBMITTED', { at: '2026-03-10T16:00:00.000Z', reinspectDueOn: '2026-03-20' })
const assigned = happened('hazard.reinspection_assigned', 'REINSPECTING', { officers: ['p1', 'p2'], on: null })
const failed = happened('hazard.failed', 'RECTIFYING', { officers: ['p1', 'p2'], dueOn: '2026-03-25', note: '未改', paperId: null, proposeCase: true })
const submitted = (late: boolean) => happened('hazard.submitted', 'SUBMITTED', { at: '2026-03-09T04:00:00.000Z', note: '', reinspectDueOn: '2026-03-19', late })
const closed = happened('hazard.closed', 'CLOSED', { at: '2026-03-26T04:00:00.000Z', on: '2026-03-26', officers: ['p1', 'p2'], note: '合格', stopLifted: true, paperId: null })
const acknowledged = happened('hazard.acknowledged', 'RECTIFYING', { plan: { measures: '更换', responsible: '赵', fund: 0, finishOn: '2026-03-09', emergency: '断电' } })

describe('fold', () => {
  it('begins with a report and with nothing else', () => {
    expect(() => foldAll([confirmed])).toThrow('history begins with hazard.confirmed')
    expect(() => foldAll([])).toThrow('empty history')
    expect(foldAll([reported])).toMatchObject({ state: 'REPORTED', version: 1 })
  })
  it('raises the version by one for every event, but not for what the clock does without changing anything one decides on', () => {
    const history = [reported, confirmed, ordered, acknowledged, submitted(false), assigned, closed]
    history.forEach((_, i) => expect(foldAll(history.slice(0, i + 1)).version).toBe(i + 1))
    expect(foldAll([reported, confirmed, ordered, happened('hazard.reminded', 'ORDERED', { on: '2026-03-20' }), happened('hazard.escalated', 'ORDERED', { rung: 1 })])).toMatchObject({ version: 3, escalation: 1 })
  })
  it('handed in in time stops the clock; late, it runs from the first missed day until the close', () => {
    expect(foldAll([reported, confirmed, ordered, acknowledged, submitted(false)])).toMatchObject({ runsTo: null, late: false })
    expect(foldAll([reported, confirmed, ordered, acknowledged, submitted(true)])).toMatchObject({ runsTo: '2026-03-10', late: true })
    const second = foldAll([reported, confirmed, ordered, lapsed, assigned, failed])
    expect(second).toMatchObject({ runsTo: '2026-03-10', dueOn: '2026-03-25', originalDueOn: '2026-03-10', round: 1, late: true, reinspectors: [], lastReinspectors: ['p1', 'p2'] })
    expect(fold(fold(second, submitted(false)), closed)).toMatchObject({ runsTo: null, late: true, state: 'CLOSED' })
  })
  it('an extension moves the day and keeps the first one', () => {
    const granted = happened('hazard.extension_granted', 'RECTIFYING', { dueOn: '2026-03-20', reply: '同意' })
    expect(foldAll([reported, confirmed, ordered, acknowledged, granted])).toMatchObject({ dueOn: '2026-03-20', originalDueOn: '2026-03-10', runsTo: '2026-03-20', extensions: 1 })
  })
  it('what is asked falls when the state changes', () => {
    const ask = happened('hazard.extension_asked', 'RECTIFYING', { ask: { kind: 'EXTENSION', dueOn: '2026-03-20', reason: '雨', interim: null, askedOn: '2026-03-05', answerBy: '2026-03-10' } })
    const asked = foldAll([reported, confirmed, ordered, acknowledged, ask])
    expect(asked.pending?.kind).toBe('EXTENSION')
    expect(fold(asked, submitted(false)).pending).toBeNull()
  })
  it('a transfer and a freeze stop every clock, a reopen starts a new life under the old number', () => {
    const running = foldAll([reported, confirmed, ordered])
    const transferred = fold(running, happened('hazard.transferred', 'TRANSFERRED', { transfer: { toDept: '消防', materials: [], sentOn: '2026-03-06' }, receiptDueOn: '2026-03-11' }))
    const frozen = fold(running, happened('hazard.frozen', 'FROZEN', { frozen: { reason: '停产', from: 'ORDERED', on: '2026-03-06', sourceRemoved: true }, nextCheckOn: '2026-04-05' }))
    for (const h of [transferred, frozen]) expect(h).toMatchObject({ runsTo: null, dueOn: null, orderId: null })
    const back = fold(foldAll([reported, confirmed, ordered, lapsed, assigned, closed]), happened('hazard.reopened', 'CONFIRMED', { at: '2026-04-01T01:00:00.000Z', by: ['p1'], description: '又', source: 'INSPECTION', sourceId: null }))
    expect(back).toMatchObject({ no: sample().no, recurrence: true, late: false, closedAt: null, escalation: 0, plan: null })
  })
  it('never changes what was found: number, place, finder, time', () => {
    const all: HazardEvent[] = [reported, confirmed, ordered, lapsed, assigned, failed, submitted(false), assigned, closed]
    const fixed = ({ id, no, siteId, areaCode, foundAt, foundOn, foundBy, source, dedupeKey }: Hazard) => ({ id, no, siteId, areaCode, foundAt, foundOn, foundBy, source, dedupeKey })
    all.forEach((_, i) => expect(fixed(foldAll(all.slice(0, i + 1)))).toEqual(fixed(sample())))
  })
  it('has a Chinese name for every event', () => {
    const named: Record<string, string> = zh.events
    expect(HAZARD_EVENT_NAMES.filter((name) => !named[name])).toEqual([])
  })
})
