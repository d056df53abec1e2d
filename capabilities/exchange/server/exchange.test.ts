import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { makeCreditCode } from '../../../kernel/core/credit-code.ts'
import { systemActor } from '../../../kernel/server/actor.ts'
import { makeCtx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { fileStore } from '../../../kernel/server/files.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import { openTable } from '../../../kernel/server/sheet/head.ts'
import { readSheet } from '../../../kernel/server/sheet/read.ts'
import { collect, writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { operations as enterprise } from '../../enterprise/operations.ts'
import { enterpriseImports } from '../../enterprise/server/imports.ts'
import type { RunView } from '../exchange.ts'
import { operations } from '../operations.ts'
import { applyRun } from './work.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const code = (n: number) => makeCreditCode('91', '990101', `MA9X${String(n).padStart(4, '0')}`)
const headings = ['单位名称', '社会信用代码', '生产经营地址', '所属街道', '所在社区', '负责人', '联系电话', '从业人数', '行业类别', '备注']
type Row = (string | number)[]
const firm = (n: number, over: Partial<Record<number, string | number>> = {}): Row =>
  [`安川批量${n}号制品有限公司`, code(n), `汀前路${n}号`, '望汀街道', '汀前社区', '柳闻笛', `1600077${String(1000 + n)}`, 20 + n, 'C3311 金属结构制造', ''].map((cell, i) => over[i] ?? cell)

const xlsx = (rows: readonly Row[], head: readonly string[] = headings): Promise<Buffer> =>
  collect(writeXlsx({ sheets: [{ name: '企业', title: ['2026年企业花名册'], columns: head.map((heading) => ({ heading })), rows }] }))

type Who = 'zhou' | 'han'
async function upload(who: Who, body: Buffer, kind = 'enterprise', name = '花名册.xlsx'): Promise<RunView> {
  return w.as(who).do(operations.upload, { id: randomUUID(), kind }, { body, headers: { 'x-file-name': encodeURIComponent(name) } })
}
const asGuessed = (run: RunView) => run.columns.map(({ column, field }) => ({ column, field }))
async function checked(who: Who, body: Buffer, kind = 'enterprise', options: Record<string, string> = {}): Promise<RunView> {
  const run = await upload(who, body, kind)
  const mapped = await w.as(who).do(operations.map, { id: run.id, baseVersion: run.version, columns: asGuessed(run), options })
  await w.as(who).do(operations.check, { id: run.id, baseVersion: mapped.version })
  await w.app.jobs.runDue()
  return w.as(who).do(operations.get, { id: run.id })
}
async function applied(who: Who, run: RunView, reason = ''): Promise<RunView> {
  await w.as(who).do(operations.apply, { id: run.id, baseVersion: run.version, reason })
  await w.app.jobs.runDue()
  return w.as(who).do(operations.get, { id: run.id })
}
const counted = ({ counts: { NEW, CHANGED, SAME, DOUBTFUL, WRONG } }: RunView) => [NEW, CHANGED, SAME, DOUBTFUL, WRONG]
const byCode = async (creditCode: string) => (await w.as('wang').do(enterprise.list, { q: creditCode })).rows[0]

describe('拒绝外人', () => {
  it('who has no verb of importing gets nowhere: inspector, enterprise, auditor, nobody', async () => {
    for (const who of ['wang', 'zhao', 'zheng', 'qian'] as const) expect((await w.as(who).call(operations.list, {})).status, who).toBe(403)
    expect((await w.nobody.call(operations.kinds, {})).status).toBe(401)
  })
  it('a run of another street is not there: get, rows, map, check, decide, apply, cancel, badRows, undoView, undo', async () => {
    const run = await checked('zhou', await xlsx([firm(1)]))
    const base = { id: run.id, baseVersion: run.version }
    const han = w.as('han')
    const answers = [
      await han.call(operations.get, { id: run.id }), await han.call(operations.rows, { id: run.id }), await han.call(operations.map, { ...base, columns: [] }), await han.call(operations.check, base), await han.call(operations.decide, { ...base, rows: 'all', take: true }),
      await han.call(operations.apply, base), await han.call(operations.cancel, base), await han.call(operations.badRows, { id: run.id }), await han.call(operations.undoView, { id: run.id }), await han.call(operations.undo, { ...base, reason: '无' }),
    ]
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404))
    expect((await han.do(operations.list, {})).total).toBe(0)
  })
  it('a street office imports only its own: rows of other streets are refused one by one', async () => {
    const run = await checked('zhou', await xlsx([firm(2), firm(3, { 3: '沅埠街道', 4: '埠头社区' }), firm(4, { 3: '川口街道', 4: '川口社区' })]))
    expect(counted(run)).toEqual([1, 0, 0, 0, 2])
    const wrong = await w.as('zhou').do(operations.rows, { id: run.id, verdict: 'WRONG' })
    expect(wrong.rows.map((row) => row.issues.map((issue) => issue.message))).toEqual([['沅埠街道不在您的管辖范围内'], ['川口街道不在您的管辖范围内']])
  })
  it('a code that stands in another street is refused without its name', async () => {
    await applied('han', await checked('han', await xlsx([firm(5, { 0: '沅埠隐名有限公司', 3: '沅埠街道', 4: '埠头社区' })])))
    const run = await checked('zhou', await xlsx([firm(5)]))
    const answer = await w.as('zhou').do(operations.rows, { id: run.id })
    expect(answer.rows[0]?.issues[0]?.message).toBe('这个信用代码已登记在其他辖区')
    expect(JSON.stringify(answer)).not.toContain('沅埠隐名')
  })
})

