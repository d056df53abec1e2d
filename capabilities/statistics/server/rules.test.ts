import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { newId } from '../../../kernel/server/id.ts'
import { cellsOf, isMetric, metricOf } from '../figures.ts'
import { operations } from '../operations.ts'
import { changeText, NOT_YET } from '../period.ts'
import { withChecklists } from '../../visit/server/fixtures.ts'
import { abroad, campaignRow, closedRow, hazardRow, here, put, siteRow, there, visited } from './fixtures.ts'

/** What each figure leaves out, and what it divides by. Every test counts in days of its own. */

let w: World
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
})
afterAll(() => w.close())

const figures = async (list: readonly string[], from: string, to = from, more: Record<string, string> = {}) => (await w.as('chen').do(operations.figures, { metrics: list.join(','), from, to, ...more })).total
const numbers = async (list: readonly string[], from: string, to = from, more: Record<string, string> = {}) => {
  const total = await figures(list, from, to, more)
  return list.map((id) => total[id]?.value)
}
const late = (day: string) => ({ due_on: day, runs_to: day })

let number = 0
const paperRow = (type: string, on: string, more: Record<string, unknown> = {}) => ({
  id: randomUUID(), no: `（安澜）应急测〔2025〕${++number}号`, type, title: '文书', state: 'ISSUED', agency_id: ids.team, enterprise_id: ids.enterprise, enterprise_name: '安川澜湖精密五金有限公司', site_id: ids.site, site_name: '主厂区', area_code: areas.community,
  grid_id: ids.grid, officers: [castIds.wang, castIds.he], choices: {}, content: {}, content_sha256: 'a'.repeat(64), drafted_by: castIds.wang, drafted_by_name: '王砚川', drafted_at: `${on}T02:00:00Z`, leader_approved: true, issued_on: on, issued_at: `${on}T03:00:00Z`, version: 1, ...more,
})
const papers = async (visit: string, rows: readonly Record<string, unknown>[]) => put(w, 'paper', rows.map((row) => ({ visit_id: visit, ...row })))

describe('人次、人数 and 家次、家数', () => {
  it('two people on two days are four 人次 and two 人; the day of each is its own', async () => {
    await visited(w, '2025-06-02T02:00:00Z')
    await visited(w, '2025-06-03T02:00:00Z')
    expect([await numbers(['M01', 'M02'], '2025-06-02', '2025-06-03'), await numbers(['M01', 'M02'], '2025-06-02')]).toEqual([[4, 2], [2, 2]])
  })
  it('signed off or on the way is not there: 应到 is not 出动', async () => {
    const campaign = await campaignRow(w, '缺席', '2025-06-05')
    const at = { campaign_id: campaign, business_date: '2025-06-05', how: 'MUSTER', at: '2025-06-05T11:00:00Z' }
    await put(w, 'campaign_attendance', [{ ...at, person_id: castIds.lu, state: 'PRESENT' }, { ...at, person_id: castIds.xu, state: 'ABSENT', reason: '请假' }])
    expect(await numbers(['M01', 'M02'], '2025-06-05', '2025-06-05', { campaignId: campaign })).toEqual([1, 1])
  })
  it('gone to and entered are two numbers: a locked door is covered with its reason and not entered (A39)', async () => {
    const day = '2025-06-09'
    for (const hour of ['02', '05']) await visited(w, `${day}T${hour}:00:00Z`, { kind: 'PATROL', outcome: 'LOCKED' }, ['lin'])
    await visited(w, `${day}T06:00:00Z`, { ...there, kind: 'PATROL' }, ['lin'])
    const { M04Q } = await figures(['M04Q'], day)
    expect([M04Q?.numerator, M04Q?.denominator, M04Q?.text]).toEqual([1, 2, '50.0%'])
    expect(await numbers(['M04', 'M04P'], day)).toEqual([0, 1])
  })
  it('a locked door is no check and its enterprise is not checked', async () => {
    await visited(w, '2025-06-06T02:00:00Z', { outcome: 'LOCKED' })
    expect(await numbers(['M04', 'M05', 'M01'], '2025-06-06')).toEqual([0, 0, 2])
  })
})

