import type { ChecklistItem } from './checklist.ts'
import type { HazardCategoryCode } from './taxonomy.ts'

/** A pointer to a liability article. It assists; the officer and the legal reviewer decide. */
export type PenaltyHint = {
  id: string
  law: '安法'
  article: string
  topic: string
  /** Duty articles of 安法 whose breach leads here. */
  duties: readonly string[]
  /** Words that must occur in an item where the duty alone is too wide; empty = the duty is enough. */
  words: readonly string[]
  categories: readonly HazardCategoryCode[]
}

/** domain §2.8, penalty hint table (安全生产法 2021, in force since 2021-09-01). */
export const PENALTY_HINTS: readonly PenaltyHint[] = [
  { id: 'PH-97-1', law: '安法', article: '97', topic: '未按规定设置安全机构、配备安全管理人员', duties: ['24'], words: [], categories: ['JC-02'] },
  { id: 'PH-97-2', law: '安法', article: '97', topic: '负责人、安全生产管理人员未经考核合格', duties: ['27'], words: [], categories: ['JC-06'] },
  { id: 'PH-97-3', law: '安法', article: '97', topic: '未培训、未如实记录培训', duties: ['28'], words: [], categories: ['JC-06'] },
  { id: 'PH-97-4', law: '安法', article: '97', topic: '特种作业人员无证上岗', duties: ['30'], words: [], categories: ['XC-07'] },
  { id: 'PH-97-5', law: '安法', article: '97', topic: '未制定预案或者未定期演练', duties: ['81'], words: [], categories: ['JC-09'] },
  { id: 'PH-99-1', law: '安法', article: '99', topic: '未设置安全警示标志', duties: ['35'], words: [], categories: ['XC-03'] },
  { id: 'PH-99-2', law: '安法', article: '99', topic: '安全设备安装、使用、检测、维护不符合标准，关闭、破坏监控报警防护设备', duties: ['36'], words: [], categories: ['XC-02', 'XC-03'] },
  { id: 'PH-99-3', law: '安法', article: '99', topic: '未提供合格劳动防护用品', duties: ['45'], words: [], categories: ['XC-08'] },
  { id: 'PH-99-4', law: '安法', article: '99', topic: '使用应当淘汰的工艺、设备', duties: ['38'], words: [], categories: ['XC-02'] },
  { id: 'PH-99-5', law: '安法', article: '99', topic: '餐饮等行业使用燃气未安装可燃气体报警装置', duties: ['36', '99'], words: ['餐饮', '燃气', '用气', '试气'], categories: ['XC-03'] },
  { id: 'PH-101-1', law: '安法', article: '101', topic: '危险物品未建立专门安全管理制度、未采取可靠措施', duties: ['39'], words: [], categories: ['XC-04'] },
  { id: 'PH-101-2', law: '安法', article: '101', topic: '重大危险源未登记建档、评估、监控或者制定预案', duties: ['40'], words: [], categories: ['JC-13'] },
  { id: 'PH-101-3', law: '安法', article: '101', topic: '危险作业未安排专门人员现场管理', duties: ['43'], words: [], categories: ['XC-09'] },
  { id: 'PH-101-4', law: '安法', article: '101', topic: '未建立风险分级管控制度', duties: ['41'], words: ['风险'], categories: ['JC-13'] },
  { id: 'PH-101-5', law: '安法', article: '101', topic: '未建立隐患排查治理制度或者重大隐患未报告', duties: ['41'], words: ['隐患'], categories: ['JC-13'] },
  { id: 'PH-103', law: '安法', article: '103', topic: '发包、出租给不具备条件的单位，未签协议、未统一协调管理', duties: ['49'], words: [], categories: ['JC-12', 'XC-06'] },
  { id: 'PH-104', law: '安法', article: '104', topic: '同一区域作业未签安全管理协议、未指定专职人员协调', duties: ['48'], words: [], categories: ['JC-12', 'XC-06'] },
  { id: 'PH-105', law: '安法', article: '105', topic: '生产储存场所与宿舍混用，出口、疏散通道不符合要求或者锁闭', duties: ['42'], words: [], categories: ['XC-01'] },
  { id: 'PH-108', law: '安法', article: '108', topic: '拒绝、阻碍监督检查', duties: ['66'], words: [], categories: [] },
  { id: 'PH-109', law: '安法', article: '109', topic: '高危行业未投保安全生产责任保险', duties: ['51'], words: [], categories: ['JC-08'] },
]

/**
 * Hints for an item, by the articles it cites and its words, or for a bare category. Empty when only fire, gas or
 * special-equipment law is cited: their penalties are not the bureau's.
 */
export function penaltyHints(target: ChecklistItem | HazardCategoryCode): PenaltyHint[] {
  if (typeof target === 'string') return PENALTY_HINTS.filter((h) => h.categories.includes(target))
  const cited = target.legalBasis.filter((b) => b.law === '安法' && b.article !== null).map((b) => b.article)
  const text = target.content + target.method + target.defaultRequirement
  return PENALTY_HINTS.filter(
    (h) => h.duties.some((d) => cited.includes(d)) && (h.words.length === 0 || h.words.some((w) => text.includes(w))),
  )
}
