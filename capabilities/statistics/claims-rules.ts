import type { Piece } from './briefing-template.ts'
import type { Facts, OpenItem } from './claims.ts'
import type { Day, Figure } from './snapshot.ts'
import { fell } from './wording.ts'

export type Verdict =
  | { readonly kind: 'SKIP' }
  | { readonly kind: 'HOLDS' | 'FAILS' | 'UNKNOWN'; readonly code: string; readonly params?: Record<string, string | number>; readonly items?: readonly OpenItem[] }

interface Asked {
  readonly words: string
  readonly text: string
  readonly before: string
  readonly groups: readonly string[]
  readonly pieces: readonly Piece[]
  readonly facts: Facts
}

interface Rule {
  readonly name: string
  readonly words: RegExp
  check(asked: Asked): Verdict
}

const holds = (code = 'claim.holds', params: Record<string, string | number> = {}): Verdict => ({ kind: 'HOLDS', code, params })
const fails = (code: string, params: Record<string, string | number> = {}, items: readonly OpenItem[] = []): Verdict => ({ kind: 'FAILS', code, params, items })
const count = (facts: Facts, id: string): number | undefined => facts.figures.get(id)?.value ?? undefined

/** 全部整改完毕: nothing open in the span at the cut-off, and none of them opened again since (requirements A37). */
function allClosed({ before, words, facts }: Asked): Verdict {
  const major = /重大[^，。]{0,10}$/.test(before.slice(-14)) || words.includes('重大')
  const onSite = /现场[^，。]{0,6}$/.test(before.slice(-8))
  const [whole, done] = onSite ? ['M07', 'M08'] : major ? ['M14', 'M14C'] : ['M07', 'M09C']
  const [found, closed] = [count(facts, whole!), count(facts, done!)]
  if (found === undefined || closed === undefined) return fails('claim.needs_figures', { needs: `${whole}、${done}` })
  if (found === 0) return fails('claim.nothing_found')
  const items = facts.open.filter((item) => (!major || item.level === 'MAJOR') && (!onSite || !item.onSite))
  const left = Math.max(found - closed, items.length)
  if (onSite) return found === closed ? holds('claim.all_closed', { count: found }) : fails('claim.not_on_site', { left: found - closed }, [])
  if (left === 0) return holds('claim.all_closed', { count: found })
  const first = items[0]
  return fails('claim.not_all_closed', { left, no: first?.no ?? '—', enterprise: first?.enterprise ?? '—', state: first?.state ?? '—' }, items)
}

/** 双下降: 起数 and 死亡人数 both below the year before, neither of which was nothing (requirements A18). */
function bothFell({ facts }: Asked): Verdict {
  const [cases, deaths] = [facts.figures.get('M51'), facts.figures.get('M51D')]
  if (!cases || !deaths) return fails('claim.needs_figures', { needs: 'M51、M51D' })
  const zero = [cases, deaths].find((f) => f.before === 0)
  if (zero) return fails('claim.zero_base', { name: zero.name })
  const unknown = [cases, deaths].find((f) => f.before === null)
  if (unknown) return fails('claim.no_last_year', { name: unknown.name })
  const risen = [cases, deaths].find((f) => !fell({ now: f.value ?? 0, before: f.before }))
  return risen ? fails('claim.not_fallen', { name: risen.name, now: risen.value ?? 0, before: risen.before ?? 0 }) : holds('claim.both_fell')
}

const runs: readonly (readonly [RegExp, (day: Day) => boolean])[] = [
  [/(无|零|未发现|没有)[^，。]{0,4}(新增)?[^，。]{0,4}隐患/, (day) => day.found === 0],
  [/检查|巡查|出动/, (day) => day.checked > 0],
  [/整改|销号/, (day) => day.closed > 0],
]

