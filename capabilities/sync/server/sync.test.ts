import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { shippedChecklist } from '../../checklist/library.ts'
import { operations as enterprises } from '../../enterprise/operations.ts'
import { confirmed, inDays, on, photo, reported, serve } from '../../hazard/server/fixtures.ts'
import { operations as hazards } from '../../hazard/operations.ts'
import { operations as system } from '../../system/operations.ts'
import { operations as visits } from '../../visit/operations.ts'
import { alone, dailyPlan, withChecklists } from '../../visit/server/fixtures.ts'
import { operations } from '../operations.ts'
import { KINDS, rowSchemas } from '../sync.ts'
import { writeCursor } from './cursor.ts'
import { phoneOf } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
})
afterAll(() => w.close())

const grant = (person: string, grid: string) => w.app.db.pool.query(`insert into post (id, person_id, role_code, reach_kind, grid_id, valid_from, granted_at) values ($1, $2, 'GRID_OFFICER', 'GRID', $3, '2026-01-01', now()) returning id`, [randomUUID(), person, grid])
/** What is believed of a session for two seconds is over. */
const later = () => w.advance({ minutes: 1 })

describe('sync: refuses strangers', () => {
  it('sync.start and sync.changes bring another district nothing of ours, an auditor nothing at all', async () => {
    await reported(w, 'wang')
    const qian = await phoneOf(w, 'qian')
    await qian.pull()
    expect([qian.ids('site'), qian.ids('hazard'), qian.ids('person')]).toEqual([[ids.neighbourSite], [], [castIds.qian]])
    const zheng = await phoneOf(w, 'zheng')
    await zheng.pull()
    expect([...new Set([...zheng.held.values()].map((change) => change.kind))]).toEqual(['area'])
    expect((await w.nobody.call(operations.start, {})).status).toBe(401)
    expect((await w.nobody.call(operations.changes, { cursor: 'x' })).status).toBe(401)
  })
  it('with the cursor of another person one gets one’s own set from the beginning', async () => {
    const { cursor } = await w.as('wang').do(operations.start, {})
    const page = await w.as('wang').do(operations.changes, { cursor, limit: 2000 })
    const stolen = await w.as('qian').do(operations.changes, { cursor: page.cursor, limit: 2000 })
    expect(stolen.reset).toBe(true)
    expect(stolen.changes.filter((change) => change.kind === 'site').map((change) => change.id)).toEqual([ids.neighbourSite])
  })
  it('a firm gets itself only, and no colleague of anybody', async () => {
    const zhao = await phoneOf(w, 'zhao')
    await zhao.pull()
    expect([zhao.ids('site'), zhao.ids('person')]).toEqual([[ids.site], []])
    expect(JSON.stringify([...zhao.held.values()])).not.toContain('安川埠源')
  })
  it('sync.resolve finds nothing out of reach', async () => {
    const [{ code }] = (await w.app.db.pool.query(`select code from site where id = $1`, [ids.site])).rows
    expect((await w.as('qian').do(operations.resolve, { code })).rows).toEqual([])
  })
  it('sync.places gives nothing out of reach, to nobody without the right to read, and nothing where nothing is named', async () => {
    for (const asked of [{ siteId: ids.site }, { enterpriseIds: ids.enterprise }]) expect((await w.as('qian').do(operations.places, asked)).rows).toEqual([])
    expect((await w.as('lin').do(operations.places, {})).rows).toEqual([])
    expect((await w.as('lin').call(operations.places, { siteId: '9' })).status).toBe(400)
  })
  it('sync.devices and sync.revokeDevice of another person are an administrator’s', async () => {
    const device = await w.as('lin').do(operations.registerDevice, { id: randomUUID(), name: '林的手机' })
    expect((await w.as('wang').call(operations.devices, { personId: castIds.lin })).status).toBe(404)
    expect((await w.as('wang').call(operations.revokeDevice, { id: device.id, personId: castIds.lin, baseVersion: 1, reason: '不是我的' })).status).toBe(404)
    expect((await w.as('wang').call(operations.revokeDevice, { id: device.id, baseVersion: 1, reason: '不是我的' })).status).toBe(404)
    expect((await w.as('sun').do(operations.devices, { personId: castIds.lin })).rows.map((row) => row.name)).toEqual(['林的手机'])
  })
})

