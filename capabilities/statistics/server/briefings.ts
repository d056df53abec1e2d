import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../kernel/core/canonical-json.ts'
import { moveOf } from '../../../kernel/core/lifecycle.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { missing, Problem, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import type { Annex, BriefingDetail } from '../briefing.ts'
import { templateOf } from '../briefing-templates.data.ts'
import { type BriefingAction, briefingLifecycle, STATE_ZH } from '../lifecycle.ts'
import { reportOperations } from '../operations-report.ts'
import { sayReport } from '../zh-report.ts'
import { checked, type Checked, editionOf } from './briefing-check.ts'
import * as store from './briefing-store.ts'
import { wordOfBriefing } from './briefing-word.ts'
import { must as mustSnapshot } from './snapshots.ts'

type Mine = Omit<typeof reportOperations, 'snapshots' | 'snapshot' | 'members' | 'compare' | 'freeze' | 'correctSnapshot'>

export const briefingHandlers: Handlers<Omit<Mine, 'word'>> = {
  briefings: async ({ tx, actor }, input) => {
    const { cursor, ...filter } = input
    if (cursor && !/^[0-9a-f-]{36}$/i.test(cursor)) throw new Problem('invalid', 'common.bad_cursor')
    const { rows, total } = await store.page(tx, actor, { ...filter, after: cursor, limit: input.limit + 1 })
    const shown = rows.slice(0, input.limit)
    return { rows: shown, total, ...(rows.length > input.limit ? { next: shown.at(-1)!.id } : {}) }
  },
  briefing: async (ctx, input) => detail(ctx, await must(ctx, input.id)),
  speakers: async (ctx) => ({ rows: await store.speakers(ctx.tx, ctx.actor) }),
  draftBriefing: async (ctx, input) => {
    const snapshot = await snapshotFor(ctx, input.snapshotId)
    const template = templateOf(input.kind)
    await annexesFor(ctx, input.annexes)
    await store.insert(ctx.tx, {
      id: input.id, kind: input.kind, issue: input.issue || (await store.nextIssue(ctx.tx, snapshot.areaCode, input.kind, Number(localDate(ctx.now).slice(0, 4)))), title: input.title, snapshotId: snapshot.id, body: input.body ?? template.body, annexes: input.annexes, wording: await store.wordingOf(ctx.tx, snapshot.areaCode), sources: [], credit: { writer: ctx.actor.name, editor: '', reviewer: '' },
      areaCode: snapshot.areaCode, writer: ctx.actor.id, now: ctx.now,
    })
    told(ctx, await must(ctx, input.id), 'briefing.drafted', null, 'DRAFT', { snapshot: snapshot.id })
    return detail(ctx, await must(ctx, input.id))
  },
  editBriefing: async (ctx, input) => {
    const row = await step(ctx, input, 'edit')
    const snapshot = await snapshotFor(ctx, input.snapshotId)
    await annexesFor(ctx, input.annexes)
    const known = await store.speakersHere(ctx.tx, ctx.actor, input.quotes.map((quote) => quote.personId))
    const stray = input.quotes.findIndex((quote) => !known.has(quote.personId))
    if (stray >= 0) throw new Problem('refused', 'briefing.no_speaker', { fields: [{ path: `quotes.${stray}.personId`, code: 'briefing.no_speaker' }] })
    await store.rewrite(ctx.tx, row.id, { ...input, snapshotId: snapshot.id }, ctx.actor.id)
    await store.writeQuotes(ctx.tx, row.id, input.quotes)
    told(ctx, row, 'briefing.edited', row.state, row.state, { length: input.body.length, snapshot: snapshot.id })
    return detail(ctx, await must(ctx, row.id))
  },
  submitBriefing: async (ctx, input) => {
    const row = await step(ctx, input, 'submit')
    refuseAny([...(await refuseIssue(ctx, row)), ...(await checked(ctx, row)).refusals])
    await store.submit(ctx.tx, row.id, ctx.actor.id, ctx.now)
    return after(ctx, row, 'briefing.submitted', 'SUBMITTED')
  },
  returnBriefing: async (ctx, input) => {
    const row = await step(ctx, input, 'return')
    await store.sendBack(ctx.tx, row.id, input.reason)
    return after(ctx, row, 'briefing.returned', 'RETURNED', { reason: input.reason })
  },
  approveBriefing: async (ctx, input) => {
    const row = await step(ctx, input, 'approve')
    refuseAny([...refuseWriter(row, ctx.actor.id), ...(await refuseIssue(ctx, row)), ...(await checked(ctx, row)).refusals])
    await store.approve(ctx.tx, row.id, ctx.actor.id, ctx.now)
    return after(ctx, row, 'briefing.approved', 'APPROVED')
  },
  publishBriefing: async (ctx, input) => publish(ctx, await step(ctx, input, 'publish')),
  correctBriefing: async (ctx, input) => {
    const row = await step(ctx, input, 'correct')
    await store.reopen(ctx.tx, row.id, input.reason)
    return after(ctx, row, 'briefing.correcting', 'CORRECTING', { reason: input.reason })
  },
  withdrawBriefing: async (ctx, input) => {
    const row = await step(ctx, input, 'withdraw')
    await store.withdraw(ctx.tx, row.id, input.reason, ctx.now)
    return after(ctx, row, 'briefing.withdrawn', 'WITHDRAWN', { reason: input.reason })
  },
  approveQuote: async (ctx, input) => {
    const row = await must(ctx, input.id)
    const quote = (await store.quotesOf(ctx.tx, row.id)).find((one) => one.number === input.number)
    if (!quote) throw new Problem('refused', 'briefing.no_quote', { params: { n: input.number } })
    if (quote.personId !== ctx.actor.id) throw new Problem('refused', 'briefing.quote_by_speaker', { params: { speaker: quote.speaker } })
    await store.approveQuote(ctx.tx, row.id, input.number, ctx.actor.id, ctx.now)
    told(ctx, row, 'briefing.quote_approved', row.state, row.state, { words: quote.words })
    return detail(ctx, await must(ctx, row.id))
  },
}

