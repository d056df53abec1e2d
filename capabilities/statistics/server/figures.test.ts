import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { on, photo, reported } from '../../hazard/server/fixtures.ts'
import { operations as hazard } from '../../hazard/operations.ts'
import { cellsOf, splits } from '../figures.ts'
import { metrics } from '../metrics.ts'
import { operations } from '../operations.ts'
import { abroad, campaignRow, closedRow, hazardRow, here, put, siteRow, there, visited } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const all = metrics.map((metric) => metric.id)
/** Every test counts in days of its own, so that none sees another's rows. */
const ask = async (list: readonly string[], from: string, more: Record<string, string> = {}, who: 'chen' | 'zhou' | 'lin' | 'qian' = 'chen') =>
  (await w.as(who).do(operations.figures, { metrics: list.join(','), from, to: from, ...more })).total
const numbers = async (list: readonly string[], from: string, more: Record<string, string> = {}, who: 'chen' | 'zhou' | 'lin' | 'qian' = 'chen') => {
  const total = await ask(list, from, more, who)
  return list.map((id) => total[id]?.value)
}

describe('figures: refuses strangers', () => {
  it('statistics.figures and statistics.facts show an inspector of another district nothing of this one', async () => {
    await visited(w, '2026-01-02T02:00:00Z')
    await hazardRow(w, '2026-01-02')
    expect(await numbers(['M04', 'M07'], '2026-01-02')).toEqual([1, 1])
    expect(await numbers(['M04', 'M07'], '2026-01-02', {}, 'qian')).toEqual([0, 0])
    expect(await numbers(['M04', 'M07'], '2026-01-02', { areas: areas.district }, 'qian')).toEqual([0, 0])
    expect((await w.as('qian').do(operations.facts, { metric: 'M07', from: '2026-01-02', to: '2026-01-02' })).total).toBe(0)
  })
  it('statistics.export asks the same question, and without the right there is no number, no list and no sheet', async () => {
    for (const operation of [operations.figures, operations.export]) expect((await w.as('sun').call(operation, { metrics: 'M07', from: '2026-01-02', to: '2026-01-02' })).status).toBe(403)
    expect((await w.as('sun').call(operations.facts, { metric: 'M07', from: '2026-01-02', to: '2026-01-02' })).status).toBe(403)
  })
  it('who may not read papers gets their number but not their list', async () => {
    expect(await numbers(['M17'], '2026-01-02', {}, 'lin')).toEqual([0])
    expect((await w.as('lin').call(operations.facts, { metric: 'M17', from: '2026-01-02', to: '2026-01-02' })).status).toBe(403)
  })
})

describe('figures: refuses nonsense', () => {
  it('an unknown metric, a period that ends before it begins, a rate asked for one list', async () => {
    const wrong = [{ metrics: 'M99', from: '2026-01-02', to: '2026-01-03' }, { metrics: 'M07', from: '2026-01-03', to: '2026-01-02' }]
    const answers = await Promise.all(wrong.map((input) => w.as('chen').call(operations.figures, input)))
    expect(answers.map((answer) => [answer.status, answer.problem.code])).toEqual([[422, 'statistics.unknown_metric'], [422, 'statistics.period_backwards']])
    const rate = await w.as('chen').call(operations.facts, { metric: 'M11', from: '2026-01-02', to: '2026-01-02' })
    expect([rate.status, rate.problem.code]).toEqual([422, 'statistics.no_list'])
    expect((await w.as('chen').call(operations.figures, { metrics: 'M07', from: '2026-01-02', to: '2026-01-02', splitBy: 'street,day,kind' })).status).toBe(400)
  })
  it('a metric that has no such dimension is — with the reason, not a number of something else', async () => {
    const { M15O, M07 } = await ask(['M15O', 'M07'], '2026-01-02', { kinds: 'PATROL' })
    expect([M15O?.text, M15O?.why, M07?.text]).toEqual(['—', '此指标不按走访方式统计', '—'])
  })
})

