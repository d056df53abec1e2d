import type { BriefingKind } from './briefing.ts'

export interface Template {
  readonly kind: BriefingKind
  readonly title: string
  /** What belongs into it. */
  readonly note: string
  readonly metrics: readonly string[]
  readonly body: string
}

const everyday = ['M01', 'M03', 'M04', 'M05', 'M06P', 'M06S', 'M07', 'M08', 'M08R', 'M09C', 'M11', 'M11O', 'M14', 'M14C', 'M15O'] as const

/** Templates as a bureau uses them: text with places for figures; a headline stands in a line of its own before 一、二、. */
export const templates: readonly Template[] = [
  {
    kind: 'WAR', title: '行动战报', note: '一次集中行动当日的战果，行动结束后冻结一次即可生成', metrics: everyday,
    body: `{范围}于{期间}开展集中执法行动。{截至}，共出动人员{M01}，检查{M04:家次}，排查隐患{M07}，现场整改{M08}，现场整改率{M08R:两数}。
一、行动情况
行动共出动{M03}，检查企业{M05}、园区{M06P}、其他场所{M06S}。
二、隐患情况
期间内发现的隐患已整改{M09C}，整改率{M11:两数}，尚有未整改隐患{M11O}。发现重大隐患{M14}。
三、下一步工作
对未整改的隐患逐条落实责任和期限，到期由执法人员复查。`,
  },
  {
    kind: 'WEEKLY', title: '安全生产周报', note: '一周的检查、隐患和整改，报区委区政府', metrics: [...everyday, 'M15', 'M09'],
    body: `{期间}，{范围}检查{M04:家次}，排查隐患{M07}，期间内销号{M09}。
一、检查情况
共检查企业{M05}，出动人员{M01}。
二、整改情况
期间内发现的隐患整改率{M11:两数}。{截至}，未整改隐患{M15O}，逾期未改{M15}。
三、重大隐患
期间内发现重大隐患{M14}，已销号{M14C}。`,
  },
  {
    kind: 'SPECIAL', title: '专项工作专报', note: '一个专项的进度、问题和建议', metrics: everyday,
    body: `{范围}{期间}专项工作情况报告如下。
一、总体情况
{截至}，检查{M04:家次}，排查隐患{M07}，整改率{M11:两数}。
二、存在问题
未整改隐患{M15O}。
三、工作建议
对未整改隐患较多的单位实行督办。`,
  },
  {
    kind: 'EXPERIENCE', title: '经验材料', note: '做法和成效，成效以冻结的数为据', metrics: everyday,
    body: `{范围}坚持安格到户、闭环到底。
一、主要做法
{期间}，共出动人员{M01}，检查{M04:家次}。
二、工作成效
排查隐患{M07}，已整改{M09C}，整改率{M11:两数}。`,
  },
]
export const templateOf = (kind: BriefingKind): Template => templates.find((template) => template.kind === kind)!
