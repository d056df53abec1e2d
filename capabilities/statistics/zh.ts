import { reportZh } from './zh-report.ts'
import type { ZhTexts } from '../../kernel/core/zh.ts'

export const zh = {
  name: '统计',
  problems: {
    'day.count_metric': '没有这个指标',
    'statistics.unknown_metric': '指标字典里没有 {id}',
    'statistics.no_list': '这个指标没有单独的清单；比率请分别打开分子、分母',
    'statistics.period_backwards': '结束日期不能早于开始日期',
    ...reportZh.problems,
  },
  fields: {
    ...reportZh.fields,
    areas: '区划', campaignId: '专项行动', kinds: '走访方式', aboveScale: '规上规下', level: '等级',
    metric: '指标', metrics: '指标', splitBy: '按什么分', cell: '哪一格', compare: '与什么比', asOf: '数据截至', industries: '行业大类', sizes: '企业规模', tag: '标签', sources: '来源', have: '已有的部分',
  },
  verbs: { 'statistics.read': '查看统计', ...reportZh.verbs },
  events: { ...reportZh.events },
} as const satisfies ZhTexts
