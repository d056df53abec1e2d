import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { collect, writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { newId } from '../../../kernel/server/id.ts'
import type { ChecklistItem } from '../checklist.ts'
import { shippedChecklist } from '../library.ts'
import { operations as op } from '../operations.ts'
import { exportItems } from '../sheet.ts'
import { currentVersions, ensureShipped, publishedItems } from './public.ts'

let w: World
const now = new Date('2026-03-05T01:00:00Z')
const fg = shippedChecklist('FG')
const item = (code: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  code, category: '现场', content: `看 ${code}`, method: '看', severity: 'GENERAL', majorClauseIds: [], legalBasis: [{ law: '安法', article: '36', text: '安法§36' }],
  defaultDays: 3, defaultRequirement: '改', evidence: 'PHOTO', hazardCategory: 'XC-01', ...more,
})
const content = (items: ChecklistItem[]) => ({ name: '沿街商铺夜间抽查表', visitKinds: ['PATROL'], appliesTo: { tags: [], siteKinds: ['STREET_STORE'], sectors: [] }, legalBasis: [], items })
/** A draft of a new code by the team lead. */
const drafted = (code: string, items = [item(`${code}-01`)]) => w.as('xu').do(op.draft, { id: newId(), code, ...content(items) })
const sheetOf = (rows: readonly string[][]) => collect(writeXlsx({ sheets: [{ name: '表', columns: (rows[0] ?? []).map((heading) => ({ heading })), rows: rows.slice(1) }] }))

beforeAll(async () => {
  w = await world(now)
  await w.app.db.transaction((tx) => ensureShipped(tx, now))
})
afterAll(() => w.close())

describe('拒绝外人', () => {
  it('nobody signed in reads no list', async () => {
    expect((await w.nobody.call(op.list, {})).status).toBe(401)
  })
  it.each([
    ['the grid officer drafts nothing', 'lin', op.draft, { id: newId(), code: 'XX', ...content([]) }],
    ['the inspector edits nothing', 'wang', op.edit, { id: fg.id, baseVersion: 1, ...content([]) }],
    ['the team lead publishes nothing', 'xu', op.publish, { id: fg.id, baseVersion: 1 }],
    ['the firm retires nothing', 'zhao', op.retire, { id: fg.id, baseVersion: 1, reason: '不用了' }],
    ['the leader reads no spreadsheet into a list', 'chen', op.readSheet, {}],
    ['the leader revises nothing', 'chen', op.revise, { id: fg.id, newId: newId() }],
    ['the system administrator has no business here', 'sun', op.list, {}],
    ['the inspector needs no template', 'wang', op.template, {}],
  ] as const)('%s', async (_, who, operation, input) => {
    const answer = await w.as(who).call(operation as typeof op.list, input as never)
    expect([answer.status, answer.problem.code]).toEqual([403, 'common.forbidden'])
  })
  it('a draft is missing for everybody who may not edit or publish where it was made', async () => {
    const { list } = await drafted('DR')
    for (const who of ['qian', 'wang', 'zhao'] as const) expect((await w.as(who).call(op.get, { id: list.id })).status).toBe(404)
    expect((await w.as('qian').call(op.diff, { id: list.id, with: fg.id })).status).toBe(404)
    expect((await w.as('qian').call(op.file, { id: list.id })).status).toBe(404)
    expect((await w.as('qian').do(op.list, { code: 'DR' })).total).toBe(0)
    expect((await w.as('chen').do(op.get, { id: list.id })).list.items).toHaveLength(1)
  })
  it('a leader of the neighbour district publishes no draft of this one', async () => {
    const { list } = await drafted('NB')
    await w.app.db.all.insertInto('post').values({ id: newId(), person_id: castIds.qian, role_code: 'BUREAU_LEADER', reach_kind: 'AREA', area_code: areas.neighbour, grid_id: null, enterprise_id: null, park_id: null, valid_from: '2026-01-01', valid_to: '2026-03-05', granted_by: null, granted_at: now }).execute()
    w.advance({ minutes: 1 })
    expect((await w.as('qian').call(op.publish, { id: list.id, baseVersion: 1 })).status).toBe(404)
  })
})

