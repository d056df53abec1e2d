/**
 * Identifiers: UUIDv7 for machines (RFC 9562 §5.7), speaking numbers for people.
 * Neither clock nor random source is read here; whoever makes a record brings both.
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const MAX_MS = 2 ** 48 - 1
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * A UUIDv7 in lower-case canonical form.
 * @param nowMs milliseconds since 1970-01-01T00:00Z, integer below 2^48
 * @param randomBytes at least 10 bytes from a cryptographic source; 74 bits of them are used
 * @throws RangeError on a time outside 48 bits or too few bytes
 */
export function uuidv7(nowMs: number, randomBytes: Uint8Array): string {
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs > MAX_MS) throw new RangeError(`uuidv7: time ${nowMs} is not a 48-bit millisecond count`)
  if (randomBytes.length < 10) throw new RangeError('uuidv7: needs 10 random bytes')
  const time = nowMs.toString(16).padStart(12, '0')
  const at = (i: number) => HEX[randomBytes[i]!]!
  const version = HEX[(randomBytes[0]! & 0x0f) | 0x70]! + at(1)
  const variant = HEX[(randomBytes[2]! & 0x3f) | 0x80]! + at(3)
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${at(4)}${at(5)}${at(6)}${at(7)}${at(8)}${at(9)}`
}

/** True for a canonical lower-case UUID of versions 1–8, RFC 9562 variant. Upper case is refused: ids are compared as text. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/**
 * The millisecond at which a UUIDv7 was made: the maker's clock, which on a phone may be wrong.
 * @throws RangeError when the text is not a UUIDv7
 */
export function timeOf(uuid: string): number {
  if (!isUuid(uuid) || uuid[14] !== '7') throw new RangeError(`not a UUIDv7: ${uuid}`)
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)
}

/** Records that are numbered per day and county: hazard, inspection, paper, case. */
export type DatedKind = 'HZ' | 'INS' | 'DOC' | 'CASE'

export type HumanNumber =
  | { kind: DatedKind; localDate: string; county6: string; seq: number }
  | { kind: 'ENT'; creditCode: string }
  | { kind: 'SITE'; creditCode: string; seq: number }
  | { kind: 'PARK'; county6: string; seq: number }
  | { kind: 'GRID'; village12: string; seq: number }

/**
 * `HZ-20260305-990101-000123`. The sequence restarts each business date in each county and is given out by the server.
 * @param localDate `YYYY-MM-DD`, the business date of the act
 * @throws RangeError when a part does not fit: a number must never silently grow or lose a digit
 */
export function datedNumber(kind: DatedKind, localDate: string, county6: string, seq: number): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(localDate)) throw new RangeError(`not a local date: ${localDate}`)
  return `${kind}-${localDate.replaceAll('-', '')}-${area(county6, 6)}-${padded(seq, 6)}`
}

/** `ENT-{18-character credit code}`. */
export function enterpriseNumber(creditCode: string): string {
  return `ENT-${uscc(creditCode)}`
}

/** `SITE-{credit code}-{nnn}`, counted per enterprise from 1. */
export function siteNumber(creditCode: string, seq: number): string {
  return `SITE-${uscc(creditCode)}-${padded(seq, 3)}`
}

/** `PARK-{county6}-{nnnn}`. */
export function parkNumber(county6: string, seq: number): string {
  return `PARK-${area(county6, 6)}-${padded(seq, 4)}`
}

/** `GRID-{12-digit community code}-{nn}`. */
export function gridNumber(village12: string, seq: number): string {
  return `GRID-${area(village12, 12)}-${padded(seq, 2)}`
}

/** Reads a speaking number back into its parts, tolerant of case and outer spaces; null when it is none. */
export function parseHumanNumber(text: string): HumanNumber | null {
  const t = text.trim().toUpperCase()
  const dated = /^(HZ|INS|DOC|CASE)-(\d{4})(\d{2})(\d{2})-(\d{6})-(\d{6})$/.exec(t)
  if (dated) {
    const [, kind, y, m, d, county6, seq] = dated
    return { kind: kind as DatedKind, localDate: `${y}-${m}-${d}`, county6: county6 as string, seq: Number(seq) }
  }
  const firm = /^(ENT|SITE)-([0-9A-Z]{18})(?:-(\d{3}))?$/.exec(t)
  if (firm?.[1] === 'ENT' && !firm[3]) return { kind: 'ENT', creditCode: firm[2] as string }
  if (firm?.[1] === 'SITE' && firm[3]) return { kind: 'SITE', creditCode: firm[2] as string, seq: Number(firm[3]) }
  const park = /^PARK-(\d{6})-(\d{4})$/.exec(t)
  if (park) return { kind: 'PARK', county6: park[1] as string, seq: Number(park[2]) }
  const grid = /^GRID-(\d{12})-(\d{2})$/.exec(t)
  return grid ? { kind: 'GRID', village12: grid[1] as string, seq: Number(grid[2]) } : null
}

function padded(seq: number, digits: number): string {
  if (!Number.isInteger(seq) || seq < 1 || seq >= 10 ** digits) throw new RangeError(`sequence ${seq} does not fit ${digits} digits`)
  return String(seq).padStart(digits, '0')
}

function area(code: string, digits: number): string {
  if (code.length !== digits || !/^\d+$/.test(code)) throw new RangeError(`area code ${code} is not ${digits} digits`)
  return code
}

function uscc(code: string): string {
  if (!/^[0-9A-Z]{18}$/.test(code)) throw new RangeError(`not an 18-character credit code: ${code}`)
  return code
}
