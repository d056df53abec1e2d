import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { confirmed, get, photo } from '../../hazard/server/fixtures.ts'
import { operations as hazard } from '../../hazard/operations.ts'
import { newId } from '../../../kernel/server/id.ts'
import { operations } from '../operations.ts'
import type { BriefingDetail } from '../briefing.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const id = () => newId(w.app.clock.now())
/** A general hazard, fixed on the spot and closed by Wang. */
async function closedHazard(): Promise<string> {
  const h = await confirmed(w)
  const fixed = await w.as('wang').do(hazard.fixOnSite, { id: h.id, baseVersion: h.version, photosAfter: [await photo(w, 'wang')] })
  if (fixed.state !== 'CLOSED') await w.as('wang').do(hazard.verifyFix, { id: h.id, baseVersion: fixed.version, verified: true })
  expect((await get(w, 'wang', h.id)).state).toBe('CLOSED')
  return h.id
}
const metrics = ['M07', 'M08', 'M09C', 'M11', 'M14', 'M15O', 'M04'] as const
const freeze = (more: Record<string, unknown> = {}) => w.as('xu').do(operations.freeze, { id: id(), title: '三月首周', from: '2026-03-01', to: '2026-03-07', metrics: [...metrics], ...more })
let issue = 0
const write = async (snapshotId: string, body: string) => w.as('xu').do(operations.draftBriefing, { id: id(), kind: 'WAR', issue: `第${++issue}期`, title: '安澜区夜查战报', snapshotId, body })
const on = (b: BriefingDetail) => ({ id: b.id, baseVersion: b.version })
const edit = (b: BriefingDetail, more: Record<string, unknown>) => w.as('xu').do(operations.editBriefing, { ...on(b), snapshotId: b.snapshotId, title: b.title, issue: b.issue, body: b.body, wording: b.wording, sources: b.sources, credit: b.credit, quotes: b.quotes.map(({ personId, words }) => ({ personId, words })), annexes: b.annexes, ...more })
const publicPage = (path: string) => w.app.http.inject({ method: 'GET', url: path })
async function published(b: BriefingDetail): Promise<BriefingDetail> {
  const sent = await w.as('xu').do(operations.submitBriefing, on(b))
  const approved = await w.as('chen').do(operations.approveBriefing, on(sent))
  return w.as('xu').do(operations.publishBriefing, on(approved))
}
/** Chen opens a closed hazard again: the fix was found not to hold. */
const reopen = async (hazardId: string) => {
  const h = await get(w, 'wang', hazardId)
  return w.as('wang').do(hazard.reopen, { id: hazardId, baseVersion: h.version, description: '回头看发现漏电保护又被拆除', photos: [await photo(w, 'wang')] })
}

describe('snapshots and briefings: 拒绝外人', () => {
  it('the next district sees, writes and approves none of ours; a street does not freeze', async () => {
    const s = await freeze()
    const b = await write(s.id, '排查隐患{M07}。')
    for (const [operation, input] of [[operations.snapshot, { id: s.id }], [operations.members, { id: s.id, metric: 'M07' }], [operations.compare, { id: s.id, with: s.id }], [operations.briefing, { id: b.id }]] as const) expect((await w.as('qian').call(operation as typeof operations.snapshot, input as { id: string })).status).toBe(404)
    expect((await w.as('qian').do(operations.snapshots, {})).total).toBe(0)
    expect((await w.as('qian').do(operations.briefings, {})).total).toBe(0)
    expect((await w.as('qian').call(operations.approveBriefing, on(b))).status).toBe(403)
    expect((await w.as('zhou').call(operations.freeze, { id: id(), title: '本街道', from: '2026-03-01', to: '2026-03-07', metrics: ['M07'] })).status).toBe(403)
    expect((await w.as('wang').call(operations.draftBriefing, { id: id(), kind: 'WAR', title: '战报', snapshotId: s.id })).status).toBe(403)
    expect((await w.as('wang').call(operations.speakers, {})).status).toBe(403)
  })
  it('a draft is on no public page', async () => {
    const b = await write((await freeze()).id, '排查隐患{M07}。')
    expect((await publicPage(`/public/briefings/${b.id}`)).statusCode).toBe(404)
    expect((await publicPage('/public/briefings/x')).statusCode).toBe(404)
  })
  it('an area out of reach is not counted as nothing', async () => {
    expect((await w.as('xu').call(operations.freeze, { id: id(), title: '邻区', from: '2026-03-01', to: '2026-03-07', metrics: ['M07'], areas: [areas.neighbourStreet] })).status).toBe(404)
  })
})