describe('拒绝胡来', () => {
  it('a published list does not change, in the database neither (domain §14)', async () => {
    const answer = await w.as('xu').call(op.edit, { id: fg.id, baseVersion: 1, ...content([item('FG-01')]) })
    expect([answer.status, answer.problem.code, answer.problem.title]).toEqual([422, 'checklist.immutable', '《企业复工复产自查表》第 1 版已发布，内容不能再改；请修订出新版'])
    const forced = w.app.db.all.updateTable('checklist_version').set({ name: '改名' }).where('id', '=', fg.id).execute()
    await expect(forced).rejects.toMatchObject({ constraint: 'checklist_immutable' })
    await expect(w.app.db.all.deleteFrom('checklist_version').where('id', '=', fg.id).execute()).rejects.toMatchObject({ constraint: 'checklist_immutable' })
  })
  it('who wrote a draft does not publish it', async () => {
    const { list, recordVersion } = await drafted('SL')
    await w.app.db.all.insertInto('post').values({ id: newId(), person_id: castIds.xu, role_code: 'BUREAU_LEADER', reach_kind: 'AREA', area_code: areas.district, grid_id: null, enterprise_id: null, park_id: null, valid_from: '2026-01-01', valid_to: '2026-03-05', granted_by: null, granted_at: now }).execute()
    w.advance({ minutes: 1 })
    const answer = await w.as('xu').call(op.publish, { id: list.id, baseVersion: recordVersion })
    expect([answer.status, answer.problem.code]).toEqual([422, 'checklist.publish_by_other'])
    const detail = await w.as('xu').do(op.get, { id: list.id })
    expect(detail.actions.find((a) => a.action === 'publish')).toMatchObject({ allowed: false, why: ['起草、修改过草稿的人不能自己发布，请换人发布'] })
    await w.app.db.all.deleteFrom('post').where('person_id', '=', castIds.xu).where('role_code', '=', 'BUREAU_LEADER').execute()
    w.advance({ minutes: 1 })
  })
  it('all that keeps a draft from publication is told at once, and before it is tried', async () => {
    const { list, blockers } = await drafted('BD', [item('BD-01', { legalBasis: [], severity: 'STOP_USE' }), item('BD-01')])
    expect(blockers.map((b) => b.code)).toEqual(['checklist.stop_use_not_at_once', 'checklist.basis_missing', 'checklist.item_code_twice'])
    const answer = await w.as('chen').call(op.publish, { id: list.id, baseVersion: 1 })
    expect(answer.problem.fields?.map((f) => f.code)).toEqual(blockers.map((b) => b.code))
  })
  it.each([
    ['a code in use', { code: 'FG' }, 409, 'checklist.code_taken'],
    ['a code in small letters', { code: 'fg' }, 400, 'common.invalid'],
    ['a name of blanks', { code: 'QQ', name: '  ' }, 400, 'common.invalid'],
    ['forty days for a general item (R1)', { code: 'QQ', items: [item('Q-1', { defaultDays: 40 })] }, 400, 'common.invalid'],
  ])('%s is refused', async (_, change, status, code) => {
    const answer = await w.as('xu').call(op.draft, { id: newId(), ...content([]), ...change })
    expect([answer.status, answer.problem.code]).toEqual([status, code])
  })
  it('an old version of the draft, a second open draft, retiring twice', async () => {
    const { list } = await drafted('OV')
    expect((await w.as('xu').call(op.edit, { id: list.id, baseVersion: 7, ...content([]) })).problem.code).toBe('common.stale')
    expect((await w.as('xu').call(op.revise, { id: list.id, newId: newId() })).problem.code).toBe('checklist.wrong_state')
    await w.as('chen').do(op.retire, { id: list.id, baseVersion: 1, reason: '重复编制' })
    expect((await w.as('chen').call(op.retire, { id: list.id, baseVersion: 2, reason: '重复编制' })).problem.code).toBe('checklist.wrong_state')
    const { list: again } = await w.as('xu').do(op.revise, { id: list.id, newId: newId() })
    expect([again.version, (await w.as('xu').call(op.revise, { id: list.id, newId: newId() })).problem.code]).toEqual([2, 'checklist.draft_open'])
  })
  it('a page mark of one’s own making and a day that is none', async () => {
    expect((await w.as('wang').call(op.list, { cursor: 'x' })).problem.code).toBe('common.bad_cursor')
    expect((await w.as('wang').call(op.clauses, { date: '2026-02-30' })).status).toBe(400)
    expect((await w.as('wang').call(op.grade, { date: '2026-03-05', facts: '{' })).status).toBe(400)
  })
  it('a file that is no spreadsheet comes back with its cure', async () => {
    const answer = await w.as('xu').call(op.readSheet, {}, { body: Buffer.from('%PDF-1.7 not a sheet'), headers: { 'x-file-name': 'a.xlsx' } })
    expect([answer.status, answer.problem.code]).toEqual([422, 'checklist.sheet_refused'])
    expect(answer.problem.title).toContain('只收 .xlsx 或 .csv')
  })
})