/** 连续N日: the run of days that ends with the span; a day without record breaks it (requirements A26). */
function run({ groups, text, facts }: Asked): Verdict {
  const fits = runs.find(([words]) => words.test(text))
  if (!fits) return { kind: 'UNKNOWN', code: 'claim.cannot_tell' }
  let days = 0
  for (let i = facts.daily.length - 1; i >= 0 && fits[1](facts.daily[i]!); i -= 1) days += 1
  const said = groups[1] === '多' ? 2 : Number(groups[1])
  return days >= said ? holds('claim.run_holds', { days }) : fails('claim.run_short', { said, days })
}

const rateNames: readonly (readonly [RegExp, string])[] = [
  [/规上[^，。]*复工/, 'M21A'], [/复工/, 'M21'], [/重大[^，。]*(销号|整改)/, 'M14R'], [/现场整改/, 'M08R'], [/按期整改/, 'M10'], [/整改|销号/, 'M11'], [/复查/, 'M16'], [/巡查/, 'M25R'], [/覆盖|检查/, 'M25'], [/抽查/, 'M26F'], [/自查/, 'M35'], [/回执|移送/, 'M20R'],
]
const rateIn = (words: string, facts: Facts): { id: string; figure: Figure | undefined } | undefined => {
  const id = rateNames.find(([name]) => name.test(words))?.[1]
  return id ? { id, figure: facts.figures.get(id) } : undefined
}

/** 100%, 全覆盖, 均: only when the two counts are equal and not nothing (requirements A17, A33). */
function whole({ words, before, text, pieces, facts }: Asked): Verdict {
  if (/100[%％]/.test(words) && pieces.some((piece) => piece.metric && piece.text.includes('100%'))) return { kind: 'SKIP' }
  const clause = `${before.split(/[，。；]/).at(-1) ?? ''}${words}`
  const rate = rateIn(clause, facts) ?? rateIn(text, facts)
  if (!rate) return { kind: 'UNKNOWN', code: 'claim.cannot_tell' }
  if (!rate.figure) return fails('claim.needs_figures', { needs: rate.id })
  const [n, d] = [rate.figure.numerator ?? 0, rate.figure.denominator ?? 0]
  if (d === 0) return fails('claim.zero_base', { name: rate.figure.name })
  if (n !== d) return fails('claim.not_whole', { name: rate.figure.name, n, d }, rate.id === 'M11' ? facts.open : [])
  if (rate.id === 'M11' && facts.open.length > 0) return fails('claim.not_all_closed', { left: facts.open.length, no: facts.open[0]!.no, enterprise: facts.open[0]!.enterprise, state: facts.open[0]!.state }, facts.open)
  return holds('claim.whole', { name: rate.figure.name, n })
}

const zero = (id: string) => ({ facts }: Asked): Verdict => {
  const value = count(facts, id)
  if (value === undefined) return fails('claim.needs_figures', { needs: id })
  return value === 0 ? holds() : fails('claim.not_zero', { name: facts.figures.get(id)!.name, value })
}

/** Words that promise more than a number; each is looked up in the facts wherever it stands. */
export const claimRules: readonly Rule[] = [
  { name: '全部整改', words: /(?:(?:均|全部|全都|都)(?:已经|已|得到|按要求|及时)*(?:完成)?(?:整改|销号|闭环)(?:完毕|完成|到位|销号)?|隐患(?:全部)?清零)/g, check: allClosed },
  { name: '双下降', words: /双下降/g, check: bothFell },
  { name: '连续', words: /连续(多|\d+)[日天]/g, check: run },
  { name: '100%', words: /(?<![\d.])100[%％]|全覆盖|百分之百/g, check: whole },
  { name: '均', words: /(?:均|全部|全都)(?:已经|已)*(?:复工|复查|检查|达到|达标|完成(?!整改)|通过|回执)/g, check: whole },
  { name: '零事故', words: /零事故|未发生(?:生产安全)?事故/g, check: zero('M51') },
  { name: '零死亡', words: /零死亡|无人员死亡|未造成死亡/g, check: zero('M51D') },
]
