import { z } from 'zod'
import { rate } from '../../kernel/core/zh-number.ts'
import type { ChecklistItem } from './checklist.ts'
import type { HazardCategoryCode } from './taxonomy.ts'
import type { ChecklistProblem, ChecklistRefusal } from './zh.ts'

/** 符合 / 不符合 / 现场已改 / 不适用 (domain §14). */
export const ANSWER_CODES = ['COMPLIES', 'FAILS', 'FIXED', 'NOT_APPLICABLE'] as const
export type AnswerCode = (typeof ANSWER_CODES)[number]

/** 不适用 needs one of these; OTHER needs words as well. */
export const NOT_APPLICABLE_REASONS = ['NO_SUCH_THING', 'NOT_RUNNING', 'OTHER_AUTHORITY', 'OTHER'] as const
export type NotApplicableReason = (typeof NOT_APPLICABLE_REASONS)[number]
export const NOT_APPLICABLE_ZH: Readonly<Record<NotApplicableReason, string>> = { NO_SUCH_THING: '没有该设备或作业', NOT_RUNNING: '当时未运行', OTHER_AUTHORITY: '属其他部门', OTHER: '其他（写明）' }

export const Answer = z.strictObject({
  itemCode: z.string(),
  answer: z.enum(ANSWER_CODES),
  reason: z.enum(NOT_APPLICABLE_REASONS).optional(),
  note: z.string().max(500).default(''),
  photosBefore: z.array(z.uuid()).max(9).default([]),
  photosAfter: z.array(z.uuid()).max(9).default([]),
})
export type Answer = z.infer<typeof Answer>

function answerRefusals(answer: Answer, item: ChecklistItem, field: string): ChecklistRefusal[] {
  const refusals: ChecklistRefusal[] = []
  const refuse = (code: ChecklistProblem, name: string, clause?: string) =>
    refusals.push({ code, field: `${field}.${name}`, params: { item: item.code }, ...(clause === undefined ? {} : { clause }) })
  if (answer.answer === 'NOT_APPLICABLE') {
    if (answer.reason === undefined) refuse('checklist.reason_required', 'reason', 'domain §14')
    if (answer.reason === 'OTHER' && answer.note.trim() === '') refuse('checklist.note_required', 'note', 'domain §14')
  } else if (answer.reason !== undefined) refuse('checklist.reason_not_wanted', 'reason')
  const found = answer.answer === 'FAILS' || answer.answer === 'FIXED'
  if (found && item.evidence === 'PHOTO' && answer.photosBefore.length === 0) refuse('checklist.photo_required', 'photosBefore', 'T1')
  if (answer.answer === 'FIXED') {
    if (item.evidence === 'PHOTO' && answer.photosAfter.length === 0) refuse('checklist.after_photo_required', 'photosAfter', 'T4')
    // A hazard that a clause makes major cannot be closed as corrected on the spot.
    if (item.severity === 'MAJOR') refuse('checklist.major_not_fixed_on_site', 'answer', 'T4')
  }
  return refusals
}

/**
 * Everything that keeps a set of answers from being handed in. `items` are the items asked (itemsToAsk);
 * `complete` asks for an answer to each of them, a draft does not.
 */
export function refuseAnswers(answers: readonly Answer[], items: readonly ChecklistItem[], complete: boolean): ChecklistRefusal[] {
  const refusals: ChecklistRefusal[] = []
  const seen = new Set<string>()
  answers.forEach((answer, i) => {
    const field = `answers.${i}`
    const item = items.find((it) => it.code === answer.itemCode)
    if (item === undefined) refusals.push({ code: 'checklist.item_unknown', field: `${field}.itemCode`, params: { item: answer.itemCode } })
    else if (seen.has(answer.itemCode)) refusals.push({ code: 'checklist.answered_twice', field: `${field}.itemCode`, params: { item: answer.itemCode } })
    else refusals.push(...answerRefusals(answer, item, field))
    seen.add(answer.itemCode)
  })
  if (complete) {
    const open = items.filter((it) => !seen.has(it.code)).map((it) => it.code)
    if (open.length > 0) refusals.push({ code: 'checklist.unanswered', field: 'answers', params: { count: open.length, items: open.join('、') } })
  }
  return refusals
}

export type Compliance = { compliant: number; nonCompliant: number; fixedOnSite: number; notApplicable: number }

/** Counts to be stored; the rate is derived from them. */
export function countAnswers(answers: readonly Pick<Answer, 'answer'>[]): Compliance {
  const count = (code: AnswerCode) => answers.filter((a) => a.answer === code).length
  return { compliant: count('COMPLIES'), nonCompliant: count('FAILS'), fixedOnSite: count('FIXED'), notApplicable: count('NOT_APPLICABLE') }
}

/** 符合率 = 符合 / (符合+不符合+现场已改) as it is printed; “—” when nothing applied. 不适用 is in neither part. */
export function complianceRate(c: Compliance, digits = 1): string {
  return rate(c.compliant, c.compliant + c.nonCompliant + c.fixedOnSite, digits)
}

export type HazardDefaults = {
  itemCode: string
  hazardCategory: HazardCategoryCode
  description: string
  requirement: string
  /** Calendar days; 0 = at once. */
  defaultDays: number
  immediateStop: boolean
  /** The level is GENERAL until grading finds one of these met. */
  majorClauseIds: readonly string[]
}

/**
 * What a hazard starts with when an item is not complied with; `stopConditionSeen` answers `stopWhen` (漏气).
 * A MAJOR item stops as well: its days run "after the stop, by the treatment plan" (domain §14, R1).
 */
export function hazardDefaults(item: ChecklistItem, stopConditionSeen = false): HazardDefaults {
  return {
    itemCode: item.code, hazardCategory: item.hazardCategory, description: `不符合：${item.content}`, requirement: item.defaultRequirement,
    defaultDays: item.defaultDays, immediateStop: item.severity !== 'GENERAL' || (item.stopWhen !== undefined && stopConditionSeen),
    majorClauseIds: item.majorClauseIds,
  }
}
