/** 公民身份号码, GB 11643-1999: 6 area + 8 birth date + 3 sequence (odd male) + 1 check character by ISO 7064 MOD 11-2. */
import { isLocalDate } from './time.ts'
import type { LocalDate } from './time.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

export type IdCardNoteCode = 'id_card.empty' | 'id_card.length' | 'id_card.character' | 'id_card.birth_date' | 'id_card.check'
export type IdCardResult = {
  normalised: string
  verdict: 'valid' | 'wrong'
  birthDate: LocalDate | null
  notes: { code: IdCardNoteCode; zh: string }[]
}

/** Judges a resident ID number of 18 characters; the number itself never appears in a note, since notes are logged. */
export function assessIdCard(text: string): IdCardResult {
  const normalised = text.normalize('NFKC').toUpperCase().replace(/[\s\p{Pd}\p{Cf}]/gu, '')
  const birthDate = `${normalised.slice(6, 10)}-${normalised.slice(10, 12)}-${normalised.slice(12, 14)}`
  const wrong = (code: IdCardNoteCode, zh: string): IdCardResult => ({ normalised, verdict: 'wrong', birthDate: null, notes: [{ code, zh }] })
  if (normalised === '') return wrong('id_card.empty', '请填写身份证号')
  if (normalised.length !== 18) return wrong('id_card.length', `身份证号应为 18 位，现为 ${normalised.length} 位`)
  if (!/^[1-9]\d{16}[\dX]$/.test(normalised)) return wrong('id_card.character', '身份证号应为 17 位数字加 1 位数字或 X')
  if (!isLocalDate(birthDate) || birthDate < '1900-01-01') return wrong('id_card.birth_date', '身份证号中的出生日期不存在')
  if (idCardCheck(normalised.slice(0, 17)) !== normalised[17]) return wrong('id_card.check', '身份证号校验码不符，请逐位核对')
  return { normalised, verdict: 'valid', birthDate, notes: [] }
}

/** The 18th character for 17 digits. @throws RangeError on anything but 17 digits */
export function idCardCheck(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('not the first 17 digits of an ID number')
  const sum = [...first17].reduce((s, d, i) => s + Number(d) * (WEIGHTS[i] ?? 0), 0)
  return CHECKS[sum % 11] ?? ''
}