/** The Word file leads back by its code: to the public page, or before that to the record. */
export const wordHandler = (address: string): Handlers<Pick<Mine, 'word'>> => ({
  word: async (ctx, input) => {
    const row = await must(ctx, input.id)
    ctx.audit({ kind: 'EXPORT', subject: 'statistics.word', subjectId: row.id, result: 'ok', data: { title: row.title, state: row.state } })
    const last = row.state === 'PUBLISHED' ? (await store.editionsOf(ctx.tx, row.id)).at(-1) : undefined
    return wordOfBriefing(last?.content ?? (await editionOf(ctx, row, await checked(ctx, row))), { mark: row.state === 'PUBLISHED' ? '' : `（${STATE_ZH[row.state]}）`, code: row.state === 'PUBLISHED' ? `${address}/public/briefings/${row.id}` : `${address}/#/briefings/${row.id}` })
  },
})

/** What is printed is looked up in the facts once more at the last moment. */
async function publish(ctx: Ctx, row: store.Stored): Promise<BriefingDetail> {
  const check = await checked(ctx, row)
  refuseAny(check.refusals)
  const content = await editionOf(ctx, row, check)
  const sha256 = createHash('sha256').update(canonicalJson(content as never)).digest('hex')
  const number = row.editions + 1
  await store.publishEdition(ctx.tx, { id: row.id, number, snapshotId: row.snapshotId, content, sha256, note: number === 1 ? null : (row.correction ?? '更正'), by: ctx.actor.id, now: ctx.now })
  await store.markPublished(ctx.tx, row.id, ctx.now)
  return after(ctx, row, 'briefing.published', 'PUBLISHED', { edition: number, sha256, note: row.correction })
}

async function snapshotFor(ctx: Ctx, id: string) {
  return mustSnapshot(ctx, id).catch(() => {
    throw new Problem('refused', 'briefing.no_snapshot', { fields: [{ path: 'snapshotId', code: 'briefing.no_snapshot' }] })
  })
}

