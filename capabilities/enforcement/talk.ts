import { z } from 'zod'
import { addDays, localDate, toMs } from '../../kernel/core/time.ts'
import type { Refusal } from '../../kernel/core/problem.ts'

/** 提醒谈话、警示谈话、约谈 (D27; 深安条例§33): who was there, what was said, what was agreed and until when. */
export const TALK_KINDS = ['REMIND', 'WARN', 'SUMMON'] as const
export const TALK_ZH: Record<(typeof TALK_KINDS)[number], string> = { REMIND: '提醒谈话', WARN: '警示谈话', SUMMON: '约谈' }
export const TALK_REASONS = ['DUTY', 'STAFF', 'MAJOR_HAZARD', 'REFUSED_CHECK', 'CASUALTIES', 'REFUSED_EDUCATION', 'REFUSED_APOLOGY', 'OTHER'] as const
export const TALK_REASON_ZH: Record<(typeof TALK_REASONS)[number], string> = {
  DUTY: '经告知仍不履行安全生产职责', STAFF: '未保证安全生产管理人员配备', MAJOR_HAZARD: '重大事故隐患不治理', REFUSED_CHECK: '拒绝、阻碍监督检查', CASUALTIES: '一年内发生死亡或两人以上重伤', REFUSED_EDUCATION: '拒不接受安全教育',
  REFUSED_APOLOGY: '拒不公开道歉', OTHER: '其他情形',
}
const text = (max: number) => z.string().trim().max(max)
export const Talk = z.strictObject({
  talkKind: z.enum(TALK_KINDS), reasons: z.array(z.enum(TALK_REASONS)).max(8).default([]), heldAt: z.iso.datetime(), talkPlace: text(120).default(''),
  attendance: z.array(z.strictObject({ name: text(40).min(1), duty: text(60).default(''), side: z.enum(['OFFICE', 'PARTY']) })).max(30).default([]),
  said: text(2000).default(''),
  promises: z.array(z.strictObject({ promise: text(300).min(1), promiseDueOn: z.iso.date() })).max(20).default([]),
})
export type Talk = z.infer<typeof Talk>

/** What must stand on the record before it is issued. */
export function talkRefusals(talk: Talk | undefined, now: Date | string): Refusal[] {
  if (!talk) return [{ code: 'enforcement.talk_needed', field: 'talk' }]
  const refusals: Refusal[] = []
  if (talk.reasons.length === 0) refusals.push({ code: 'enforcement.talk_reason_needed', field: 'talk.reasons', clause: '深安条例§33' })
  if (talk.talkPlace === '') refusals.push({ code: 'enforcement.talk_place_needed', field: 'talk.talkPlace' })
  if (toMs(talk.heldAt) > toMs(now)) refusals.push({ code: 'enforcement.talk_in_future', field: 'talk.heldAt' })
  if (!talk.attendance.some((p) => p.side === 'OFFICE') || !talk.attendance.some((p) => p.side === 'PARTY')) refusals.push({ code: 'enforcement.talk_both_sides', field: 'talk.attendance' })
  if (talk.said === '') refusals.push({ code: 'enforcement.talk_content_needed', field: 'talk.said' })
  if (talk.promises.length === 0) refusals.push({ code: 'enforcement.talk_promise_needed', field: 'talk.promises' })
  talk.promises.forEach((p, i) => {
    if (p.promiseDueOn < localDate(talk.heldAt) || p.promiseDueOn > addDays(localDate(talk.heldAt), 366)) refusals.push({ code: 'enforcement.promise_day', field: `talk.promises.${i}.promiseDueOn` })
  })
  return refusals
}
