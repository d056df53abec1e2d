/**
 * What a number format makes of a number. Only what changes the meaning is kept: dates, times, and codes padded with zeros.
 * Percent, currency and thousands separators leave the bare number.
 */
export type NumberKind = 'plain' | 'date' | 'datetime' | 'time' | 'elapsed' | `pad${number}`

/** Built-in formats that are dates or times (ECMA-376 18.8.30, with the Chinese ids 27–36 and 50–58). */
export function builtinKind(id: number): NumberKind {
  if (id === 22) return 'datetime'
  if (id >= 14 && id <= 17) return 'date'
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || (id >= 32 && id <= 35) || id === 55 || id === 56) return 'time'
  if (id === 46) return 'elapsed'
  if ((id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date'
  return 'plain'
}

/** Reads a format code such as `yyyy"年"m"月"d"日";@`. Only the first section counts. */
export function formatKind(code: string): NumberKind {
  if (code.length > 255) return 'plain'
  const elapsed = /\[(h+|m+|s+)\]/i.test(code)
  const bare = code.replace(/"[^"]*"/g, '').replace(/\\.|_.|\*./g, '').replace(/\[[^\]]*\]/g, '').split(';')[0]?.toLowerCase() ?? ''
  if (/^0{2,20}$/.test(bare)) return `pad${bare.length}`
  if (elapsed) return 'elapsed'
  if (/general|g\/通用格式/.test(bare)) return 'plain'
  const time = /[hs]|上午|am\/pm/.test(bare)
  const date = /[yde]/.test(bare) || (!time && bare.includes('m'))
  if (date) return time ? 'datetime' : 'date'
  return time ? 'time' : 'plain'
}

const DAY = 86_400_000
const two = (n: number): string => String(n).padStart(2, '0')

/**
 * A stored number as a person reads it: 2026-03-05, 2026-03-05 08:30, 08:30, 36:15, 000123, or the plain decimal
 * without exponent and without the noise beyond the 15 digits that Excel keeps.
 */
export function numberText(text: string, kind: NumberKind, date1904: boolean): string {
  if (kind === 'plain' && text.length <= 15 && !/e/i.test(text)) return text
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) return text
  if (kind.startsWith('pad')) return value >= 0 && Number.isInteger(value) ? plain(value).padStart(Number(kind.slice(3)), '0') : plain(value)
  if (kind === 'elapsed') return elapsedText(value)
  if (kind !== 'plain') return dateText(value, kind, date1904) ?? plain(value)
  return plain(value)
}

/** More than 15 digits: Excel has already replaced the rest by zeros, so a code read from here is wrong. */
export const isRounded = (text: string): boolean => text.length > 15 && Math.abs(Number(text)) >= 1e15

function plain(value: number): string {
  const short = Number(value.toPrecision(15))
  const text = String(short)
  if (!text.includes('e')) return text
  if (Math.abs(short) >= 1e21) return text
  return short.toFixed(20).replace(/0+$/, '').replace(/\.$/, '')
}

function elapsedText(days: number): string {
  const minutes = Math.round(days * 1440)
  const sign = minutes < 0 ? '-' : ''
  return `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}

/** Serial day 60 of the 1900 system is 29 February 1900, which never was: days before it are one off. */
function dateText(serial: number, kind: NumberKind, date1904: boolean): string | undefined {
  if (serial < 0 || serial > 2_958_466) return undefined
  const base = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const at = new Date(base + Math.round(serial * 86_400) * 1000)
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
  const seconds = at.getUTCSeconds()
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}${seconds === 0 ? '' : `:${two(seconds)}`}`
  if (kind === 'date') return day
  if (kind === 'time' && serial < 1) return clock
  return at.getTime() % DAY === 0 ? day : `${day} ${clock}`
}
