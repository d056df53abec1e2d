import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { textOf } from '../../../kernel/core/document.ts'
import { operations as enterprises } from '../../enterprise/operations.ts'
import { operations as hazards } from '../../hazard/operations.ts'
import { operations as visits } from '../../visit/operations.ts'
import { after, alone, finding, photos, withChecklists } from '../../visit/server/fixtures.ts'
import { PAPER_NUMBER } from '../number.ts'
import { operations } from '../operations.ts'
import { approvedPaper, draftOf, type Found, inDays, issued, itemsOf, major, pair, readWord, recorded, servedPaper, signed, today, visited } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
})
afterAll(() => w.close())

const hazard = (id: string) => w.as('wang').do(hazards.get, { id })
const todos = async (paperId: string) => (await w.app.db.pool.query<{ kind: string; person_id: string | null; verb: string | null }>('select kind, person_id, verb from todo where subject_id = $1 and done_at is null order by kind', [paperId])).rows

describe('执法文书：办得成', () => {
  it('检查记录签名后，责令限期整改指令书报批、批准、编号、签名、送达，隐患转为已责令（T6）', async () => {
    const found = await visited(w)
    const record = await recorded(w, found)
    expect(record).toMatchObject({ type: 'D04', state: 'SIGNED', no: null })
    const draft = await w.as('wang').do(operations.draft, draftOf('D06', found, { items: itemsOf(w, found) }))
    expect(draft.actions.filter((a) => a.allowed).map((a) => a.action)).toEqual(['edit', 'submit', 'cancel'])
    const submitted = await w.as('wang').do(operations.submit, { id: draft.id, baseVersion: draft.version })
    expect(await todos(draft.id)).toEqual([{ kind: 'enforcement.approve', person_id: null, verb: 'enforcement.approve' }])
    const approved = await w.as('xu').do(operations.approve, { id: draft.id, baseVersion: submitted.version, note: '同意' })
    expect(approved.contentSha256).toMatch(/^[0-9a-f]{64}$/)
    const paper = await w.as('wang').do(operations.issue, { id: draft.id, baseVersion: approved.version })
    expect(paper.no).toMatch(PAPER_NUMBER)
    expect(paper.no).toBe('（澜安澜）应急责改〔2026〕1号')
    expect(paper.contentSha256).toBe(approved.contentSha256)
    expect((await todos(draft.id)).map((t) => [t.kind, t.person_id])).toEqual([['enforcement.receive', castIds.wang], ['enforcement.sign', castIds.wang], ['enforcement.sign', castIds.he]].sort())
    expect((await hazard(found.hazards[0]!.id)).state).toBe('CONFIRMED')
    const both = await signed(w, paper)
    expect(both.state).toBe('SIGNED')
    const served = await w.as('wang').do(operations.serve, { id: draft.id, baseVersion: both.version, method: 'DIRECT', servedOn: today(w), receiver: '冯立勤' })
    expect(served).toMatchObject({ state: 'SERVED', servedOn: today(w) })
    expect(await todos(draft.id)).toEqual([])
    for (const { id } of found.hazards) expect(await hazard(id)).toMatchObject({ state: 'ORDERED', orderNo: paper.no, dueOn: inDays(w, 10) })
    expect((await w.as('wang').do(operations.list, { hazardId: found.hazards[0]!.id })).rows.map((p) => p.type).sort()).toEqual(['D04', 'D06'])
  })
  it('下载的 Word 与记录一致：每个数字、姓名、日期、依据都来自记录', async () => {
    const found = await visited(w, [finding('YC-08'), finding('YC-09', { fixed: true })])
    const record = await recorded(w, found)
    const answer = await w.as('wang').call(operations.download, { id: record.id })
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain('现场检查记录.docx')
    const word = readWord(answer.bytes)
    for (const fact of ['安川澜湖精密五金有限公司', '91990101MA9A00011A', '冯立勤', '主厂区', '现场负责人：赵启澄，职务：安全管理员', '王砚川（证号990101001）、何汀筠（证号990101002）', '2026年3月5日 08:00至2026年3月5日 08:59', '共检查40项，符合38项，不适用0项；发现问题二项，其中当场改正一项', '检查内容：用电、通风、疏散', '已当场改正', ...found.hazards.map((h) => h.no)]) expect(word.text, fact).toContain(fact)
    // The printed page says the same, word for word.
    const print = await w.as('wang').do(operations.print, { id: record.id })
    expect(word.text.replace(/\s/g, '')).toBe(textOf(print.page).replace(/\s/g, ''))
    expect(word.xml).toContain('w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"')
    expect(word.xml).toContain('w:line="560" w:lineRule="exact"')
    for (const face of ['仿宋_GB2312', '方正小标宋简体', '黑体', '楷体_GB2312']) expect(word.xml, face).toContain(`w:eastAsia="${face}"`)
    expect(word.footer).toContain('— ')
    // Two signatures, the principal's, the code, one photo before and a pair.
    expect(word.names.filter((name) => name.startsWith('word/media/'))).toHaveLength(7)
    const audited = await w.app.db.pool.query('select 1 from audit where kind = $1 and subject = $2 and subject_id = $3', ['EXPORT', 'enforcement.download', record.id])
    expect(audited.rowCount).toBe(1)
  })
  it('一张照片的文件丢了，Word 照样下载，只空着那一处；文件读不出来就不给，不当作没有', async () => {
    const record = await recorded(w, await visited(w, [finding('YC-12')]))
    const download = () => w.as('wang').call(operations.download, { id: record.id })
    const pictures = (bytes: Buffer) => readWord(bytes).names.filter((name) => name.startsWith('word/media/')).length
    const whole = pictures((await download()).bytes)
    const sha256 = record.content.items[0]!.photos[0]!.sha256
    const file = join(w.app.config.dataDir, 'files', 'original', sha256.slice(0, 2), sha256)
    rmSync(file)
    expect(pictures((await download()).bytes)).toBe(whole - 1)
    mkdirSync(file)
    expect((await download()).status).toBe(500)
  })
  it('重大隐患：现场处理措施决定书责令停产，企业转为责令停产', async () => {
    const found = await visited(w, [major()])
    await recorded(w, found)
    const paper = await servedPaper(w, draftOf('D05', found, { items: itemsOf(w, found, 60), measures: ['STOP_PRODUCTION', 'STOP_USE'], scope: '粉尘收集系统', until: '至审查同意恢复之日' }))
    expect(paper.no).toMatch(/^（澜安澜）应急现决〔2026〕1号$/)
    expect(await hazard(found.hazards[0]!.id)).toMatchObject({ state: 'ORDERED', level: 'MAJOR' })
    expect((await w.as('wang').do(enterprises.get, { id: ids.enterprise })).state).toBe('ORDERED_STOP')
    const word = readWord((await w.as('wang').call(operations.download, { id: paper.id })).bytes)
    expect(word.struck).toContain('从危险区域内撤出作业人员')
    expect(word.text).toContain('停止使用相关设施、设备')
    expect(word.text.match(/《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十一条第（一）项/g)).toHaveLength(1)
    expect(word.text).not.toContain('《工贸企业重大事故隐患判定标准》第')
  })
  it('复查意见书签名后隐患销号或继续整改（T11/T12）', async () => {
    const found = await visited(w)
    await recorded(w, found)
    const order = await servedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) }))
    for (const { id } of found.hazards) {
      const plan = { measures: '更换', responsible: '赵启澄', fund: 100, finishOn: inDays(w, 5), emergency: '断电' }
      await w.as('zhao').do(hazards.acknowledge, { id, baseVersion: (await hazard(id)).version, plan })
      await w.as('zhao').do(hazards.submit, { id, baseVersion: (await hazard(id)).version, photosAfter: await photos(w, 'zhao', 1), note: '已改' } as never)
    }
    const [good, bad] = found.hazards
    const able = (await w.as('wang').do(operations.prepare, { referId: order.id })).officers.map((o) => o.name)
    expect(able.slice(0, 2)).toEqual(['王砚川', '何汀筠'])
    expect(able).toContain('陆问渠')
    expect(able).not.toContain('林禾安')
    const items = [{ hazardId: good!.id, passed: true, note: '已加装', photos: await photos(w, 'wang', 1) }, { hazardId: bad!.id, passed: false, note: '仍不符合', newDueOn: inDays(w, 3) }]
    const d07 = draftOf('D07', found, { referId: order.id, items, checkedAt: w.app.runtime.now().toISOString() })
    delete d07.visitId
    const paper = await issued(w, d07)
    expect(paper.no).toMatch(/应急复查〔2026〕1号$/)
    expect(textOf(paper.page)).toContain(`《责令限期整改指令书》${order.no}`)
    expect(paper.content.items[0]!.photos.map((p) => p.role)).toEqual(['BEFORE', 'AFTER'])
    await signed(w, paper)
    expect((await hazard(good!.id)).state).toBe('CLOSED')
    expect(await hazard(bad!.id)).toMatchObject({ state: 'RECTIFYING', round: 1 })
  })
  it('当事人拒签：写明理由和见证人，留置送达', async () => {
    const found = await visited(w)
    await recorded(w, found)
    let paper = await issued(w, draftOf('D06', found, { items: itemsOf(w, found) }))
    for (const who of ['he', 'wang'] as const) paper = await w.as(who).do(operations.sign, { id: paper.id, baseVersion: paper.version, attachmentId: (await photos(w, who, 1))[0]! })
    expect(paper.state).toBe('ISSUED')
    paper = await w.as('wang').do(operations.refuseToSign, { id: paper.id, baseVersion: paper.version, why: 'REFUSED', reason: '对期限有异议', witness: '梁问溪', witnessDuty: '汀前社区' })
    expect(paper.state).toBe('SIGNED')
    expect((await w.as('wang').call(operations.serve, { id: paper.id, baseVersion: paper.version, method: 'DIRECT', servedOn: today(w) })).problem.code).toBe('enforcement.direct_needs_signature')
    paper = await w.as('wang').do(operations.serve, { id: paper.id, baseVersion: paper.version, method: 'LEFT', servedOn: today(w), witness: '梁问溪' })
    expect(textOf(paper.page)).toMatch(/拒绝签名：对期限有异议[\s\S]*见证人（签名）：梁问溪　汀前社区[\s\S]*留置送达/)
  })
  it('网格巡查只能出具整改建议书：有文号、不责令、不改变隐患状态', async () => {
    const hazardId = randomUUID()
    const visitId = randomUUID()
    const seen = { id: hazardId, category: 'XC-01', location: '门口', description: '疏散通道堆放货物', requirement: '清理通道', photosBefore: await photos(w, 'lin', 1) }
    await w.as('lin').do(visits.record, { id: visitId, kind: 'PATROL', siteId: ids.site, people: alone('lin'), taskSource: 'GRID_PLAN', arrivedAt: after(w, -20), leftAt: after(w, -10), outcome: 'CHECKED', findings: [seen] })
    const draft = draftOf('D30', { visitId, hazards: [] }, { officers: [castIds.wang], items: [{ hazardId }], opinion: '建议张贴提示' })
    for (const type of ['D04', 'D05', 'D06'] as const) expect((await w.as('wang').call(operations.draft, { ...draft, id: randomUUID(), type, officers: pair })).problem.fields?.map((f) => f.code), type).toContain('enforcement.no_papers_from_visit')
    let paper = await w.as('wang').do(operations.draft, draft)
    paper = await w.as('wang').do(operations.issue, { id: paper.id, baseVersion: paper.version })
    expect(paper.no).toBe('（澜安澜）应急服〔2026〕1号')
    paper = await w.as('wang').do(operations.sign, { id: paper.id, baseVersion: paper.version, attachmentId: (await photos(w, 'wang', 1))[0]! })
    paper = await w.as('wang').do(operations.refuseToSign, { id: paper.id, baseVersion: paper.version, why: 'ABSENT', reason: '负责人外出', witness: '林禾安' })
    paper = await w.as('wang').do(operations.serve, { id: paper.id, baseVersion: paper.version, method: 'MAIL', servedOn: today(w), reference: 'EMS20260305' })
    const word = readWord((await w.as('wang').call(operations.download, { id: paper.id })).bytes)
    expect(word.text).toContain('建议：清理通道')
    expect(word.text).not.toMatch(/责令|行政复议|依据《/)
    expect((await hazard(hazardId)).state).toBe('REPORTED')
  })
  it('退回、修改、重报；批准后记录有变化的须撤回重拟', async () => {
    const found = await visited(w)
    await recorded(w, found)
    const draft = draftOf('D06', found, { items: itemsOf(w, found) })
    let paper = await w.as('wang').do(operations.draft, draft)
    paper = await w.as('wang').do(operations.submit, { id: paper.id, baseVersion: paper.version })
    paper = await w.as('xu').do(operations.return, { id: paper.id, baseVersion: paper.version, note: '期限过短' })
    expect(await todos(paper.id)).toMatchObject([{ kind: 'enforcement.edit', person_id: castIds.wang }])
    const { id, type: _t, visitId: _v, ...choices } = draft
    paper = await w.as('wang').do(operations.edit, { ...choices, id, baseVersion: paper.version, items: itemsOf(w, found, 20) })
    paper = await w.as('wang').do(operations.submit, { id, baseVersion: paper.version })
    paper = await w.as('xu').do(operations.approve, { id, baseVersion: paper.version })
    await w.app.db.pool.query('update hazard set description = $1 where id = $2', ['另一种描述', found.hazards[0]!.id])
    expect((await w.as('wang').call(operations.issue, { id, baseVersion: paper.version })).problem.code).toBe('enforcement.record_changed')
    paper = await w.as('wang').do(operations.withdraw, { id, baseVersion: paper.version })
    expect(paper).toMatchObject({ state: 'DRAFT', contentSha256: null })
    expect((await w.as('wang').do(operations.cancel, { id, baseVersion: paper.version, reason: '改由他案办理' })).state).toBe('VOIDED')
  })
  it('样式是数据：法制人员改了字号，新文书按新字号，旧文书不变', async () => {
    const { rows } = await w.as('wang').do(operations.forms, {})
    const form = rows.find((f) => f.type === 'D06')!
    const changed = await w.as('wei').do(operations.setForm, { type: 'D06', areaCode: '990101000000', wordCode: '责改字', copies: 3, copyHolders: form.copyHolders, rights: form.rights })
    expect(changed.rows.find((f) => f.type === 'D06')).toMatchObject({ wordCode: '责改字', copies: 3, areaCode: '990101000000', sections: form.sections })
    const old = (await w.as('wang').do(operations.list, { type: 'D06', state: 'SERVED' })).rows[0]!
    const page = textOf((await w.as('wang').do(operations.get, { id: old.id })).page)
    expect([old.no, page.includes('一式两份'), page.includes('一式三份')]).toEqual([expect.stringContaining('应急责改〔2026〕'), true, false])
    await w.as('wei').do(operations.setForm, { type: 'D06', areaCode: '990101000000', wordCode: '责改', copies: 2, copyHolders: form.copyHolders, rights: form.rights })
  })
})

