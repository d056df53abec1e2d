import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { industryName } from '../capabilities/enterprise/industry.ts'
import { extraProblems } from '../capabilities/enterprise/tags.ts'
import { shippedRoles } from '../capabilities/staff/roles.ts'
import { cast as testCast } from '../house/cast.ts'
import { assessCreditCode } from '../kernel/core/credit-code.ts'
import { parsePhone } from '../kernel/core/phone.ts'
import { knownPersons } from './blocklist.data.ts'
import { dateText, dayOf, instantFrom } from './calendar.ts'
import { castNames } from './cast.ts'
import type { Enterprise, Site } from './enterprises.ts'
import { tagsAt } from './enterprises.ts'
import { industryRows } from './industries.data.ts'
import { hasKnownBrand } from './names.ts'
import { contains } from './outline.ts'
import { industrialGrade } from './size.ts'
import { buildWorld } from './world.ts'

const now = instantFrom('2026-11-20T02:00:00Z')
const started = performance.now()
const world = buildWorld({ now })
const enterprises = [...world.enterprises()]
const shops = [...world.shops()]
const took = performance.now() - started
const sites: Site[] = [...enterprises.flatMap((e) => e.sites), ...shops.map((s) => s.site)]
const repeated = (list: readonly string[]): string[] => list.filter((x, i) => list.indexOf(x) !== i)
const unique = (list: readonly string[]): boolean => new Set(list).size === list.length

describe('安澜区 has the size of the district it stands for', () => {
  it('276 parks, 28,000 industrial enterprises of which 1,847 above scale, 6,000 small places, 370 members', () => {
    expect(world.parks).toHaveLength(276)
    expect(enterprises).toHaveLength(28_000)
    expect(enterprises.filter((e) => e.aboveScale)).toHaveLength(1_847)
    expect(shops).toHaveLength(6_000)
    expect(world.members.filter((m) => m.mainGrid !== null)).toHaveLength(370)
  })

  it('11 demonstration parks; 14 园中园 lie in their parent’s grid', () => {
    expect(world.parks.filter((p) => p.acceptance?.grade === '示范')).toHaveLength(11)
    const inner = world.parks.filter((p) => p.kind === 'PARK_IN_PARK')
    expect(inner).toHaveLength(14)
    for (const park of inner) expect(world.parks.find((p) => p.ref === park.parentRef)?.gridIndex).toBe(park.gridIndex)
  })

  it('is made in less than four seconds', () => expect(took).toBeLessThan(4_000))

  it('is the same world every time, and another one for another seed', () => {
    const hash = worldHash(world)
    expect(worldHash(buildWorld({ now }))).toBe(hash)
    expect(hash).toMatchInlineSnapshot(`"cf3814af526f9573"`)
    expect(worldHash(buildWorld({ now, seed: '别处' }))).not.toBe(hash)
  })

  it('a generator may be started twice and stopped early', () => {
    const [first] = world.enterprises()
    expect(first).toEqual(enterprises[0])
  })
})

describe('定格定岗定责 (domain §11)', () => {
  const perGrid = (members: typeof world.members) => world.region.grids.map((g) => members.filter((m) => m.mainGrid === g.index).length)

  it('every grid has two officers at least; 22 have a third; each has one first officer', () => {
    const counts = perGrid(world.members)
    expect(counts.filter((n) => n === 2)).toHaveLength(152)
    expect(counts.filter((n) => n === 3)).toHaveLength(22)
    for (const g of world.region.grids) expect(world.members.filter((m) => m.mainGrid === g.index && m.isLeader)).toHaveLength(1)
  })

  it('the reserve belongs to no grid; nobody stands in for his own grid', () => {
    const reserve = world.members.filter((m) => m.mainGrid === null)
    expect(reserve).toHaveLength(24)
    expect(reserve.every((m) => m.secondGrid === null && !m.posts.some((p) => p.gridCode))).toBe(true)
    expect(world.members.every((m) => m.secondGrid === null || m.secondGrid !== m.mainGrid)).toBe(true)
  })

  it('on request two grids break the rule and the number of members stays', () => {
    const counts = perGrid(buildWorld({ now, breakTwoGrids: true }).members)
    expect(counts.filter((n) => n < 2)).toHaveLength(2)
    expect(counts.reduce((a, b) => a + b)).toBe(370)
  })
})