describe('snapshots and briefings: 拒绝胡来', () => {
  it('a span the wrong way round, one that has not begun, a metric nobody can count, an unknown campaign', async () => {
    const code = async (more: Record<string, unknown>) => (await w.as('xu').call(operations.freeze, { id: id(), title: '快照', from: '2026-03-01', to: '2026-03-07', metrics: ['M07'], ...more })).problem.code
    expect(await code({ to: '2026-02-01' })).toBe('snapshot.span')
    expect(await code({ from: '2027-01-01', to: '2027-01-02' })).toBe('snapshot.future')
    expect(await code({ metrics: ['M18'] })).toBe('snapshot.no_register')
    expect(await code({ metrics: ['M999'] })).toBe('common.invalid')
    expect(await code({ campaignId: randomUUID() })).toBe('snapshot.no_campaign')
    expect(await code({ entered: [{ metric: 'M51', value: 1, before: 2, source: '事故统计系统' }] })).toBe('snapshot.entered_unasked')
  })
  it('a figure that does not exist or was not frozen is named, and nothing goes on with it', async () => {
    const s = await freeze()
    const b = await write(s.id, '排查隐患{M07}，{M999}，立案{M18}。')
    expect(b.refusals.map((r) => r.code)).toEqual(['briefing.unknown_figure', 'briefing.not_frozen'])
    const refused = await w.as('xu').call(operations.submitBriefing, on(b))
    expect(refused.problem).toMatchObject({ code: 'briefing.unknown_figure', params: { figure: 'M999' } })
    expect(refused.problem.title).toBe('没有指标“M999”')
  })
  it('the writer does not approve, and a step out of its turn is refused', async () => {
    const b = await write((await freeze()).id, '排查隐患{M07}。')
    expect((await w.as('chen').call(operations.approveBriefing, on(b))).problem.code).toBe('briefing.wrong_state')
    expect((await w.as('xu').call(operations.approveBriefing, on(b))).status).toBe(403)
    const sent = await w.as('xu').do(operations.submitBriefing, on(b))
    expect((await w.as('xu').call(operations.publishBriefing, on(sent))).problem.code).toBe('briefing.wrong_state')
    expect((await w.as('xu').call(operations.submitBriefing, on(b))).problem.code).toBe('common.stale')
    await w.app.db.pool.query(`update briefing set writers = writers || $2::uuid where id = $1`, [b.id, castIds.chen])
    expect((await w.as('chen').call(operations.approveBriefing, on(sent))).problem.code).toBe('briefing.writer_approves')
    const back = await w.as('chen').do(operations.returnBriefing, { ...on(sent), reason: '请补充数据说明' })
    expect(back).toMatchObject({ state: 'RETURNED', returnedWhy: '请补充数据说明' })
  })
  it('what is frozen or published cannot be changed even by the database’s own hand', async () => {
    const s = await freeze()
    await expect(w.app.db.pool.query(`update snapshot_figure set value = 99 where snapshot_id = $1`, [s.id])).rejects.toThrow()
    await expect(w.app.db.pool.query(`delete from snapshot_figure where snapshot_id = $1`, [s.id])).rejects.toThrow()
  })
})