describe('拒绝胡来', () => {
  it('what is no spreadsheet is refused with the cure, and an unknown kind too', async () => {
    const send = (body: Buffer, kind = 'enterprise') => w.as('zhou').call(operations.upload, { id: randomUUID(), kind }, { body, headers: { 'x-file-name': 'a.xlsx' } })
    expect((await send(Buffer.from('%PDF-1.4'))).problem.title).toBe('这不是表格文件。只收 .xlsx 或 .csv，请重新选择。')
    expect((await send(Buffer.from(''))).problem.code).toBe('sheet.empty')
    expect((await send(await xlsx([firm(6)]), 'nothing')).problem.code).toBe('exchange.kind_unknown')
  })
  it('headings: a field on two columns, a field that is not there, a column that is not there, no column for the address', async () => {
    const run = await upload('zhou', await xlsx([firm(6)]))
    const base = { id: run.id, baseVersion: run.version }
    const zhou = w.as('zhou')
    expect((await zhou.call(operations.map, { ...base, columns: [{ column: 0, field: 'name' }, { column: 1, field: 'name' }] })).problem.title).toBe('“企业名称”指给了两列，请只留一列')
    expect((await zhou.call(operations.map, { ...base, columns: [{ column: 0, field: 'colour' }] })).problem.code).toBe('exchange.field_unknown')
    expect((await zhou.call(operations.map, { ...base, columns: [{ column: 99, field: 'name' }] })).problem.code).toBe('exchange.column_unknown')
    expect((await zhou.call(operations.map, { ...base, columns: [{ column: 2, field: null }] })).problem.title).toBe('还没有指明哪一列是“地址”')
  })
  it('a step out of order and a stale version are refused', async () => {
    const run = await upload('zhou', await xlsx([firm(6)]))
    const base = { id: run.id, baseVersion: run.version }
    expect((await w.as('zhou').call(operations.apply, base)).problem.title).toBe('这批导入现在是“待核对表头”，不能写入')
    expect((await w.as('zhou').call(operations.check, base)).problem.code).toBe('exchange.step')
    expect((await w.as('zhou').call(operations.undo, { ...base, reason: '无' })).problem.code).toBe('exchange.step')
    await w.as('zhou').do(operations.map, { ...base, columns: asGuessed(run) })
    expect((await w.as('zhou').call(operations.check, base)).problem.code).toBe('common.stale')
    await w.as('zhou').do(operations.cancel, { ...base, baseVersion: run.version + 1 })
    expect((await w.as('zhou').call(operations.check, { ...base, baseVersion: run.version + 2 })).problem.code).toBe('exchange.step')
  })
  it.each([
    ['a letter O in the code', { 1: '91440307MA5A0001OR' }, 'creditCode', /疑为数字 0/],
    ['no code', { 1: '' }, 'creditCode', /请填写/],
    ['no name', { 0: '' }, 'name', /不能为空/],
    ['a street that is not there', { 3: '虚无街道', 4: '' }, 'street', /没有“虚无街道”/],
    ['a community of another street', { 4: '埠头社区' }, 'area', /望汀街道没有“埠头社区”/],
    ['a telephone without area code', { 6: '28901234' }, 'principalPhone', /区号/],
    ['words instead of a number', { 7: '若干' }, 'employees', /“若干”不是整数/],
    ['an industry that is not in the table', { 8: '9999' }, 'industry', /不在国民经济行业分类中/],
  ])('a row with %s is wrong, and says why under its own heading', async (_, over, field, message) => {
    const run = await checked('zhou', await xlsx([firm(7, over)]))
    expect(counted(run)).toEqual([0, 0, 0, 0, 1])
    const { rows } = await w.as('zhou').do(operations.rows, { id: run.id, verdict: 'WRONG' })
    expect(rows[0]?.issues.map((issue) => issue.field)).toContain(field)
    expect(rows[0]?.issues.map((issue) => issue.message).join()).toMatch(message)
    expect((await w.as('zhou').call(operations.apply, { id: run.id, baseVersion: run.version })).problem.code).toBe('exchange.nothing')
  })
  it('the second row of one place is wrong and names the first', async () => {
    const run = await checked('zhou', await xlsx([firm(8), firm(9), firm(8)]))
    expect(counted(run)).toEqual([2, 0, 0, 0, 1])
    const { rows } = await w.as('zhou').do(operations.rows, { id: run.id, verdict: 'WRONG' })
    expect([rows[0]?.no, rows[0]?.issues[0]?.message]).toEqual([5, '与第 3 行重复'])
  })
  it('an import on which something was built is not undone, and says what and on whom', async () => {
    const run = await applied('zhou', await checked('zhou', await xlsx([firm(10), firm(11)])))
    const one = (await byCode(code(10)))!
    await w.as('wang').do(enterprise.setState, { id: one.id, baseVersion: one.version, state: 'VOLUNTARY_STOP', reason: '停产' })
    const view = await w.as('zhou').do(operations.undoView, { id: run.id })
    expect(view).toMatchObject({ voided: 2, restored: 0, possible: false, built: [{ target: one.id, title: '安川批量10号制品有限公司', events: [{ event: 'enterprise.state_set', count: 1 }] }] })
    const answer = await w.as('zhou').call(operations.undo, { id: run.id, baseVersion: run.version, reason: '传错' })
    expect([answer.status, answer.problem.code]).toEqual([422, 'exchange.built_on'])
    expect(answer.problem.title).toContain('安川批量10号制品有限公司')
    expect(await byCode(code(11))).toBeDefined()
  })
})

