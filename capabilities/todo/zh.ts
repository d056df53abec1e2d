import type { ZhTexts } from '../../kernel/core/zh.ts'

export const groupZh = { OVERDUE: '逾期', TODAY: '今天', WEEK: '本周', LATER: '以后', ANY_TIME: '不限期' } as const

export const zh = {
  name: '待办和消息',
  problems: {
    'todo.nobody': '没有人可以承办这件事，请先设置岗位',
    'todo.not_entitled': '对方没有办理这件事的权限，或不管这个辖区',
    'todo.done': '这件事已经了结',
    'todo.taken': '{name}已在{at}领取这件事',
    'todo.not_holder': '这件事不在您手上',
    'todo.named': '这件事指定由您办理，不能退还；请联系安排的人改派',
    'todo.taken_whole': '领取须同时记下人和时间',
    'todo.taken_shared': '指定到人的待办不用领取',
    'todo.for_somebody': '待办须有承办人',
    'message.once': '这件事已经告诉过他',
    'todo.open_once': '同一件事已有待办',
  },
  fields: { toPersonId: '转交给', kind: '种类', group: '分组', aggregate: '对象种类', subjectId: '对象', unread: '未读', ids: '消息' },
  verbs: { 'todo.read': '查看待办', 'todo.hand': '领取、退还和转交待办', 'todo.dispatch': '安排无人承办的事项' },
  events: { 'todo.handed': '转交待办', 'todo.taken': '领取待办', 'todo.given_back': '退还待办', 'todo.messages_read': '阅读消息' },
} as const satisfies ZhTexts
