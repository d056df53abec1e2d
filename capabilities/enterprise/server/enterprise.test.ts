import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { makeCreditCode } from '../../../kernel/core/credit-code.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { operations as staffOperations } from '../../staff/operations.ts'
import { EnterprisePage } from '../enterprise.ts'
import { operations } from '../operations.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

let serial = 0
const codeNo = (n: number) => makeCreditCode('91', '990101', `MA9T${String(n).padStart(4, '0')}`)
const draft = (over: Partial<InputOf<typeof operations.create>> = {}): InputOf<typeof operations.create> => {
  serial += 1
  return {
    id: randomUUID(), siteId: randomUUID(), identityKind: 'CREDIT_CODE', creditCode: codeNo(serial), name: `安川虚构${serial}号五金制品有限公司`, address: `望汀街道虚构路${serial}号`, areaCode: areas.community, gridId: ids.grid,
    industryCode: 'C3311', employees: 320, revenueWan: 2600, siteKind: 'PRODUCTION_SITE', principalName: '柳闻笛', principalPhone: `1600088${String(1000 + serial)}`, ...over,
  }
}

describe('拒绝外人', () => {
  it('enterprise.list shows a stranger of the next district only his own, and never the total of others', async () => {
    const page = await w.as('qian').do(operations.list, {})
    expect(page.rows.map((row) => row.id)).toEqual([ids.neighbourEnterprise])
    expect(page.total).toBe(1)
  })
  it('enterprise.get, timeline, reveal, park: out of reach is the same as not there', async () => {
    for (const operation of [operations.get, operations.timeline, operations.reveal] as const) {
      const [theirs, nowhere] = [await w.as('qian').call(operation, { id: ids.enterprise }), await w.as('qian').call(operation, { id: randomUUID() })]
      expect([theirs.status, theirs.problem.code]).toEqual([404, 'enterprise.missing'])
      expect(nowhere.problem.title).toBe(theirs.problem.title)
    }
    expect((await w.as('qian').call(operations.park, { id: ids.park })).status).toBe(404)
    expect((await w.as('qian').do(operations.parks, {})).total).toBe(0)
  })
  it('enterprise.update, setState, setTags, setContacts, relocate, void, addSite, moveSite, closeSite of a stranger change nothing', async () => {
    const qian = w.as('qian')
    const base = { id: ids.enterprise, baseVersion: 1 }
    const answers = [
      await qian.call(operations.update, { ...base, name: '冒名有限公司' }), await qian.call(operations.setState, { ...base, state: 'LONG_STOP', reason: '无' }), await qian.call(operations.setTags, { ...base, tags: [] }),
      await qian.call(operations.setContacts, { ...base, contacts: [] }), await qian.call(operations.relocate, { ...base, areaCode: areas.neighbourCommunity, since: '2026-03-01', reason: '无' }), await qian.call(operations.void, { ...base, reason: '无' }),
      await qian.call(operations.addSite, { ...base, siteId: randomUUID(), name: '二厂', kind: 'WAREHOUSE', address: '川口', areaCode: areas.neighbourCommunity }),
      await qian.call(operations.moveSite, { ...base, siteId: ids.site, areaCode: areas.neighbourCommunity, address: '川口', since: '2026-03-01', reason: '无' }), await qian.call(operations.closeSite, { ...base, siteId: ids.site, closedOn: '2026-03-01', reason: '无' }),
    ]
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404))
    expect((await w.as('wang').do(operations.get, { id: ids.enterprise })).version).toBe(1)
  })
  it('who lacks the verb is refused before his input is read', async () => {
    expect((await w.as('lin').call(operations.create, {} as never)).status).toBe(403)
    expect((await w.as('zhao').call(operations.update, { id: ids.enterprise, baseVersion: 1, name: '改名' })).status).toBe(403)
    expect((await w.as('lin').call(operations.export, {})).status).toBe(403)
    expect((await w.as('zheng').call(operations.list, {})).status).toBe(403)
    expect((await w.as('lin').call(operations.voidPark, { id: ids.park, baseVersion: 1, reason: '无' })).status).toBe(403)
    expect((await w.nobody.call(operations.find, { q: '安川' })).status).toBe(401)
  })
  it('a grid officer, an enterprise and a park manager see what is theirs', async () => {
    const names = async (who: 'lin' | 'zhao' | 'jiang') => (await w.as(who).do(operations.list, {})).rows.map((row) => row.id)
    expect(await names('zhao')).toEqual([ids.enterprise])
    expect(await names('jiang')).toEqual([ids.enterprise])
    expect(await names('lin')).toContain(ids.enterprise)
    expect((await w.as('jiang').do(operations.park, { id: ids.park })).name).toBe('澜湖智造园')
    expect((await w.as('lin').call(operations.get, { id: ids.otherEnterprise })).status).toBe(404)
  })
  it('a street office may not file an enterprise into another street, nor move one there', async () => {
    const answer = await w.as('zhou').call(operations.create, draft({ areaCode: areas.otherCommunity, gridId: null }))
    expect([answer.status, answer.problem.code]).toEqual([422, 'enterprise.out_of_reach'])
    const moved = await w.as('zhou').call(operations.relocate, { id: ids.enterprise, baseVersion: 1, areaCode: areas.otherCommunity, since: '2026-03-01', reason: '搬迁' })
    expect(moved.problem.code).toBe('enterprise.out_of_reach')
  })
})