describe('figures: works', () => {
  it('every metric of the dictionary is counted or says why not, whatever it is split by', async () => {
    for (const by of splits) {
      const { total } = await w.as('chen').do(operations.figures, { metrics: all.join(','), from: '2026-03-01', to: '2026-03-31', splitBy: by })
      for (const id of all) expect(total[id]?.value !== null || total[id]?.why, `${id} by ${by}`).toBeTruthy()
    }
  })
  it('a list is as long as its number, for every count of a busy day, page by page', async () => {
    const day = '2026-01-05'
    const campaign = await campaignRow(w, '冬季夜查', day)
    for (const place of [here, there]) await visited(w, `${day}T02:00:00Z`, { ...place, campaign_id: campaign, kind: 'ADMIN_SPECIAL' }, place === here ? ['wang', 'he'] : ['lu', 'xu'])
    await visited(w, `${day}T06:00:00Z`, { kind: 'GUIDANCE' })
    await visited(w, `${day}T07:00:00Z`, { kind: 'PATROL' }, ['lin'])
    for (const level of ['GENERAL', 'GENERAL', 'MAJOR']) await hazardRow(w, day, { level, clause_id: level === 'MAJOR' ? 'GM-3-1' : null, due_on: '2026-01-20', runs_to: '2026-01-20' })
    await hazardRow(w, day, closedRow(day, 'ON_SITE'))
    const scope = { from: day, to: day }
    const { total } = await w.as('chen').do(operations.figures, { metrics: all.join(','), ...scope })
    const counted = all.filter((id) => total[id]?.value !== null && total[id]?.numerator === undefined && id !== 'M27B')
    expect(counted.filter((id) => (total[id]?.value ?? 0) > 0)).toEqual(expect.arrayContaining(['M01', 'M02', 'M03', 'M04', 'M05', 'M07', 'M08', 'M09', 'M14', 'M15', 'M15O', 'M21B', 'M22', 'M25B', 'M25N']))
    for (const metric of counted) {
      const page = await w.as('chen').do(operations.facts, { metric, ...scope, limit: 2 })
      const rows = [...page.rows]
      for (let { next } = page; next; ) {
        const more = await w.as('chen').do(operations.facts, { metric, ...scope, limit: 2, cursor: next })
        rows.push(...more.rows)
        next = more.next
      }
      expect([page.total, rows.length, new Set(rows.map((row) => row.key)).size], metric).toEqual([total[metric]?.value, total[metric]?.value, total[metric]?.value])
    }
  })
  it('a cell of a cross table opens its own list, and the cells of a flow add up to the total', async () => {
    const counted = await w.as('chen').do(operations.figures, { metrics: 'M07', from: '2026-01-05', to: '2026-01-05', splitBy: 'street,level' })
    const inner = cellsOf(counted, ['M07']).filter((cell) => !cell.keys.includes('*'))
    expect(inner.reduce((n, cell) => n + (cell.figures.M07?.value ?? 0), 0)).toBe(counted.total.M07?.value)
    for (const cell of inner) {
      const list = await w.as('chen').do(operations.facts, { metric: 'M07', from: '2026-01-05', to: '2026-01-05', splitBy: 'street,level', cell: cell.keys.join(',') })
      expect([list.total, cell.labels[0]]).toEqual([cell.figures.M07?.value, '望汀街道'])
    }
  })
  it('who belongs to the district and to none of its streets stands in a cell of its own, whose list is as long', async () => {
    const campaign = await campaignRow(w, '区级夜查', '2026-02-21')
    await put(w, 'campaign_attendance', (['lu', 'he'] as const).map((who) => ({ campaign_id: campaign, business_date: '2026-02-21', person_id: castIds[who], team_id: null, state: 'PRESENT', how: 'MUSTER', at: '2026-02-21T11:00:00Z' })))
    await visited(w, '2026-02-21T02:00:00Z')
    const asked = { from: '2026-02-21', to: '2026-02-21', splitBy: 'street' }
    const counted = await w.as('chen').do(operations.figures, { metrics: 'M01', ...asked })
    const lists = await Promise.all(counted.cells.map(({ keys }) => w.as('chen').do(operations.facts, { metric: 'M01', ...asked, cell: keys[0]! })))
    expect(counted.cells.map(({ keys, n }) => [keys[0], n[0]]).sort()).toEqual([[areas.district, 2], [areas.street, 2]])
    expect(lists.map(({ total, rows }) => [total, rows.length])).toEqual(counted.cells.map(({ n }) => [n[0], n[0]]))
  })
  it('a street office gets its street, a grid officer his grid', async () => {
    await visited(w, '2026-01-06T02:00:00Z', here)
    await visited(w, '2026-01-06T04:00:00Z', there)
    expect(await Promise.all((['chen', 'zhou', 'lin'] as const).map((who) => numbers(['M04'], '2026-01-06', {}, who)))).toEqual([[2], [1], [1]])
  })
  it('figures carry the cut-off: a hazard closed later is not yet closed at it', async () => {
    await hazardRow(w, '2026-01-07', closedRow('2026-01-20'))
    expect(await numbers(['M07', 'M09C', 'M15O'], '2026-01-07', { asOf: '2026-01-08T00:00:00.000Z', areas: areas.street })).toMatchObject([1, 0, expect.any(Number)])
    expect(await numbers(['M07', 'M09C'], '2026-01-07')).toEqual([1, 1])
  })
  it('industry and size are those of the day of the event, not of today (G5)', async () => {
    await put(w, 'enterprise_history', [
      { id: crypto.randomUUID(), enterprise_id: ids.otherEnterprise, area_code: areas.otherCommunity, field: 'INDUSTRY', value: '2929', valid_from: '2025-01-01', valid_to: '2026-01-31', source: '建档' },
      { id: crypto.randomUUID(), enterprise_id: ids.otherEnterprise, area_code: areas.otherCommunity, field: 'INDUSTRY', value: '3311', valid_from: '2026-02-01', source: '转产' },
    ])
    await visited(w, '2026-01-30T02:00:00Z', there)
    await visited(w, '2026-02-02T02:00:00Z', there)
    expect([await numbers(['M04'], '2026-01-30', { industries: '29' }), await numbers(['M04'], '2026-02-02', { industries: '29' }), await numbers(['M04'], '2026-02-02', { industries: '33' })]).toEqual([[1], [0], [1]])
  })
  it('the period before and the same days of last year stand beside the figures', async () => {
    await visited(w, '2025-02-10T02:00:00Z')
    await visited(w, '2026-01-10T02:00:00Z')
    await visited(w, '2026-02-10T02:00:00Z')
    const answer = await w.as('chen').do(operations.figures, { metrics: 'M04', from: '2026-02-10', to: '2026-02-10', compare: 'month' })
    expect([answer.last, answer.year]).toMatchObject([{ from: '2026-01-10', to: '2026-01-10', figures: { M04: { value: 1 } } }, { from: '2025-02-10', figures: { M04: { value: 1 } } }])
  })
  it('the sheet carries both numbers of a rate, the cut-off and the definitions', async () => {
    const sheet = await w.as('chen').call(operations.export, { metrics: 'M07,M11', from: '2026-01-05', to: '2026-01-05', splitBy: 'street' })
    expect([sheet.status, decodeURIComponent(String(sheet.headers['content-disposition']))]).toEqual([200, expect.stringContaining('统计表_2026-01-05_2026-01-05.xlsx')])
    expect(sheet.bytes.subarray(0, 2).toString()).toBe('PK')
  })
})

