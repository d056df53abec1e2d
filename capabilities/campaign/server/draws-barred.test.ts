import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { commitmentOf, type DrawFile } from '../draw.ts'
import { operations } from '../operations.ts'
import { drafted, night } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world(new Date('2026-03-05T01:00:00Z'))
})
afterAll(() => w.close())

/** Frozen by Xu, committed and revealed by Wei and Zhou; the public value is there. */
async function ready(more: object = {}): Promise<{ id: string; drawId: string }> {
  const { id } = await drafted(w, night({ kind: 'SPECIAL', startsAt: '2026-03-05T01:00:00Z', endsAt: '2026-06-05T10:00:00Z', scheme: { objects: { siteKinds: ['PRODUCTION_SITE'] }, visitKinds: ['ADMIN_DAILY'] } }), [])
  const drawId = randomUUID()
  await w.as('xu').do(operations.freezeDraw, { id, drawId, title: '三月双随机', strata: [{ stratum: 'NONE', count: 1, reserves: 1 }], officerIds: [castIds.wang, castIds.he, castIds.lu], publicSource: '上证指数 2026年3月5日收盘', publicAt: new Date(w.app.runtime.now().getTime() + 3_600_000).toISOString(), ...more })
  const secret = '各自想好的一段足够长的原文'.repeat(2)
  for (const who of ['wei', 'zhou'] as const) await w.as(who).do(operations.commitSeed, { id, drawId, commitment: commitmentOf(drawId, castIds[who], secret) })
  for (const who of ['wei', 'zhou'] as const) await w.as(who).do(operations.revealSeed, { id, drawId, secret })
  w.advance({ hours: 2 })
  return { id, drawId }
}

/** A done inspection of the cast's firm, by Wang and Lu. */
async function inspected(day: string, conflict: string | null): Promise<void> {
  const id = randomUUID()
  const put = (table: string, row: object) => w.app.db.pool.query(`insert into ${table} (${Object.keys(row).join(', ')}) select ${Object.keys(row).join(', ')} from jsonb_populate_record(null::${table}, $1::jsonb)`, [JSON.stringify(row)])
  await put('visit', {
    id, no: `INS-T-${id.slice(0, 13)}`, kind: 'ADMIN_DAILY', area_code: areas.community, grid_id: ids.grid, enterprise_id: ids.enterprise, site_id: ids.site, agency_id: ids.team, state: 'DONE', business_date: day, counts_to_cap: true, arrived_at: `${day}T02:00:00Z`, left_at: `${day}T03:00:00Z`, outcome: 'CHECKED', purpose: '',
    urgent: false, joint_departments: [], version_ids: [], needs_cooperation: true, scanned: false, finding_count: 0, fixed_count: 0, major_count: 0, answer_count: 0, complied_count: 0, not_applicable_count: 0, patrol_notes: [], created_by: castIds.wang, created_at: `${day}T02:00:00Z`, version: 1,
  })
  for (const [i, who] of (['wang', 'lu'] as const).entries()) await put('visit_person', { visit_id: id, ordinal: i + 1, person_id: castIds[who], name: who, part: conflict && who === 'wang' ? 'ASSISTANT' : 'OFFICER', conflict_declared: true, conflict: who === 'wang' ? conflict : null })
}
const poolOf = async (drawId: string) => ((await w.app.db.pool.query('select pool from campaign_draw where id = $1', [drawId])).rows[0] as { pool: DrawFile['pool'] }).pool

describe('随机抽取：回避与频次（罚法§43；R3-6）', () => {
  it('an interest declared years ago bars its officer until he declares none; so does a recusal from an earlier draw', async () => {
    await inspected('2023-05-10', '配偶在该企业任职')
    const first = await ready({ strata: [{ stratum: 'NONE', count: 2, reserves: 0 }] })
    expect((await poolOf(first.drawId)).conflicts).toEqual([{ officerId: castIds.wang, enterpriseId: ids.enterprise }])
    await w.as('xu').do(operations.runDraw, { ...first, publicValue: '3158.42' })
    const drawn = (await w.as('xu').do(operations.draw, first)).results.find((r) => r.siteId === ids.site)!
    expect(drawn.officers.map((o) => o.id)).not.toContain(castIds.wang)
    const stepping = drawn.officers[0]!.id
    await w.as('xu').do(operations.replaceDrawn, { ...first, siteId: ids.site, reason: 'RECUSAL', note: '与法定代表人系亲属', officerId: stepping })
    const later = await ready()
    expect((await poolOf(later.drawId)).conflicts.map((c) => c.officerId).sort()).toEqual([castIds.wang, stepping].sort())
    await inspected('2026-02-01', null)
    expect((await poolOf((await ready()).drawId)).conflicts.map((c) => c.officerId)).not.toContain(castIds.wang)
  })
  it('a firm whose ceiling of the year is used up is not in the pool', async () => {
    const { standard_level: level } = (await w.app.db.pool.query('select standard_level from enterprise where id = $1', [ids.enterprise])).rows[0] as { standard_level: string }
    await inspected('2026-01-15', null)
    const inPool = async () => (await poolOf((await ready()).drawId)).sites.map((s) => s.enterpriseId).includes(ids.enterprise)
    expect(await inPool()).toBe(true)
    for (const kind of ['HAZCHEM_METALLURGY', 'HIGH_RISK', 'OTHER']) await w.app.db.pool.query(`insert into inspection_cap (id, area_code, year, industry_class, standard_level, cap_per_year, agency_level, source_doc, set_by, version) values (gen_random_uuid(), $1, 2026, $2, $3, 1, 'DISTRICT', '本局频次表', $4, 1)`, [areas.district, kind, level, castIds.xu])
    expect(await inPool()).toBe(false)
    await w.app.db.pool.query(`delete from inspection_cap where source_doc = '本局频次表'`)
  })
})