describe('整改率、按期整改率、现场整改率 have bases of their own', () => {
  it('按期整改率 divides what fell due by what was closed by then, whenever it was found', async () => {
    await hazardRow(w, '2025-07-01', { ...closedRow('2025-07-09'), due_on: '2025-07-10' })
    await hazardRow(w, '2025-07-01', { ...closedRow('2025-07-14'), due_on: '2025-07-10' })
    await hazardRow(w, '2025-07-01', late('2025-07-10'))
    await hazardRow(w, '2025-07-10', { ...closedRow('2025-07-10', 'ON_SITE'), due_on: '2025-08-30' })
    const { M10, M11, M08R } = await figures(['M10', 'M11', 'M08R'], '2025-07-10')
    expect([M10?.text, M10?.numerator, M10?.denominator]).toEqual(['33.3%', 1, 3])
    expect([M11?.text, M11?.numerator, M11?.denominator]).toEqual(['100.0%', 1, 1])
    expect([M08R?.numerator, M08R?.denominator]).toEqual([1, 1])
    const found = await figures(['M11', 'M08R', 'M09'], '2025-07-01')
    expect([found.M11?.text, found.M08R?.text, found.M09?.value]).toEqual(['66.7%', '0.0%', 0])
  })
  it('已整改 and 未整改 of what was found add up to it, at any cut-off, and the open ones open their list (A1)', async () => {
    const day = '2025-07-05'
    await hazardRow(w, day, closedRow('2025-07-08'))
    await hazardRow(w, day, closedRow('2025-07-28'))
    await hazardRow(w, day)
    await hazardRow(w, day, { state: 'REPORTED' })
    expect(await numbers(['M07', 'M09C', 'M11O'], day)).toEqual([3, 2, 1])
    expect(await numbers(['M07', 'M09C', 'M11O'], day, day, { asOf: '2025-07-20T00:00:00.000Z' })).toEqual([3, 1, 2])
    expect((await w.as('chen').do(operations.facts, { metric: 'M11O', from: day, to: day })).rows).toHaveLength(1)
  })
  it('drafts and voided hazards are in no number and no list, found, closed, due or open', async () => {
    const day = '2025-07-20'
    await hazardRow(w, day, late('2025-07-25'))
    const before = await numbers(['M15O', 'M15'], day)
    await hazardRow(w, day, { state: 'VOID', void_code: 'FALSE', due_on: '2025-07-25' })
    await hazardRow(w, day, { state: 'DRAFT', due_on: '2025-07-25' })
    expect(await numbers(['M07', 'M07W', 'M14', 'M36N'], day)).toEqual([1, 0, 0, 0])
    expect(await numbers(['M10D'], '2025-07-25')).toEqual([1])
    // Another span asks anew: an answer that was given is kept while no fact is told to have moved.
    expect(await numbers(['M15O', 'M15'], day, '2025-07-21')).toEqual(before)
    expect((await w.as('chen').do(operations.facts, { metric: 'M07', from: day, to: day })).rows).toHaveLength(1)
  })
  it('what waits for confirmation is neither 排查 nor 未整改', async () => {
    const before = await numbers(['M15O'], '2025-07-22')
    await hazardRow(w, '2025-07-22', { state: 'REPORTED' })
    expect([await numbers(['M07', 'M07W'], '2025-07-22'), await numbers(['M15O'], '2025-07-22')]).toEqual([[0, 1], before])
  })
  it('未整改 is not 逾期: only what passed its term is overdue, 重大 apart', async () => {
    const day = '2025-07-23'
    const before = await numbers(['M15O', 'M15', 'M14L'], day)
    await hazardRow(w, day, late('2026-12-30'))
    await hazardRow(w, day, late('2025-08-01'))
    await hazardRow(w, day, { ...late('2025-08-01'), level: 'MAJOR', clause_id: 'GM-3-1' })
    expect((await numbers(['M15O', 'M15', 'M14L'], day)).map((n, i) => n! - before[i]!)).toEqual([3, 2, 1])
  })
})