describe('figures: traps of §13.2', () => {
  it('(1) campaign figures are inside the daily totals', async () => {
    const campaign = await campaignRow(w, '专项', '2026-01-11')
    await visited(w, '2026-01-11T02:00:00Z', { campaign_id: campaign })
    await visited(w, '2026-01-11T05:00:00Z', there)
    await hazardRow(w, '2026-01-11', { campaign_id: campaign })
    expect(await numbers(['M04', 'M07'], '2026-01-11')).toEqual([2, 1])
    expect(await numbers(['M04', 'M07'], '2026-01-11', { campaignId: campaign })).toEqual([1, 1])
  })
  it('(2) the same hazard seen by a grid officer and by an inspector counts once', async () => {
    const day = '2026-03-05'
    const [before] = await numbers(['M07W'], day)
    const at = { category: 'XC-02', location: '同一个配电箱', description: '无漏电保护' }
    await reported(w, 'lin', { ...at, source: 'PATROL' })
    const second = await reported(w, 'wang', at)
    expect(await numbers(['M07W'], day)).toEqual([(before ?? 0) + 1])
    expect((await w.as('wang').do(hazard.get, { id: second.id })).sightings).toBe(2)
  })
  it('(3) a re-inspection is no new check and no new enterprise', async () => {
    await visited(w, '2026-01-13T02:00:00Z')
    await visited(w, '2026-01-13T05:00:00Z', { ...there, kind: 'ADMIN_CASE', clue_kind: 'REINSPECTION', clue_no: 'HZ-1' })
    expect(await numbers(['M04', 'M04R', 'M05'], '2026-01-13')).toEqual([1, 1, 1])
  })
  it('(4) an enterprise with three sites is three checks and one enterprise', async () => {
    const [second, third] = [await siteRow(w, 'PRODUCTION_SITE'), await siteRow(w, 'WAREHOUSE')]
    for (const site_id of [ids.site, second, third]) await visited(w, '2026-01-14T02:00:00Z', { site_id })
    expect(await numbers(['M04', 'M05'], '2026-01-14')).toEqual([3, 1])
  })
  it('(5) a check of the park and one of its tenant: one park, one enterprise, no kind counted as the other', async () => {
    const park = await siteRow(w, 'INDUSTRIAL_PARK', { park_id: ids.park })
    const shop = await siteRow(w, 'SMALL_SHOP')
    for (const site_id of [park, ids.site, shop]) await visited(w, '2026-01-15T02:00:00Z', { site_id })
    expect(await numbers(['M04', 'M05', 'M06P', 'M06S'], '2026-01-15')).toEqual([3, 1, 1, 1])
  })
  it('(6) a joint check reported by street and district is one, by its number', async () => {
    const joint = { kind: 'JOINT', joint_id: crypto.randomUUID() }
    await visited(w, '2026-01-16T02:00:00Z', { ...joint, agency_id: ids.team })
    await visited(w, '2026-01-16T02:00:00Z', { ...joint, agency_id: ids.streetOffice }, ['xu', 'lu'])
    expect(await numbers(['M04', 'M05', 'M02'], '2026-01-16')).toEqual([1, 1, 4])
  })
  it('(7) what belongs to a functional area counts there and not in the street around it', async () => {
    await put(w, 'area', [['990101401000', areas.district, '临港功能区', 'DEV_ZONE'], ['990101401001', '990101401000', '临港片区', 'COMMUNITY']].map(([code, parent_code, name, kind]) => ({ code, parent_code, name, kind, sort_no: 9, valid_from: '2020-01-01', host_counties: [], version: 1, boundary_version: 0 })))
    await visited(w, '2026-01-17T02:00:00Z', { area_code: '990101401001' })
    await visited(w, '2026-01-17T05:00:00Z', there)
    const counted = await w.as('chen').do(operations.figures, { metrics: 'M04', from: '2026-01-17', to: '2026-01-17', splitBy: 'street' })
    expect([counted.total.M04?.value, ...cellsOf(counted, ['M04']).map((cell) => [cell.labels[0], cell.figures.M04?.value]).sort()]).toEqual([2, ['临港功能区', 1], ['沅埠街道', 1]])
    expect(await numbers(['M04'], '2026-01-17', {}, 'zhou')).toEqual([0])
  })
  it('(8) a hazard opened again within 90 days counts once, as a recurrence', async () => {
    const id = await hazardRow(w, '2026-01-18', { ...closedRow('2026-02-20') })
    expect(await numbers(['M07', 'M09C'], '2026-01-18')).toEqual([1, 1])
    await w.as('wang').do(hazard.reopen, { ...(await on(w, id)), description: '又发生', photos: [await photo(w, 'wang')] })
    expect(await numbers(['M07', 'M09C'], '2026-01-18')).toEqual([1, 0])
    expect((await w.as('wang').do(hazard.get, { id })).recurrence).toBe(true)
  })
  it('(9) a night action across midnight is one business day: 22:30 and 01:30 are one 人次 and one day', async () => {
    const campaign = await campaignRow(w, '夜查', '2026-01-19')
    const team = crypto.randomUUID()
    await put(w, 'campaign_team', [{ id: team, campaign_id: campaign, ordinal: 1, name: '第1组', kind: 'CHECK', version: 1 }])
    await put(w, 'campaign_attendance', [{ campaign_id: campaign, business_date: '2026-01-19', person_id: castIds.lu, team_id: team, state: 'PRESENT', how: 'MUSTER', at: '2026-01-19T11:00:00Z' }])
    const night = { campaign_id: campaign, team_id: team, kind: 'ADMIN_SPECIAL' }
    await visited(w, '2026-01-19T14:30:00Z', { ...night, business_date: '2026-01-19' })
    await visited(w, '2026-01-19T17:30:00Z', { ...night, ...there, business_date: '2026-01-19' })
    expect(await numbers(['M01', 'M02', 'M03', 'M04'], '2026-01-19')).toEqual([3, 3, 1, 2])
    expect(await numbers(['M01', 'M04'], '2026-01-20')).toEqual([0, 0])
  })
  it('a foreign row is in nobody’s figures here', async () => {
    await visited(w, '2026-01-21T02:00:00Z', abroad)
    expect([await numbers(['M04'], '2026-01-21'), await numbers(['M04'], '2026-01-21', {}, 'qian')]).toEqual([[0], [1]])
  })
})

