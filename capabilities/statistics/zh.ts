import type { ZhTexts } from '../../kernel/core/zh.ts'

export const zh = {
  name: '统计',
  problems: { 'day.count_metric': '没有这个指标' },
  fields: {},
  verbs: { 'statistics.read': '查看统计' },
  events: {},
} as const satisfies ZhTexts
