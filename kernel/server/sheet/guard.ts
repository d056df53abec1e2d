/**
 * Formula injection. A cell that begins like a formula must never run on the desk of the person who opens the file.
 * In .xlsx it is safe by type: every text is written as an inline string, never as `<f>`. A CSV has no types, so there
 * the text gets one apostrophe in front, and loses exactly one when it comes back.
 * Full-width signs count: Chinese input methods make them and Excel takes them.
 */
const risky = /^'*[\s\0]*[=+\-@＝＋－＠]|^'*[\t\r\n]/

/** Whether a text begins with = + - @ tab or a line break, also behind blanks or apostrophes. */
export const looksLikeFormula = (text: string): boolean => risky.test(text)

export const guard = (text: string): string => (risky.test(text) ? `'${text}` : text)

/** The inverse of `guard`; also opens `="0755"`, the way spreadsheets keep leading zeros in a CSV. */
export function unguard(text: string): string {
  if (text.startsWith("'") && risky.test(text.slice(1))) return text.slice(1)
  return text.startsWith('="') && text.endsWith('"') && text.length > 3 && !text.slice(2, -1).includes('"') ? text.slice(2, -1) : text
}