describe('文书：份数、次数、家数', () => {
  it('two seals at one enterprise are 次数 2 and 家数 1; a voided paper and a draft are none', async () => {
    const day = '2025-08-04'
    const visit = await visited(w, `${day}T02:00:00Z`)
    await papers(visit, [paperRow('D09', day), paperRow('D09', day), paperRow('D09', day, { state: 'VOIDED', void_reason: '写错', voided_at: `${day}T05:00:00Z` }), paperRow('D09', day, { state: 'DRAFT', no: null, issued_on: null, issued_at: null })])
    expect(await numbers(['M12', 'M12N', 'M17'], day)).toEqual([1, 2, 2])
  })
  it('责令停产停业 is a measure of the decision, not every decision; 约谈 counts papers and enterprises', async () => {
    const day = '2025-08-05'
    const visit = await visited(w, `${day}T02:00:00Z`)
    await papers(visit, [paperRow('D05', day, { choices: { measures: ['EVACUATE'] } }), paperRow('D27', day), paperRow('D27', day)])
    expect(await numbers(['M13', 'M19', 'M19E'], day)).toEqual([0, 2, 1])
    await papers(visit, [paperRow('D05', day, { choices: { measures: ['STOP_PRODUCTION'] } })])
    expect(await numbers(['M13'], day)).toEqual([1])
  })
})

describe('覆盖率 and 复查', () => {
  it('a patrol covers nothing that wants an inspection; a dropped object leaves the base', async () => {
    const day = '2025-08-11'
    const campaign = await campaignRow(w, '覆盖', day)
    const third = await siteRow(w, 'WAREHOUSE')
    const target = (place: { site_id: string; enterprise_id: string; area_code: string; grid_id: string }, more: Record<string, unknown> = {}) => ({ campaign_id: campaign, ...place, site_kind: 'PRODUCTION_SITE', sort: 'FIRM', wave: 1, source: 'LIST', state: 'TO_DO', visits: 0, checks: 0, version: 1, ...more })
    await put(w, 'campaign_target', [target(here), target(there), target({ ...here, site_id: third }, { state: 'DROPPED', dropped_reason: '停产' })])
    await visited(w, `${day}T02:00:00Z`, { kind: 'PATROL' }, ['lin'])
    await visited(w, `${day}T05:00:00Z`, { ...there, kind: 'ADMIN_SPECIAL', campaign_id: campaign })
    const { M25, M25R } = await figures(['M25', 'M25R'], day, day, { campaignId: campaign })
    expect([[M25?.numerator, M25?.denominator], [M25R?.numerator, M25R?.denominator]]).toEqual([[1, 2], [1, 2]])
  })
  it('复查及时率 is of those done by the day they were due', async () => {
    const due = '2025-08-20'
    for (const closed of ['2025-08-18', '2025-08-22']) {
      const id = await hazardRow(w, '2025-08-01')
      const event = (version: number, name: string, at: string, data: object) => ({ id: randomUUID(), epoch: 1, at, occurred_at: at, operation: 'hazard.test', actor_role: 'INSPECTOR', origin: {}, actor_id: castIds.wang, actor_name: '王砚川', aggregate: 'hazard', aggregate_id: id, version, event: name, area_code: areas.community, data })
      await put(w, 'domain_event', [event(11, 'hazard.submitted', '2025-08-10T02:00:00Z', { reinspectDueOn: due }), event(12, 'hazard.closed', `${closed}T02:00:00Z`, {})])
    }
    const { M16 } = await figures(['M16'], due)
    expect([M16?.numerator, M16?.denominator, M16?.text]).toEqual([1, 2, '50.0%'])
  })
})