describe('figures: one word, one number', () => {
  it('上报 of the home page is 排查 and 待核定 together', async () => {
    const day = '2026-03-05'
    await hazardRow(w, day)
    await reported(w, 'lin', { category: 'XC-03', location: '东侧通道', description: '堆放杂物', source: 'PATROL' })
    const { total } = await w.as('chen').do(operations.home, {})
    const [confirmed, waiting] = await numbers(['M07', 'M07W'], day)
    expect([total.found, waiting! > 0]).toEqual([confirmed! + waiting!, true])
  })
  it('in a campaign a place visited twice the same night is 家次 2, 家数 1; in daily work the same team counts once (§3.7, §13.2)', async () => {
    const day = '2026-01-22'
    const campaign = await campaignRow(w, '夜查两次', day)
    for (const hour of ['12', '15']) await visited(w, `${day}T${hour}:00:00Z`, { campaign_id: campaign, kind: 'ADMIN_SPECIAL' })
    expect(await numbers(['M04', 'M05'], day, { campaignId: campaign })).toEqual([2, 1])
    for (const hour of ['02', '05']) await visited(w, `2026-01-23T${hour}:00:00Z`)
    expect(await numbers(['M04', 'M05'], '2026-01-23')).toEqual([1, 1])
  })
  it('two campaigns over the same place: each has its visit, together two, and the place is planned and checked once', async () => {
    const day = '2026-01-24'
    const [first, second] = [await campaignRow(w, '粉尘', day), await campaignRow(w, '锂电', day)]
    for (const campaign_id of [first, second]) await visited(w, `${day}T02:00:00Z`, { campaign_id, kind: 'ADMIN_SPECIAL' })
    expect([await numbers(['M04', 'M25B', 'M25N'], day, { campaignId: first }), await numbers(['M04', 'M25B', 'M25N'], day, { campaignId: second }), await numbers(['M04', 'M25B', 'M25N', 'M05'], day)]).toEqual([[1, 1, 1], [1, 1, 1], [2, 1, 1, 1]])
  })
  it('a night over New Year belongs to the old year, by day, month and year', async () => {
    const campaign = await campaignRow(w, '跨年夜查', '2025-12-31')
    await visited(w, '2025-12-31T17:30:00Z', { campaign_id: campaign, kind: 'ADMIN_SPECIAL', business_date: '2025-12-31' })
    await hazardRow(w, '2025-12-31', { found_at: '2025-12-31T17:40:00Z', campaign_id: campaign })
    const year = async (from: string, to: string) => (await w.as('chen').do(operations.figures, { metrics: 'M04,M07', from, to, campaignId: campaign })).total
    expect([await year('2025-01-01', '2025-12-31'), await year('2026-01-01', '2026-12-31')].map(({ M04, M07 }) => [M04?.value, M07?.value])).toEqual([[1, 1], [0, 0]])
    const counted = await w.as('chen').do(operations.figures, { metrics: 'M04,M07', from: '2025-12-01', to: '2026-01-31', campaignId: campaign, splitBy: 'month' })
    expect(cellsOf(counted, ['M04', 'M07']).filter((cell) => cell.keys[0] !== '*').map((cell) => [cell.keys[0], cell.figures.M04?.value, cell.figures.M07?.value])).toEqual([['2025-12', 1, 1]])
  })
  it('a street that sends the same record twice is counted once', async () => {
    const day = '2026-01-25'
    const id = await visited(w, `${day}T02:00:00Z`)
    await expect(visited(w, `${day}T02:00:00Z`, { id })).rejects.toThrow()
    await visited(w, `${day}T02:10:00Z`)
    expect(await numbers(['M04', 'M05'], day)).toEqual([1, 1])
  })
})
