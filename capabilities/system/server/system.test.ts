import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type World, world } from '../../../house/world.ts'
import { verifyLedger } from '../../../kernel/server/ledger-file.ts'
import { operations } from '../operations.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const set = (value: unknown, baseVersion = 0, who: 'sun' | 'wu' | 'zheng' | 'wang' = 'sun') =>
  w.as(who).call(operations.setSetting, { key: 'audit.keep_days', value: value as never, baseVersion, reason: '按局保密办要求' })

describe('system: refuses strangers', () => {
  it.each(['audit', 'auditExport', 'ledger', 'ledgerExport', 'ledgerVerify', 'settings', 'jobs'] as const)('system.%s answers nobody and refuses who lacks the verb', async (key) => {
    expect((await w.nobody.call(operations[key], {})).status).toBe(401)
    expect((await w.as('lin').call(operations[key], {})).status).toBe(403)
  })
  it('三员互斥：the system administrator reads no audit, the auditor changes no setting', async () => {
    expect((await w.as('sun').call(operations.audit, {})).status).toBe(403)
    expect((await set(365, 0, 'zheng')).status).toBe(403)
    expect((await set(365, 0, 'wu')).status).toBe(403)
  })
})

describe('system: refuses nonsense', () => {
  it('system.setSetting below the floor says how low it may be', async () => {
    const answer = await set(179)
    expect([answer.status, answer.problem.title]).toEqual([422, '不得低于 180天'])
    expect(answer.problem.fields?.[0]?.path).toBe('value')
  })
  it('a setting that does not exist, an old version, no reason', async () => {
    expect((await w.as('sun').call(operations.setSetting, { key: 'no.such', value: 1, baseVersion: 0, reason: '试一试' })).status).toBe(404)
    expect((await set(400, 7)).problem.code).toBe('common.stale')
    expect((await w.as('sun').call(operations.setSetting, { key: 'audit.keep_days', value: 400, baseVersion: 0, reason: '' })).status).toBe(400)
  })
  it('a cursor that is none of ours', async () => {
    for (const cursor of ['abc', Buffer.from('[1,2]').toString('base64url'), Buffer.from('["2026","x"]').toString('base64url')]) {
      expect((await w.as('zheng').call(operations.audit, { cursor })).problem.code).toBe('common.bad_cursor')
    }
  })
  it('an audit row is neither changed nor, before 180 days, removed', async () => {
    await w.app.db.pool.query(`insert into audit (id, at, request_id, actor_name, kind, subject, result, address, data) values (gen_random_uuid(), now(), 'r', '甲', 'SECURITY', 'x', 'ok', '', '{}')`)
    await expect(w.app.db.pool.query(`delete from audit where at > now() - interval '1 day'`)).rejects.toMatchObject({ code: 'AN001' })
    await expect(w.app.db.pool.query(`update audit set result = 'ok'`)).rejects.toMatchObject({ code: 'AN001' })
  })
})

describe('system: works', () => {
  it('system.audit shows a refused access with the person, newest first, and pages without gap or repeat', async () => {
    const page = await w.as('zheng').do(operations.audit, { outcome: 'refused', limit: 2 })
    expect(page.rows[0]).toMatchObject({ kind: 'REFUSED', resultZh: '您的岗位没有这项权限' })
    const seen = new Set(page.rows.map((row) => row.id))
    for (let next = page.next; next; ) {
      const more = await w.as('zheng').do(operations.audit, { outcome: 'refused', limit: 2, cursor: next })
      for (const row of more.rows) expect(seen.has(row.id)).toBe(false)
      for (const row of more.rows) seen.add(row.id)
      next = more.next
    }
    expect(seen.size).toBe(page.total)
  })
  it('system.audit finds a person and a day', async () => {
    const found = await w.as('zheng').do(operations.audit, { q: '孙既白', kind: 'SIGN_IN', from: '2026-03-05', to: '2026-03-05' })
    expect(found.rows.map((row) => row.actorName)).toEqual(['孙既白'])
    expect((await w.as('zheng').do(operations.audit, { from: '2026-03-06' })).total).toBeLessThan(found.total + 2)
  })
  it('system.auditExport is a workbook and leaves a trace itself', async () => {
    const answer = await w.as('zheng').call(operations.auditExport, {})
    expect(answer.bytes.subarray(0, 2).toString()).toBe('PK')
    const traces = await w.as('zheng').do(operations.audit, { kind: 'EXPORT' })
    expect(traces.rows[0]).toMatchObject({ subject: 'audit', actorName: '郑鉴秋' })
  })
  it('system.settings shows the shipped value; system.setSetting changes it with a reason, an event and a version', async () => {
    const before = (await w.as('sun').do(operations.settings, {})).rows.find((row) => row.key === 'audit.keep_days')
    expect(before).toMatchObject({ value: 1095, shipped: true, version: 0, floor: 180 })
    expect((await set(365)).ok).toMatchObject({ value: 365, shipped: false, version: 1 })
    const { rows } = await w.app.db.pool.query(`select data from domain_event where event = 'system.setting_changed'`)
    expect(rows[0].data).toMatchObject({ key: 'audit.keep_days', from: 1095, to: 365, reason: '按局保密办要求' })
    expect((await set(366)).problem.code).toBe('common.stale')
  })
  it('system.ledger counts what waits; the timer seals it; system.ledgerVerify and the exported file agree', async () => {
    expect((await w.as('zheng').do(operations.ledger, {})).waiting).toBe(1)
    // A neighbour's open transaction in the same cluster delays a seal; the timer comes again.
    const sealed = async () => {
      await w.runJobs()
      w.advance({ minutes: 1 })
      const now = await w.as('zheng').do(operations.ledger, {})
      return now.waiting === 0 ? now : undefined
    }
    const status = await vi.waitFor(async () => (await sealed()) ?? Promise.reject(new Error('not sealed yet')), { timeout: 10_000, interval: 100 })
    expect(status).toMatchObject({ batches: 1, sealed: 1, waiting: 0, algorithm: 'sha256' })
    expect(await w.as('zheng').do(operations.ledgerVerify, {})).toMatchObject({ ok: true, chain: status.chain, faults: [] })
    const file = await w.as('zheng').call(operations.ledgerExport, {})
    expect(await verifyLedger(async function* () { yield file.bytes }())).toMatchObject({ ok: true, chain: status.chain })
  })
  it('system.jobs lists the timers and what is wrong with them', async () => {
    const { rows } = await w.as('sun').do(operations.jobs, {})
    expect(rows.find((row) => row.kind === 'ledger.seal')).toMatchObject({ everySeconds: 10, failed: null, givenUp: false })
  })
  it('audit older than the setting goes into a packed archive and leaves the database', async () => {
    const total = async () => (await w.as('zheng').do(operations.audit, { to: '2026-03-05' })).total
    expect(await total()).toBeGreaterThan(0)
    w.advance({ days: 366 })
    await w.runJobs()
    const folder = join(w.app.config.dataDir, 'archive')
    const packed = readdirSync(folder).map((name) => gunzipSync(readFileSync(join(folder, name))).toString('utf8')).join('')
    expect(packed).toContain('孙既白')
    const { rows } = await w.app.db.pool.query(`select count(*) as n from audit where at < '2026-03-06'`)
    expect(rows[0].n).toBe(0)
  })
})
