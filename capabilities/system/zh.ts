import type { ZhTexts } from '../../kernel/core/zh.ts'

export const zh = {
  name: '系统',
  problems: {
    'system.setting_not_local': '这项参数全局统一，不能按区划另设',
    'system.setting_kind': '参数值的格式不对',
    'system.setting_floor': '不得低于 {floor}{unit}',
    'system.setting_ceiling': '不得高于 {ceiling}{unit}',
    'system.calendar_wrong': '{year}年节假日有误：{why}',
  },
  fields: { kind: '类别', outcome: '结果', key: '参数名', value: '参数值' },
  verbs: { 'audit.read': '查看审计', 'ledger.read': '查看账本', 'setting.read': '查看参数', 'setting.write': '修改参数', 'system.read': '查看运行情况' },
  events: { 'system.setting_changed': '修改参数' },
} as const satisfies ZhTexts
