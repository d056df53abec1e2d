import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, type CastName, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { agencyOf, certifiedOn, ensureRoles, peopleWith, personNames } from './public.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const tx = <T>(work: Parameters<World['app']['db']['transaction']>[0]) => w.app.db.transaction(work) as Promise<T>
const here = { areaCode: areas.community, gridId: ids.grid, enterpriseId: ids.enterprise, on: '2026-03-05' }
const names = (found: readonly string[]) => (Object.keys(castIds) as CastName[]).filter((name) => found.includes(castIds[name]))

describe('certificates are asked for the day of the act (54号文)', () => {
  it.each([
    ['in force', '2026-03-05', true],
    ['on its first day', '2024-01-01', true],
    ['the day before it began', '2023-12-31', false],
    ['on its last day', '2028-12-31', true],
    ['the day after it ended', '2029-01-01', false],
  ])('%s', async (_, date, certified) => {
    const found = await tx<Map<string, { no: string }>>((t) => certifiedOn(t, [castIds.wang, castIds.lin], date))
    expect([found.get(castIds.wang)?.no, found.has(castIds.lin)]).toEqual([certified ? '990101001' : undefined, false])
  })
  it('a revoked one counts until the day before its revocation', async () => {
    await w.app.db.all.updateTable('certificate').set({ revoked_on: '2026-02-10' }).where('person_id', '=', castIds.lu).execute()
    const on = async (date: string) => (await tx<Map<string, unknown>>((t) => certifiedOn(t, [castIds.lu], date))).size
    expect([await on('2026-02-09'), await on('2026-02-10')]).toEqual([1, 0])
  })
})

describe('who may act in a place', () => {
  it.each([
    ['an inspector reaches the whole district, the stranger does not', 'hazard.confirm', here, ['wang', 'he', 'xu', 'lu']],
    ['the grid officer in her grid', 'visit.patrol', here, ['lin', 'zhou']],
    ['no grid officer in a record of another grid', 'visit.patrol', { ...here, areaCode: areas.otherCommunity, gridId: ids.otherGrid }, ['han']],
    ['the firm itself', 'hazard.submit', here, ['zhao', 'feng']],
    ['another firm has nobody of this one', 'hazard.submit', { ...here, enterpriseId: ids.otherEnterprise }, []],
    ['a place in the neighbour district', 'hazard.confirm', { areaCode: areas.neighbourCommunity, on: '2026-03-05' }, ['qian']],
    ['before any post began', 'hazard.confirm', { ...here, on: '2019-12-31' }, []],
  ])('%s', async (_, verb, at, expected) => {
    expect(names(await tx<string[]>((t) => peopleWith(t, verb, at)))).toEqual(expected)
  })
  it('the manager of a park reaches its tenants, nobody else', async () => {
    expect(names(await tx<string[]>((t) => peopleWith(t, 'attachment.upload', here)))).toContain('jiang')
    expect(names(await tx<string[]>((t) => peopleWith(t, 'attachment.upload', { ...here, enterpriseId: ids.otherEnterprise })))).not.toContain('jiang')
  })
  it('nearest reach first, in one statement', async () => {
    await tx(async (t) => {
      const before = w.app.db.sent.count
      const found = await peopleWith(t, 'hazard.report', here)
      expect(w.app.db.sent.count - before).toBe(1)
      const at = (name: CastName) => found.indexOf(castIds[name])
      expect([at('zhao') < at('lin'), at('lin') < at('zhou'), at('zhou') < at('wang')]).toEqual([true, true, true])
    })
  })
  it('who left or whose account is disabled cannot act', async () => {
    await w.app.db.all.updateTable('person').set({ left_on: '2026-03-01' }).where('id', '=', castIds.he).execute()
    await w.app.db.all.updateTable('account').set({ disabled_at: new Date() }).where('person_id', '=', castIds.xu).execute()
    expect(names(await tx<string[]>((t) => peopleWith(t, 'hazard.confirm', here)))).toEqual(['wang', 'lu'])
    await w.app.db.all.updateTable('person').set({ left_on: null }).execute()
    await w.app.db.all.updateTable('account').set({ disabled_at: null }).execute()
  })
})

describe('names and agencies', () => {
  it('names with the organisation', async () => {
    const found = await tx<Awaited<ReturnType<typeof personNames>>>((t) => personNames(t, [castIds.lin, castIds.lin]))
    expect([...found]).toEqual([[castIds.lin, { name: '林禾安', organisation: '望汀街道应急办' }]])
  })
  it('papers of a community bear the prefix of its own bureau', async () => {
    expect(await tx((t) => agencyOf(t, areas.otherCommunity))).toEqual({ id: ids.bureau, name: '安澜区应急管理局', paperPrefix: '澜安澜' })
    expect(await tx((t) => agencyOf(t, areas.neighbourCommunity))).toMatchObject({ paperPrefix: '澜宁川' })
    await expect(tx((t) => agencyOf(t, '980101001001'))).rejects.toMatchObject({ code: 'staff.no_agency' })
  })
  it('shipped roles are written again only when they differ', async () => {
    const versionOf = async () => (await w.app.db.all.selectFrom('role').select('version').where('code', '=', 'INSPECTOR').executeTakeFirstOrThrow()).version
    const before = await versionOf()
    await tx((t) => ensureRoles(t))
    expect(await versionOf()).toBe(before)
    await w.app.db.all.updateTable('role').set({ verbs: ['hazard.read'] }).where('code', '=', 'INSPECTOR').execute()
    await tx((t) => ensureRoles(t))
    const role = await w.app.db.all.selectFrom('role').selectAll().where('code', '=', 'INSPECTOR').executeTakeFirstOrThrow()
    expect([role.version, role.verbs.includes('hazard.confirm')]).toEqual([before + 1, true])
  })
})
