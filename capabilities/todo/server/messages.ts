import { Problem } from '../../../kernel/core/problem.ts'
import type { JobSpec } from '../../../kernel/server/capability.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { MESSAGE_DAYS, type MessageDraft, type MessageRow } from '../message.ts'
import type { operations } from '../operations.ts'
import * as store from './message-store.ts'

/** Messages are written at the end of the command, in one statement whatever their number; whom they reach is found there. None at all without drafts. */
export function send(ctx: Ctx, drafts: readonly MessageDraft[]): void {
  for (const draft of drafts) ctx.gather('message', draft, (all) => [store.insert(ctx, all)])
}

const rowOf = (row: store.MessageLine): MessageRow => ({ id: row.id, kind: row.kind, title: row.title, text: row.text, link: row.link, byName: row.by_name, at: row.at, readAt: row.read_at })

function cursorOf(text: string | undefined): { at: string; id: string } | undefined {
  if (!text) return undefined
  const [at, id] = Buffer.from(text, 'base64url').toString().split('|')
  if (!at || !id || Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Problem('invalid', 'common.bad_cursor')
  return { at, id }
}

export const messageHandlers: Handlers<Pick<typeof operations, 'messages' | 'unread' | 'readMessages'>> = {
  messages: async (ctx, input) => {
    const { rows, total } = await store.mine(ctx.tx, ctx.actor.id, { unread: input.unread, after: cursorOf(input.cursor), limit: input.limit })
    const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
    return { rows: rows.slice(0, input.limit).map(rowOf), total, ...(last ? { next: Buffer.from(`${last.cur}|${last.id}`).toString('base64url') } : {}) }
  },
  unread: async (ctx) => ({ unread: await store.unread(ctx.tx, ctx.actor.id) }),
  readMessages: async (ctx, input) => {
    const count = await store.markRead(ctx.tx, ctx.actor.id, input.ids ?? null, ctx.now)
    ctx.emit({ aggregate: 'message_box', id: ctx.actor.id, version: 1, event: 'todo.messages_read', areaCode: ctx.actor.reach.areas[0]?.[0].slice(0, 12).padEnd(12, '0') ?? '000000000000', data: { count } })
    return { unread: await store.unread(ctx.tx, ctx.actor.id) }
  },
}

/** Messages end after 90 days, read or not; a chunk at a time. */
export const messageJobs: JobSpec[] = [{ kind: 'todo.drop_messages', every: 6 * 3600, run: (ctx) => store.dropBefore(ctx.tx, new Date(ctx.now.getTime() - MESSAGE_DAYS * 86_400_000)) }]
