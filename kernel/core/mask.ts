/**
 * How personal data looks to someone without need to know (domain.md §0.6; 个人信息保护法 §6 minimum necessary). A mask never
 * shows more of an odd value than of a good one: what cannot be recognised is masked whole.
 */
import { parsePhone } from './phone.ts'

const COMPOUND_SURNAMES = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木 百里 南宫 轩辕 钟离 闻人 东郭 赫连 澹台 呼延 拓跋'.split(' '),
)

/** `138****1234`, `0755-****1234`, extension dropped; a service number (12350) is public and stays. */
export function maskPhone(text: string): string {
  const phone = parsePhone(text)
  if (!phone) return stars(text)
  if (phone.kind === 'service') return phone.normalised
  if (phone.kind === 'mobile') return `${phone.normalised.slice(0, 3)}****${phone.tail}`
  const [area, number = ''] = phone.normalised.split('-')
  return `${area}-${'*'.repeat(number.length - 4)}${phone.tail}`
}

/** `440***********1234`: first three (province and half a city) and last four, of 18 characters; else all stars. */
export function maskIdNumber(text: string): string {
  const t = text.normalize('NFKC').trim()
  return /^\d{17}[\dXx]$/.test(t) ? `${t.slice(0, 3)}${'*'.repeat(11)}${t.slice(-4).toUpperCase()}` : stars(t)
}

/** Surname only: `王*`, `王**`, `欧阳*`. A single character stays, since a star would hide that nobody is named. */
export function maskName(text: string): string {
  const name = [...text.trim()]
  const keep = name.length > 2 && COMPOUND_SURNAMES.has(name.slice(0, 2).join('')) ? 2 : 1
  return name.map((c, i) => (i < keep ? c : '*')).join('')
}

function stars(text: string): string {
  return '*'.repeat([...text.trim()].length)
}
