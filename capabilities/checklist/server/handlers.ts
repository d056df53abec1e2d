import { inReach } from '../../../kernel/core/access.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { isLocalDate, localDate } from '../../../kernel/core/time.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { type ChecklistVersion, ChecklistVersion as Version } from '../checklist.ts'
import { type ChecklistAction, checklistLifecycle } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import type { ChecklistDetail } from '../records.ts'
import { diffVersions, refusePublish, refuseRetire, refuseState, revised, supersededBy } from '../rules.ts'
import { suggestItems } from '../search.ts'
import { type ChecklistRefusal, checklistZh, refusalText } from '../zh.ts'
import { candidatesFor, clausesOn, gradeFor } from './criteria.ts'
import { forgetVersions, publishedItems } from './public.ts'
import { listFile, type ReadItems, readItems, templateFile } from './sheets.ts'
import { NATIONWIDE } from './shipped.ts'
import * as store from './store.ts'
import './tables.ts'

type Found = NonNullable<Awaited<ReturnType<typeof store.find>>>

/** `usesOf` counts running campaigns and plans that name a version; whoever owns them hands it in. */
export function checklist(given: { usesOf?: (tx: Tx, versionId: string) => Promise<number> } = {}): Capability {
  const usesOf = given.usesOf ?? (async () => 0)
  const handlers: Handlers<typeof operations> = {
    list: async (ctx, input) => list(ctx, input),
    get: async (ctx, input) => detail(ctx, await must(ctx, input.id)),
    diff: async (ctx, input) => {
      const before = store.toVersion(await must(ctx, input.id))
      const diff = diffVersions(before, store.toVersion(await must(ctx, input.with)))
      const label = (field: string) => (checklistZh.fields as Record<string, string>)[field] ?? field
      return { ...diff, changed: diff.changed.map((c) => ({ code: c.code, fields: c.fields.map((f) => ({ field: f.field, label: label(f.field), before: f.before ?? null, after: f.after ?? null })) })) }
    },
    file: async (ctx, input) => listFile(store.toVersion(await must(ctx, input.id))),
    template: async () => templateFile(),
    readSheet: async (ctx, _input, body) => {
      const read = body.prepared as ReadItems
      ctx.audit({ kind: 'ADMIN', subject: 'checklist.readSheet', result: 'ok', data: { file: body.name, items: read.items.length, errors: read.errors.length } })
      return read
    },
    draft: async (ctx, input) => {
      if ((await store.byCode(ctx.tx, input.code)).length > 0) throw new Problem('conflict', 'checklist.code_taken', { params: { code: input.code }, fields: [{ path: 'code', code: 'checklist.code_taken' }] })
      return insertDraft(ctx, Version.parse({ ...input, version: 1, state: 'DRAFT' }), null)
    },
    revise: async (ctx, input) => {
      const row = await must(ctx, input.id)
      const siblings = await store.byCode(ctx.tx, row.code)
      refuseAny([...refuseState(store.toVersion(row), 'revise'), ...openDraft(siblings)])
      return insertDraft(ctx, revised(store.toVersion(row), siblings.map(store.toVersion), input.newId), row.id)
    },
    edit: async (ctx, input) => {
      const row = await mustOwn(ctx, input.id, input.baseVersion)
      refuseAny(refuseState(store.toVersion(row), 'edit'))
      await store.rewrite(ctx.tx, row, input, ctx.actor.id, ctx.now)
      told(ctx, row, 'checklist.edited', 'DRAFT', { items: input.items.length })
      return detail(ctx, await must(ctx, row.id))
    },
    publish: async (ctx, input) => publish(ctx, await mustOwn(ctx, input.id, input.baseVersion)),
    retire: async (ctx, input) => {
      const row = await mustOwn(ctx, input.id, input.baseVersion)
      refuseAny(refuseRetire(store.toVersion(row), await usesOf(ctx.tx, row.id)))
      await store.markRetired(ctx.tx, [row.id], ctx.actor.id, ctx.now, input.reason)
      forgetVersions()
      told(ctx, row, 'checklist.retired', 'RETIRED', { reason: input.reason })
      return detail(ctx, await must(ctx, row.id))
    },
    suggest: async (ctx, input) => {
      const ids = input.versionId ? [input.versionId] : (await store.inUse(ctx.tx)).map((row) => row.id)
      const lists = [...(await publishedItems(ctx.tx, ids)).values()]
      const home = new Map(lists.flatMap((l) => l.items.map((item) => [item, l] as const)))
      const hits = suggestItems(input.words, [...home.keys()], input.limit)
      return { hits: hits.map(({ found, score }) => ({ versionId: home.get(found)!.id, list: home.get(found)!.name, item: found, score })) }
    },
    clauses: async (_ctx, input) => ({ clauses: clausesOn(day(input.date), input.regime, input.q) }),
    candidates: async (_ctx, input) => ({ clauses: candidatesFor({ ...input, date: day(input.date) }) }),
    grade: async (_ctx, input) => gradeFor({ ...input, date: day(input.date) }),
  }
  return serve({ name: 'checklist', operations, handlers, zh: checklistZh, prepare: { readSheet: readItems } })
}