/** Each annex is a snapshot that its writer may see. */
async function annexesFor(ctx: Ctx, annexes: readonly Annex[]): Promise<void> {
  for (const [i, { snapshotId }] of annexes.entries()) {
    await mustSnapshot(ctx, snapshotId).catch(() => {
      throw new Problem('refused', 'briefing.no_snapshot', { fields: [{ path: `annexes.${i}.snapshotId`, code: 'briefing.no_snapshot' }] })
    })
  }
}

async function must(ctx: Ctx, id: string): Promise<store.Stored> {
  const found = await store.find(ctx.tx, ctx.actor, id)
  if (!found) throw missing()
  return found
}

/** The row this step may be taken from: reach, version, state. */
async function step(ctx: Ctx, input: { id: string; baseVersion: number }, action: BriefingAction): Promise<store.Stored> {
  const row = await must(ctx, input.id)
  refuseStale(row.version, input.baseVersion)
  const move = moveOf(briefingLifecycle, row.state, action, 'briefing.wrong_state')
  if ('refusal' in move) throw new Problem('refused', 'briefing.wrong_state', { params: { state: STATE_ZH[row.state] } })
  return row
}

async function after(ctx: Ctx, row: store.Stored, event: string, to: string, data: Record<string, unknown> = {}): Promise<BriefingDetail> {
  told(ctx, row, event, row.state, to, data)
  return detail(ctx, await must(ctx, row.id))
}

function told(ctx: Ctx, row: store.Stored, event: string, from: string | null, to: string, data: Record<string, unknown>): void {
  ctx.emit({ aggregate: 'briefing', id: row.id, version: from === null ? 1 : row.version + 1, event, from, to, areaCode: row.areaCode, data: { title: row.title, ...data } })
}

const refuseWriter = (row: store.Stored, person: string): Refusal[] => (row.writerIds.includes(person) ? [{ code: 'briefing.writer_approves', field: 'id' }] : [])

async function refuseIssue(ctx: Ctx, row: store.Stored): Promise<Refusal[]> {
  const title = await store.issueTaken(ctx.tx, row)
  return title === undefined ? [] : [{ code: 'briefing.issue_taken', field: 'issue', params: { issue: row.issue, title } }]
}

async function detail(ctx: Ctx, row: store.Stored): Promise<BriefingDetail> {
  const [check, quotes, editions, snapshot] = await Promise.all([checked(ctx, row), store.quotesOf(ctx.tx, row.id), store.editionsOf(ctx.tx, row.id), mustSnapshot(ctx, row.snapshotId)])
  const { writerIds: _w, approvedBy: _a, areaCode: _c, ...shown } = row
  return {
    ...shown, quotes: quotes.map((quote) => ({ ...quote, mine: quote.personId === ctx.actor.id })),
    sentences: check.sentences.map((s) => ({ text: s.text, pieces: [...s.pieces], marks: s.marks.map((m) => ({ kind: m.kind, code: m.code, words: m.words, say: sayReport(m.code, m.params), items: [...m.items] })) })),
    refusals: check.refusals.map((r) => ({ code: r.code, say: sayReport(r.code, r.params ?? {}) })), snapshotNumber: snapshot.number, snapshotLatest: snapshot.latest, cutOff: snapshot.cutOff, figures: check.figures,
    history: editions.map(({ content: _, ...edition }) => edition), publicPath: row.publishedAt ? `/public/briefings/${row.id}` : null, actions: actionsOf(ctx, row, check),
  }
}

const judged: ReadonlySet<BriefingAction> = new Set(['submit', 'approve', 'publish'])

function actionsOf(ctx: Ctx, row: store.Stored, check: Checked): Action[] {
  return (Object.entries(briefingLifecycle[row.state]) as [BriefingAction, { verb: string; label: string }][])
    .filter(([, move]) => ctx.actor.has(move.verb))
    .map(([action, move]) => {
      const refusals = [...(action === 'approve' ? refuseWriter(row, ctx.actor.id) : []), ...(judged.has(action) ? check.refusals : [])]
      return { action, label: move.label, allowed: refusals.length === 0, ...(refusals.length ? { why: refusals.slice(0, 3).map((r) => sayReport(r.code, r.params ?? {})) } : {}) }
    })
}