let sample: Found
describe('执法文书：拒绝外人', () => {
  it('邻区执法人员什么也看不到，也办不了', async () => {
    sample = await visited(w)
    const paper = await recorded(w, sample)
    const based = { id: paper.id, baseVersion: paper.version }
    for (const operation of [operations.get, operations.download, operations.print]) expect((await w.as('qian').call(operation, { id: paper.id })).status, operation.path).toBe(404)
    for (const [operation, input] of [
      [operations.submit, based], [operations.issue, based], [operations.withdraw, based], [operations.cancel, { ...based, reason: '无关' }], [operations.sign, { ...based, attachmentId: randomUUID() }],
      [operations.receive, { ...based, signer: '甲', attachmentId: randomUUID() }], [operations.refuseToSign, { ...based, why: 'REFUSED', reason: '不签', witness: '乙' }], [operations.serve, { ...based, method: 'DIRECT', servedOn: today(w) }],
      [operations.edit, { ...based, officers: pair }],
    ] as const) expect((await w.as('qian').call(operation, input as never)).status, operation.path).toBe(404)
    expect((await w.as('qian').call(operations.draft, draftOf('D06', sample, { items: itemsOf(w, sample) }))).status).toBe(404)
    expect((await w.as('qian').call(operations.prepare, { visitId: sample.visitId })).status).toBe(404)
    expect((await w.as('qian').do(operations.list, {})).rows).toEqual([])
  })
  it.each(['lin', 'zhao', 'feng', 'zhou', 'zheng', 'sun'] as const)('%s 不能起草、签发、签署、审批、作废、改样式（403）', async (who) => {
    const based = { id: randomUUID(), baseVersion: 1 }
    const form = { type: 'D06', areaCode: '990101000000', wordCode: '责', copies: 2, copyHolders: '存', rights: null } as const
    for (const [operation, input] of [
      [operations.draft, draftOf('D06', sample)], [operations.issue, based], [operations.sign, { ...based, attachmentId: randomUUID() }], [operations.approve, based], [operations.return, { ...based, note: '不行' }],
      [operations.void, { ...based, reason: '作废' }], [operations.setForm, form],
    ] as const) expect((await w.as(who).call(operation, input as never)).status, operation.path).toBe(403)
  })
  it('企业只看得到已送达给自己的文书，看不到内部审批', async () => {
    const mine = (await w.as('zhao').do(operations.list, {})).rows
    expect(mine.length).toBeGreaterThan(0)
    expect(mine.every((p) => p.state === 'SERVED' && p.enterpriseId === ids.enterprise)).toBe(true)
    const served = await w.as('feng').do(operations.get, { id: mine[0]!.id })
    expect(served).toMatchObject({ approvalNote: null, draftedByName: '', steps: [], actions: [] })
    expect((await w.as('feng').call(operations.download, { id: mine[0]!.id })).status).toBe(200)
    const open = (await w.as('wang').do(operations.list, { state: 'SIGNED' })).rows.find((p) => p.type === 'D04')!
    expect((await w.as('zhao').call(operations.get, { id: open.id })).status).toBe(404)
  })
  it('没有登录的人进不来', async () => expect((await w.nobody.call(operations.list, {})).status).toBe(401))
})