describe('snapshots: 办得成', () => {
  it('a frozen number opens the frozen list, and facts that come later move neither', async () => {
    const ids = [await closedHazard(), (await confirmed(w)).id]
    const s = await freeze()
    const found = s.list.find((f) => f.metric === 'M07')!
    const list = await w.as('xu').do(operations.members, { id: s.id, metric: 'M07' })
    expect(list.total).toBe(found.value)
    expect(list.rows).toHaveLength(found.value!)
    expect(list.rows.map((row) => row.id)).toEqual(expect.arrayContaining(ids))
    w.advance({ minutes: 5 })
    await confirmed(w)
    const after = await w.as('xu').do(operations.snapshot, { id: s.id })
    expect(after.list).toEqual(s.list)
    expect(after.hash).toBe(s.hash)
    expect(after.late.records).toBe(1)
    expect((await w.as('xu').do(operations.members, { id: s.id, metric: 'M07' })).total).toBe(found.value)
  })
  it('a correction is a new version beside the old, with its reason, and both can be compared', async () => {
    const s = await freeze()
    w.advance({ minutes: 5 })
    await confirmed(w)
    const fresh = await w.as('xu').do(operations.correctSnapshot, { id: s.id, newId: id(), reason: '望汀街道补报一条' })
    expect(fresh).toMatchObject({ number: 2, reason: '望汀街道补报一条', latest: true })
    expect(fresh.versions.map((v) => [v.number, v.reason])).toEqual([[1, null], [2, '望汀街道补报一条']])
    expect((await w.as('xu').call(operations.correctSnapshot, { id: s.id, newId: id(), reason: '再来一次更正' })).problem.code).toBe('snapshot.not_latest')
    const compared = await w.as('xu').do(operations.compare, { id: s.id, with: fresh.id })
    const moved = compared.rows.find((row) => row.metric === 'M07')!
    expect(moved).toMatchObject({ added: 1, removed: 0, why: ['新计入1条'] })
    expect(moved.after!.value! - moved.before!.value!).toBe(1)
    expect((await w.as('xu').do(operations.snapshots, { latest: 'false' })).rows.map((row) => row.id)).toContain(s.id)
  })
  it('says which streets had not reported', async () => {
    const s = await freeze()
    expect(s.units.map((unit) => [unit.name, unit.reported])).toEqual([['望汀街道', true], ['沅埠街道', false]])
    const b = await write(s.id, '{截至}，排查隐患{M07}。')
    expect(b.sentences[0]!.text).toContain('据不完全统计（截至2026年3月5日，2个街道已报1个）')
  })
  it('a zero base is — and no 100%', async () => {
    const s = await freeze({ from: '2025-01-01', to: '2025-01-31' })
    expect(s.list.find((f) => f.metric === 'M11')).toMatchObject({ numerator: 0, denominator: 0 })
    const b = await write(s.id, '整改率{M11}。全部整改完毕。整改率100%。')
    expect(b.sentences[0]!.text).toBe('整改率—。')
    expect(b.refusals.map((r) => r.code)).toEqual(expect.arrayContaining(['claim.nothing_found', 'claim.zero_base']))
  })
  it('while events pour in the numbers of one snapshot belong to one moment', async () => {
    const pouring = Array.from({ length: 6 }, () => closedHazard())
    const frozen = await Promise.all(Array.from({ length: 4 }, () => freeze()))
    await Promise.all(pouring)
    for (const s of frozen) {
      const count = (metric: string) => s.list.find((f) => f.metric === metric)!
      expect(count('M11')).toMatchObject({ numerator: count('M09C').value, denominator: count('M07').value })
      expect(count('M07').members).toBe(count('M07').value)
      expect(s.daily.reduce((n, day) => n + day.found, 0)).toBe(count('M07').value)
    }
  })
})