describe('办得成', () => {
  it('draft, correct, publish by another, revise: the new version replaces the old one', async () => {
    const { list } = await drafted('SP', [item('SP-01')])
    const edited = await w.as('xu').do(op.edit, { id: list.id, baseVersion: 1, ...content([item('SP-01'), item('SP-02')]) })
    expect([edited.recordVersion, edited.authors, edited.actions.map((a) => a.action)]).toEqual([2, '许听澜', ['edit']])
    const published = await w.as('chen').do(op.publish, { id: list.id, baseVersion: 2 })
    expect([published.list.state, published.publishedBy]).toEqual(['PUBLISHED', '陈岸平'])
    const next = await w.as('xu').do(op.revise, { id: list.id, newId: newId() })
    expect([next.list.version, next.list.items.length, next.basedOn]).toEqual([2, 2, list.id])
    await w.as('xu').do(op.edit, { id: next.list.id, baseVersion: 1, ...content([item('SP-01', { defaultDays: 1 }), item('SP-03')]) })
    const diff = await w.as('wang').call(op.diff, { id: list.id, with: next.list.id })
    expect(diff.status).toBe(404)
    await w.as('chen').do(op.publish, { id: next.list.id, baseVersion: 2 })
    const open = await w.as('wang').do(op.diff, { id: list.id, with: next.list.id })
    expect([open.added.map((i) => i.code), open.removed.map((i) => i.code), open.changed]).toEqual([['SP-03'], ['SP-02'], [{ code: 'SP-01', fields: [{ field: 'defaultDays', label: '默认整改天数', before: 3, after: 1 }] }]])
    expect((await w.as('wang').do(op.get, { id: list.id })).retiredWhy).toBe('由第 2 版代替')
    const offered = await w.app.db.transaction((tx) => currentVersions(tx, { visitKind: 'PATROL', siteKind: 'STREET_STORE', tags: [] }))
    expect(offered.map((v) => `${v.code}${v.version}`)).toContain('SP2')
    // A visit that used the first version still finds its questions.
    const old = await w.app.db.transaction((tx) => publishedItems(tx, [list.id]))
    expect(old.get(list.id)?.items.map((i) => i.code)).toEqual(['SP-01', 'SP-02'])
    const events = await w.app.db.all.selectFrom('domain_event').select(['event', 'version']).where('aggregate_id', '=', list.id).orderBy('seq').execute()
    expect(events).toEqual([{ event: 'checklist.drafted', version: 1 }, { event: 'checklist.edited', version: 2 }, { event: 'checklist.published', version: 3 }, { event: 'checklist.retired', version: 4 }])
  })
  it('publishing again with the same key does it once', async () => {
    const { list } = await drafted('ID')
    const key = '0199cccc-0000-7000-8000-000000000001'
    const first = await w.as('chen').do(op.publish, { id: list.id, baseVersion: 1 }, { key })
    expect(await w.as('chen').do(op.publish, { id: list.id, baseVersion: 1 }, { key })).toEqual(first)
  })
  it('the library lists newest first within a code, and its figures are its filters', async () => {
    const all = await w.as('wang').do(op.list, { limit: 2 })
    expect(all.total).toBe(all.figures.published + all.figures.retired + all.figures.draft)
    const seen = [...all.rows]
    for (let next = all.next; next; ) {
      const page = await w.as('wang').do(op.list, { limit: 2, cursor: next })
      seen.push(...page.rows)
      next = page.next
    }
    expect([seen.length, new Set(seen.map((row) => row.id)).size]).toEqual([all.total, all.total])
    expect((await w.as('wang').do(op.list, { state: 'RETIRED' })).total).toBe(all.figures.retired)
    expect((await w.as('wang').do(op.list, { q: '100%' })).total).toBe(0)
    expect((await w.as('wang').do(op.list, { q: '复工' })).rows.map((row) => row.code)).toEqual(['FG'])
  })
  it('a list leaves as a workbook and comes back unchanged; bad rows return with their reasons (C21)', async () => {
    const file = await w.as('wang').call(op.file, { id: fg.id })
    expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain('企业复工复产自查表（第1版）.xlsx')
    const back = await w.as('xu').do(op.readSheet, {}, { body: file.bytes, headers: { 'x-file-name': 'fg.xlsx' } })
    expect([back.errors, back.items]).toEqual([[], fg.items])
    const rows = exportItems([item('ZZ-01'), item('ZZ-02')])
    rows[2]![6] = '九十'
    const broken = await w.as('xu').do(op.readSheet, {}, { body: await sheetOf(rows), headers: { 'x-file-name': 'b.xlsx' } })
    expect([broken.items.map((i) => i.code), broken.errors]).toEqual([['ZZ-01'], [{ row: 3, heading: '默认整改天数', text: '“九十”应为 0 到 30 的整数（0=立即）' }]])
    expect(broken.correction[1]?.at(-1)).toBe('默认整改天数：“九十”应为 0 到 30 的整数（0=立即）')
    expect((await w.as('xu').call(op.template, {})).status).toBe(200)
  })
  it('words of the street find the item', async () => {
    const { hits } = await w.as('lin').do(op.suggest, { words: '煤气罐放在店里', limit: 3 })
    expect(hits.length).toBeGreaterThan(0)
    expect(hits[0]?.item.content).toMatch(/气瓶|燃气/)
  })
  it('a clause counts on the day of the event: AQ 3067-2026 from 2026-09-30', async () => {
    const on = async (date: string) => (await w.as('wang').do(op.clauses, { date, regime: 'HAZCHEM' })).clauses.map((c) => c.document)
    const [before, after] = [await on('2026-09-29'), await on('2026-09-30')]
    expect(new Set(before)).not.toEqual(new Set(after))
  })
  it('candidates follow sector and tags; grading says what is missing, then decides (10号令)', async () => {
    const site = { date: '2026-03-05', sector: 'MACHINERY' as const, tags: 'DUST_EXPLOSION' }
    const { clauses } = await w.as('wang').do(op.candidates, { ...site, words: '粉尘 除尘' })
    const clause = clauses.find((c) => c.facts.length === 1 && c.facts[0]?.kind === 'flag' && c.requiresTag === 'DUST_EXPLOSION')!
    const fact = clause.facts[0]!.name
    const open = await w.as('wang').do(op.grade, { ...site, clauseIds: clause.id, facts: '{}' })
    expect([open.outcome, open.missing.map((m) => m.name)]).toEqual(['UNDECIDED', [fact]])
    const met = await w.as('wang').do(op.grade, { ...site, clauseIds: clause.id, facts: JSON.stringify({ [fact]: true }) })
    expect([met.outcome, met.clauseId]).toEqual(['MAJOR', clause.id])
    expect((await w.as('wang').do(op.grade, { ...site, tags: '', clauseIds: clause.id, facts: JSON.stringify({ [fact]: true }) })).missing[0]?.label).toBe('登记标签“粉尘涉爆”')
  })
})
