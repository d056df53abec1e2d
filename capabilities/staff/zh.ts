import type { ZhTexts } from '../../kernel/core/zh.ts'

export const zh = {
  name: '人员与权限',
  problems: {
    'staff.wrong_password': '账号或口令不对',
    'staff.locked': '连续输错次数过多，请 {minutes} 分钟后再试',
    'staff.disabled': '账号已停用，请联系系统管理员',
    'staff.password_short': '新口令至少 {min} 位',
    'staff.password_simple': '新口令至少含大写、小写、数字、符号中的 {kinds} 种',
    'staff.password_has_login': '新口令不能含有账号或姓名',
    'staff.password_usual': '新口令过于常见',
    'staff.no_agency': '该区划没有登记应急管理局，无法确定文书字号',
    'staff.password_used': '不能与最近 5 次用过的口令相同',
    'staff.setup_closed': '设置链接无效、已过期或已使用；请在服务器上重新启动以取得新的链接',
    'staff.setup_area': '须是区县一级的 12 位区划代码，后六位为 0',
    'staff.setup_same_person': '三员不得由同一人兼任',
  },
  fields: { token: '设置链接', areaName: '区划名称', bureau: '本局全称', system: '系统管理员', security: '安全管理员', auditor: '安全审计员', login: '账号', password: '口令', current: '原口令', next: '新口令' },
  verbs: {},
  events: { 'staff.set_up': '首次设置', 'staff.administrator_made': '建立管理员', 'staff.password_changed': '修改口令' },
} as const satisfies ZhTexts