/** 2026-02-30 has the shape of a date and is none. */
function day(text: string): string {
  if (!isLocalDate(text)) throw new Problem('invalid', 'common.invalid', { fields: [{ path: 'date', code: 'field.format' }] })
  return text
}

async function list(ctx: Ctx, input: { q?: string; state?: string; code?: string; visitKind?: string; cursor?: string; limit: number }) {
  const [, code, number] = /^([A-Z]{2,6})\.(\d{1,6})$/.exec(input.cursor ?? '') ?? []
  if (input.cursor && !code) throw new Problem('invalid', 'common.bad_cursor')
  const { cursor: _, ...filter } = input
  const { rows, figures } = await store.page(ctx.tx, ctx.actor, { ...filter, ...(code ? { after: { code, number: Number(number) } } : {}), limit: input.limit + 1 })
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  const total = input.state ? figures[input.state.toLowerCase() as keyof typeof figures] : figures.draft + figures.published + figures.retired
  return { rows: shown, total, figures, ...(rows.length > input.limit && last ? { next: `${last.code}.${last.number}` } : {}) }
}

async function must(ctx: Ctx, id: string): Promise<Found> {
  const row = await store.find(ctx.tx, ctx.actor, id)
  if (!row) throw missing()
  return row
}

/** A version this person's verb reaches; lists of the whole country may be retired by anyone who may publish. */
async function mustOwn(ctx: Ctx, id: string, baseVersion: number): Promise<Found> {
  const row = await must(ctx, id)
  if (row.area_code !== NATIONWIDE && !inReach(ctx.actor.reach, { areaCode: row.area_code })) throw missing()
  refuseStale(row.version, baseVersion)
  return row
}

/** Two drafts of one code would fight for the next number. */
const openDraft = (siblings: readonly store.Row[]): ChecklistRefusal[] => {
  const open = siblings.find((s) => s.state === 'DRAFT')
  return open ? [{ code: 'checklist.draft_open', field: 'id', params: { name: open.name, version: open.number } }] : []
}

async function insertDraft(ctx: Ctx, draft: ChecklistVersion, basedOn: string | null): Promise<ChecklistDetail> {
  const areaCode = ctx.actor.reach.areas[0]?.[0]
  if (!areaCode) throw new Problem('forbidden', 'common.forbidden')
  await store.insert(ctx.tx, { list: draft, areaCode, author: ctx.actor.id, now: ctx.now, basedOn })
  ctx.emit({ aggregate: 'checklist_version', id: draft.id, version: 1, event: 'checklist.drafted', to: 'DRAFT', areaCode, data: { code: draft.code, number: draft.version, title: draft.name, basedOn } })
  return detail(ctx, await must(ctx, draft.id))
}

