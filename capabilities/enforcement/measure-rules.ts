import type { Refusal } from '../../kernel/core/problem.ts'
import type { LocalDate } from '../../kernel/core/time.ts'
import type { Extension, MeasureState, Release, Sealing } from './measure.ts'

/** What other measures hold already: names and places, as the list says them. */
export interface Held {
  readonly name: string
  readonly place: string
  readonly no: string | null
}

const same = (a: string, b: string): boolean => a.replace(/\s/g, '') === b.replace(/\s/g, '')

/** 强法§23: what is sealed is not sealed again. */
export const twiceRefusals = (sealing: Sealing | undefined, held: readonly Held[]): Refusal[] =>
  (sealing?.things ?? []).flatMap((thing, i) => {
    const by = held.find((h) => same(h.name, thing.name) && same(h.place, thing.place))
    return by ? [{ code: 'enforcement.sealed_already', field: `sealing.things.${i}.name`, params: { name: thing.name, no: by.no ?? '' }, clause: '强法§23' }] : []
  })

/** 强法§18, §24: reason, list, the party or a witness, and that the things may lawfully be sealed. */
export function sealingRefusals(sealing: Sealing | undefined): Refusal[] {
  if (!sealing) return [{ code: 'enforcement.seal_needed', field: 'sealing' }]
  const refusals: Refusal[] = []
  if (sealing.sealReason === '') refusals.push({ code: 'enforcement.seal_reason_needed', field: 'sealing.sealReason', clause: '强法§24' })
  if (sealing.things.length === 0) refusals.push({ code: 'enforcement.seal_list_needed', field: 'sealing.things', clause: '强法§24' })
  if (!sealing.present && sealing.sealWitness === '') refusals.push({ code: 'enforcement.seal_witness_needed', field: 'sealing.sealWitness', clause: '强法§18' })
  if (!sealing.lawfulThings) refusals.push({ code: 'enforcement.seal_confirm_needed', field: 'sealing.lawfulThings', clause: '强法§23' })
  return refusals
}

export interface MeasureFacts {
  readonly state: MeasureState
  readonly dueOn: LocalDate
  readonly extendedDays: number
}
const running: readonly MeasureState[] = ['IN_FORCE', 'TESTING']

/** 强法§25: once, at most 30 days, decided in writing with a reason before the term ends. */
export function extensionRefusals(given: Extension | undefined, measure: MeasureFacts | null, on: LocalDate): Refusal[] {
  const refusals: Refusal[] = []
  if (!given || given.extensionReason === '') refusals.push({ code: 'enforcement.extension_reason_needed', field: 'extension.extensionReason', clause: '强法§25' })
  if (!measure) return [...refusals, { code: 'enforcement.measure_unknown', field: 'referId' }]
  if (!running.includes(measure.state)) refusals.push({ code: 'enforcement.measure_not_in_force', field: 'referId' })
  if (measure.extendedDays > 0) refusals.push({ code: 'enforcement.extended_already', field: 'referId', clause: '强法§25' })
  if (on > measure.dueOn) refusals.push({ code: 'enforcement.extension_late', field: 'referId', params: { due: measure.dueOn }, clause: '强法§25' })
  return refusals
}

/** 强法§28: whatever is still held can be released, at any time. */
export function releaseRefusals(given: Release | undefined, measure: MeasureFacts | null): Refusal[] {
  const refusals: Refusal[] = !given || given.releaseReason === '' ? [{ code: 'enforcement.release_reason_needed', field: 'release.releaseReason', clause: '强法§28' }] : []
  if (!measure || measure.state === 'RELEASED' || measure.state === 'VOIDED') refusals.push({ code: 'enforcement.measure_not_in_force', field: 'referId' })
  return refusals
}

/** A test begins and ends within the term's own days, each told to the party (强法§25). */
export function testingRefusals(given: { from: LocalDate }, measure: { startedOn: LocalDate; lastEnd: LocalDate | null }, today: LocalDate): Refusal[] {
  const first = measure.lastEnd ?? measure.startedOn
  return given.from < first || given.from > today ? [{ code: 'enforcement.testing_from', field: 'from', params: { first } }] : []
}
export const testingEndRefusals = (to: LocalDate, from: LocalDate, today: LocalDate): Refusal[] => (to < from || to > today ? [{ code: 'enforcement.testing_to', field: 'to', params: { first: from } }] : [])