describe('codes and names', () => {
  const codes = [...enterprises.map((e) => e.creditCode), ...shops.flatMap((s) => s.creditCode ?? [])]

  it('every credit code is valid by both check characters, begins with 99 in the area and occurs once', () => {
    expect(codes.filter((c) => assessCreditCode(c).verdict !== 'valid')).toEqual([])
    expect(codes.every((c) => /^9[12]990101/.test(c))).toBe(true)
    expect(unique(codes)).toBe(true)
  })

  it('a place without a licence has no code but an operator with a masked identity number (domain §1.1)', () => {
    const bare = shops.filter((s) => s.identityKind === 'NO_LICENSE')
    expect(bare.length).toBeGreaterThan(150)
    for (const shop of bare) expect([shop.creditCode, /^990101\*{8}\d{4}$/.test(shop.operator.maskedIdentity ?? '')]).toEqual([null, true])
  })

  it('names of enterprises, shops, parks and staff are unique', () => {
    expect(unique(enterprises.map((e) => e.name))).toBe(true)
    expect(unique(shops.map((s) => s.name))).toBe(true)
    expect(unique(world.parks.map((p) => p.name))).toBe(true)
    expect(repeated([...world.members, ...world.staff, ...world.cast.filter((p) => p.login !== 'lin')].map((p) => p.name))).toEqual([])
  })

  it('no known firm and no known person', () => {
    const named = [...enterprises.map((e) => e.name), ...shops.map((s) => s.name), ...world.parks.flatMap((p) => [p.name, p.owner, p.operator])]
    expect(named.filter(hasKnownBrand)).toEqual([])
    const people = enterprises.flatMap((e) => [e.legalRepresentative, e.principal.name, ...e.safetyManagers.map((m) => m.name)])
    expect([...people, ...Object.values(castNames)].filter((name) => knownPersons.has(name))).toEqual([])
  })

  it('mobile numbers lie in the range nobody holds (160 00) and landlines under the unused 0980', () => {
    const mobiles = [...enterprises.map((e) => e.principal.mobile), ...shops.map((s) => s.operator.mobile), ...[...world.members, ...world.staff, ...world.cast].map((p) => p.mobile)]
    expect(mobiles.filter((m) => !/^16000\d{6}$/.test(m) || parsePhone(m)?.kind !== 'mobile')).toEqual([])
    const phones = enterprises.flatMap((e) => e.phone ?? [])
    expect(phones.filter((p) => !p.startsWith('0980-') || parsePhone(p)?.kind !== 'landline')).toEqual([])
    expect(unique([...world.members, ...world.staff].map((p) => p.mobile))).toBe(true)
  })
})

