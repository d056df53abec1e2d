/**
 * The 15-digit registration number of before 2015 (工商行政管理注册号编制规则, GS 15—2006): 6 authority + 8 sequence + 1 check
 * digit by ISO 7064 MOD 11,10. Kept as a second identifier: old papers and licences are still found by it.
 */

export type RegistrationNumberResult = { normalised: string; verdict: 'valid' | 'warn' | 'wrong'; zh: string | null }

/** Judges an old number. A failed check digit only warns: numbers from before 2007 had 13 digits and were re-issued by hand. */
export function assessRegistrationNumber(text: string): RegistrationNumberResult {
  const normalised = text.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, '')
  if (!/^\d{15}$/.test(normalised)) return { normalised, verdict: 'wrong', zh: '旧注册号应为 15 位数字' }
  if (!checks(normalised)) return { normalised, verdict: 'warn', zh: '旧注册号校验码不符，请核对' }
  return { normalised, verdict: 'valid', zh: null }
}

function checks(digits: string): boolean {
  let product = 10
  for (const d of digits.slice(0, 14)) {
    const sum = (product + Number(d)) % 10 || 10
    product = (sum * 2) % 11
  }
  return (product + Number(digits[14])) % 10 === 1
}