describe('拒绝胡来', () => {
  it.each([
    ['a wrong check character without confirmation', { creditCode: `${codeNo(9000).slice(0, 17)}${codeNo(9000).endsWith('0') ? '1' : '0'}` }, 'enterprise.code_unconfirmed'],
    ['the same, confirmed without a reason', { creditCode: `${codeNo(9000).slice(0, 17)}${codeNo(9000).endsWith('0') ? '1' : '0'}`, creditCodeConfirmed: true }, 'enterprise.code_reason'],
    ['a letter O, confirmed or not', { creditCode: '91440307MA5A0001OR', creditCodeConfirmed: true, creditCodeReason: '照上如此' }, 'enterprise.code_wrong'],
    ['no code', { creditCode: null }, 'enterprise.code_required'],
    ['unlicensed without an operator', { identityKind: 'NO_LICENSE' as const, creditCode: null }, 'enterprise.operator_required'],
    ['an industry that is not in the table', { industryCode: '9999' }, 'enterprise.industry_unknown'],
    ['a telephone without area code', { principalPhone: '28901234' }, 'enterprise.phone_wrong'],
    ['half a position', { lon: 114.1 }, 'enterprise.location_pair'],
    ['an area that is not there', { areaCode: '990101009001', gridId: null }, 'enterprise.area_unknown'],
    ['a whole district as place', { areaCode: areas.district, gridId: null }, 'enterprise.area_coarse'],
    ['a grid of another community', { gridId: ids.otherGrid }, 'enterprise.grid_elsewhere'],
    ['厂中厂 without the plant it lies in', { siteKind: 'FACTORY_IN_FACTORY' as const }, 'enterprise.parent_site_required'],
  ])('enterprise.create: %s', async (_, over, code) => {
    const answer = await w.as('wang').call(operations.create, draft(over))
    expect([answer.status, answer.problem.code]).toEqual([422, code])
    expect(answer.problem.fields?.[0]?.message).toMatch(/[\u4e00-\u9fff]/)
  })
  it('the same code twice names the one that has it; same name and address asks for a confirmation', async () => {
    const first = draft()
    await w.as('wang').do(operations.create, first)
    const twice = await w.as('wang').call(operations.create, draft({ creditCode: first.creditCode }))
    expect([twice.status, twice.problem.title]).toEqual([409, `统一社会信用代码已登记在“${first.name}”名下，请勿重复建档`])
    const same = draft({ name: first.name, address: first.address })
    expect((await w.as('wang').call(operations.create, same)).problem.code).toBe('enterprise.same_name_address')
    await w.as('wang').do(operations.create, { ...same, duplicateConfirmed: true })
  })
  it('a code in another district is refused without saying whose it is', async () => {
    const hidden = draft({ areaCode: areas.neighbourCommunity, gridId: null })
    await w.as('qian').do(operations.create, hidden)
    const answer = await w.as('wang').call(operations.create, draft({ creditCode: hidden.creditCode }))
    expect(answer.problem.code).toBe('enterprise.credit_code_unique')
    expect(JSON.stringify(answer.problem)).not.toContain(hidden.name)
  })
  it('a stale version is refused and nothing is written', async () => {
    const one = draft()
    await w.as('wang').do(operations.create, one)
    await w.as('wang').do(operations.update, { id: one.id, baseVersion: 1, employees: 10 })
    const late = await w.as('he').call(operations.update, { id: one.id, baseVersion: 1, employees: 11 })
    expect([late.status, late.problem.code]).toEqual([409, 'common.stale'])
    expect((await w.as('wang').do(operations.get, { id: one.id })).employees).toBe(10)
  })
  it('an ordered stop is neither made nor lifted by a grid officer (安全生产法 §65)', async () => {
    const one = draft()
    await w.as('wang').do(operations.create, one)
    const order = { id: one.id, baseVersion: 1, state: 'ORDERED_STOP' as const, reason: '重大隐患' }
    expect((await w.as('lin').call(operations.setState, order)).problem.code).toBe('enterprise.state_verb')
    await w.as('wang').do(operations.setState, order)
    const lift = await w.as('lin').call(operations.setState, { ...order, baseVersion: 2, state: 'ACTIVE' })
    expect(lift.problem.title).toBe('“责令停产”改为“正常生产”须由执法人员办理')
    expect((await w.as('wang').call(operations.setState, { ...order, baseVersion: 2, state: 'LONG_STOP' })).problem.code).toBe('enterprise.state_not_possible')
    expect((await w.as('wang').call(operations.setState, { ...order, baseVersion: 2, state: 'ACTIVE', since: '2026-03-06' })).problem.code).toBe('enterprise.future')
  })
  it('tags: unknown extra data and doubles are refused by name (§1.6)', async () => {
    const tags = [{ code: 'DUST_EXPLOSION' as const, extra: { dustKind: '面粉' } }]
    expect((await w.as('wang').call(operations.setTags, { id: ids.enterprise, baseVersion: 1, tags })).problem.title).toBe('粉尘涉爆：附加数据“dustKind”填写有误')
    const twice = [{ code: 'CITY_GAS' as const, extra: {} }, { code: 'CITY_GAS' as const, extra: {} }]
    expect((await w.as('wang').call(operations.setTags, { id: ids.enterprise, baseVersion: 1, tags: twice })).problem.code).toBe('enterprise.tag_twice')
  })
  it('the main site is not closed alone; a wrong cursor is refused; unknown fields are refused', async () => {
    expect((await w.as('wang').call(operations.closeSite, { id: ids.enterprise, siteId: ids.site, baseVersion: 1, closedOn: '2026-03-01', reason: '退租' })).problem.code).toBe('enterprise.main_site')
    expect((await w.as('wang').call(operations.list, { cursor: "x' or 1=1" })).problem.code).toBe('common.bad_cursor')
    expect((await w.as('wang').call(operations.list, { colour: 'RED' } as never)).status).toBe(400)
  })
  it('园中园 needs the park above it, and no park lies inside itself (§1.5)', async () => {
    const park = { id: randomUUID(), areaCode: areas.community, name: '虚构园', kind: 'PARK_IN_PARK' as const, address: '望汀街道虚构路' }
    expect((await w.as('wang').call(operations.createPark, park)).problem.code).toBe('park.in_park_has_parent')
    await w.as('wang').do(operations.createPark, { ...park, parentParkId: ids.park })
    expect((await w.as('wang').call(operations.updatePark, { id: ids.park, baseVersion: 1, parentParkId: park.id })).problem.code).toBe('park.circle')
    expect((await w.as('wang').call(operations.voidPark, { id: ids.park, baseVersion: 1, reason: '撤并' })).problem.code).toBe('park.has_tenants')
  })
})

