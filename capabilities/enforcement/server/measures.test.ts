import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { textOf } from '../../../kernel/core/document.ts'
import { withChecklists } from '../../visit/server/fixtures.ts'
import type { Sealing } from '../measure.ts'
import { operations } from '../operations.ts'
import type { PaperDetail } from '../paper.ts'
import { draftOf, type Found, inDays, issued, itemsOf, pair, readWord, recorded, servedPaper, signed, today, visited } from './fixtures.ts'

let w: World
let n = 0
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
})
afterAll(() => w.close())

const sealing = (more: Partial<Sealing> = {}) => ({ sealKind: 'SEAL' as const, sealReason: '粉尘收集系统不符合国家标准', lawfulThings: true, things: [{ name: `除尘器${++n}`, quantity: '1台', place: '2号车间' }], ...more })
const ground = async (): Promise<Found> => {
  const found = await visited(w)
  await recorded(w, found)
  return found
}
const sealDraft = (found: Found, more: Partial<Sealing> = {}) => draftOf('D09', found, { items: itemsOf(w, found).map(({ hazardId }) => ({ hazardId })), sealing: sealing(more) })
const sealedNow = async (more: Partial<Sealing> = {}): Promise<PaperDetail> => servedPaper(w, sealDraft(await ground(), more), 'chen')
const measure = (id: string, who: 'wang' | 'feng' = 'wang') => w.as(who).do(operations.measure, { id })
const follow = (type: 'D10' | 'D11', paper: PaperDetail, more: object) => ({ id: randomUUID(), type, referId: paper.id, officers: pair, ...more })
const todos = async (id: string) => (await w.app.db.pool.query<{ kind: string; who: string }>('select kind, coalesce(verb, person_id::text) as who from todo where subject_id = (select id from seal_measure where paper_id = $1) and done_at is null order by kind, who', [id])).rows.map((t) => `${t.kind} ${t.who}`)