async function publish(ctx: Ctx, row: Found): Promise<ChecklistDetail> {
  const siblings = await store.byCode(ctx.tx, row.code)
  refuseAny([...refusePublish(store.toVersion(row), siblings.map(store.toVersion), localDate(ctx.now)), ...refuseSelf(row, ctx.actor.id)])
  const replaced = new Set(supersededBy(store.toVersion(row), siblings.map(store.toVersion)).map((s) => s.id))
  if (replaced.size > 0) await store.markRetired(ctx.tx, [...replaced], ctx.actor.id, ctx.now, `由第 ${row.number} 版代替`)
  await store.markPublished(ctx.tx, row, ctx.actor.id, ctx.now)
  forgetVersions()
  for (const old of siblings.filter((s) => replaced.has(s.id))) told(ctx, old, 'checklist.retired', 'RETIRED', { reason: `由第 ${row.number} 版代替` })
  told(ctx, row, 'checklist.published', 'PUBLISHED', { items: row.item_count, replaced: [...replaced] })
  return detail(ctx, await must(ctx, row.id))
}

/** Whoever wrote it does not approve it: publishing takes a second pair of eyes. */
const refuseSelf = (row: Pick<store.Row, 'authors'>, person: string): ChecklistRefusal[] =>
  row.authors.includes(person) ? [{ code: 'checklist.publish_by_other', field: 'id', params: {} }] : []

function told(ctx: Ctx, row: store.Row, event: string, to: string, data: Record<string, unknown>): void {
  ctx.emit({ aggregate: 'checklist_version', id: row.id, version: row.version + 1, event, from: row.state, to, areaCode: row.area_code, data: { code: row.code, number: row.number, title: row.name, ...data } })
}

async function detail(ctx: Ctx, row: Found): Promise<ChecklistDetail> {
  const siblings = await store.byCode(ctx.tx, row.code)
  const list = store.toVersion(row)
  const shown = siblings.filter((s) => s.state !== 'DRAFT' || s.id === row.id || inReach(ctx.actor.reachOf('checklist.edit'), { areaCode: s.area_code }))
  const blockers = row.state === 'DRAFT' ? refusePublish(list, siblings.map(store.toVersion), localDate(ctx.now)) : []
  return {
    list, recordVersion: row.version, shipped: row.shipped, basedOn: row.based_on, authors: row.author_names, publishedBy: row.publisher,
    draftedAt: row.drafted_at, editedAt: row.edited_at, publishedAt: row.published_at, retiredAt: row.retired_at, retiredWhy: row.retired_why,
    siblings: shown.map((s) => ({ id: s.id, number: s.number, state: s.state, publishedAt: s.published_at })),
    blockers: blockers.map((b) => ({ code: b.code, field: b.field ?? '', text: refusalText(b) })),
    actions: actionsOf(ctx, row, list, siblings, blockers),
  }
}

function actionsOf(ctx: Ctx, row: Found, list: ChecklistVersion, siblings: readonly store.Row[], blockers: readonly ChecklistRefusal[]): Action[] {
  const mine = (verb: string) => ctx.actor.has(verb) && (row.area_code === NATIONWIDE || inReach(ctx.actor.reachOf(verb), { areaCode: row.area_code }))
  const why: Partial<Record<ChecklistAction, ChecklistRefusal[]>> = { publish: [...blockers, ...refuseSelf(row, ctx.actor.id)], revise: openDraft(siblings) }
  return (Object.entries(checklistLifecycle[list.state]) as [ChecklistAction, { verb: string; label: string }][])
    .filter(([action, move]) => (action === 'revise' ? ctx.actor.has(move.verb) : mine(move.verb)))
    .map(([action, move]) => {
      const refusals = why[action] ?? []
      return { action, label: move.label, allowed: refusals.length === 0, ...(refusals.length > 0 ? { why: refusals.map(refusalText) } : {}) }
    })
}