describe('enterprises', () => {
  it('figures and grade agree by 国统字〔2017〕213号; an unknown figure is no micro enterprise', () => {
    expect(enterprises.filter((e) => industrialGrade(e.size) !== e.sizeGrade)).toEqual([])
    const count = (grade: string) => enterprises.filter((e) => e.sizeGrade === grade).length
    expect([count('LARGE'), count('MEDIUM'), count('SMALL')]).toEqual([42, 318, 6_900])
    expect(count('UNKNOWN')).toBeGreaterThan(200)
  })

  it('the list of units above scale and the turnover disagree in a few cases only', () => {
    const below = enterprises.filter((e) => e.aboveScale && (e.size.revenue ?? 0) < 2_000)
    const missing = enterprises.filter((e) => !e.aboveScale && (e.size.revenue ?? 0) >= 2_000)
    expect([below.length, missing.length]).toEqual([9, 14])
  })

  it('every class of industry stands in GB/T 4754-2017 under the same name', () => {
    expect(industryRows.filter(([code, name]) => industryName(code) !== name)).toEqual([])
  })

  it('is a district of electronics, metal and plastics', () => {
    const share = (...divisions: string[]) => enterprises.filter((e) => divisions.includes(e.industryCode.slice(0, 2))).length / enterprises.length
    expect(share('39')).toBeGreaterThan(0.2)
    expect(share('33', '34', '35')).toBeGreaterThan(0.28)
    expect(share('29')).toBeGreaterThan(0.11)
    expect(enterprises.every((e) => Number(e.industryCode.slice(0, 2)) >= 6 && Number(e.industryCode.slice(0, 2)) <= 46)).toBe(true)
  })

  it('tags fit the trade: wood dust comes from wood, aluminium from metal; melting needs a foundry', () => {
    const withTag = (code: string) => enterprises.flatMap((e) => e.tags.filter((t) => t.code === code).map((t) => ({ e, extra: t.extra })))
    const division = (e: Enterprise) => Number(e.industryCode.slice(0, 2))
    const dust = withTag('DUST_EXPLOSION')
    expect(dust.length).toBeGreaterThan(400)
    for (const { e, extra } of dust) {
      if (extra.dustKind === '木') expect([20, 21]).toContain(division(e))
      if (extra.dustKind === '铝镁') expect([24, 31, 32, 33, 34, 35, 36]).toContain(division(e))
      expect(extra.process === '湿式').toBe(extra.explosionControl === null)
    }
    for (const { e } of withTag('MOLTEN_METAL')) expect([31, 32, 33]).toContain(division(e))
    for (const { e } of withTag('AMMONIA_REFRIG')) expect(division(e)).toBe(13)
    expect(enterprises.every((e) => unique(e.tags.map((t) => t.code)))).toBe(true)
  })

  it('the extra data of every tag is what the enterprise slice asks for', () => {
    const wrong = [...enterprises, ...shops].flatMap((e) => e.tags.flatMap((t) => extraProblems(t.code, t.extra).map((problem) => `${t.code}: ${problem}`)))
    expect([...new Set(wrong)]).toEqual([])
  })

  it('tags can be asked for one enterprise without making the others', () => {
    for (const index of [0, 1, 777, 27_999]) expect(tagsAt(world.setting, index)).toEqual(enterprises[index]?.tags)
  })

  it('every state of operation occurs and only running units have a load', () => {
    expect(new Set(enterprises.map((e) => e.state)).size).toBe(7)
    for (const e of enterprises) expect(e.loadPercent !== null).toBe(e.state === 'ACTIVE' || e.state === 'RESUMING')
  })

  it('nobody was founded in the future', () => expect(enterprises.every((e) => e.establishedOn < dateText(dayOf(now)))).toBe(true))
})

describe('sites', () => {
  it('every point lies in its grid, and the codes are those of the grid', () => {
    const astray = sites.filter((s) => !contains(world.region.grids[s.gridIndex]?.ring ?? [], ...s.point))
    expect(astray).toEqual([])
    for (const s of sites) expect([s.gridCode, s.region12]).toEqual([world.region.grids[s.gridIndex]?.code, world.region.grids[s.gridIndex]?.communityCode])
    for (const park of world.parks) for (const b of park.buildings) expect(contains(world.region.grids[park.gridIndex]?.ring ?? [], ...b.point)).toBe(true)
  })

  it('references are unique and point to something', () => {
    const refs = new Set(sites.map((s) => s.ref))
    expect(refs.size).toBe(sites.length)
    const parks = new Map(world.parks.map((p) => [p.ref, p]))
    for (const s of sites) {
      if (s.parkRef) expect(parks.get(s.parkRef)?.buildings.map((b) => b.ref)).toContain(s.buildingRef)
      if (s.parentRef) expect(refs.has(s.parentRef)).toBe(true)
    }
  })

  it('厂中厂 sits in a larger unit’s plant, which comes before it in the list', () => {
    const inner = enterprises.filter((e) => e.sites[0]?.kind === 'FACTORY_IN_FACTORY')
    expect(inner.length).toBeGreaterThan(300)
    const byRef = new Map(enterprises.map((e) => [e.ref, e]))
    for (const e of inner) {
      expect((e.sites[0]?.parentRef ?? '') < (e.sites[0]?.ref ?? '')).toBe(true)
      expect(byRef.get(e.sites[0]?.parentRef?.slice(0, 6) ?? '')?.aboveScale).toBeTruthy()
    }
  })

  it('functional-area sites count to it and stay on their community’s map', () => {
    const inArea = sites.filter((s) => s.statJurisdiction === '990101400000')
    expect(inArea.length).toBeGreaterThan(300)
    expect(inArea.every((s) => world.region.functionalArea.communityCodes.includes(s.region12))).toBe(true)
  })
})