describe('sync: refuses nonsense', () => {
  it.each([
    ['a word', 'x'],
    ['a list', Buffer.from('[1]').toString('base64url')],
    ['nothing', Buffer.from('null').toString('base64url')],
    ['a snapshot with a statement in it', writeCursor({ epoch: 1, print: '', seen: "1:1:'; drop table site", narrow: false })],
    ['a walk through a kind that is none', writeCursor({ epoch: 1, print: '', seen: '', narrow: false, walk: { kind: 'enterprise' as never, after: '' } })],
    ['a round without an end', writeCursor({ epoch: 1, print: '', seen: '1:1:', narrow: false, round: { to: '', xid: '1', seq: 1 } })],
  ])('a cursor that is %s', async (_, cursor) => {
    const answer = await w.as('lin').call(operations.changes, { cursor })
    expect([answer.status, answer.problem.code]).toEqual([400, 'common.bad_cursor'])
  })
  it('pages of none and of too many', async () => {
    for (const limit of [0, 5000]) expect((await w.as('lin').call(operations.changes, { cursor: 'x', limit })).status).toBe(400)
  })
  it('a device given up is not registered again', async () => {
    const id = randomUUID()
    const device = await w.as('lin').do(operations.registerDevice, { id, name: '旧手机' })
    await w.as('lin').do(operations.revokeDevice, { id, baseVersion: device.version, reason: '换机' })
    expect((await w.as('lin').call(operations.registerDevice, { id, name: '旧手机' })).problem.code).toBe('sync.device_revoked')
    expect((await w.as('lin').call(operations.revokeDevice, { id, baseVersion: device.version + 1, reason: '再停一次' })).problem.code).toBe('sync.device_revoked')
  })
})

