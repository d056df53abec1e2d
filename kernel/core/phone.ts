/** Telephone numbers of the mainland: mobile, landline with area code, service numbers. */

export type PhoneKind = 'mobile' | 'landline' | 'service'
export type Phone = {
  kind: PhoneKind
  /** `13812345678`, `0755-28901234`, `0755-28901234-801`, `4001234567`, `12350`. */
  normalised: string
  /** Last four digits of the main number (without extension), for search. */
  tail: string
}

/**
 * Reads a number as people write it (full-width, spaces, brackets, dashes, +86, 转 or 分机 before an extension).
 * Null when it is no number that could be called from a desk: a landline needs its area code.
 */
export function parsePhone(text: string): Phone | null {
  const t = domestic(text.normalize('NFKC').replace(/[\s()\p{Cf}]/gu, '').replace(/\p{Pd}/gu, '-'))
  const plain = t.replaceAll('-', '')
  if (/^1[3-9]\d{9}$/.test(plain)) return { kind: 'mobile', normalised: plain, tail: plain.slice(-4) }
  const land = /^(0(?:10|2\d|[3-9]\d{2}))-?([2-8]\d{3})-?(\d{3,4})(?:-?(?:转|分机|-)(\d{1,6}))?$/.exec(t)
  if (land) {
    const [, area, head, rest, extension] = land
    const number = `${head}${rest}`
    return { kind: 'landline', normalised: [area, number, extension].filter(Boolean).join('-'), tail: number.slice(-4) }
  }
  if (/^(?:400\d{7}|800\d{7}|1(?:[12]\d{1,3}|0\d{3})|9[56]\d{3,6})$/.test(plain)) return { kind: 'service', normalised: plain, tail: plain.slice(-4) }
  return null
}

/** The refusal to show under a field; null when the number will do. */
export function phoneProblem(text: string): string | null {
  if (text.trim() === '') return '请填写电话'
  return parsePhone(text) ? null : '电话不正确：手机为 11 位，固定电话须带区号，如 0755-28901234'
}

/** Strips the country code; behind `+86` an area code stands without its 0. A bare 86 counts only before a mobile number. */
function domestic(text: string): string {
  const m = /^(?:\+86|0086)-?(.*)$/.exec(text) ?? /^86-?(1[3-9]\d{9})$/.exec(text)
  if (!m) return text
  const rest = m[1] ?? ''
  return /^(?:0|1[3-9])/.test(rest) ? rest : `0${rest}`
}
