import { type Db, type Tx } from '../kernel/server/db.ts'
import type { Runtime } from '../kernel/server/run.ts'
import { searchWords } from '../capabilities/enterprise/search.ts'
import type { ShippedRole } from '../capabilities/staff/roles.ts'
import '../capabilities/staff/server/tables.ts'

/** Fixed ids and codes of the small test world; the people are the same as in the seeds and README. */
export const areas = {
  district: '990101000000',
  street: '990101001000',
  community: '990101001001',
  otherStreet: '990101002000',
  otherCommunity: '990101002001',
  neighbour: '990102000000',
  neighbourStreet: '990102001000',
  neighbourCommunity: '990102001001',
} as const

const id = (n: number): string => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`

export const ids = {
  bureau: id(1), team: id(2), streetOffice: id(3), otherStreetOffice: id(4), neighbourBureau: id(5), firm: id(6),
  grid: id(10), otherGrid: id(11),
  park: id(20), enterprise: id(21), site: id(22), otherEnterprise: id(23), otherSite: id(24), neighbourEnterprise: id(25), neighbourSite: id(26),
} as const

/** Everybody's, in the stories and in the demo of the cast. */
export const castPassword = 'Anlan#2026'

interface CastMember {
  readonly name: string
  readonly role: string
  readonly organisation: keyof typeof ids
  readonly reach: { area?: string; grid?: string; enterprise?: string; park?: string }
  /** Law-enforcement certificate number, when the person has one. */
  readonly certificate?: string
}

export const cast = {
  lin: { name: '林禾安', role: 'GRID_OFFICER', organisation: 'streetOffice', reach: { grid: ids.grid } },
  wang: { name: '王砚川', role: 'INSPECTOR', organisation: 'team', reach: { area: areas.district }, certificate: '990101001' },
  he: { name: '何汀筠', role: 'INSPECTOR', organisation: 'team', reach: { area: areas.district }, certificate: '990101002' },
  zhao: { name: '赵启澄', role: 'ENT_SAFETY', organisation: 'firm', reach: { enterprise: ids.enterprise } },
  feng: { name: '冯立勤', role: 'ENT_PRINCIPAL', organisation: 'firm', reach: { enterprise: ids.enterprise } },
  jiang: { name: '蒋作舟', role: 'PARK_MANAGER', organisation: 'firm', reach: { park: ids.park } },
  zhou: { name: '周予宁', role: 'STREET_ADMIN', organisation: 'streetOffice', reach: { area: areas.street } },
  han: { name: '韩晓棹', role: 'STREET_ADMIN', organisation: 'otherStreetOffice', reach: { area: areas.otherStreet } },
  xu: { name: '许听澜', role: 'TEAM_LEAD', organisation: 'team', reach: { area: areas.district }, certificate: '990101003' },
  chen: { name: '陈岸平', role: 'BUREAU_LEADER', organisation: 'bureau', reach: { area: areas.district }, certificate: '990101004' },
  wei: { name: '魏持衡', role: 'LEGAL_REVIEWER', organisation: 'bureau', reach: { area: areas.district }, certificate: '990101005' },
  lu: { name: '陆问渠', role: 'INSPECTOR', organisation: 'team', reach: { area: areas.district }, certificate: '990101006' },
  sun: { name: '孙既白', role: 'SYS_ADMIN', organisation: 'bureau', reach: { area: areas.district } },
  wu: { name: '吴慎初', role: 'SECURITY_ADMIN', organisation: 'bureau', reach: { area: areas.district } },
  zheng: { name: '郑鉴秋', role: 'AUDITOR', organisation: 'bureau', reach: { area: areas.district } },
  qian: { name: '钱牧野', role: 'INSPECTOR', organisation: 'neighbourBureau', reach: { area: areas.neighbour }, certificate: '990102001' },
} as const satisfies Record<string, CastMember>

export type CastName = keyof typeof cast
const castNames = Object.keys(cast) as CastName[]
export const castIds = Object.fromEntries(castNames.map((name, i) => [name, id(100 + i)])) as Record<CastName, string>

/** Writes areas, organisations, a grid, three enterprises with sites, and the people with accounts, posts and certificates. */
export async function loadCast(db: Db, runtime: Runtime, given: { roles: readonly ShippedRole[]; passwordHash: string; now: Date }): Promise<void> {
  await db.transaction(async (tx) => {
    await loadAreas(tx)
    await tx.insertInto('role').values(given.roles.map((r) => ({ code: r.code, name: r.name, verbs: [...r.verbs], grants: [...(r.grants ?? [])], shipped: true, exclusive: r.exclusive ?? false }))).onConflict((on) => on.column('code').doNothing()).execute()
    await loadPlaces(db, given.now)(tx)
    await loadPeople(tx, runtime, given)
  })
}

async function loadAreas(tx: Tx): Promise<void> {
  const rows: [string, string | null, string, string][] = [
    ['990000000000', null, '澜省', 'PROVINCE'], ['990100000000', '990000000000', '安川市', 'CITY'],
    [areas.district, '990100000000', '安澜区', 'DISTRICT'], [areas.street, areas.district, '望汀街道', 'STREET'], [areas.community, areas.street, '汀前社区', 'COMMUNITY'],
    [areas.otherStreet, areas.district, '沅埠街道', 'STREET'], [areas.otherCommunity, areas.otherStreet, '埠头社区', 'COMMUNITY'],
    [areas.neighbour, '990100000000', '宁川区', 'DISTRICT'], [areas.neighbourStreet, areas.neighbour, '川口街道', 'STREET'], [areas.neighbourCommunity, areas.neighbourStreet, '川口社区', 'COMMUNITY'],
  ]
  await insert(tx, 'area', rows.map(([code, parent_code, name, kind], i) => ({ code, parent_code, name, kind, sort_no: i, valid_from: '2020-01-01' })))
  await insert(tx, 'grid', [
    { id: ids.grid, code: `${areas.community}-01`, name: '汀前01安格', area_code: areas.community, valid_from: '2020-01-01' },
    { id: ids.otherGrid, code: `${areas.otherCommunity}-01`, name: '埠头01安格', area_code: areas.otherCommunity, valid_from: '2020-01-01' },
  ])
  const org = (key: keyof typeof ids, name: string, kind: string, area: string, parent: string | null, prefix: string | null) => ({ id: ids[key], name, kind, area_code: area, parent_id: parent, paper_prefix: prefix })
  await insert(tx, 'organisation', [
    org('bureau', '安澜区应急管理局', 'BUREAU', areas.district, null, '澜安澜'), org('team', '执法监督一科', 'TEAM', areas.district, ids.bureau, null),
    org('streetOffice', '望汀街道应急办', 'STREET_OFFICE', areas.street, ids.bureau, null), org('otherStreetOffice', '沅埠街道应急办', 'STREET_OFFICE', areas.otherStreet, ids.bureau, null),
    org('neighbourBureau', '宁川区应急管理局', 'BUREAU', areas.neighbour, null, '澜宁川'), org('firm', '安川澜湖精密五金有限公司', 'ENTERPRISE', areas.community, null, null),
  ])
}

/** Only what other suites stand on; fields they care about are set by themselves through the operations. */
const loadPlaces = (_db: Db, now: Date) => async (tx: Tx): Promise<void> => {
  await insert(tx, 'park', [{ id: ids.park, code: 'PARK-990101-0001', name: '澜湖智造园', area_code: areas.community, grid_id: ids.grid, address: '望汀街道汀前路1号' }])
  const firm = (key: 'enterprise' | 'otherEnterprise' | 'neighbourEnterprise', code: string, name: string, area: string, grid: string | null, park: string | null) => ({
    id: ids[key], credit_code: code, name, name_py: '', words: searchWords(name, `${name}厂区`, ''), address: `${name}厂区`, industry_code: '3311', division: 33, gongmao_sector: '机械', employees: 120, revenue_wan: 6000, state: 'ACTIVE',
    size_grade: 'SMALL', site_kind: 'PRODUCTION_SITE', tags: ['DUST_EXPLOSION', 'COATING_SOLVENT'], area_code: area, geo_code: area, grid_id: grid, park_id: park, principal_name: '冯立勤', created_at: now,
  })
  await insert(tx, 'enterprise', [
    firm('enterprise', '91990101MA9A00011A', '安川澜湖精密五金有限公司', areas.community, ids.grid, ids.park),
    firm('otherEnterprise', '91990101MA9A00022B', '安川埠源塑胶制品有限公司', areas.otherCommunity, ids.otherGrid, null),
    firm('neighbourEnterprise', '91990102MA9A00033C', '宁川川口电器有限公司', areas.neighbourCommunity, null, null),
  ])
  const site = (key: 'site' | 'otherSite' | 'neighbourSite', firmId: string, no: number, area: string, grid: string | null, park: string | null) => ({ id: ids[key], enterprise_id: firmId, code: `SITE-T-${no}`, name: '主厂区', kind: 'PRODUCTION_SITE', park_id: park, area_code: area, geo_code: area, grid_id: grid, address: '厂区' })
  await insert(tx, 'site', [
    site('site', ids.enterprise, 1, areas.community, ids.grid, ids.park), site('otherSite', ids.otherEnterprise, 2, areas.otherCommunity, ids.otherGrid, null),
    site('neighbourSite', ids.neighbourEnterprise, 3, areas.neighbourCommunity, null, null),
  ])
}

async function loadPeople(tx: Tx, runtime: Runtime, given: { passwordHash: string; now: Date }): Promise<void> {
  const people = castNames.map((login) => ({ login, id: castIds[login], member: cast[login] as CastMember }))
  await insert(tx, 'person', people.map(({ id: personId, member }, i) => {
    const phone = `1600099991${i % 10}`
    return { id: personId, name: member.name, name_py: '', organisation_id: ids[member.organisation], phone_sealed: runtime.secrets.seal(phone), phone_tail: phone.slice(-4), phone_blind: runtime.secrets.blind(phone) }
  }))
  await insert(tx, 'account', people.map(({ id: personId, login }, i) => ({ id: id(200 + i), person_id: personId, login, password_hash: given.passwordHash, password_changed_at: given.now, must_change: false, created_at: given.now })))
  await insert(tx, 'post', people.map(({ id: personId, member }, i) => {
    const { area, grid, enterprise, park } = member.reach
    return { id: id(300 + i), person_id: personId, role_code: member.role, reach_kind: area ? 'AREA' : grid ? 'GRID' : enterprise ? 'ENTERPRISE' : 'PARK', area_code: area ?? null, grid_id: grid ?? null, enterprise_id: enterprise ?? null, park_id: park ?? null, valid_from: '2020-01-01', granted_at: given.now }
  }))
  const certified = people.flatMap(({ id: personId, member }, i) => (member.certificate ? [{ id: id(400 + i), person_id: personId, kind: 'LAW_ENFORCEMENT', no: member.certificate, issued_by: '安川市司法局', valid_from: '2024-01-01', valid_to: '2028-12-31' }] : []))
  await insert(tx, 'certificate', certified)
}

/** Fixture rows go in by table name; the tables' own types live in their capabilities. */
async function insert(tx: Tx, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  await (tx as unknown as { insertInto(t: string): { values(r: unknown): { execute(): Promise<unknown> } } }).insertInto(table).values(rows).execute()
}