describe('办得成', () => {
  it('guesses the headings, shows samples, remembers what a person corrected', async () => {
    const head = ['厂名全称甲', '社会信用代码', '在哪里', '所属街道', '所在社区', '负责人', '联系电话', '从业人数', '行业类别', '备注']
    const run = await upload('zhou', await xlsx([firm(20)], head))
    const guess = new Map(run.columns.map((column) => [column.heading, column.field]))
    expect([guess.get('社会信用代码'), guess.get('联系电话'), guess.get('所在社区'), guess.get('备注')]).toEqual(['creditCode', 'principalPhone', 'area', null])
    expect(run.columns[1]?.samples).toEqual([code(20)])
    const columns = asGuessed(run).map((each) => (each.column === 0 ? { ...each, field: 'name' } : each.column === 2 ? { ...each, field: 'address' } : each))
    const mapped = await w.as('zhou').do(operations.map, { id: run.id, baseVersion: run.version, columns })
    expect([mapped.state, mapped.missing, mapped.columns[0]?.confidence]).toEqual(['MAPPED', [], 'said'])
    const again = await upload('zhou', await xlsx([firm(21)], [...head].reverse()))
    expect(again.remembered).toBe(true)
    expect(new Map(again.columns.map((column) => [column.heading, column.field])).get('厂名全称甲')).toBe('name')
  })
  it('a dry run writes nothing; applying files enterprise, main site, search words and one event each', async () => {
    const run = await checked('zhou', await xlsx([firm(30), firm(31)]))
    expect([run.state, counted(run), run.progressTotal]).toEqual(['CHECKED', [2, 0, 0, 0, 0], 2])
    expect(await byCode(code(30))).toBeUndefined()
    const done = await applied('zhou', run)
    expect([done.state, done.counts.applied]).toEqual(['DONE', 2])
    const row = (await byCode(code(30)))!
    expect(row).toMatchObject({ name: '安川批量30号制品有限公司', areaCode: areas.community, employees: 50, industryCode: '3311', gongmaoSector: 'MACHINERY', principalPhone: '160****1030', siteKind: 'PRODUCTION_SITE' })
    const view = await w.as('wang').do(enterprise.get, { id: row.id })
    expect(view.sites.map((site) => site.code)).toEqual([`SITE-${code(30)}-001`])
    expect((await w.as('wang').do(enterprise.timeline, { id: row.id })).rows.map((event) => [event.event, event.actor, event.data.importId])).toEqual([['enterprise.imported', '周予宁', run.id]])
    expect((await w.as('wang').do(enterprise.find, { q: 'acpl' })).rows.length).toBeGreaterThan(0)
    expect((await w.as('wang').do(enterprise.list, { importId: run.id })).total).toBe(2)
    expect((await w.as('wang').do(enterprise.reveal, { id: row.id })).principalPhone).toBe('16000771030')
  })
  it('the same file twice changes nothing, and says that it was here before', async () => {
    const file = await xlsx([firm(40), firm(41, { 9: '有备注' })])
    const first = await applied('zhou', await checked('zhou', file))
    const again = await checked('zhou', file)
    expect(counted(again)).toEqual([0, 0, 2, 0, 0])
    expect(again.sameFile?.id).toBe(first.id)
    expect((await w.as('zhou').call(operations.apply, { id: again.id, baseVersion: again.version })).problem.code).toBe('exchange.nothing')
  })
  it('a changed row shows old and new side by side, writes history, and leaves blank cells alone', async () => {
    await applied('zhou', await checked('zhou', await xlsx([firm(50), firm(51)])))
    const run = await checked('zhou', await xlsx([firm(50, { 0: '安川更名50号制品有限公司', 7: 400, 5: '' }), firm(51)]))
    expect(counted(run)).toEqual([0, 1, 1, 0, 0])
    const { rows } = await w.as('zhou').do(operations.rows, { id: run.id, verdict: 'CHANGED' })
    expect(rows[0]?.changes).toEqual([{ field: 'name', label: '企业名称', from: '安川批量50号制品有限公司', to: '安川更名50号制品有限公司' }, { field: 'employees', label: '从业人员', from: '70', to: '400' }])
    await applied('zhou', run)
    const row = (await byCode(code(50)))!
    expect(row).toMatchObject({ name: '安川更名50号制品有限公司', employees: 400, principalName: '柳闻笛' })
    const view = await w.as('wang').do(enterprise.get, { id: row.id })
    expect(view.history.filter((h) => h.field === 'NAME' && h.validTo === null).map((h) => h.value)).toEqual(['安川更名50号制品有限公司'])
    expect((await w.as('wang').do(enterprise.find, { q: '更名50' })).rows.map((found) => found.id)).toEqual([row.id])
  })
  it('a row that moves an enterprise to another grid and area names both places, and the move is history', async () => {
    await applied('zhou', await checked('zhou', await xlsx([firm(55)])))
    const run = await checked('zhou', await xlsx([[...firm(55, { 4: '' }), '汀前01安格']], [...headings, '网格']))
    const { rows } = await w.as('zhou').do(operations.rows, { id: run.id, verdict: 'CHANGED' })
    expect(rows[0]?.changes).toEqual([{ field: 'grid', label: '安格', from: '', to: '汀前01安格' }])
    await applied('zhou', run)
    const view = await w.as('wang').do(enterprise.get, { id: (await byCode(code(55)))!.id })
    expect([view.gridName, view.sites[0]?.gridName, view.history.filter((h) => h.field === 'AREA' && h.validTo === null).length]).toEqual(['汀前01安格', '汀前01安格', 1])
  })
  it('doubtful rows wait for a person: a wrong check character is taken with a reason (conventions C8)', async () => {
    const odd = `${code(60).slice(0, 17)}${code(60).endsWith('0') ? '1' : '0'}`
    const run = await checked('zhou', await xlsx([firm(60, { 1: odd }), firm(61), firm(62, { 1: odd.replace('0060', '0069').slice(0, 17).concat('0') })]))
    expect(run.counts.NEW).toBe(1)
    expect(run.counts.DOUBTFUL).toBe(2)
    const taken = await w.as('zhou').do(operations.decide, { id: run.id, baseVersion: run.version, rows: [3], take: true })
    expect(taken.counts.taken).toBe(1)
    expect((await w.as('zhou').call(operations.apply, { id: run.id, baseVersion: taken.version })).problem.code).toBe('exchange.reason_required')
    const done = await applied('zhou', taken, '已核对营业执照')
    expect(done.counts.applied).toBe(2)
    const row = (await byCode(odd))!
    expect((await w.as('wang').do(enterprise.get, { id: row.id })).creditCodeNote).toBe('已核对营业执照')
  })
  it('same name and address under another code is doubtful; the same code for quite another place too', async () => {
    await applied('zhou', await checked('zhou', await xlsx([firm(70)])))
    const run = await checked('zhou', await xlsx([firm(70, { 1: code(71) }), firm(70, { 0: '沿江云帆贸易行', 2: '另处渡口' })]))
    expect(counted(run)).toEqual([0, 0, 0, 2, 0])
    const { rows } = await w.as('zhou').do(operations.rows, { id: run.id, verdict: 'DOUBTFUL' })
    expect(rows.map((row) => row.issues[0]?.message)).toEqual([`已有同名同址的“安川批量70号制品有限公司”（代码 ${code(70)}）`, '代码相同，但名称、地址与已登记的“安川批量70号制品有限公司”都不同'])
  })
  it('good rows go in, bad rows come back in the same columns with 错误原因, and go in once they are put right', async () => {
    const run = await applied('zhou', await checked('zhou', await xlsx([firm(80), firm(81, { 6: '1600077', 9: '=HYPERLINK("x")' }), firm(82)])))
    expect([run.counts.applied, run.counts.WRONG]).toEqual([2, 1])
    const back = await w.as('zhou').call(operations.badRows, { id: run.id })
    const table = await openTable(await readSheet(back.bytes), {})
    expect(table.headings).toEqual([...headings, '错误原因'])
    const rows: string[][] = []
    for await (const batch of table.rows()) rows.push(...batch.rows)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.slice(0, 2)).toEqual(['安川批量81号制品有限公司', code(81)])
    expect(rows[0]?.[9]).toBe('=HYPERLINK("x")')
    expect(rows[0]?.[10]).toContain('主要负责人电话：手机为 11 位')
    expect(back.bytes.toString('latin1')).not.toContain('<f>')
    const repaired = await collect(writeXlsx({ sheets: [{ name: '企业', columns: table.headings.map((heading) => ({ heading })), rows: rows.map((row) => row.map((cell, i) => (i === 6 ? '16000771081' : cell))) }] }))
    const second = await upload('zhou', repaired)
    expect(second.columns.at(-1)?.field).toBeNull()
    expect((await applied('zhou', await checked('zhou', repaired))).counts.applied).toBe(1)
  })
  it('a CSV in GBK with other headings works the same', async () => {
    // 企业名称,统一社会信用代码,地址,街道 in GBK, then one row.
    const head = Buffer.from('c6f3d2b5c3fbb3c62ccdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb2cb5d8d6b72cbdd6b5c00d0a', 'hex')
    const name = Buffer.from('b0b2b4a8ceedbdadb2a3c1a7b3a7', 'hex')
    const street = Buffer.from('cdfbcda1bdd6b5c0', 'hex')
    const run = await checked('zhou', Buffer.concat([head, name, Buffer.from(`,${code(90)},`), Buffer.from('cdfbcda1c2b731bac5', 'hex'), Buffer.from(','), street, Buffer.from('\r\n')]))
    expect(counted(run)).toEqual([1, 0, 0, 0, 0])
    await applied('zhou', run)
    expect(await byCode(code(90))).toMatchObject({ name: '安川雾江玻璃厂', areaCode: areas.street, address: '望汀路1号' })
  })
  it('undo takes the whole import back: new ones are voided, changed ones get back what they had, and the file may come again', async () => {
    await applied('zhou', await checked('zhou', await xlsx([firm(100)])))
    const before = (await byCode(code(100)))!
    const file = await xlsx([firm(100, { 7: 999 }), firm(101)])
    const run = await applied('zhou', await checked('zhou', file))
    expect((await byCode(code(100)))?.employees).toBe(999)
    expect(await w.as('zhou').do(operations.undoView, { id: run.id })).toMatchObject({ voided: 1, restored: 1, possible: true, built: [] })
    const undone = await w.as('zhou').do(operations.undo, { id: run.id, baseVersion: run.version, reason: '传错年份' })
    expect(undone.state).toBe('UNDONE')
    expect(await byCode(code(100))).toEqual({ ...before, version: 3 })
    expect(await byCode(code(101))).toBeUndefined()
    const told = await w.as('wang').do(enterprise.timeline, { id: before.id })
    expect(told.rows.map((row) => row.event)).toEqual(['enterprise.import_undone', 'enterprise.import_changed', 'enterprise.imported'])
    const again = await checked('zhou', file)
    expect(counted(again)).toEqual([1, 1, 0, 0, 0])
    expect((await applied('zhou', again)).counts.applied).toBe(2)
  })
  it('a record that somebody changes between check and apply is left alone and comes back', async () => {
    await applied('zhou', await checked('zhou', await xlsx([firm(110)])))
    const run = await checked('zhou', await xlsx([firm(110, { 7: 5 })]))
    const one = (await byCode(code(110)))!
    await w.as('wang').do(enterprise.update, { id: one.id, baseVersion: one.version, employees: 77 })
    const done = await applied('zhou', run)
    expect([done.counts.applied, done.counts.refused, done.counts.WRONG]).toEqual([0, 1, 1])
    expect((await byCode(code(110)))?.employees).toBe(77)
    expect((await w.as('zhou').do(operations.rows, { id: run.id, verdict: 'WRONG' })).rows[0]?.issues[0]?.message).toBe('核对之后这条记录已被别人改过，请重新核对')
  })
  it('a run survives a process that dies in the middle: what was written stays, the rest follows, nothing twice', async () => {
    const run = await checked('zhou', await xlsx(Array.from({ length: 4500 }, (_, i) => firm(2000 + i))))
    await w.as('zhou').do(operations.apply, { id: run.id, baseVersion: run.version })
    // The first batch commits; then the database goes away, as it does for a process that is killed.
    const register = enterpriseImports.find((kind) => kind.code === 'enterprise')!
    let batches = 0
    const dying: ImportKind = { ...register, applyNew: (...given) => (++batches > 2 ? Promise.reject(Object.assign(new Error('away'), { code: '57P01' })) : register.applyNew!(...given)) }
    const { runtime, db, config } = w.app
    const ctx = makeCtx({ tx: db.all as unknown as Tx, actor: systemActor(), now: runtime.now(), requestId: 'test', address: '', origin: {}, secrets: runtime.secrets, operation: 'exchange.apply', commandId: null, epoch: 1 })
    await expect(applyRun({ files: fileStore(config), kinds: new Map([['enterprise', dying]]), lanes: 2 }, ctx, run.id)).rejects.toThrow('away')
    const half = await w.as('zhou').do(operations.get, { id: run.id })
    expect([half.state, half.progressDone]).toEqual(['APPLYING', 2000])
    expect((await w.as('wang').do(enterprise.list, { importId: run.id })).total).toBe(2000)
    await w.app.jobs.runDue()
    const done = await w.as('zhou').do(operations.get, { id: run.id })
    expect([done.state, done.counts.applied, done.progressDone]).toEqual(['DONE', 4500, 4500])
    expect((await w.as('wang').do(enterprise.list, { importId: run.id })).total).toBe(4500)
    const { rows } = await db.pool.query<{ n: number }>("select count(*)::int as n from domain_event where event = 'enterprise.imported' and data->>'importId' = $1", [run.id])
    expect(rows[0]?.n).toBe(4500)
  })
  it('a file that turns out unreadable half-way ends with its reason, keeps nothing waiting, and may be cancelled', async () => {
    const lines = [headings, ...Array.from({ length: 4000 }, (_, i) => firm(5000 + i)), firm(9500, { 9: '长'.repeat(33_000) })].map((row) => row.join(','))
    const run = await checked('zhou', Buffer.from(lines.join('\n')))
    expect([run.state, run.failed]).toEqual(['FAILED', '第 4002 行有一格内容过长（超过 32767 个字）。请缩短，或检查是否缺了一个引号。'])
    expect((await w.as('zhou').call(operations.apply, { id: run.id, baseVersion: run.version })).problem.code).toBe('exchange.step')
    expect((await w.as('wang').do(enterprise.list, { importId: run.id })).total).toBe(0)
    expect((await w.as('zhou').do(operations.cancel, { id: run.id, baseVersion: run.version })).state).toBe('CANCELLED')
  })
  it('a run that is cancelled while it is checked stops, and writes nothing', async () => {
    const run = await upload('zhou', await xlsx([firm(130)]))
    const mapped = await w.as('zhou').do(operations.map, { id: run.id, baseVersion: run.version, columns: asGuessed(run) })
    const checking = await w.as('zhou').do(operations.check, { id: run.id, baseVersion: mapped.version })
    await w.as('zhou').do(operations.cancel, { id: run.id, baseVersion: checking.version })
    await w.app.jobs.runDue()
    expect((await w.as('zhou').do(operations.get, { id: run.id })).state).toBe('CANCELLED')
    expect((await w.as('zhou').do(operations.rows, { id: run.id })).total).toBe(0)
  })
  it('small places come without a licence and are matched by name and address (domain §1.1)', async () => {
    const head = ['店铺名称', '经营地址', '所属街道', '所在社区', '经营者', '场所种类']
    const shops: Row[] = [['汀前小炒店', '汀前路3号铺', '望汀街道', '汀前社区', '阮知秋', '小饭店'], ['无名小作坊', '汀前路5号铺', '望汀街道', '汀前', '阮知秋', '']]
    const file = await xlsx(shops, head)
    expect((await applied('zhou', await checked('zhou', file, 'shop'))).counts.applied).toBe(2)
    const found = await w.as('wang').do(enterprise.list, { q: '汀前小炒店' })
    expect(found.rows[0]).toMatchObject({ creditCode: null, identityKind: 'NO_LICENSE', siteKind: 'NINE_SMALL_CATERING' })
    expect(counted(await checked('zhou', file, 'shop'))).toEqual([0, 0, 2, 0, 0])
  })
  it('the yearly list of 规上 marks whom it names, unmarks whom it does not, and can be withdrawn (domain §1.3)', async () => {
    await applied('zhou', await checked('zhou', await xlsx([firm(120), firm(121)])))
    const list = async (n: number) => xlsx([[code(n), `安川批量${n}号制品有限公司`]], ['信用代码', '企业名称'])
    const options = { year: '2025', source: '区统计局', validFrom: '2026-01-01' }
    expect((await w.as('zhou').call(operations.map, await (async () => { const run = await upload('zhou', await list(120), 'above_scale'); return { id: run.id, baseVersion: run.version, columns: asGuessed(run) } })())).problem.title).toBe('请填写“年度”')
    await applied('zhou', await checked('zhou', await list(120), 'above_scale', options))
    expect([(await byCode(code(120)))?.aboveScale, (await byCode(code(121)))?.aboveScale]).toEqual([true, false])
    const second = await applied('zhou', await checked('zhou', await list(121), 'above_scale', options))
    expect([(await byCode(code(120)))?.aboveScale, (await byCode(code(121)))?.aboveScale]).toEqual([false, true])
    await w.as('zhou').do(operations.undo, { id: second.id, baseVersion: second.version, reason: '名录有误' })
    expect([(await byCode(code(120)))?.aboveScale, (await byCode(code(121)))?.aboveScale]).toEqual([true, false])
    const view = await w.as('wang').do(enterprise.get, { id: (await byCode(code(120)))!.id })
    expect(view.aboveScaleLists).toEqual([{ year: 2025, listVersion: 1, source: '区统计局' }])
  })
  it('kinds and template: the template carries the headings that the import knows', async () => {
    const { rows } = await w.as('zhou').do(operations.kinds, {})
    expect(rows.map((kind) => kind.code)).toEqual(expect.arrayContaining(['enterprise', 'shop', 'above_scale']))
    const file = await w.as('zhou').call(operations.template, { kind: 'enterprise' })
    const table = await readSheet(file.bytes)
    expect(table.sheets.map((sheet) => sheet.name)).toEqual(expect.arrayContaining(['企业名册', '填写说明']))
  })
  it('what the register exports comes back as unchanged', async () => {
    const runs = (await w.as('zhou').do(operations.list, { state: 'DONE' })).rows
    const made = runs.filter((run) => run.kind === 'enterprise' && run.counts.NEW > 0).sort((a, b) => b.counts.NEW - a.counts.NEW)[0]!
    const bytes = (await w.as('zhou').call(enterprise.export, { importId: made.id, columns: 'name,creditCode,siteKind,state,industry,employees,street,area,address,principalName' })).bytes
    const run = await checked('zhou', bytes)
    expect(run.counts).toMatchObject({ NEW: 0, CHANGED: 0, DOUBTFUL: 0, WRONG: 0 })
    expect(run.counts.SAME).toBeGreaterThan(0)
  })
  it('the list of runs names kind, state and counts; ids of the cast stay untouched', async () => {
    const page = await w.as('zhou').do(operations.list, { kind: 'enterprise', limit: 2 })
    expect(page.rows[0]).toMatchObject({ kindName: '企业名册' })
    expect(page.next).toBeDefined()
    expect((await w.as('wang').do(enterprise.get, { id: ids.enterprise })).version).toBe(1)
  })
})
