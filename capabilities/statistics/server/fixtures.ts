import { randomUUID } from 'node:crypto'
import { areas, castIds, type CastName, ids } from '../../../house/cast.ts'
import type { World } from '../../../house/world.ts'
import { businessDate } from '../../../kernel/core/time.ts'

/** Rows as the registers keep them, for stories whose subject is counting and not how the rows came about. */

export const here = { area_code: areas.community, grid_id: ids.grid, enterprise_id: ids.enterprise, site_id: ids.site }
export const there = { area_code: areas.otherCommunity, grid_id: ids.otherGrid, enterprise_id: ids.otherEnterprise, site_id: ids.otherSite }
export const abroad = { area_code: areas.neighbourCommunity, grid_id: null, enterprise_id: ids.neighbourEnterprise, site_id: ids.neighbourSite }

type Row = Record<string, unknown>

export async function put(w: World, table: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row).join(', ')
    await w.app.db.pool.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1::jsonb)`, [JSON.stringify(row)])
  }
}

/** A done inspection by Wang and He, unless told otherwise. */
export async function visited(w: World, arrived: string, more: Row = {}, people: readonly CastName[] = ['wang', 'he']): Promise<string> {
  const id = randomUUID()
  const left = new Date(Date.parse(arrived) + 1_800_000).toISOString()
  await put(w, 'visit', [{
    id, no: `INS-T-${id.slice(0, 13)}`, kind: 'ADMIN_DAILY', ...here, agency_id: ids.team, state: 'DONE', business_date: businessDate(arrived), counts_to_cap: false, arrived_at: arrived, left_at: left, outcome: 'CHECKED', purpose: '',
    urgent: false, joint_departments: [], version_ids: [], needs_cooperation: true, scanned: false, finding_count: 0, fixed_count: 0, major_count: 0, answer_count: 0, complied_count: 0, not_applicable_count: 0,
    patrol_notes: [], created_by: castIds.wang, created_at: arrived, version: 1, ...more,
  }])
  await put(w, 'visit_person', people.map((who, i) => ({ visit_id: id, ordinal: i + 1, person_id: castIds[who], name: who, part: 'OFFICER', conflict_declared: false })))
  return id
}

let spot = 0
/** A confirmed general hazard in rectification, found by Wang. */
export async function hazardRow(w: World, foundOn: string, more: Row = {}): Promise<string> {
  const id = randomUUID()
  await put(w, 'hazard', [{
    id, no: `HZ-T-${id.slice(0, 13)}`, ...here, enterprise_name: '安川澜湖精密五金有限公司', site_name: '主厂区', source: 'INSPECTION', category: 'XC-02', location: `配电箱${++spot}`, description: '无漏电保护', level: 'GENERAL',
    immediate_stop: false, stop_in_force: false, requirement: '加装', legal_basis: [], default_days: 15, evidence: 'PHOTO', found_at: `${foundOn}T02:00:00Z`, found_on: foundOn, found_by: [castIds.wang], confirmed_by: [], opinions: [],
    fix_claimed: false, late: false, state: 'RECTIFYING', round: 0, extensions: 0, reinspectors: [], last_reinspectors: [], closed_by: [], recurrence: false, dedupe_key: `test ${spot}`, sightings: 1, escalation: 0,
    appealed: false, version: 2, ...more,
  }])
  return id
}

export const closedRow = (on: string, how: 'ON_SITE' | 'REINSPECTION' = 'REINSPECTION') => ({ state: 'CLOSED', closed_at: `${on}T08:00:00Z`, closed_on: on, closed_how: how })

export async function campaignRow(w: World, name: string, day: string): Promise<string> {
  const id = randomUUID()
  await put(w, 'campaign', [{
    id, no: `ZX-T-${id.slice(0, 13)}`, kind: 'NIGHT', name, basis: '方案', area_code: areas.district, areas: [areas.district], scheme: {}, starts_at: `${day}T11:00:00Z`, ends_at: `${day}T20:00:00Z`, business_date: day, state: 'RUNNING',
    open_wave: 1, decided_by: castIds.chen, decided_by_name: '陈岸平', created_by: castIds.xu, created_at: `${day}T01:00:00Z`, version: 1,
  }])
  return id
}

/** Another site of an enterprise. */
export async function siteRow(w: World, kind: string, more: Row = {}): Promise<string> {
  const id = randomUUID()
  await put(w, 'site', [{ id, enterprise_id: ids.enterprise, code: `SITE-T-${id.slice(0, 13)}`, name: '分厂', kind, area_code: areas.community, grid_id: ids.grid, address: '汀前路', is_main: false, version: 1, ...more }])
  return id
}
