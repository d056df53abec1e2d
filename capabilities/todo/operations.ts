import { z } from 'zod'
import { command, query, SIGNED_IN } from '../../kernel/core/operation.ts'
import { MessageFilter, MessagePage, ReadMessages, Unread } from './message.ts'
import { GiveBack, HandOver, SubjectTodo, Take, TodoCounts, TodoFilter, TodoPage } from './todo.ts'

export const operations = {
  mine: query('GET /todos', { summary: '我的待办', input: TodoFilter, output: TodoPage, verb: SIGNED_IN }),
  counts: query('GET /todos/counts', { summary: '待办数', input: z.strictObject({}), output: TodoCounts, verb: SIGNED_IN, perMinute: 3000 }),
  of: query('GET /todos/of', { summary: '某对象的待办', input: z.strictObject({ aggregate: z.string().max(40), subjectId: z.uuid() }), output: z.object({ rows: z.array(SubjectTodo) }), verb: 'todo.read' }),
  colleagues: query('GET /todos/:id/colleagues', { summary: '可以转交给谁', input: z.strictObject({ id: z.uuid() }), output: z.object({ rows: z.array(z.object({ id: z.uuid(), name: z.string(), organisation: z.string().nullable() })) }), verb: 'todo.hand' }),
  messages: query('GET /messages', { summary: '我的消息', input: MessageFilter, output: MessagePage, verb: SIGNED_IN, problems: ['common.bad_cursor'] }),
  unread: query('GET /messages/unread', { summary: '未读消息数', input: z.strictObject({}), output: Unread, verb: SIGNED_IN, perMinute: 3000 }),
  readMessages: command('POST /messages/read', { summary: '消息记为已读', input: ReadMessages, output: Unread, verb: SIGNED_IN }),
  take: command('POST /todos/:id/take', { summary: '领取待办', input: Take, output: z.object({ id: z.uuid(), version: z.number().int() }), verb: 'todo.hand', offline: true, problems: ['todo.taken', 'todo.taken_shared', 'todo.done'] }),
  giveBack: command('POST /todos/:id/give-back', { summary: '退还待办并说明理由', input: GiveBack, output: z.object({ id: z.uuid(), version: z.number().int() }), verb: 'todo.hand', offline: true, problems: ['todo.not_holder', 'todo.named', 'todo.done'] }),
  hand: command('POST /todos/:id/hand', { summary: '转交同事', input: HandOver, output: z.object({ id: z.uuid(), version: z.number().int() }), verb: 'todo.hand', problems: ['todo.not_entitled', 'todo.done', 'common.stale'] }),
}