describe('频次上限、双随机、规模', () => {
  it('at the ceiling is not over it (M27, R3-6)', async () => {
    const ceiling = (n: number) => Promise.all(['HAZCHEM_METALLURGY', 'HIGH_RISK', 'OTHER'].map((kind) => w.app.db.pool.query(`insert into inspection_cap (id, area_code, year, industry_class, standard_level, cap_per_year, agency_level, source_doc, set_by, version)
      select gen_random_uuid(), $1, 2025, $2, standard_level, $3, 'DISTRICT', '频次表', $4, 1 from enterprise where id = $5`, [areas.district, kind, n, castIds.xu, ids.enterprise])))
    await ceiling(2)
    for (const day of ['2025-11-03', '2025-11-04']) await visited(w, `${day}T02:00:00Z`, { counts_to_cap: true })
    const scope = { areas: areas.street, asOf: '2025-11-30T00:00:00.000Z' }
    expect((await numbers(['M27N', 'M27O'], '2025-11-01', '2025-11-05', scope)).map(Number)).toEqual([2, 0])
    await visited(w, '2025-11-05T02:00:00Z', { counts_to_cap: true })
    expect(await numbers(['M27N', 'M27O'], '2025-11-01', '2025-11-06', scope)).toEqual([3, 1])
    await w.app.db.pool.query(`delete from inspection_cap where source_doc = '频次表'`)
  })
  it('a drawn object that was replaced is drawn no more; only what is published and done is 公示 (M26)', async () => {
    const day = '2025-11-12'
    const campaign = await campaignRow(w, '双随机', day)
    const draw = async (state: string, site: string, target: Record<string, unknown>) => {
      const id = randomUUID()
      await put(w, 'campaign_draw', [{ id, campaign_id: campaign, no: `CQ-T-${id.slice(0, 13)}`, title: '抽取', state, rules: {}, pool: { sites: [{ id: site }], officers: [] }, pool_size: 1, pool_hash: 'a'.repeat(64), public_source: '指数', public_at: `${day}T03:00:00Z`, public_value: '1', seed: 'b'.repeat(64), result: [], changes: [], frozen_by: castIds.xu, frozen_by_name: '许听澜', frozen_at: `${day}T02:00:00Z`, drawn_by: castIds.xu, drawn_by_name: '许听澜', drawn_at: `${day}T04:00:00Z`, ...(state === 'PUBLISHED' ? { published_at: `${day}T05:00:00Z` } : {}), version: 1 }])
      await put(w, 'campaign_target', [{ campaign_id: campaign, ...here, site_id: site, site_kind: 'PRODUCTION_SITE', sort: 'FIRM', wave: 1, source: 'DRAW', draw_id: id, visits: 0, checks: 0, version: 1, ...target }])
    }
    const sites = [await siteRow(w, 'WAREHOUSE'), await siteRow(w, 'WAREHOUSE'), await siteRow(w, 'WAREHOUSE')]
    await draw('PUBLISHED', sites[0]!, { state: 'DONE', checks: 1, visits: 1 })
    await draw('DRAWN', sites[1]!, { state: 'DONE', checks: 1, visits: 1 })
    await draw('PUBLISHED', sites[2]!, { state: 'DROPPED', dropped_reason: '企业停产' })
    expect(await numbers(['M26B', 'M26D', 'M26N', 'M26P'], day, day, { campaignId: campaign })).toEqual([3, 2, 2, 1])
  })
  it('size is that of the day of the event (G5)', async () => {
    const { size_grade: now } = (await w.app.db.pool.query('select size_grade from enterprise where id = $1', [ids.otherEnterprise])).rows[0] as { size_grade: string }
    const then = now === 'LARGE' ? 'SMALL' : 'LARGE'
    await put(w, 'enterprise_history', [
      { id: randomUUID(), enterprise_id: ids.otherEnterprise, area_code: areas.otherCommunity, field: 'SIZE', value: then, valid_from: '2024-01-01', valid_to: '2025-11-30', source: '建档' },
      { id: randomUUID(), enterprise_id: ids.otherEnterprise, area_code: areas.otherCommunity, field: 'SIZE', value: now, valid_from: '2025-12-01', source: '改型' },
    ])
    await visited(w, '2025-11-20T02:00:00Z', there)
    expect([await numbers(['M04'], '2025-11-20', '2025-11-20', { sizes: then }), await numbers(['M04'], '2025-11-20', '2025-11-20', { sizes: now })]).toEqual([[1], [0]])
  })
})

