import type { ZhTexts } from '../../kernel/core/zh.ts'

export const kindZh = { area: '区划与安格', person: '同事', visit: '任务', todo: '待办', checklist: '检查表', criteria: '判定条款', hazard: '隐患', paper: '文书', site: '场所' } as const

export const zh = {
  name: '离线同步',
  problems: {},
  fields: { cursor: '翻页标记', code: '场所码或片段' },
  verbs: {},
  events: {},
} as const satisfies ZhTexts