describe('查封扣押：办得成', () => {
  it('负责人先批准，签发之日起三十日；清单、期限、救济印在决定书和 Word 上；企业看得到', async () => {
    const paper = await sealedNow()
    expect(paper.no).toMatch(/^（澜安澜）应急查扣〔2026〕\d+号$/)
    const words = textOf(paper.page)
    expect(words).toContain('查封期限30日，自2026年3月5日起至2026年4月4日止。')
    expect(words).toMatch(/查封（扣押）清单\n1．除尘器\d+，规格型号：／，数量：1台，存放或所在地点：2号车间。/)
    expect(words).toMatch(/六十日内.*行政复议/)
    expect(readWord((await w.as('wang').call(operations.download, { id: paper.id })).bytes).text).toContain('粉尘收集系统不符合国家标准')
    expect(await measure(paper.id)).toMatchObject({ state: 'IN_FORCE', startedOn: today(w), dueOn: inDays(w, 30), approved: true, approvedByName: '陈岸平', thingCount: 1, no: paper.no })
    expect(await measure(paper.id, 'feng')).toMatchObject({ approvalNote: null, actions: [], releasePaperId: null })
    const list = await w.as('wang').do(operations.measures, { enterpriseId: ids.enterprise })
    expect(list.total).toBe(list.rows.length)
    expect(list.rows.map((r) => r.paperId)).toContain(paper.id)
  })
  it('检验期间不计入，延长一次，合计起止正确（§3.5 的算例）', async () => {
    const paper = await sealedNow()
    const start = today(w)
    w.advance({ days: 5 })
    const m = await measure(paper.id)
    const testing = await w.as('wang').do(operations.startTesting, { id: paper.id, baseVersion: m.version, testingId: randomUUID(), what: '防爆性能', lab: '安川市检验所', from: today(w), notice: '书面告知冯立勤' })
    expect(testing.state).toBe('TESTING')
    w.advance({ days: 12 })
    await w.runJobs()
    expect((await measure(paper.id)).dueOn).toBe(inDays(w, 30 - 5))
    const ended = await w.as('he').do(operations.endTesting, { id: paper.id, baseVersion: (await measure(paper.id)).version, to: today(w), result: '不合格' })
    expect(ended).toMatchObject({ state: 'IN_FORCE', testedDays: 12, dueOn: inDays(w, 25) })
    const d10 = await servedPaper(w, follow('D10', paper, { extension: { extraDays: 30, extensionReason: '须待检测复核' } }) as never, 'chen')
    expect(textOf(d10.page)).toMatch(/查封期限延长30日，自.*起至.*止。/)
    const after = await measure(paper.id)
    expect(after).toMatchObject({ extendedDays: 30, testedDays: 12 })
    expect(Math.round((Date.parse(after.dueOn) - Date.parse(start)) / 86_400_000)).toBe(72)
    expect((await w.as('wang').call(operations.submit, await drafted(follow('D10', paper, { extension: { extraDays: 5, extensionReason: '再延' } })))).problem.code).toBe('enforcement.extended_already')
  })
  it('期满前七、三、一日提醒；当日自动起草解除决定书；过期转期满未解除；解除送达才了结', async () => {
    const paper = await sealedNow()
    w.advance({ days: 23 })
    await w.runJobs()
    expect(await todos(paper.id)).toEqual([`enforcement.seal_due_7 ${castIds.wang}`])
    w.advance({ days: 4 })
    await w.runJobs()
    expect(await todos(paper.id)).toEqual([`enforcement.seal_due_3 ${castIds.wang}`, 'enforcement.seal_due_3 enforcement.approve'].sort())
    w.advance({ days: 2 })
    await w.runJobs()
    expect((await todos(paper.id))[0]).toContain('seal_due_1')
    w.advance({ days: 1 })
    await w.runJobs()
    const due = await measure(paper.id)
    expect(due.papers.map((p) => [p.type, p.state])).toEqual([['D09', 'SERVED'], ['D11', 'DRAFT']])
    const draft = await w.as('wang').do(operations.get, { id: due.releasePaperId! })
    expect(draft).toMatchObject({ draftedByName: '系统自动起草', content: { release: { releaseReason: '查封期限届满' } } })
    w.advance({ days: 1 })
    await w.runJobs()
    expect((await measure(paper.id)).state).toBe('EXPIRED')
    expect((await w.as('wang').call(operations.submit, await drafted(follow('D10', paper, { extension: { extraDays: 5, extensionReason: '来不及' } })))).problem.fields?.map((f) => f.code)).toContain('enforcement.extension_late')
    const submitted = await w.as('wang').do(operations.submit, { id: draft.id, baseVersion: draft.version })
    const approved = await w.as('xu').do(operations.approve, { id: draft.id, baseVersion: submitted.version })
    const out = await signed(w, await w.as('wang').do(operations.issue, { id: draft.id, baseVersion: approved.version }))
    await w.as('wang').do(operations.serve, { id: out.id, baseVersion: out.version, method: 'DIRECT', servedOn: today(w), receiver: '冯立勤' })
    expect(await measure(paper.id)).toMatchObject({ state: 'RELEASED', releasedOn: today(w), actions: [] })
    expect(await todos(paper.id)).toEqual([])
  })
  it('情况紧急：先实施，二十四小时内补办批准；负责人不同意的，立即起草解除', async () => {
    const found = await ground()
    const urgent = async () => {
      const draft = await w.as('wang').do(operations.draft, sealDraft(found, { urgent: true }))
      return w.as('wang').do(operations.issue, { id: draft.id, baseVersion: draft.version })
    }
    const first = await urgent()
    const m = await measure(first.id)
    expect(m).toMatchObject({ urgent: true, approved: null, approvalDueAt: new Date(Date.parse(first.issuedAt!) + 86_400_000).toISOString() })
    expect(await todos(first.id)).toEqual(['enforcement.seal_approve enforcement.seal'])
    expect(await w.as('chen').do(operations.makeUp, { id: first.id, baseVersion: m.version, agree: true })).toMatchObject({ approved: true, approvedByName: '陈岸平' })
    const second = await urgent()
    const refused = await w.as('chen').do(operations.makeUp, { id: second.id, baseVersion: (await measure(second.id)).version, agree: false, note: '可用整改代替' })
    expect(refused).toMatchObject({ approved: false, state: 'IN_FORCE' })
    expect((await measure(second.id)).papers.map((p) => p.type)).toEqual(['D09', 'D11'])
    expect((await todos(second.id)).every((t) => t.startsWith('enforcement.seal_release'))).toBe(true)
  })
  it('一件的时钟走不动，不耽误别的；修好之后自己补上', async () => {
    const [broken, sound] = [await sealedNow({ days: 1 }), await sealedNow({ days: 1 })]
    const officers = (value: string) => w.app.db.pool.query(`update seal_measure set officers = ${value} where paper_id = '${broken.id}'`)
    const due = async (id: string) => (await measure(id)).releasePaperId
    await officers('array[gen_random_uuid(), gen_random_uuid()]')
    w.advance({ days: 1 })
    await expect(w.runJobs()).rejects.toThrow('enforcement.seal_tick')
    // Whichever of the two was taken first: by now the sound one has had its turn.
    await w.runJobs().catch(() => undefined)
    expect([await due(broken.id), await due(sound.id)]).toEqual([null, expect.any(String)])
    await officers(`'{${pair.join(',')}}'`)
    w.advance({ days: 1 })
    await w.runJobs()
    expect((await measure(broken.id)).papers.map((p) => p.type)).toEqual(['D09', 'D11'])
  })
  it('待补办批准的可以单独列出，件数与数字一致', async () => {
    const draft = await w.as('wang').do(operations.draft, sealDraft(await ground(), { urgent: true }))
    await w.as('wang').do(operations.issue, { id: draft.id, baseVersion: draft.version })
    const { figures } = await w.as('chen').do(operations.measures, {})
    const list = await w.as('chen').do(operations.measures, { unapproved: 'true', limit: 100 })
    expect(figures.unapproved).toBeGreaterThan(0)
    expect([list.total, list.rows.length]).toEqual([figures.unapproved, figures.unapproved])
    expect(list.rows.every((r) => r.approved === null)).toBe(true)
  })
  it('决定书送达前作废，措施随之作废', async () => {
    const paper = await issued(w, sealDraft(await ground()), 'chen')
    await w.as('xu').do(operations.void, { id: paper.id, baseVersion: paper.version, reason: '对象有误' })
    expect((await measure(paper.id)).state).toBe('VOIDED')
  })
  it('约谈：没有检查也能作谈话记录，参加人员、议定事项、文号都在纸上', async () => {
    const talk = { talkKind: 'SUMMON' as const, reasons: ['MAJOR_HAZARD' as const], heldAt: w.app.runtime.now().toISOString(), talkPlace: '局二楼会议室', attendance: [{ name: '陈岸平', duty: '分管负责人', side: 'OFFICE' as const }, { name: '冯立勤', duty: '主要负责人', side: 'PARTY' as const }], said: '通报重大隐患未治理', promises: [{ promise: '停用除尘系统', promiseDueOn: inDays(w, 3) }] }
    expect((await w.as('wang').do(operations.prepare, { siteId: ids.site })).types.map((t) => t.type)).toEqual(['D27'])
    const draft = await w.as('wang').do(operations.draft, { id: randomUUID(), type: 'D27', siteId: ids.site, officers: pair, talk })
    const paper = await w.as('wang').do(operations.issue, { id: draft.id, baseVersion: draft.version })
    expect(paper.no).toBe('（澜安澜）应急谈〔2026〕1号')
    expect(textOf(paper.page)).toContain('被约谈单位')
    expect(textOf(paper.page)).not.toContain('被检查单位')
    expect(textOf(paper.page)).toMatch(/对安川澜湖精密五金有限公司进行约谈。[\s\S]*重大事故隐患不治理[\s\S]*被谈话方参加人员：冯立勤（主要负责人）[\s\S]*1．停用除尘系统，于.*前完成。/)
    expect((await signed(w, paper)).state).toBe('SIGNED')
  })
})