describe('办得成', () => {
  it('enterprise.create files enterprise and main site; industry, trade, size and search words follow from the facts', async () => {
    const one = draft({ name: '安川澄江钣金制品有限公司', address: '望汀街道澄江路18号', lon: 82.41, lat: 39.52, tags: ['COATING_SOLVENT'] })
    const made = await w.as('zhou').do(operations.create, one)
    expect(made).toMatchObject({ id: one.id, version: 1 })
    const view = await w.as('wang').do(operations.get, { id: one.id })
    expect(view).toMatchObject({ industryCode: '3311', division: 33, gongmaoSector: 'MACHINERY', sizeGrade: 'MEDIUM', likelyAboveScale: true, aboveScale: false, streetName: '望汀街道', gridName: '汀前01安格', state: 'ACTIVE' })
    expect(view.sites).toHaveLength(1)
    expect(view.sites[0]).toMatchObject({ id: one.siteId, isMain: true, code: `SITE-${one.creditCode}-001` })
    expect(view.principalPhone).toMatch(/^160\*{4}\d{4}$/)
    expect(view.actions.find((action) => action.action === 'update')?.allowed).toBe(true)
  })
  it('the list that PostgreSQL writes is exactly the contract: every key, nothing more, in every row', async () => {
    const page = await w.as('wang').do(operations.list, { limit: 3 })
    const strict = EnterprisePage.extend({ rows: EnterprisePage.shape.rows.element.strict().array() }).strict()
    expect(strict.parse(page)).toEqual(page)
    expect(Object.keys(page.rows[0]!)).toEqual(Object.keys(EnterprisePage.shape.rows.element.shape))
  })
  it('pages by cursor give every record once, in every sort, and the total is exact', async () => {
    for (const sort of ['area', '-area', 'newest', 'name', '-name', 'employees', '-employees'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await w.as('wang').do(operations.list, { limit: 4, sort, cursor })
        seen.push(...page.rows.map((row) => row.id))
        cursor = page.next
        expect(page.total).toBeGreaterThanOrEqual(seen.length)
      } while (cursor)
      const all = await w.as('wang').do(operations.list, { limit: 200, sort })
      expect(seen).toEqual(all.rows.map((row) => row.id))
      expect([new Set(seen).size, all.next]).toEqual([all.total, undefined])
    }
  })
  it('finds by fragment, two characters, pinyin initials, code, code fragment, phone tail and address', async () => {
    const one = draft({ name: '安川青崖（澜湖）仪表厂', address: '望汀街道蓝渡巷7号', principalPhone: '16000887531' })
    await w.as('wang').do(operations.create, one)
    for (const q of ['青崖', '崖澜湖', '青崖（澜湖）', '崖', 'qylh', 'acqy', one.creditCode!, one.creditCode!.slice(8, 16), '7531', '16000887531', '蓝渡巷', '蓝渡巷7号', `ENT-${one.creditCode}`]) {
      const found = await w.as('wang').do(operations.find, { q })
      expect(found.rows.map((row) => row.id), q).toContain(one.id)
      const listed = await w.as('wang').do(operations.list, { q, limit: 200 })
      expect(listed.rows.map((row) => row.id), q).toContain(one.id)
    }
    // The pairs 青崖 and 澜湖 stand apart in the name, so the joined text is no hit.
    expect((await w.as('wang').do(operations.find, { q: '蓝巷' })).rows).toEqual([])
    expect((await w.as('han').do(operations.find, { q: '青崖' })).rows).toEqual([])
  })
  it('filters by area, grid, industry of any level, state, size, tags and kind; the figures equal the lists behind them', async () => {
    const one = draft({ industryCode: '3841', employees: 12, revenueWan: 90, siteKind: 'WAREHOUSE', tags: ['LITHIUM_BATTERY', 'SPECIAL_EQUIP'], riskColor: 'RED', highRisk: true })
    await w.as('wang').do(operations.create, one)
    const filters = [
      { area: areas.street }, { grid: ids.grid }, { industry: ['C'] }, { industry: ['38'] }, { industry: ['384'] }, { industry: ['3841', '01'] }, { size: ['MICRO'] }, { tags: ['SPECIAL_EQUIP', 'LITHIUM_BATTERY'] }, { siteKind: ['WAREHOUSE'] },
      { riskColor: ['RED'] }, { highRisk: 'true' }, { aboveScale: 'false' }, { sector: ['MACHINERY'] }, { state: ['ACTIVE'] }, { standard: ['NONE'] },
    ] as const
    for (const filter of filters) {
      const page = await w.as('wang').do(operations.list, { ...wired(filter), limit: 200 })
      expect(page.rows.map((row) => row.id), JSON.stringify(filter)).toContain(one.id)
      expect((await w.as('wang').do(operations.figures, wired(filter))).total).toBe(page.total)
    }
    for (const filter of [{ area: areas.otherStreet }, { industry: ['39'] }, { tags: ['LITHIUM_BATTERY', 'CITY_GAS'] }, { state: ['MOVED'] }, { size: ['LARGE'] }]) {
      expect((await w.as('wang').do(operations.list, { ...wired(filter), limit: 200 })).rows.map((row) => row.id)).not.toContain(one.id)
    }
  })
  it('setState keeps a history without gaps, and the timeline tells who and why', async () => {
    const one = draft({ establishedOn: '2020-05-01' })
    await w.as('wang').do(operations.create, one)
    await w.as('lin').do(operations.setState, { id: one.id, baseVersion: 1, state: 'VOLUNTARY_STOP', reason: '订单不足', since: '2026-03-01' })
    await w.as('lin').do(operations.setState, { id: one.id, baseVersion: 2, state: 'RESUMING', reason: '准备复工', since: '2026-03-04' })
    const view = await w.as('wang').do(operations.get, { id: one.id })
    expect(view.history.map((h) => [h.field, h.value, h.validFrom, h.validTo])).toEqual([
      ['STATE', 'RESUMING', '2026-03-04', null], ['STATE', 'VOLUNTARY_STOP', '2026-03-01', '2026-03-03'], ['STATE', 'ACTIVE', '2020-05-01', '2026-02-28'],
    ])
    expect((await w.as('lin').call(operations.setState, { id: one.id, baseVersion: 3, state: 'ACTIVE', reason: '复工', since: '2026-03-02' })).problem.code).toBe('enterprise.before_history')
    const told = await w.as('wang').do(operations.timeline, { id: one.id })
    expect(told.rows.map((row) => [row.event, row.actor, row.from, row.to])).toEqual([
      ['enterprise.state_set', '林禾安', 'VOLUNTARY_STOP', 'RESUMING'], ['enterprise.state_set', '林禾安', 'ACTIVE', 'VOLUNTARY_STOP'], ['enterprise.created', '王砚川', null, 'ACTIVE'],
    ])
    expect([told.total, told.kinds]).toEqual([3, [{ aggregate: 'enterprise', count: 3 }]])
    const first = await w.as('wang').do(operations.timeline, { id: one.id, limit: 2 })
    const second = await w.as('wang').do(operations.timeline, { id: one.id, limit: 2, cursor: first.next })
    expect([...first.rows, ...second.rows].map((row) => row.seq)).toEqual(told.rows.map((row) => row.seq))
  })
  it('update writes name, industry and size into the history, and no telephone into any event', async () => {
    const one = draft()
    await w.as('wang').do(operations.create, one)
    await w.as('wang').do(operations.update, { id: one.id, baseVersion: 1, name: '安川改名后五金有限公司', industryCode: '3841', employees: 5, principalPhone: '16000880199', reason: '变更登记' })
    const view = await w.as('wang').do(operations.get, { id: one.id })
    expect(view).toMatchObject({ version: 2, division: 38, sizeGrade: 'MICRO', principalPhone: '160****0199' })
    expect(view.history.filter((h) => h.validTo === null).map((h) => [h.field, h.value])).toEqual([['INDUSTRY', '3841'], ['NAME', '安川改名后五金有限公司'], ['SIZE', 'MICRO']])
    const told = JSON.stringify(await w.as('wang').do(operations.timeline, { id: one.id }))
    expect(told).not.toContain('16000880199')
    expect((await w.as('wang').do(operations.find, { q: '改名后' })).rows.map((row) => row.id)).toEqual([one.id])
  })
  it('reveal shows the whole number to who may see it, and the audit keeps who looked', async () => {
    const one = draft({ principalPhone: '16000881234' })
    await w.as('wang').do(operations.create, one)
    await w.as('wang').do(operations.setContacts, { id: one.id, baseVersion: 1, contacts: [{ id: randomUUID(), name: '顾闻舟', duty: 'SAFETY_MANAGER', phone: '16000885678' }] })
    const shown = await w.as('lin').do(operations.reveal, { id: one.id })
    expect([shown.principalPhone, shown.contacts[0]?.phone]).toEqual(['16000881234', '16000885678'])
    const rows = await w.app.db.all.selectFrom('audit').select(['kind', 'actor_name']).where('subject_id', '=', one.id).execute()
    expect(rows).toEqual([{ kind: 'REVEAL', actor_name: '林禾安' }])
    const view = await w.as('wang').do(operations.get, { id: one.id })
    expect(view.contacts.map((contact) => contact.phone)).toEqual(['160****5678'])
    // The masked number sent back by a form is no change.
    await w.as('wang').do(operations.setContacts, { id: one.id, baseVersion: 2, contacts: view.contacts })
    await w.as('wang').do(operations.update, { id: one.id, baseVersion: 3, principalPhone: view.principalPhone })
    expect(await w.as('lin').do(operations.reveal, { id: one.id })).toMatchObject({ principalPhone: '16000881234', contacts: [{ phone: '16000885678' }] })
  })
  it('relocate moves register, main site and reach, and keeps where it was (SCD of area)', async () => {
    const one = draft({ establishedOn: '2019-01-01' })
    await w.as('wang').do(operations.create, one)
    await w.as('wang').do(operations.relocate, { id: one.id, baseVersion: 1, areaCode: areas.otherCommunity, gridId: ids.otherGrid, since: '2026-03-02', reason: '整体搬迁' })
    expect((await w.as('zhou').call(operations.get, { id: one.id })).status).toBe(404)
    const view = await w.as('han').do(operations.get, { id: one.id })
    expect(view.sites[0]).toMatchObject({ areaCode: areas.otherCommunity, gridId: ids.otherGrid })
    expect(view.history.map((h) => [(h.value as { areaCode: string }).areaCode, h.validFrom, h.validTo])).toEqual([[areas.otherCommunity, '2026-03-02', null], [areas.community, '2019-01-01', '2026-03-01']])
  })
  it('a second site in another street opens the file to that street, which may look but not change', async () => {
    const one = draft()
    await w.as('wang').do(operations.create, one)
    const siteId = randomUUID()
    await w.as('wang').do(operations.addSite, { id: one.id, siteId, baseVersion: 1, name: '埠头仓库', kind: 'WAREHOUSE', address: '沅埠街道埠头路2号', areaCode: areas.otherCommunity, gridId: ids.otherGrid })
    const seen = await w.as('han').do(operations.get, { id: one.id })
    expect(seen.sites.map((site) => site.name)).toContain('埠头仓库')
    expect(seen.actions.every((action) => !action.allowed)).toBe(true)
    await w.as('wang').do(operations.closeSite, { id: one.id, siteId, baseVersion: 2, closedOn: '2026-03-04', reason: '退租' })
  })
  it('厂中厂 names the plant, its lease and whether the safety agreement is signed (安全生产法 §49)', async () => {
    const inner = draft({ siteKind: 'FACTORY_IN_FACTORY', parentSiteId: ids.site, parkId: ids.park })
    await w.as('wang').do(operations.create, inner)
    await w.as('wang').do(operations.addSite, {
      id: inner.id, siteId: randomUUID(), baseVersion: 1, name: '三楼车间', kind: 'FACTORY_IN_FACTORY', address: '汀前路1号3楼', areaCode: areas.community, gridId: ids.grid, parentSiteId: ids.site,
      lease: { areaM2: 800, validFrom: '2025-01-01', hasAgreement: false },
    })
    const view = await w.as('wang').do(operations.get, { id: inner.id })
    expect(view.sites.map((site) => [site.kind, site.parentSiteName, site.lease?.lessor ?? null, site.lease?.hasAgreement ?? null])).toEqual([
      ['FACTORY_IN_FACTORY', '主厂区', null, null], ['FACTORY_IN_FACTORY', '主厂区', '主厂区', false],
    ])
    await w.as('jiang').do(staffOperations.signOut, {})
    expect((await w.as('jiang').do(operations.list, {})).rows.map((row) => row.id)).toContain(inner.id)
  })
  it('moveSite of the main site moves the enterprise with it', async () => {
    const one = draft()
    await w.as('wang').do(operations.create, one)
    await w.as('wang').do(operations.moveSite, { id: one.id, siteId: one.siteId, baseVersion: 1, areaCode: areas.otherCommunity, gridId: ids.otherGrid, address: '埠头新厂房', since: '2026-03-03', reason: '搬厂' })
    expect(await w.as('han').do(operations.get, { id: one.id })).toMatchObject({ areaCode: areas.otherCommunity, address: '埠头新厂房', version: 2 })
  })
  it('editOwn lets an enterprise keep its own contact and figures, and nothing else', async () => {
    await w.as('zhao').do(operations.editOwn, { id: ids.enterprise, baseVersion: 1, employees: 1200, revenueWan: 50_000, principalPhone: '16000884321' })
    expect(await w.as('zhao').do(operations.get, { id: ids.enterprise })).toMatchObject({ employees: 1200, sizeGrade: 'LARGE', principalPhone: '160****4321', version: 2 })
    expect((await w.as('zhao').call(operations.editOwn, { id: ids.enterprise, baseVersion: 2, riskColor: 'BLUE' } as never)).problem.fields?.[0]?.code).toBe('field.unknown')
    expect((await w.as('zhao').call(operations.editOwn, { id: ids.otherEnterprise, baseVersion: 1, employees: 1 })).status).toBe(404)
  })
  it('setTags keeps the extra data that each tag asks for (§1.6)', async () => {
    const one = draft()
    await w.as('wang').do(operations.create, one)
    const extra = { dustKind: '铝镁', personsPerShift: 14, process: '干式', explosionControl: '泄爆' }
    await w.as('wang').do(operations.setTags, { id: one.id, baseVersion: 1, tags: [{ code: 'DUST_EXPLOSION', extra }] })
    const view = await w.as('wang').do(operations.get, { id: one.id })
    expect([view.tags, view.tagDetails[0]?.extra]).toEqual([['DUST_EXPLOSION'], extra])
  })
  it('void takes a record out of the lists, keeps its file and frees its code', async () => {
    const one = draft()
    await w.as('wang').do(operations.create, one)
    await w.as('wang').do(operations.void, { id: one.id, baseVersion: 1, reason: '重复建档' })
    expect((await w.as('wang').do(operations.list, { q: one.creditCode! })).total).toBe(0)
    expect(await w.as('wang').do(operations.get, { id: one.id })).toMatchObject({ voidReason: '重复建档' })
    expect((await w.as('wang').call(operations.update, { id: one.id, baseVersion: 2, employees: 1 })).problem.code).toBe('enterprise.voided')
    await w.as('wang').do(operations.create, draft({ creditCode: one.creditCode }))
  })
  it('export is exactly what the filter shows, telephones masked unless revealed, and both are audited', async () => {
    const one = draft({ name: '=cmd|虚构公式有限公司', principalPhone: '16000889876' })
    await w.as('xu').do(operations.create, one)
    const filter = { q: one.creditCode!, format: 'csv' as const }
    const masked = (await w.as('xu').call(operations.export, filter)).bytes.toString('utf8')
    expect(masked.split('\r\n').filter(Boolean)).toHaveLength(2)
    expect(masked).toContain("'=cmd")
    expect(masked).toContain('160****9876')
    expect((await w.as('xu').call(operations.export, { ...filter, reveal: 'true' })).bytes.toString('utf8')).toContain('16000889876')
    const narrow = (await w.as('xu').call(operations.export, { ...filter, columns: 'name,creditCode' })).bytes.toString('utf8')
    expect(narrow.replace('\ufeff', '').split('\r\n')[0]).toBe('企业名称,统一社会信用代码')
    const kinds = await w.app.db.all.selectFrom('audit').select('kind').where('actor_name', '=', '许听澜').where('subject', '=', 'enterprise').execute()
    expect(kinds.map((row) => row.kind).sort()).toEqual(['EXPORT', 'EXPORT', 'EXPORT', 'REVEAL'])
    const xlsx = await w.as('xu').call(operations.export, { area: areas.street })
    expect([xlsx.status, xlsx.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  })
  it('parks: list with tenants, the tree of 园中园, buildings', async () => {
    const inner = { id: randomUUID(), areaCode: areas.community, name: '澜湖青创园', kind: 'PARK_IN_PARK' as const, parentParkId: ids.park, address: '汀前路1号B区', contactPhone: '16000881111' }
    await w.as('zhou').do(operations.createPark, inner)
    await w.as('zhou').do(operations.saveBuilding, { id: randomUUID(), parkId: inner.id, name: 'B1栋', floors: 6 })
    const view = await w.as('wang').do(operations.park, { id: inner.id })
    expect(view).toMatchObject({ parentParkName: '澜湖智造园', contactPhone: '*******1111' })
    expect(view.code).toMatch(/^PARK-990101-\d{4}$/)
    expect([view.tree[0]?.name, view.tree.some((node) => node.id === inner.id && node.depth === 1)]).toEqual(['澜湖智造园', true])
    expect(view.buildings.map((b) => [b.name, b.floors])).toEqual([['B1栋', 6]])
    await w.as('zhou').do(operations.updatePark, { id: inner.id, baseVersion: 1, operatorName: '虚构运营有限公司' })
    const page = await w.as('wang').do(operations.parks, { q: '青创' })
    expect(page.rows.map((row) => [row.name, row.operatorName])).toEqual([['澜湖青创园', '虚构运营有限公司']])
    await w.as('zhou').do(operations.voidPark, { id: inner.id, baseVersion: 2, reason: '并入母园' })
    expect((await w.as('wang').do(operations.parks, { q: '青创' })).total).toBe(0)
  })
  it('a replay of the same command returns the same answer and makes nothing twice', async () => {
    const [one, key] = [draft(), randomUUID()]
    const [first, again] = [await w.as('wang').do(operations.create, one, { key }), await w.as('wang').do(operations.create, one, { key })]
    expect(again).toEqual(first)
    const state = { id: one.id, baseVersion: 1, state: 'LONG_STOP' as const, reason: '长期停产' }
    const stateKey = randomUUID()
    expect(await w.as('lin').do(operations.setState, state, { key: stateKey })).toEqual(await w.as('lin').do(operations.setState, state, { key: stateKey }))
  })
})

/** Lists travel as "a,b". */
function wired(filter: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : String(value)]))
}