describe('复工率 and its base', () => {
  it('long stopped, moved and cancelled enterprises leave the base; 规上 has its own', async () => {
    const today = '2026-03-05'
    const [all, above, running] = await numbers(['M21B', 'M21AB', 'M21N'], today)
    const was = (await w.app.db.pool.query(`select state, above_scale from enterprise where id = $1`, [ids.enterprise])).rows[0] as { state: string; above_scale: boolean }
    await w.app.db.pool.query(`update enterprise set state = 'LONG_STOP' where id = $1`, [ids.enterprise])
    const after = await numbers(['M21B', 'M21AB', 'M21N'], '2026-03-04', today)
    await w.app.db.pool.query(`update enterprise set state = $2 where id = $1`, [ids.enterprise, was.state])
    expect(after).toEqual([all! - 1, above! - (was.above_scale ? 1 : 0), running! - (was.state === 'ACTIVE' ? 1 : 0)])
  })
  it('实地核查 counts only the enterprises where somebody was', async () => {
    const day = '2025-09-01'
    const before = await numbers(['M23N'], day)
    await visited(w, `${day}T02:00:00Z`, { kind: 'GUIDANCE' })
    expect([before, await numbers(['M23N', 'M22', 'M22N'], day)]).toEqual([[0], [1, 1, 1]])
    await w.app.db.pool.query(`update enterprise set state = 'VOLUNTARY_STOP' where id = $1`, [ids.enterprise])
    const stopped = await numbers(['M22', 'M22N'], day, '2025-09-02')
    await w.app.db.pool.query(`update enterprise set state = 'ACTIVE' where id = $1`, [ids.enterprise])
    expect(stopped).toEqual([1, 0])
  })
})

describe('what stands beside a number', () => {
  it('of a time before the first record nothing is said, least of all 0; of a quiet time after it, 0 (A18)', async () => {
    await visited(w, '2025-05-06T02:00:00Z')
    const beside = async (from: string, who: 'chen' | 'qian' = 'chen') => {
      const { last, year } = await w.as(who).do(operations.figures, { metrics: 'M04,M11', from, to: from, compare: 'month' })
      return [last, year].map((period) => [period?.figures.M04?.value, period?.figures.M04?.why, period?.figures.M11?.why])
    }
    const not = [null, '当时还没有登记', '当时还没有登记']
    expect(await beside('2025-06-20')).toEqual([[0, undefined, '分母为零'], not])
    expect(await beside('2025-06-20', 'qian')).toEqual([not, not])
    const now = { id: 'M04', value: 3, text: '3' }
    expect([changeText(now, { id: 'M04', value: null, text: '—', why: NOT_YET }, '上年同期'), changeText(now, { id: 'M04', value: 0, text: '0' }, '上年同期')]).toEqual(['上年同期无记录', '上年同期为0'])
  })
  it('a snapshot of one district takes no 0 of last year from the records of another', async () => {
    const frozen = await w.as('xu').do(operations.freeze, { id: newId(w.app.clock.now()), title: '去年同期', from: '2025-06-02', to: '2025-06-03', metrics: ['M04'] })
    await visited(w, '2024-01-01T02:00:00Z', abroad)
    const again = await w.as('xu').do(operations.freeze, { id: newId(w.app.clock.now()), title: '去年同期', from: '2025-06-02', to: '2025-06-03', metrics: ['M04'] })
    expect([frozen, again].map((s) => s.list[0]!.before)).toEqual([null, null])
  })
})