describe('执法文书：拒绝胡来', () => {
  const refused = async (draft: ReturnType<typeof draftOf>) => (await w.as('wang').call(operations.draft, draft)).problem
  it('没有签名的检查记录，不能报批责令', async () => {
    const found = await visited(w)
    const draft = await w.as('wang').do(operations.draft, draftOf('D06', found, { items: itemsOf(w, found) }))
    const answer = await w.as('wang').call(operations.submit, { id: draft.id, baseVersion: draft.version })
    expect([answer.status, answer.problem.code]).toEqual([422, 'enforcement.record_first'])
    expect(answer.problem.title).toContain('现场检查记录')
  })
  it('一般隐患不能采取现场处理措施（安法§65）', async () => {
    expect((await refused(draftOf('D05', sample, { items: itemsOf(w, sample), measures: ['STOP_USE'], scope: '甲', until: '乙' }))).code).toBe('enforcement.item_not_stoppable')
  })
  it('没有确认依据的不能报批；记录里没有的依据不能引用', async () => {
    const bare = itemsOf(w, sample).map((i) => ({ ...i, basis: [] }))
    const draft = await w.as('wang').do(operations.draft, draftOf('D06', sample, { items: bare }))
    expect(textOf(draft.page)).not.toContain('。依据《')
    const answer = await w.as('wang').call(operations.submit, { id: draft.id, baseVersion: draft.version })
    expect(answer.problem.fields?.map((f) => f.path)).toEqual(['items.0.basis', 'items.1.basis'])
    expect((await refused(draftOf('D06', sample, { items: [{ ...bare[0]!, basis: ['安法§999'] }] }))).code).toBe('enforcement.basis_unknown')
  })
  it.each([
    ['one officer alone', { officers: [castIds.wang] }, 'enforcement.officers_few'],
    ['the grid officer as an officer', { officers: [castIds.wang, castIds.lin] }, 'enforcement.certificate_not_valid'],
    ['a certified person who was not there', { officers: [castIds.wang, castIds.lu] }, 'enforcement.officer_not_in_visit'],
  ])('%s', async (_, more, code) => {
    const problem = await refused(draftOf('D06', sample, { items: itemsOf(w, sample), ...more }))
    expect(problem.fields?.map((f) => f.code)).toContain(code)
  })
  it('自己起草的自己批不了，签过名的不能再签，不是执法人员的不能签', async () => {
    const paper = await approvedPaper(w, draftOf('D06', sample, { items: itemsOf(w, sample) }))
    const out = await w.as('wang').do(operations.issue, { id: paper.id, baseVersion: paper.version })
    const [attachmentId] = await photos(w, 'lu', 1)
    expect((await w.as('lu').call(operations.sign, { id: out.id, baseVersion: out.version, attachmentId: attachmentId! })).problem.code).toBe('enforcement.not_officer')
    const once = await w.as('wang').do(operations.sign, { id: out.id, baseVersion: out.version, attachmentId: (await photos(w, 'wang', 1))[0]! })
    expect((await w.as('wang').call(operations.sign, { id: out.id, baseVersion: once.version, attachmentId: (await photos(w, 'wang', 1))[0]! })).problem.code).toBe('enforcement.signed_already')
    expect((await w.as('wang').call(operations.issue, { id: out.id, baseVersion: once.version })).problem.code).toBe('enforcement.wrong_state')
    expect((await w.as('wang').call(operations.sign, { id: out.id, baseVersion: out.version, attachmentId: attachmentId! })).problem.code).toBe('common.stale')
    const own = await w.as('xu').call(operations.draft, { ...draftOf('D04', sample), officers: pair })
    expect(own.problem.code).toBe('paper.one_record')
  })
  it('复查安排给了别人：复查意见书在起草时就退回，并说出是谁', async () => {
    const found = await visited(w)
    await recorded(w, found)
    const order = await servedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) }))
    const [first] = found.hazards
    const plan = { measures: '更换', responsible: '赵启澄', fund: 100, finishOn: inDays(w, 5), emergency: '断电' }
    await w.as('zhao').do(hazards.acknowledge, { id: first!.id, baseVersion: (await hazard(first!.id)).version, plan })
    await w.as('zhao').do(hazards.submit, { id: first!.id, baseVersion: (await hazard(first!.id)).version, photosAfter: await photos(w, 'zhao', 1), note: '已改' } as never)
    await w.as('xu').do(hazards.assignReinspection, { id: first!.id, baseVersion: (await hazard(first!.id)).version, officers: [castIds.lu, castIds.he] })
    const { visitId: _, ...d07 } = draftOf('D07', found, { referId: order.id, items: [{ hazardId: first!.id, passed: true, note: '已加装' }], checkedAt: w.app.runtime.now().toISOString() })
    const problem = await refused(d07 as never)
    expect([problem.code, problem.title]).toEqual(['enforcement.officer_not_assigned', `隐患 ${first!.no} 的复查没有安排王砚川，复查意见书由安排的人员出具；要换人，先重新安排复查`])
    expect((await w.as('lu').do(operations.prepare, { referId: order.id })).officers.slice(0, 2).map((o) => o.name).sort()).toEqual(['何汀筠', '陆问渠'])
    expect((await w.as('lu').do(operations.draft, { ...d07, officers: [castIds.lu, castIds.he] })).state).toBe('DRAFT')
  })
  it('证件在文书日期已过期：不能签发', async () => {
    const found = await visited(w)
    const record = await recorded(w, found)
    const paper = await approvedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) }))
    await w.app.db.pool.query(`update certificate set valid_to = '2026-03-04' where person_id = $1`, [castIds.he])
    try {
      const answer = await w.as('wang').call(operations.issue, { id: paper.id, baseVersion: paper.version })
      expect(answer.problem).toMatchObject({ code: 'enforcement.certificate_not_valid', title: '何汀筠在 2026-03-05 没有有效的执法证，不能出具文书' })
      expect(record.state).toBe('SIGNED')
    } finally {
      await w.app.db.pool.query(`update certificate set valid_to = '2028-12-31' where person_id = $1`, [castIds.he])
    }
    expect((await w.as('wang').do(operations.issue, { id: paper.id, baseVersion: paper.version })).no).toMatch(PAPER_NUMBER)
  })
  it('已有文书以检查记录为据，记录不能作废', async () => {
    const record = (await w.as('wang').do(operations.list, { visitId: sample.visitId, type: 'D04' })).rows[0]!
    expect((await w.as('xu').call(operations.void, { id: record.id, baseVersion: record.version, reason: '误开' })).problem.code).toBe('enforcement.depended_on')
  })
})
