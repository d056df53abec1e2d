import type { ZhTexts } from '../../kernel/core/zh.ts'

export const zh = {
  name: '导入导出',
  problems: {
    'exchange.kind_unknown': '没有这种导入，或您的岗位不能导入它',
    'exchange.step': '这批导入现在是“{state}”，不能{action}',
    'exchange.field_missing': '还没有指明哪一列是“{fields}”',
    'exchange.field_twice': '“{field}”指给了两列，请只留一列',
    'exchange.field_unknown': '没有“{field}”这个栏目',
    'exchange.column_unknown': '文件里没有第 {column} 列',
    'exchange.option_missing': '请填写“{option}”',
    'exchange.reason_required': '采用了 {count} 行存疑内容，请说明理由',
    'exchange.nothing': '没有可写入的行',
    'exchange.no_bad_rows': '没有退回的行',
    'exchange.built_on': '{count} 条记录在导入之后已有新的内容，不能整批撤销，例如“{title}”（{events}）',
  },
  fields: { kind: '导入内容', sheet: '工作表', columns: '表头对应', options: '选项', rows: '行', take: '采用', verdict: '核对结果', column: '第几列', field: '栏目' },
  verbs: { 'exchange.import': '导入', 'exchange.undo': '撤销导入' },
  events: { 'import.uploaded': '上传导入文件', 'import.mapped': '确认表头', 'import.check_started': '开始核对', 'import.decided': '处理存疑行', 'import.apply_started': '开始写入', 'import.done': '导入完成', 'import.failed': '导入未成功', 'import.cancelled': '取消导入', 'import.undone': '撤销导入' },
} as const satisfies ZhTexts
