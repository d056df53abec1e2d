import { zhNumeral } from '../../kernel/core/zh-number.ts'
import type { LegalBasis } from './checklist.ts'

export type Law = {
  /** The abbreviation stored in a basis. */
  code: string
  title: string
  /** Other spellings officers write. */
  aliases: readonly string[]
  /** LOCAL: differs by place and must be named by the bureau before it may stand on a paper. */
  kind: 'LAW' | 'LOCAL'
}

/** Abbreviations of the checklists and what stands on a paper (the articles of the laws were read; local rules were not). */
export const LAWS: readonly Law[] = [
  { code: '安法', title: '中华人民共和国安全生产法', aliases: ['安全生产法'], kind: 'LAW' },
  { code: '消法', title: '中华人民共和国消防法', aliases: ['消防法'], kind: 'LAW' },
  { code: '特设法', title: '中华人民共和国特种设备安全法', aliases: ['特种设备安全法'], kind: 'LAW' },
  { code: '刑法', title: '中华人民共和国刑法', aliases: [], kind: 'LAW' },
  { code: '应急条例', title: '生产安全事故应急条例', aliases: [], kind: 'LAW' },
  { code: '安许条例', title: '安全生产许可证条例', aliases: [], kind: 'LAW' },
  { code: '危化条例', title: '危险化学品安全管理条例', aliases: [], kind: 'LAW' },
  { code: '燃条', title: '城镇燃气管理条例', aliases: ['燃气条例'], kind: 'LAW' },
  { code: '10号令', title: '工贸企业重大事故隐患判定标准', aliases: [], kind: 'LAW' },
  { code: '3号令', title: '生产经营单位安全培训规定', aliases: [], kind: 'LAW' },
  { code: '6号令', title: '工贸企业粉尘防爆安全规定', aliases: [], kind: 'LAW' },
  { code: '13号令', title: '工贸企业有限空间作业安全规定', aliases: [], kind: 'LAW' },
  { code: '16号令', title: '安全生产事故隐患排查治理暂行规定', aliases: [], kind: 'LAW' },
  { code: '深安条例', title: '深圳经济特区安全生产监督管理条例', aliases: [], kind: 'LAW' },
  { code: '地方条例', title: '本地方性法规', aliases: [], kind: 'LOCAL' },
  { code: '地方规定', title: '本地规定', aliases: [], kind: 'LOCAL' },
  { code: '属地指挥部通告', title: '属地指挥部通告', aliases: [], kind: 'LOCAL' },
  { code: '市场主体登记规定', title: '市场主体登记规定', aliases: [], kind: 'LOCAL' },
  { code: '企业制度', title: '本单位规章制度', aliases: [], kind: 'LOCAL' },
  { code: '产品国标', title: '产品国家标准', aliases: [], kind: 'LOCAL' },
]

const DIGITS = '零一二三四五六七八九'

/** The inverse of zhNumeral below a thousand; plain digits pass; null when it is no number. */
export function readZhNumber(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text)
  const m = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九])?$/.exec(text)
  if (m === null || text === '') return null
  const value = (s: string | undefined) => (s === undefined || s === '' ? 0 : DIGITS.indexOf(s))
  const tens = m[3] === undefined ? 0 : m[2] === '' || m[2] === undefined ? 1 : value(m[2])
  return value(m[1]) * 100 + tens * 10 + value(m[4])
}

/** `11(7)` → 第十一条第（七）项; `134之一` → 第一百三十四条之一. */
export function articleText(article: string): string {
  const m = /^(\d+)(之.)?(?:\((\d+)\))?$/.exec(article)
  if (m === null) return article
  const item = m[3] === undefined ? '' : `第（${zhNumeral(Number(m[3]))}）项`
  return `第${zhNumeral(Number(m[1]))}条${m[2] ?? ''}${item}`
}

/** The citation as it stands on a paper: 《中华人民共和国安全生产法》第三十六条; a standard keeps its number. */
export function cite(basis: LegalBasis): string {
  const law = LAWS.find((l) => l.code === basis.law)
  const name = law === undefined ? basis.law : law.kind === 'LAW' ? `《${law.title}》` : law.title
  return basis.article === null ? name : `${name}${articleText(basis.article)}`
}

/** Bases that a clerk must replace before a paper is printed: the rule differs by place and is not named. */
export function isUnnamedLocalRule(basis: LegalBasis): boolean {
  return LAWS.some((l) => l.code === basis.law && l.kind === 'LOCAL')
}

function lawCode(name: string): string {
  const bare = name.replace(/[《》]/g, '').trim()
  return LAWS.find((l) => l.code === bare || l.title === bare || l.aliases.includes(bare))?.code ?? bare
}

function readArticle(text: string): string | null {
  const short = /^§?(\d+(?:之[一二三四五六七八九])?(?:\(\d+\))?)$/.exec(text)
  if (short?.[1] !== undefined) return short[1]
  const long = /^第([\d一二三四五六七八九十百零]+)条(之[一二三四五六七八九])?(?:第\(([\d一二三四五六七八九十]+)\)项)?$/.exec(text)
  if (long === null) return null
  const article = readZhNumber(long[1] ?? '')
  const item = long[3] === undefined ? null : readZhNumber(long[3])
  if (article === null || (long[3] !== undefined && item === null)) return null
  return `${article}${long[2] ?? ''}${item === null ? '' : `(${item})`}`
}

/**
 * Reads a cell such as `安法§42,§105;GB 50054` or `《安全生产法》第三十六条`.
 * Returns the bases and the parts it could not read; an unknown law is kept by its name, because local rules differ.
 */
export function readBasis(cell: string): { basis: LegalBasis[]; unread: string[] } {
  const basis: LegalBasis[] = []
  const unread: string[] = []
  for (const part of cell.normalize('NFKC').split(/[;\n]/).map((p) => p.trim()).filter((p) => p !== '')) {
    const at = part.search(/§|第[\d一二三四五六七八九十百零]+条/)
    const law = lawCode(at === -1 ? part : part.slice(0, at))
    if (at === -1) basis.push({ law, article: null, text: law })
    else if (law === '') unread.push(part)
    else {
      for (const piece of part.slice(at).split(/[,、]/).map((p) => p.trim())) {
        const article = readArticle(piece)
        if (article === null) unread.push(piece)
        else basis.push({ law, article, text: `${law}§${article}` })
      }
    }
  }
  return { basis, unread }
}

/** The inverse of readBasis in the short notation: 安法§42,§105;GB 50054. */
export function basisText(basis: readonly LegalBasis[]): string {
  const parts: { law: string; articles: string[] }[] = []
  for (const b of basis) {
    const last = parts.at(-1)
    if (b.article === null) parts.push({ law: b.law, articles: [] })
    else if (last !== undefined && last.law === b.law && last.articles.length > 0) last.articles.push(`§${b.article}`)
    else parts.push({ law: b.law, articles: [`§${b.article}`] })
  }
  return parts.map((p) => p.law + p.articles.join(',')).join(';')
}