describe('the cast', () => {
  const person = (login: string) => world.cast.find((p) => p.login === login)

  it('sixteen people with one post each', () => {
    expect(world.cast.map((p) => p.login).sort()).toEqual(Object.keys(castNames).sort())
    expect(world.cast.every((p) => p.posts.length === 1)).toBe(true)
  })

  it('Lin is one of the 370, in a grid of Zhou’s street that holds Jiang’s park and Feng’s and Zhao’s plant', () => {
    const plant = enterprises[0] as Enterprise
    const lin = world.members.filter((m) => m.login === 'lin')
    expect(lin).toHaveLength(1)
    expect(lin[0]?.mainGrid).toBe(plant.sites[0]?.gridIndex)
    expect(plant.sites[0]?.parkRef).toBe(person('jiang')?.posts[0]?.parkRef)
    expect(plant.sites[0]?.streetCode).toBe(person('zhou')?.posts[0]?.areaCode)
    expect([plant.principal.name, plant.safetyManagers[0]?.name]).toEqual([castNames.feng, castNames.zhao])
    expect(plant.ref).toBe(person('zhao')?.posts[0]?.enterpriseRef)
    expect(person('han')?.posts[0]?.areaCode).not.toBe(person('zhou')?.posts[0]?.areaCode)
  })

  it('Wang and He hold certificates valid today; P-012’s ran out; Qian belongs elsewhere and has plants of his own', () => {
    const today = dateText(dayOf(now))
    for (const login of ['wang', 'he', 'qian']) expect((person(login)?.certificates[0]?.to ?? '') > today).toBe(true)
    expect((world.staff.find((p) => p.ref === 'P-012')?.certificates[0]?.to ?? '9') < today).toBe(true)
    expect(person('qian')?.posts[0]?.areaCode).toBe('990102000000')
    const own = [...world.neighbours()]
    expect(own).toHaveLength(20)
    expect(own.every((e) => e.creditCode.startsWith('990102', 2) && e.sites.every((s) => s.region12.startsWith('990102')))).toBe(true)
  })

  it('are the people of the test world, in the same roles, and every role is one the staff slice ships', () => {
    expect(world.cast.map((p) => [p.login, p.name, p.posts[0]?.role])).toEqual(expect.arrayContaining(Object.entries(testCast).map(([login, p]) => [login, p.name, p.role])))
    const shipped = new Set(shippedRoles.map((r) => r.code))
    expect([...world.cast, ...world.staff, ...world.members].flatMap((p) => p.posts.map((x) => x.role)).filter((role) => !shipped.has(role))).toEqual([])
  })

  it('57 certified officers can be paired; the three administrators are three people without a business post', () => {
    const certified = [...world.staff, ...world.cast].filter((p) => p.posts[0]?.role === 'INSPECTOR' && p.posts[0].areaCode.startsWith('990101'))
    expect(certified).toHaveLength(57)
    expect(['sun', 'wu', 'zheng'].map((l) => person(l)?.posts[0]?.role)).toEqual(['SYS_ADMIN', 'SECURITY_ADMIN', 'AUDITOR'])
  })
})

/** One word for everything a world says. */
function worldHash(w: typeof world): string {
  const hash = createHash('sha256').update(JSON.stringify([w.region, w.cast, w.staff, w.members, w.parks]))
  for (const list of [w.enterprises(), w.shops(), w.neighbours()]) for (const record of list) hash.update(JSON.stringify(record))
  return hash.digest('hex').slice(0, 16)
}
