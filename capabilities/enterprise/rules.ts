/** Refusals of the register: pure, every one that applies, each with the field that would cure it. */
import { assessCreditCode } from '../../kernel/core/credit-code.ts'
import { assessIdCard } from '../../kernel/core/id-card.ts'
import { maskIdNumber, maskPhone } from '../../kernel/core/mask.ts'
import { parsePhone } from '../../kernel/core/phone.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import { assessRegistrationNumber } from '../../kernel/core/registration-number.ts'
import { gongmaoSector } from './gongmao.ts'
import { divisionOf, normaliseIndustry } from './industry.ts'
import { moveTo, operatingStateZh } from './lifecycle.ts'
import type { OperatingState } from './lifecycle.ts'
import { sizeGrade, sizeSectorOf } from './size.ts'
import type { SizeFigures, SizeGrade } from './size.ts'
import { extraProblems, tagZh } from './tags.ts'
import type { TagCode } from './tags.ts'

export interface IdentityInput {
  identityKind: 'CREDIT_CODE' | 'REGISTRATION_NO' | 'NO_LICENSE'
  creditCode: string | null
  registrationNo: string | null
  operatorIdNo?: string | null | undefined
  creditCodeConfirmed?: boolean | undefined
  creditCodeReason?: string | undefined
}

/** What is stored of an identity once it is accepted. */
export interface Identity {
  creditCode: string | null
  /** Why a code with a wrong check character was taken. */
  creditCodeNote: string | null
  registrationNo: string | null
  operatorIdMasked: string | null
  warnings: string[]
}

/**
 * A wrong check character may be confirmed by a person with a reason, any other error may not (conventions C8; GB 32100-2015).
 * An unlicensed place has no code and is inspected all the same (domain.md §1.1).
 */
export function readIdentity(input: IdentityInput): { identity: Identity } | { refusals: Refusal[] } {
  if (input.identityKind === 'NO_LICENSE') return unlicensed(input)
  const number = input.registrationNo ? assessRegistrationNumber(input.registrationNo) : null
  if (number?.verdict === 'wrong') return { refusals: [{ code: 'enterprise.registration_wrong', field: 'registrationNo', params: { why: number.zh ?? '' } }] }
  if (input.identityKind === 'REGISTRATION_NO') {
    if (!number) return { refusals: [{ code: 'enterprise.registration_wrong', field: 'registrationNo', params: { why: '请填写' } }] }
    return { identity: { creditCode: null, creditCodeNote: null, registrationNo: number.normalised, operatorIdMasked: null, warnings: number.zh ? [number.zh] : [] } }
  }
  return readCode(input, number?.normalised ?? null)
}

function readCode(input: IdentityInput, registrationNo: string | null): { identity: Identity } | { refusals: Refusal[] } {
  if (!input.creditCode) return { refusals: [{ code: 'enterprise.code_required', field: 'creditCode' }] }
  const verdict = assessCreditCode(input.creditCode)
  const why = verdict.notes.map((note) => note.zh).join('；')
  if (verdict.verdict === 'wrong' && !verdict.confirmable) return { refusals: [{ code: 'enterprise.code_wrong', field: 'creditCode', params: { why } }] }
  const reason = input.creditCodeReason?.trim() ?? ''
  if (verdict.verdict === 'wrong' && !input.creditCodeConfirmed) return { refusals: [{ code: 'enterprise.code_unconfirmed', field: 'creditCodeConfirmed', params: { why }, clause: 'GB 32100-2015' }] }
  if (verdict.verdict === 'wrong' && reason === '') return { refusals: [{ code: 'enterprise.code_reason', field: 'creditCodeReason' }] }
  const note = verdict.verdict === 'wrong' ? reason : null
  return { identity: { creditCode: verdict.normalised, creditCodeNote: note, registrationNo, operatorIdMasked: null, warnings: why ? [why] : [] } }
}