describe('sync: works', () => {
  it('a first load in pages of three brings what its shape promises, each row once, and then nothing', async () => {
    await w.as('wang').do(visits.plan, dailyPlan(randomUUID()))
    for (const name of ['lin', 'wang', 'zhao', 'zhou', 'chen'] as const) {
      const phone = await phoneOf(w, name)
      const { changes } = await phone.pull({ limit: 3 })
      for (const change of changes) rowSchemas[change.kind].parse(change.row)
      expect(new Set(changes.map((change) => `${change.kind} ${change.id}`)).size, name).toBe(changes.length)
      expect(await phone.pull(), name).toMatchObject({ pages: 1, reset: false, changes: [] })
    }
  })
  it('sync.start counts what the load then brings, and names roles and rights', async () => {
    const start = await w.as('wang').do(operations.start, {})
    const phone = await phoneOf(w, 'wang')
    await phone.pull()
    expect(start.kinds.map(({ kind, rows }) => [kind, rows])).toEqual(KINDS.map((kind) => [kind, phone.ids(kind).length]))
    expect(start).toMatchObject({ person: { id: castIds.wang, name: '王砚川', roles: [{ code: 'INSPECTOR', name: '执法人员' }] }, day: '2026-03-05', narrow: false, wipe: false })
    expect(start.person.verbs).toContain('hazard.confirm')
  })
  it('whether the phone keeps the camera’s own file is the nearest area’s word, off where nobody spoke', async () => {
    const told = () => Promise.all((['lin', 'zhou', 'wang', 'zhao', 'han', 'qian', 'zheng'] as const).map(async (who) => ((await w.as(who).do(operations.start, {})).keepOriginal ? who : '')))
    expect((await told()).filter(Boolean)).toEqual([])
    const say = (areaCode: string, value: 'ON' | 'OFF') => w.as('sun').do(system.setSetting, { key: 'attachment.keep_original', areaCode, value, baseVersion: 0, reason: '执法取证需要' })
    await say(areas.district, 'ON')
    await say(areas.street, 'OFF')
    expect((await told()).filter(Boolean)).toEqual(['wang', 'han', 'zheng'])
  })
  it('a load leaves one line in the audit, however many pages it has, and a poll none', async () => {
    const lines = async () => (await w.app.db.pool.query(`select actor_name from audit where subject = 'sync.load'`)).rows.length
    const before = await lines()
    const phone = await phoneOf(w, 'he')
    await phone.pull({ limit: 2 })
    await phone.pull()
    expect(await lines()).toBe(before + 1)
  })
  it('what somebody else does comes with the next round: a hazard, its steps, its end', async () => {
    const lin = await phoneOf(w, 'lin')
    await lin.pull()
    const h = await confirmed(w)
    const { changes } = await lin.pull()
    expect(changes.find((change) => change.id === h.id)?.row).toMatchObject({ state: 'CONFIRMED', version: h.version, no: h.no, photos: [{ role: 'BEFORE' }] })
    await serve(w, [h.id], inDays(w, 5))
    expect((await lin.pull()).changes.find((change) => change.id === h.id)?.row).toMatchObject({ state: 'ORDERED', dueOn: inDays(w, 5) })
    const other = await reported(w, 'lin')
    await lin.pull()
    expect(lin.ids('hazard')).toContain(other.id)
    await w.as('wang').do(hazards.void, { ...(await on(w, other.id)), code: 'FALSE', reason: '现场核实不成立', photos: [await photo(w, 'wang')] })
    expect((await lin.pull()).changes.find((change) => change.id === other.id)).toMatchObject({ row: null })
  })
  it('actions are those of the person: an inspector may confirm, a grid officer may not', async () => {
    const h = await reported(w, 'lin')
    const actionsOf = async (name: 'wang' | 'lin') => {
      const phone = await phoneOf(w, name)
      await phone.pull()
      const change = phone.held.get(`hazard ${h.id}`)
      return change?.kind === 'hazard' ? change.row!.actions.filter((action) => action.allowed).map((action) => action.action) : []
    }
    expect(await actionsOf('wang')).toContain('confirm')
    expect(await actionsOf('lin')).not.toContain('confirm')
  })
  it('tasks are those I take part in: arranged they come, taken from me they go; todos with them', async () => {
    const [wang, lu] = [await phoneOf(w, 'wang'), await phoneOf(w, 'lu')]
    await wang.pull()
    await lu.pull()
    const id = randomUUID()
    await w.as('wang').do(visits.plan, dailyPlan(id))
    expect((await wang.pull()).changes.find((change) => change.id === id)?.row).toMatchObject({ state: 'PLANNED', people: [{ name: '王砚川', certificateNo: '990101001' }, {}] })
    expect((await lu.pull()).changes.find((change) => change.id === id)).toBeUndefined()
    const { visits: _v, ...plan } = dailyPlan(id, { people: [{ personId: castIds.lu, part: 'OFFICER', conflictDeclared: true }, { personId: castIds.he, part: 'OFFICER', conflictDeclared: true }] })
    await w.as('wang').do(visits.edit, { id, baseVersion: 1, ...plan })
    expect((await lu.pull()).changes.find((change) => change.id === id)?.row).toMatchObject({ id })
    await w.as('wang').do(visits.submit, { visits: [{ id, baseVersion: 2 }] })
    const xu = await phoneOf(w, 'xu')
    await xu.pull()
    expect([...xu.held.values()].some((change) => change.kind === 'todo' && change.row?.subjectId === id)).toBe(true)
    await w.as('xu').do(visits.approve, { visits: [{ id, baseVersion: 3 }], opinion: '同意' })
    expect((await xu.pull()).changes.some((change) => change.kind === 'todo' && change.row === null)).toBe(true)
    expect((await lu.pull()).changes.find((change) => change.id === id)?.row).toMatchObject({ state: 'APPROVED', decidedByName: '许听澜' })
  })
  it('a patrol arranged by the street is on the officer’s phone, and so are answers saved at the desk', async () => {
    const id = randomUUID()
    const list = shippedChecklist('GL')
    await w.as('zhou').do(visits.plan, { visits: [{ id, siteId: ids.site }], kind: 'PATROL', plannedOn: '2026-03-05', people: alone('lin'), versionIds: [list.id], taskSource: 'GRID_PLAN' })
    const lin = await phoneOf(w, 'lin')
    await lin.pull()
    expect(lin.held.get(`visit ${id}`)?.row).toMatchObject({ kind: 'PATROL', draft: [] })
    await w.as('lin').do(visits.start, { id, baseVersion: 1, arrivedAt: w.app.runtime.now().toISOString() })
    await lin.pull()
    await w.as('lin').do(visits.saveAnswers, { id, answers: [{ versionId: list.id, itemCode: list.items[0]!.code, answer: { answer: 'COMPLIES' } }] })
    expect((await lin.pull()).changes).toMatchObject([{ kind: 'visit', id, row: { state: 'IN_PROGRESS', draft: [{ itemCode: list.items[0]!.code, answer: 'COMPLIES' }] } }])
  })
  it('a site that moves to another grid leaves one phone and comes to the other', async () => {
    await grant(castIds.han, ids.otherGrid)
    later()
    const [lin, han] = [await phoneOf(w, 'lin'), await phoneOf(w, 'han')]
    await lin.pull()
    await han.pull()
    const { version } = await w.as('zhou').do(enterprises.get, { id: ids.enterprise })
    await w.as('wang').do(enterprises.relocate, { id: ids.enterprise, baseVersion: version, areaCode: areas.otherCommunity, gridId: ids.otherGrid, since: '2026-03-05', reason: '整体搬迁' })
    expect((await lin.pull()).changes).toContainEqual({ kind: 'site', id: ids.site, version: 0, row: null })
    expect((await han.pull()).changes.find((change) => change.id === ids.site)?.row).toMatchObject({ gridId: ids.otherGrid, areaCode: areas.otherCommunity })
    const back = await w.as('wang').do(enterprises.get, { id: ids.enterprise })
    await w.as('wang').do(enterprises.relocate, { id: ids.enterprise, baseVersion: back.version, areaCode: areas.community, gridId: ids.grid, since: '2026-03-05', reason: '更正' })
    await lin.pull()
    expect(lin.ids('site')).toEqual([ids.site])
  })
  it('a post given begins anew with more, a post taken with less; what is not mine is dropped at the end of the round', async () => {
    const lin = await phoneOf(w, 'lin')
    await lin.pull()
    const { rows } = await grant(castIds.lin, ids.otherGrid)
    later()
    expect(await lin.pull({ limit: 2 })).toMatchObject({ reset: true })
    expect(lin.ids('site')).toEqual([ids.site, ids.otherSite])
    await w.app.db.pool.query(`update post set valid_to = '2026-03-01' where id = $1`, [rows[0].id])
    later()
    expect(await lin.pull({ limit: 2 })).toMatchObject({ reset: true })
    expect(lin.ids('site')).toEqual([ids.site])
    expect(await lin.pull()).toMatchObject({ reset: false, changes: [] })
  })
  it('a certificate taken back changes what I may do, so the set begins anew', async () => {
    const lu = await phoneOf(w, 'lu')
    await lu.pull()
    await w.app.db.pool.query(`update certificate set revoked_on = '2026-03-05' where person_id = $1`, [castIds.lu])
    expect((await lu.pull()).reset).toBe(true)
    const wang = await phoneOf(w, 'wang')
    await wang.pull()
    expect(wang.held.get(`person ${castIds.lu}`)?.row).toMatchObject({ certificateNo: null })
    expect(wang.held.get(`person ${castIds.he}`)?.row).toMatchObject({ certificateNo: '990101002' })
  })
  it('a phone that was away longer than the log is kept, or that knew another database, loads anew', async () => {
    const [lin, wang] = [await phoneOf(w, 'lin'), await phoneOf(w, 'wang')]
    await lin.pull()
    await wang.pull()
    await w.app.db.pool.query(`update site set name = name where id = $1`, [ids.site])
    await w.app.db.pool.query(`update sync_change set at = '2025-01-01'`)
    await w.runJobs()
    expect((await lin.pull()).reset).toBe(true)
    expect(await lin.pull()).toMatchObject({ reset: false, changes: [] })
    await wang.pull()
    await w.app.db.pool.query(`insert into setting (key, area_code, value) values ('ledger.epoch', '000000000000', '7') on conflict (key, area_code) do update set value = '7'`)
    expect((await wang.pull()).reset).toBe(true)
    await w.app.db.pool.query(`update site set name = name || '甲' where id = $1`, [ids.site])
    expect((await wang.pull()).changes.map((change) => change.id)).toEqual([ids.site])
    await w.app.db.pool.query(`delete from setting where key = 'ledger.epoch'`)
  })
  it('sync.resolve reads the bare code, an address with it, and a fragment', async () => {
    const code = String((await w.app.db.pool.query(`select code from site where id = $1`, [ids.site])).rows[0].code)
    for (const text of [code, `https://anlan.example/#/s/${encodeURIComponent(code)}?x=1`, code.toLowerCase()]) {
      expect(await w.as('lin').do(operations.resolve, { code: text })).toMatchObject({ exact: true, rows: [{ siteId: ids.site, enterpriseId: ids.enterprise }] })
    }
    for (const text of ['MA9A 00011', 'http://licence.example/?c=91990101MA9A00011A&t=3']) expect(await w.as('lin').do(operations.resolve, { code: text })).toMatchObject({ exact: false, rows: [{ siteId: ids.site }] })
    expect((await w.as('lin').do(operations.resolve, { code: '%%%%' })).rows).toEqual([])
  })
  it('sync.places brings a place as the working set would hold it, by itself or with its enterprise', async () => {
    const phone = await phoneOf(w, 'lin')
    await phone.pull()
    const held = [...phone.held.values()].find((change) => change.kind === 'site' && change.id === ids.site)?.row
    expect(held).toBeDefined()
    expect((await w.as('lin').do(operations.places, { siteId: ids.site })).rows).toEqual([held])
    expect((await w.as('lin').do(operations.places, { enterpriseIds: ids.enterprise })).rows.map((row) => row.id)).toContain(ids.site)
  })
  it('a device given up: its session ends, its next start says wipe; another device of the same person goes on', async () => {
    const id = randomUUID()
    const device = await w.as('he').do(operations.registerDevice, { id, name: '何的手机', app: '1+abc' }, { headers: { 'x-device': id } })
    expect((await w.as('he').do(operations.devices, {}, { headers: { 'x-device': id } })).rows).toMatchObject([{ id, app: '1+abc', current: true, personName: '何汀筠' }])
    const revoked = await w.as('sun').do(operations.revokeDevice, { id, personId: castIds.he, baseVersion: device.version, reason: '手机遗失' })
    expect(revoked.revokedWhy).toBe('手机遗失')
    const { rows } = await w.app.db.pool.query(`select count(*) as n from session where device_id = $1 and revoked_at is null`, [id])
    expect(rows[0].n).toBe(0)
    expect((await w.as('he').do(operations.start, {}, { headers: { 'x-device': id } })).wipe).toBe(true)
    expect((await w.as('he').do(operations.start, {}, { headers: { 'x-device': randomUUID() } })).wipe).toBe(false)
    expect((await w.as('wang').do(operations.start, {}, { headers: { 'x-device': id } })).wipe).toBe(false)
  })
})