async function drafted(input: object): Promise<{ id: string; baseVersion: number }> {
  const draft = await w.as('wang').do(operations.draft, input as never)
  return { id: draft.id, baseVersion: draft.version }
}

describe('查封扣押：拒绝外人', () => {
  it('邻区看不到；安格员、企业、街道不能办；科长不能批准', async () => {
    const paper = await issued(w, sealDraft(await ground()), 'chen')
    const m = await measure(paper.id)
    const based = { id: paper.id, baseVersion: m.version }
    const test = { ...based, testingId: randomUUID(), what: '防爆', lab: '检验所', from: today(w), notice: '已告知' }
    const calls = [[operations.startTesting, test], [operations.endTesting, { ...based, to: today(w), result: '合格' }]] as const
    expect((await w.as('qian').call(operations.measure, { id: paper.id })).status).toBe(404)
    expect((await w.as('qian').do(operations.measures, {})).rows).toEqual([])
    for (const [operation, input] of calls) expect((await w.as('qian').call(operation, input as never)).status).toBe(404)
    for (const who of ['lin', 'zhao', 'feng', 'zhou', 'sun'] as const) for (const [operation, input] of [...calls, [operations.makeUp, { ...based, agree: true }]] as const) expect((await w.as(who).call(operation, input as never)).status, who).toBe(403)
    expect((await w.as('xu').call(operations.makeUp, { ...based, agree: true })).status).toBe(403)
    expect((await w.as('lin').call(operations.measures, {})).status).toBe(403)
  })
})

