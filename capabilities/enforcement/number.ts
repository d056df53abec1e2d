/**
 * Numbers of papers: （澜安澜）应急责改〔2026〕12号. Full-width round brackets, hexagonal brackets for the year, no leading
 * zeros; one sequence per agency, type and year, taken at issue (domain §3.4).
 */
export const PAPER_NUMBER = /^（[\u4e00-\u9fa5]{2,6}）应急[\u4e00-\u9fa5]{1,4}〔\d{4}〕\d{1,5}号$/

export interface NumberParts {
  /** 省简称 and 市/区简称 of the agency, from its record. */
  prefix: string
  wordCode: string
  year: number
  seq: number
}

/** @throws RangeError when the parts make no lawful number: a prefix that is missing, a sequence that ran over */
export function paperNumber({ prefix, wordCode, year, seq }: NumberParts): string {
  const no = `（${prefix}）应急${wordCode}〔${year}〕${seq}号`
  if (!PAPER_NUMBER.test(no)) throw new RangeError(`no paper number: ${no}`)
  return no
}

/** Whether an agency's prefix can stand in a number. */
export const isPrefix = (prefix: string | null): prefix is string => prefix !== null && /^[\u4e00-\u9fa5]{2,6}$/.test(prefix)