describe('a list is what its number counted', () => {
  it('each cell opens its own rows to the last page, and under a filter only those that pass it', async () => {
    const day = '2025-10-10'
    for (const [place, level, n] of [[here, 'GENERAL', 3], [here, 'MAJOR', 1], [there, 'GENERAL', 2], [there, 'MAJOR', 2]] as const) for (let i = 0; i < n; i++) await hazardRow(w, day, { ...place, level, clause_id: level === 'MAJOR' ? 'GM-3-1' : null, source: i % 2 ? 'PATROL' : 'INSPECTION' })
    for (const filter of [{}, { sources: 'INSPECTION' }, { level: 'MAJOR' }, { areas: areas.otherStreet }, { areas: areas.street, sources: 'PATROL' }] as Record<string, string>[]) {
      const counted = await w.as('chen').do(operations.figures, { metrics: 'M07', from: day, to: day, splitBy: 'street,level', ...filter })
      const cells = cellsOf(counted, ['M07'])
      const inner = cells.filter((cell) => !cell.keys.includes('*'))
      expect(inner.reduce((n, cell) => n + (cell.figures.M07?.value ?? 0), 0)).toBe(counted.total.M07?.value)
      for (const cell of cells) {
        const rows: { areaName: string; recordId: string | null }[] = []
        let next: string | undefined
        do {
          const page = await w.as('chen').do(operations.facts, { metric: 'M07', from: day, to: day, splitBy: 'street,level', cell: cell.keys.join(','), limit: 2, ...filter, ...(next ? { cursor: next } : {}) })
          expect(page.total, cell.keys.join()).toBe(cell.figures.M07?.value)
          rows.push(...page.rows)
          next = page.next
        } while (next)
        const levels = (await w.app.db.pool.query(`select distinct level, left(area_code, 9) || '000' as street from hazard where id = any($1::uuid[])`, [rows.map((row) => row.recordId)])).rows as { level: string; street: string }[]
        expect([rows.length, new Set(rows.map((row) => row.recordId)).size], cell.keys.join()).toEqual([cell.figures.M07?.value, cell.figures.M07?.value])
        for (const { level, street } of levels) expect([cell.keys[0] === '*' ? '*' : street, cell.keys[1] === '*' ? '*' : level]).toEqual(cell.keys)
      }
    }
  })
  it('the sheet says until when the facts were seen, how each figure is defined, and once per what', async () => {
    const sheet = await w.as('chen').call(operations.export, { metrics: 'M07,M11', from: '2025-10-10', to: '2025-10-10', splitBy: 'street' })
    const text = Object.entries(unzipSync(sheet.bytes)).filter(([name]) => name.endsWith('.xml')).map(([, part]) => strFromU8(part).replace(/<[^>]+>/g, '')).join('\n')
    for (const words of ['数据截至2026年3月5日', metricOf('M07').definition, metricOf('M11').definition, `去重：${metricOf('M07').once}`, '整改率·分子', '整改率·分母', '8']) expect(text).toContain(words)
  })
})

describe('the dictionary holds what domain §13.2 asks', () => {
  it('双随机公示率, 处罚 and 罚款 decided and collected stand in it', () => {
    expect(['M26P', 'M26G', 'M18P', 'M18A', 'M18C'].filter((id) => !isMetric(id))).toEqual([])
  })
  it('执法记录完整率 is of recordings (§3.6) and waits for them; a filled checklist has a name of its own', async () => {
    const { M52, M52A } = await figures(['M52', 'M52A'], '2025-10-11')
    expect([M52?.text, M52?.why, metricOf('M52').definition.includes('视音频'), M52A?.why]).toEqual(['—', '执法记录仪登记尚未建立', true, '分母为零'])
    const version = (await w.app.db.pool.query(`select id, item_count from checklist_version where item_count >= 10 order by item_count limit 1`)).rows[0] as { id: string; item_count: number }
    await visited(w, '2025-10-11T02:00:00Z', { version_ids: [version.id], answer_count: Math.ceil(version.item_count * 0.9) })
    await visited(w, '2025-10-11T02:00:00Z', { ...there, version_ids: [version.id], answer_count: Math.ceil(version.item_count * 0.9) - 1 })
    expect((await figures(['M52A'], '2025-10-11')).M52A).toMatchObject({ numerator: 1, denominator: 2 })
  })
})