function unlicensed(input: IdentityInput): { identity: Identity } | { refusals: Refusal[] } {
  if (!input.operatorIdNo) return { refusals: [{ code: 'enterprise.operator_required', field: 'operatorIdNo', clause: '§1.1' }] }
  const masked = /^\d{3}\*{11}[\dX]{4}$/.test(input.operatorIdNo)
  const verdict = assessIdCard(input.operatorIdNo)
  if (!masked && verdict.verdict === 'wrong') return { refusals: [{ code: 'enterprise.id_wrong', field: 'operatorIdNo', params: { why: verdict.notes.map((n) => n.zh).join('；') } }] }
  return { identity: { creditCode: null, creditCodeNote: null, registrationNo: null, operatorIdMasked: masked ? input.operatorIdNo : maskIdNumber(input.operatorIdNo), warnings: [] } }
}

/** Industry code, division and trade of one text; a refusal when it is not in the table. Null text clears all three. */
export function readIndustry(text: string | null): { code: string | null; division: number | null; sector: string | null } | { refusal: Refusal } {
  if (text === null || text.trim() === '') return { code: null, division: null, sector: null }
  const code = normaliseIndustry(text)
  if (code === null) return { refusal: { code: 'enterprise.industry_unknown', field: 'industryCode', params: { text } } }
  return { code, division: divisionOf(code), sector: gongmaoSector(code) }
}

export const sizeOf = (industryCode: string | null, figures: SizeFigures): SizeGrade => (industryCode === null ? 'UNKNOWN' : sizeGrade(sizeSectorOf(industryCode), figures))

/** A telephone as it is stored: sealed by the caller, masked and by its last four for everybody else. Null text clears it. */
export function readPhone(text: string | null, field = 'principalPhone'): { full: string; masked: string; tail: string } | null | { refusal: Refusal } {
  if (text === null || text.trim() === '') return null
  const phone = parsePhone(text)
  if (!phone) return { refusal: { code: 'enterprise.phone_wrong', field } }
  return { full: phone.normalised, masked: maskPhone(phone.normalised), tail: phone.tail }
}

/** Why a state may not be set; `verbs` answers which rights the actor has. Dates are local, `since` not after `today`. */
export function refuseState(from: OperatingState, to: OperatingState, has: (verb: string) => boolean, dates: { since: string; today: string; last: string | null }): Refusal[] {
  if (from === to) return [{ code: 'enterprise.state_same', field: 'state', params: { state: operatingStateZh[to] } }]
  const params = { from: operatingStateZh[from], to: operatingStateZh[to] }
  const move = moveTo(from, to)
  if (!move) return [{ code: 'enterprise.state_not_possible', field: 'state', params }]
  if (!has(move.verb)) return [{ code: 'enterprise.state_verb', field: 'state', params, clause: move.clause }]
  return refuseDate(dates)
}

/** History is written forward: a change neither in the future nor before the one that stands. */
export function refuseDate({ since, today, last }: { since: string; today: string; last: string | null }): Refusal[] {
  if (since > today) return [{ code: 'enterprise.future', field: 'since' }]
  return last !== null && since < last ? [{ code: 'enterprise.before_history', field: 'since', params: { date: last } }] : []
}

export function refuseTags(given: readonly { code: TagCode; extra: Record<string, unknown> }[]): Refusal[] {
  return given.flatMap(({ code, extra }, i): Refusal[] => {
    if (given.findIndex((other) => other.code === code) !== i) return [{ code: 'enterprise.tag_twice', field: `tags.${i}`, params: { tag: tagZh[code] } }]
    const keys = extraProblems(code, extra)
    return keys.length ? [{ code: 'enterprise.tag_extra', field: `tags.${i}.extra`, params: { tag: tagZh[code], keys: keys.join('、') } }] : []
  })
}

export const refusePosition = (lon: number | null | undefined, lat: number | null | undefined): Refusal[] =>
  (lon ?? null) === null === ((lat ?? null) === null) ? [] : [{ code: 'enterprise.location_pair', field: 'lon' }]
