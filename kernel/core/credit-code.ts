/**
 * 统一社会信用代码, GB 32100-2015: 1 authority + 1 kind + 6 area + 9 organisation code (GB 11714-1997) + 1 check character.
 * A few codes in real use fail the outer check (conventions.md C8), so a failure there is an error that a person may confirm
 * with a reason; a wrong shape cannot be confirmed.
 */

/** 31 symbols; a symbol's value is its index. I O S V Z are left out because they look like digits (or like each other). */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const OUTER_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const MISTAKEN: Readonly<Record<string, string>> = { I: '疑为数字 1', O: '疑为数字 0', S: '疑为数字 5', V: '疑为字母 U 或 Y', Z: '疑为数字 2' }

export type CreditCodeNoteCode =
  | 'credit_code.empty'
  | 'credit_code.length'
  | 'credit_code.registration_number'
  | 'credit_code.character'
  | 'credit_code.area'
  | 'credit_code.check'
  | 'credit_code.inner_check'

export type CreditCodeNote = { code: CreditCodeNoteCode; level: 'error' | 'warning'; zh: string }

export type CreditCodeResult = {
  /** NFKC, upper case, without spaces, hyphens and invisible characters. */
  normalised: string
  /** `valid`: nothing to say; `warn`: usable, one warning; `wrong`: at least one error. */
  verdict: 'valid' | 'warn' | 'wrong'
  /** The only error is the outer check character: the operation may go on with `creditCodeConfirmed` and a reason. */
  confirmable: boolean
  notes: CreditCodeNote[]
}

/** Brings what people type or paste to the written form of the standard; does not judge it. */
export function normaliseCreditCode(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/[\s\p{Pd}\p{Cf}·.]/gu, '')
}

/** Judges a credit code; every note of the same rank, not the first only. Notes are ready to stand under the field. */
export function assessCreditCode(text: string): CreditCodeResult {
  const normalised = normaliseCreditCode(text)
  const shape = shapeNotes(normalised)
  const notes = shape.length > 0 ? shape : checkNotes(normalised)
  const errors = notes.filter((n) => n.level === 'error')
  return {
    normalised,
    verdict: errors.length > 0 ? 'wrong' : notes.length > 0 ? 'warn' : 'valid',
    confirmable: errors.length > 0 && errors.every((n) => n.code === 'credit_code.check'),
    notes,
  }
}

/** The 18th character for 17 normalised ones. @throws RangeError on another length or a symbol outside the alphabet */
export function creditCodeCheck(first17: string): string {
  const values = [...first17].map((c) => ALPHABET.indexOf(c))
  if (values.length !== 17 || values.includes(-1)) throw new RangeError(`not the first 17 characters of a credit code: ${first17}`)
  const sum = values.reduce((s, v, i) => s + v * (OUTER_WEIGHTS[i] ?? 0), 0)
  return ALPHABET[(31 - (sum % 31)) % 31] ?? ''
}

/** The 9th character of an organisation code for its first eight (0–9, A–Z). GB 11714-1997. @throws RangeError on another shape */
export function organisationCheck(body8: string): string {
  if (!/^[0-9A-Z]{8}$/.test(body8)) throw new RangeError(`not the body of an organisation code: ${body8}`)
  const sum = [...body8].reduce((s, c, i) => s + Number.parseInt(c, 36) * (INNER_WEIGHTS[i] ?? 0), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/** A whole code from authority and kind (`91`), six digits of area and eight of the organisation body, both checks right. */
export function makeCreditCode(authorityAndKind: string, area6: string, body8: string): string {
  const first17 = authorityAndKind + area6 + body8 + organisationCheck(body8)
  return first17 + creditCodeCheck(first17)
}

function shapeNotes(code: string): CreditCodeNote[] {
  if (code === '') return [error('credit_code.empty', '请填写统一社会信用代码')]
  if (/^\d{15}$/.test(code)) return [error('credit_code.registration_number', '这是 15 位旧注册号，请填入“注册号”一栏')]
  const notes: CreditCodeNote[] = []
  if (code.length !== 18) notes.push(error('credit_code.length', `应为 18 位，现为 ${code.length} 位`))
  for (const [i, c] of [...code].entries()) {
    if (ALPHABET.includes(c)) continue
    notes.push(error('credit_code.character', c in MISTAKEN ? `第 ${i + 1} 位字母 ${c} ${MISTAKEN[c]}` : `第 ${i + 1} 位“${c}”不是代码字符`))
  }
  if (notes.length === 0 && !/^\d{6}$/.test(code.slice(2, 8))) notes.push(error('credit_code.area', '第 3–8 位行政区划码应为数字'))
  return notes
}

function checkNotes(code: string): CreditCodeNote[] {
  const notes: CreditCodeNote[] = []
  if (creditCodeCheck(code.slice(0, 17)) !== code[17]) notes.push(error('credit_code.check', '校验码不符，请核对营业执照；确认无误须说明理由'))
  if (organisationCheck(code.slice(8, 16)) !== code[16]) {
    notes.push({ code: 'credit_code.inner_check', level: 'warning', zh: '主体标识码校验不符（早期赋码可能如此），请核对' })
  }
  return notes
}

function error(code: CreditCodeNoteCode, zh: string): CreditCodeNote {
  return { code, level: 'error', zh }
}