describe('查封扣押：拒绝胡来', () => {
  it('科长不能批准；未批准不能签发；一名执法人员不行', async () => {
    const draft = sealDraft(await ground())
    const { id, baseVersion } = await drafted(draft)
    expect((await w.as('wang').call(operations.issue, { id, baseVersion })).problem.code).toBe('enforcement.approval_needed')
    const submitted = await w.as('wang').do(operations.submit, { id, baseVersion })
    expect((await w.as('xu').call(operations.approve, { id, baseVersion: submitted.version })).problem.code).toBe('enforcement.head_needed')
    expect((await w.as('wang').call(operations.draft, { ...draft, id: randomUUID(), officers: [castIds.wang] })).problem.code).toBe('enforcement.officers_few')
  })
  it('同一物品不重复查封；没有清单、理由不能报批；补办过的不能再补办；送检日期不能在开始之前', async () => {
    const things = [{ name: '储漆罐', spec: '', quantity: '2个', place: '危化品间' }]
    const found = await ground()
    const paper = await issued(w, sealDraft(found, { things }), 'chen')
    const again = await w.as('wang').call(operations.draft, sealDraft(found, { things }))
    expect([again.problem.code, again.problem.fields?.[0]?.path]).toEqual(['enforcement.sealed_already', 'sealing.things.0.name'])
    const bare = await w.as('wang').call(operations.submit, await drafted(sealDraft(found, { things: [], sealReason: '' })))
    expect(bare.problem.fields?.map((f) => f.code)).toEqual(['enforcement.seal_reason_needed', 'enforcement.seal_list_needed'])
    const m = await measure(paper.id)
    expect((await w.as('chen').call(operations.makeUp, { id: paper.id, baseVersion: m.version, agree: true })).problem.code).toBe('enforcement.make_up_not_needed')
    const early = { id: paper.id, baseVersion: m.version, testingId: randomUUID(), what: '成分', lab: '检验所', from: inDays(w, -3), notice: '已告知' }
    expect((await w.as('wang').call(operations.startTesting, early)).problem.code).toBe('enforcement.testing_from')
    expect((await w.as('wang').call(operations.endTesting, { id: paper.id, baseVersion: m.version, to: today(w), result: '合格' })).problem.code).toBe('enforcement.measure_state')
    expect((await w.as('wang').call(operations.startTesting, { ...early, baseVersion: 99 })).problem.code).toBe('common.stale')
  })
})
