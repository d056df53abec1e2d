import { type Asked, count, fails, holds, type Rule, type Verdict } from './claims-verdict.ts'

const unknown: Verdict = { kind: 'UNKNOWN', code: 'claim.cannot_tell' }

/** Nothing of it: the frozen count is 0. */
const none = (id: string) => ({ facts }: Asked): Verdict => {
  const value = count(facts, id)
  if (value === undefined) return fails('claim.needs_figures', { needs: id })
  return value === 0 ? holds() : fails('claim.not_zero', { name: facts.figures.get(id)!.name, value })
}

/** 零伤亡: deaths are registered, injuries are not. */
const noCasualties = (asked: Asked): Verdict => {
  const deaths = none('M51D')(asked)
  return deaths.kind === 'HOLDS' ? unknown : deaths
}

const counted: readonly (readonly [RegExp, string])[] = [[/死亡/, 'M51D'], [/事故/, 'M51'], [/重大(?:事故)?隐患/, 'M14'], [/逾期/, 'M15'], [/整改率|复工率|覆盖率|及时率/, ''], [/整改|销号/, 'M09C'], [/隐患/, 'M07'], [/查封/, 'M12'], [/文书/, 'M17'], [/检查|执法/, 'M04']]
const FALL = /下降|减少|降低|回落|下滑|双降/

/** 同比下降: against the frozen number of a year before; 0 then is no base (requirements A18). What else it is held against, no register knows. */
function moved({ words, text, before, printed, facts }: Asked): Verdict {
  if (printed) return { kind: 'SKIP' }
  if (/环比|上月|上周|上季|年初|前期|往年/.test(words)) return unknown
  const near = before.split(/[，。；]/).filter((part) => part.trim() !== '').at(-1) ?? ''
  const [, id] = counted.find(([name]) => name.test(near)) ?? counted.find(([name]) => name.test(text)) ?? []
  const figure = id ? facts.figures.get(id) : undefined
  if (!figure || figure.nature === 'RATE' || figure.before === null) return unknown
  const [now, then] = [figure.value ?? 0, figure.before]
  if (then === 0) return fails('claim.zero_base', { name: figure.name })
  const said = FALL.test(words) ? now < then : /持平/.test(words) ? now === then : now > then
  return said ? holds() : fails('claim.not_moved', { name: figure.name, now, before: then })
}

/** Zeros, falls, rises and ranks. */
export const trendRules: readonly Rule[] = [
  { name: '较大以上事故', words: /(?:未|没有|没|无)(?:有)?(?:发生)?(?:一起|任何)?(?:较大|重大|重特大|特别重大|亡人)(?:及?以上)?(?:生产安全)?事故/g, check: () => unknown },
  { name: '零事故', words: /零事故|(?:未|没有|没)(?:有)?发生(?:一起|任何|一例)?(?:生产安全|安全生产|安全)?事故|(?<![及大])无(?:生产安全|安全)?事故|事故(?:起数)?为(?:零|0)/g, check: none('M51') },
  { name: '零死亡', words: /零死亡|无(?:人员|一人)?死亡|没有(?:发生)?(?:人员|一人)?死亡|未(?:造成|发生)(?:人员)?死亡|死亡(?:人数)?为(?:零|0)/g, check: none('M51D') },
  { name: '零伤亡', words: /零伤亡|无(?:人员|一人)?伤亡|没有(?:发生|造成)?(?:人员)?伤亡|未(?:造成|发生)(?:人员)?伤亡/g, check: noCasualties },
  { name: '无重大隐患', words: /(?:未发现|没有发现|未查出|未排查出|不存在|没有|[无零])(?:新增|任何|一[处宗项条个])?重大(?:事故|安全)?隐患|重大(?:事故|安全)?隐患(?:数)?为(?:零|0)/g, check: none('M14') },
  { name: '无隐患', words: /(?:未发现|没有发现|未查出|未排查出|不存在)(?:新增|任何|一[处宗项条个])?(?:安全|事故)?隐患|零隐患|(?<!大)隐患(?:数)?为(?:零|0)/g, check: none('M07') },
  { name: '无逾期', words: /(?:未发生|未出现|没有|不存在|[无零])(?:一[处宗项条个])?逾期/g, check: none('M15') },
  { name: '升降', words: /(?:同比|环比|[比较与](?:上年|去年|上一年|上月|上周|上季度?|年初|前期|往年)(?:同期)?(?:相比)?)[^，。；]{0,10}?(?:下降|减少|降低|回落|下滑|双降|上升|增长|增加|提高|提升|持平)|(?:大幅|明显|显著|持续|逐年|稳步|双双)(?:度|性)?地?(?:下降|减少|降低|回落|下滑|上升|增长|提高|提升)/g, check: moved },
  { name: '名次', words: /(?:排名|位居|位列|名列|居)[^，。；]{0,8}(?:第[一二三四五\d]|首位|榜首|前列|前茅)|历史(?:最低|最高|最好|新低|新高)|创[^，。；]{0,4}(?:新高|新低)|全[国省市区](?:率先|首个|首家|第一|领先)/g, check: () => unknown },
]
