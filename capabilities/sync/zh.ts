import type { ZhTexts } from '../../kernel/core/zh.ts'

export const kindZh = { area: '区划与安格', person: '同事', visit: '任务', todo: '待办', checklist: '检查表', criteria: '判定条款', hazard: '隐患', paper: '文书', site: '场所' } as const

export const zh = {
  name: '离线同步',
  problems: { 'sync.device_revoked': '这台设备已停用' },
  fields: { code: '场所码或片段', app: '应用版本', personId: '使用人', siteId: '场所', enterpriseIds: '监管对象' },
  verbs: {},
  events: { 'sync.device_registered': '登记设备', 'sync.device_revoked': '停用设备' },
} as const satisfies ZhTexts
