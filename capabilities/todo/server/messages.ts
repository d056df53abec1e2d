import { Problem } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { JobSpec } from '../../../kernel/server/capability.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { peopleWith } from '../../staff/server/public.ts'
import { MESSAGE_DAYS, type MessageDraft, type MessageRow, type MessageTo } from '../message.ts'
import type { operations } from '../operations.ts'
import * as store from './message-store.ts'

/** One statement for each different right and place, one to write; none at all without drafts. */
export async function send(ctx: Ctx, drafts: readonly MessageDraft[]): Promise<void> {
  const known = new Map<string, readonly string[]>()
  const rows: store.NewMessage[] = []
  for (const draft of drafts) {
    const people = (await peopleOf(ctx, draft.to, known)).filter((id) => draft.alsoMe || id !== ctx.actor.id)
    for (const personId of new Set(people)) rows.push({ ...draft, id: ctx.newId(), personId, byName: ctx.actor.name })
  }
  if (rows.length) await store.insert(ctx.tx, rows, ctx.now)
}

async function peopleOf(ctx: Ctx, to: MessageTo, known: Map<string, readonly string[]>): Promise<readonly string[]> {
  if ('people' in to) return to.people
  const key = [to.verb, to.areaCode, to.gridId, to.enterpriseId].join('|')
  const found = known.get(key) ?? (await peopleWith(ctx.tx, to.verb, { ...to, on: localDate(ctx.now) }))
  known.set(key, found)
  return found
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
