import { type Asked, count, fails, holds, type Rule, type Verdict } from './claims-verdict.ts'
import type { Facts } from './claims.ts'
import type { Day, Figure } from './snapshot.ts'
import { trendRules } from './claims-trends.ts'
import { NUMERAL, readNumeral } from './numerals.ts'
import { fell } from './wording.ts'

/** 尚未全部整改 is no boast; 是否 asks. */
const DENIED = /(?:未|没有|没|并非|不是|未能|是否|能否)$/
/** 坚持应改尽改 names a principle, not a result. */
const PRINCIPLE = /(?:坚持|按照|贯彻|秉持|本着|遵循|落实)(?:全?面)?[“"‘]?[^，。；]{0,6}$/

/** 全部整改完毕: nothing open in the span at the cut-off, and none of them opened again since (requirements A37). */
function allClosed({ before, words, facts }: Asked): Verdict {
  if (DENIED.test(before)) return { kind: 'SKIP' }
  const around = `${before.split(/[，。；]/).at(-1) ?? ''}${words}`
  const major = /重大[^，。]{0,10}$/.test(before.slice(-14)) || words.includes('重大')
  if (major && /一般|各类|所有|全部隐患|其他/.test(around)) return allClosed({ before: '', words: '', facts } as Asked)
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
  const said = groups[1] === '多' ? 2 : (readNumeral(groups[1]!) ?? Number(groups[1]))
  if (!/[日天]$/.test(groups[0]!)) return { kind: 'UNKNOWN', code: 'claim.cannot_tell' }
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
function whole({ words, before, text, printed, facts }: Asked): Verdict {
  if (printed || DENIED.test(before) || (/尽/.test(words) && PRINCIPLE.test(before))) return { kind: 'SKIP' }
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

const DONE = '(?:整改|整治|销号|闭环|消除|治理|排除|改正)'
const ALL = '(?:均|全部|全都|都|全数|悉数|100[%％]|百分之百|百分百)'
const allDone = [
  `${ALL}(?:已经|已|得到|按要求|按期|按时|如期|及时|有效|圆满|顺利|当场|现场|立即)*(?:完成|落实)?了?(?:隐患|问题)?${DONE}(?:完毕|完成|到位|销号)?`,
  `(?:全面|圆满|顺利)(?:完成|实现)了?[^，。；]{0,8}${DONE}`,
  '(?:整改|销号|闭环|整治)(?:工作|任务|措施)?(?:已经|已|均已|均|都已|都|也已)*(?:全部|全面|全数|悉数|均|都|圆满)已?(?:完成|到位|完毕|落实)',
  `(?:全部|所有|一切|每一?[处项条宗个]|各[处项条宗])的?[^，。；、]{0,8}(?:隐患|问题)(?![中里内])[^，。；、]{0,8}(?:得到|完成|已|均|都|全部)[^，。；]{0,4}${DONE}(?:完毕|完成|到位|销号)?`,
  '(?:隐患|问题)已(?:经)?(?:整改|销号|闭环|消除)(?:完毕|到位|完成)(?!率|了?[\\d一二三四五六七八九十])',
  '(?:隐患|问题|存量)[^，。；]{0,4}(?:清零|归零|见底)',
  '(?:无|没有|不存在|不留)[^，。；]{0,6}(?:未整改|未销号|未闭环|遗留隐患|遗留问题|尾巴)',
].join('|')

/** Words that promise more than a number; each is looked up in the facts wherever it stands. */
export const claimRules: readonly Rule[] = [
  { name: '全部整改', words: new RegExp(allDone, 'g'), check: allClosed },
  { name: '应改尽改', words: /应[改治]尽[改治]/g, check: (asked) => (PRINCIPLE.test(asked.before) ? { kind: 'SKIP' } : allClosed(asked)) },
  { name: '双下降', words: /双下降/g, check: bothFell },
  { name: '连续', words: new RegExp(`连续(多|\\d+|[${NUMERAL}]+)个?(?:[日天周年]|月(?!\\d))`, 'g'), check: run },
  { name: '100%', words: /(?<![\d.])100(?:\.0+)?\s?[%％]|全覆盖|全面覆盖|百分之?百|百分之一百|应[查检]尽[查检]|无一(?:遗漏|例外|漏网)|不[漏落]一[企家户处]|一[企家户处]不[漏落]|不留(?:死角|盲区)|[无零](?:死角|盲区|遗漏)/g, check: whole },
  { name: '均', words: /(?:均|全部|全都|悉数|全数)(?:已经|已)*(?:复工|复查|检查|巡查|覆盖|核查|自查|达到|达标|合格|完成(?!整改|隐患)|通过|回执)/g, check: whole },
  ...trendRules,
]