describe('briefings: 办得成', () => {
  it('one hazard opened again makes 全部整改完毕 impossible to publish, and says which one', async () => {
    w.advance({ days: 30 })
    const day = w.app.clock.now().toISOString().slice(0, 10)
    const [first] = [await closedHazard(), await closedHazard()]
    const s = await freeze({ from: day, to: day })
    const draft = await write(s.id, '当日排查隐患{M07}，均已整改到位。')
    expect(draft.refusals).toEqual([])
    const sent = await w.as('xu').do(operations.submitBriefing, on(draft))
    const approved = await w.as('chen').do(operations.approveBriefing, on(sent))
    await reopen(first)
    const h = await get(w, 'wang', first)
    const refused = await w.as('xu').call(operations.publishBriefing, on(approved))
    expect(refused.status).toBe(422)
    expect(refused.problem.code).toBe('claim.not_all_closed')
    expect(refused.problem.title).toContain(h.no)
    expect(refused.problem.title).toContain('安川澜湖精密五金有限公司')
    const seen = await w.as('xu').do(operations.briefing, { id: draft.id })
    const [mark] = seen.sentences[0]!.marks.filter((m) => m.kind === 'FALSE')
    expect(mark!.items).toMatchObject([{ id: first, no: h.no, since: 'NOW' }])
    expect(seen.actions.find((a) => a.action === 'publish')).toMatchObject({ allowed: false })
    expect((await publicPage(`/public/briefings/${draft.id}`)).statusCode).toBe(404)
  })
  it('a title is held against the facts like any sentence', async () => {
    const s = await freeze({ from: '2026-03-01', to: '2026-03-07' })
    const b = await edit(await write(s.id, '排查隐患{M07}。'), { title: '隐患全部整改完毕' })
    expect(b.refusals.map((r) => [r.code, r.say.slice(0, 16)])).toEqual([['claim.title', '标题：“全部整改完毕”不成立：还']])
    expect((await w.as('xu').call(operations.submitBriefing, on(b))).problem.code).toBe('claim.title')
    expect((await edit(b, { title: '安澜区夜查战报' })).refusals).toEqual([])
  })
  it('numbers that were corrected since are not published any more', async () => {
    const s = await freeze({ from: '2026-03-01', to: '2026-03-07' })
    const sent = await w.as('xu').do(operations.submitBriefing, on(await write(s.id, '排查隐患{M07}。')))
    const approved = await w.as('chen').do(operations.approveBriefing, on(sent))
    const second = await w.as('xu').do(operations.correctSnapshot, { id: s.id, newId: id(), reason: '补报后更正' })
    const refused = await w.as('xu').call(operations.publishBriefing, on(approved))
    expect([refused.problem.code, refused.problem.title]).toEqual(['briefing.snapshot_corrected', '快照“三月首周”第1版已被更正，请改用最新一版'])
    const back = await w.as('chen').do(operations.returnBriefing, { ...on(approved), reason: '改用更正后的快照' })
    expect((await published(await edit(back, { snapshotId: second.id }))).state).toBe('PUBLISHED')
  })
  it('goes from draft to a public page whose numbers open what they mean, and names no firm', async () => {
    const s = await freeze({ from: '2026-03-01', to: '2026-03-07' })
    const draft = await write(s.id, '{期间}，排查隐患{M07}，整改率{M11:两数}。')
    const b = await published(draft)
    expect(b.state).toBe('PUBLISHED')
    const page = await publicPage(b.publicPath!)
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(page.body).not.toMatch(/<script|style="|安川澜湖|林禾安|王砚川/)
    const value = s.list.find((f) => f.metric === 'M07')!.value!
    expect(page.body).toContain(`<a href="#M07" title="看口径和分子分母">${value}宗</a>`)
    expect(page.body).toContain('<section class="f" id="M07"')
    expect(page.body).toContain('销号后重新打开的仍是原来那一条')
    expect((await publicPage('/public/briefings')).body).toContain('安澜区夜查战报')
  })
  it('a correction after publication is a second edition with a visible note; the first number stays readable', async () => {
    w.advance({ days: 10 })
    const day = w.app.clock.now().toISOString().slice(0, 10)
    await confirmed(w)
    const s = await freeze({ from: day, to: day })
    const b = await published(await write(s.id, '排查隐患{M07}。'))
    w.advance({ minutes: 3 })
    await confirmed(w)
    const second = await w.as('xu').do(operations.correctSnapshot, { id: s.id, newId: id(), reason: '沅埠街道晚报一条' })
    const open = await w.as('xu').do(operations.correctBriefing, { ...on(b), reason: '补入晚报的一条隐患' })
    expect((await publicPage(b.publicPath!)).body).toContain('1宗')
    const again = await published(await edit(open, { snapshotId: second.id }))
    const page = (await publicPage(again.publicPath!)).body
    expect(page).toContain('补入晚报的一条隐患')
    expect(page).toContain('2宗</a>')
    expect(page).toMatch(/第1版（[^）]*）：1宗/)
    expect(again.history).toHaveLength(2)
    const gone = await w.as('chen').do(operations.withdrawBriefing, { ...on(again), reason: '统计范围有误，另行发布' })
    expect(gone.state).toBe('WITHDRAWN')
    const left = await publicPage(b.publicPath!)
    expect([left.statusCode, left.body.includes('统计范围有误'), left.body.includes('2宗')]).toEqual([410, true, false])
  })
  it('prints the figures of a further snapshot under the name the text calls it, and says which one it is of', async () => {
    const [own, night] = [await freeze({ metrics: ['M07', 'M09C'] }), await freeze({ title: '夜查一次', from: '2026-03-02', to: '2026-03-02' })]
    const draft = await write(own.id, '排查隐患{M07}。当晚排查隐患{夜间/M07}，整改率{夜间/M11:两数}。')
    expect(draft.refusals.map((r) => r.code)).toEqual(['briefing.not_frozen', 'briefing.not_frozen'])
    expect((await w.as('xu').call(operations.editBriefing, { ...on(draft), snapshotId: own.id, title: draft.title, issue: '', body: draft.body, wording: draft.wording, sources: [], credit: draft.credit, quotes: [], annexes: [{ label: '夜间', snapshotId: randomUUID() }] })).problem.fields?.[0]?.path).toBe('annexes.0.snapshotId')
    const b = await published(await edit(draft, { annexes: [{ label: '夜间', snapshotId: night.id }] }))
    const page = (await publicPage(b.publicPath!)).body
    const value = night.list.find((f) => f.metric === 'M07')!.value!
    expect(page).toContain(`<a href="#夜间/M07" title="看口径和分子分母">${value}宗</a>`)
    expect(page).toContain('<section class="f" id="夜间/M07"')
    expect(page).toMatch(/夜间：排查隐患 <b>[\s\S]*?<dt>来源<\/dt><dd>快照“夜查一次”第1版，截至/)
  })
  it('an average is offered from two frozen counts, both with their definitions on the page', async () => {
    const s = await freeze({ from: '2026-03-01', to: '2026-03-07' })
    const b = await published(await write(s.id, '平均每家次检查发现隐患{M07÷M04}宗。'))
    const page = (await publicPage(b.publicPath!)).body
    const [found, visits] = ['M07', 'M04'].map((metric) => s.list.find((f) => f.metric === metric)!.value!)
    expect(page).toContain(`>${visits ? (found! / visits).toFixed(1) : '—'}</a>宗`)
    expect([page.includes('id="M07"'), page.includes('id="M04"')]).toEqual([true, true])
    expect((await write(s.id, '户均{M07÷M11}宗。')).refusals.map((r) => r.code)).toContain('briefing.wrong_form')
  })
  it('quoted words wait for their speaker', async () => {
    const s = await freeze()
    expect((await w.as('xu').do(operations.speakers, {})).rows.map((row) => row.id)).toContain(castIds.chen)
    const b = await edit(await write(s.id, '排查隐患{M07}。'), { body: '陈岸平表示：{引语1}。排查隐患{M07}。', quotes: [{ personId: castIds.chen, words: '整改不过夜' }] })
    expect(b.refusals.map((r) => r.code)).toEqual(['claim.quote_waits'])
    expect((await w.as('xu').call(operations.approveQuote, { id: b.id, number: 1 })).problem.code).toBe('briefing.quote_by_speaker')
    const agreed = await w.as('chen').do(operations.approveQuote, { id: b.id, number: 1 })
    expect(agreed.refusals).toEqual([])
    expect(agreed.sentences[0]!.text).toBe('陈岸平表示：“整改不过夜”。')
  })
  it('双下降 rests on entered numbers with their source', async () => {
    const accidents = (deaths: number) => freeze({ metrics: ['M51', 'M51D'], entered: [{ metric: 'M51', value: 3, before: 5, source: '市事故统计系统3月报表' }, { metric: 'M51D', value: 1, before: deaths, source: '市事故统计系统3月报表' }] })
    expect((await write((await accidents(2)).id, '事故起数、死亡人数双下降。')).refusals).toEqual([])
    expect((await write((await accidents(0)).id, '事故起数、死亡人数双下降。')).refusals[0]!.say).toBe('“双下降”不成立：事故死亡人数的基数为0')
  })
  it('Word stands on official margins with the text, the definitions and the chart as a picture', async () => {
    const b = await write((await freeze({ from: '2026-03-01', to: '2026-03-07' })).id, '排查隐患{M07}，整改率{M11:两数}。\n一、检查情况\n检查{M04}。')
    const file = await w.as('xu').call(operations.word, { id: b.id })
    expect(file.status).toBe(200)
    const parts = unzipSync(file.bytes)
    const xml = strFromU8(parts['word/document.xml']!)
    const text = xml.replace(/<[^>]+>/g, '')
    expect(xml).toMatch(/w:top="2098"[^>]*/)
    for (const words of ['安澜区应急管理局战报', '安澜区夜查战报', '一、检查情况', '数据说明', '销号后重新打开的仍是原来那一条', '撰稿：']) expect(text).toContain(words)
    expect(Object.keys(parts).filter((name) => /^word\/media\/.*\.png$/.test(name))).toHaveLength(2)
  })

  it('期号按种类和年度顺编；同一期号不发两次，说出用在哪一份', async () => {
    const s = await freeze()
    const draft = (more: Record<string, unknown> = {}) => w.as('xu').do(operations.draftBriefing, { id: id(), kind: 'WEEKLY', title: '安全生产周报', snapshotId: s.id, body: '排查隐患{M07}。', ...more })
    const [first, second] = [await draft(), await draft()]
    expect([first.issue, second.issue]).toEqual(['2026年第1期', '2026年第2期'])
    expect((await draft({ kind: 'SPECIAL' })).issue).toBe('2026年第1期')
    await w.app.db.pool.query(`update briefing set issue = '2025年第52期' where id = $1`, [second.id])
    expect((await draft()).issue).toBe('2026年第2期（总第3期）')
    await published(first)
    const again = await draft({ issue: '2026年第1期', title: '另一份周报' })
    const refused = await w.as('xu').call(operations.submitBriefing, on(again))
    expect([refused.problem.code, refused.problem.title]).toEqual(['briefing.issue_taken', '期号“2026年第1期”已用在《安全生产周报》，请改期号'])
  })
  it('新起草的简报照本局的习惯写：量词和写法是参数', async () => {
    const set = (key: string, value: string) => w.app.db.pool.query(`insert into setting (key, area_code, value, version) values ($1, $2, $3::jsonb, 1)`, [key, areas.district, JSON.stringify(value)])
    await set('statistics.hazard_word', '处')
    await set('statistics.number_style', 'YU')
    try {
      const b = await w.as('xu').do(operations.draftBriefing, { id: id(), kind: 'EXPERIENCE', title: '经验材料', snapshotId: (await freeze()).id, body: '排查隐患{M07:数}处。' })
      expect(b.wording).toEqual({ style: 'YU', hazardWord: '处' })
    } finally {
      await w.app.db.pool.query(`delete from setting where key like 'statistics.%'`)
    }
  })
})
