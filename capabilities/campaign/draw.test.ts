import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { commitmentOf, type DrawFile, type DrawRules, type Pool, poolHash, runDraw, seedOf, verifyDraw, withChanges } from './draw.ts'

const drawId = '0199cccc-0000-7000-8000-000000000001'
const pad = (n: number) => String(n).padStart(3, '0')
const pool: Pool = {
  sites: Array.from({ length: 60 }, (_, i) => ({ id: `site-${pad(i)}`, code: `S${i}`, name: `企业${i}`, enterpriseId: `ent-${pad(i)}`, stratum: i < 20 ? 'ORANGE' : 'YELLOW', weight: 1000 + 25 * i, skill: i % 7 === 0 ? 'DUST_EXPLOSION' : '' })),
  officers: Array.from({ length: 9 }, (_, i) => ({ id: `off-${i}`, name: `执法${i}`, certificate: `99${i}`, skills: i < 2 ? ['DUST_EXPLOSION'] : [] })),
  conflicts: Array.from({ length: 60 }, (_, i) => ({ officerId: `off-${i % 9}`, enterpriseId: `ent-${pad(i)}` })),
  before: Array.from({ length: 60 }, (_, i) => ({ a: 'off-3', b: 'off-4', enterpriseId: `ent-${pad(i)}` })),
}
const rules: DrawRules = { drawId, strata: [{ stratum: 'ORANGE', permille: 500, reserves: 3 }, { stratum: 'YELLOW', count: 7, reserves: 2 }], pairs: true }
const parties = [['p1', '甲的原文 3f9a', '周予宁'], ['p2', '乙的原文 77c0', '魏持衡']].map(([personId, secret, name]) => ({
  personId: personId!, name: name!, secret: secret!, commitment: commitmentOf(drawId, personId!, secret!), committedAt: '2026-03-05T01:00:00.000Z', revealedAt: '2026-03-05T02:00:00.000Z',
}))

function fileOf(): DrawFile {
  const hash = poolHash(rules, pool)
  const seed = seedOf({ poolHash: hash, secrets: parties.map((p) => p.secret), publicValue: '3158.42' })
  return { format: 'angrid-draw-1', no: 'CQ-1', title: '双随机', rules, pool, poolHash: hash, parties, publicSource: '上证指数当日收盘', publicAt: '2026-03-05T07:00:00.000Z', publicValue: '3158.42', seed, result: runDraw(rules, pool, seed), changes: [] }
}

/** The same steps written anew from README.md, by other means: BigInt, a plain walk over the weights, OpenSSL. */
function outsider(file: DrawFile): { siteId: string; reserve: boolean; officers: string[] }[] {
  const stream = (name: string) => {
    const digest = createHash('sha256').update(`${file.seed}|${name}`).digest()
    const s = [0, 4, 8, 12].map((at) => BigInt(digest.readUInt32BE(at)))
    const mask = 0xffffffffn
    const rotl = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask
    const next = () => {
      const answer = (rotl((s[1]! * 5n) & mask, 7n) * 9n) & mask
      const t = (s[1]! << 9n) & mask
      s[2]! ^= s[0]!; s[3]! ^= s[1]!; s[1]! ^= s[2]!; s[0]! ^= s[3]!; s[2]! ^= t
      s[3] = rotl(s[3]!, 11n)
      return answer
    }
    return (n: number) => {
      const limit = 0x100000000n - (0x100000000n % BigInt(n))
      for (;;) {
        const value = next()
        if (value < limit) return Number(value % BigInt(n))
      }
    }
  }
  const load: Record<string, number> = {}
  return file.rules.strata.flatMap((rule) => {
    const left = file.pool.sites.filter((s) => s.stratum === rule.stratum).sort((a, b) => a.id.localeCompare(b.id, 'en'))
    const asked = rule.count ?? Math.ceil((rule.permille! * left.length) / 1000)
    const below = stream(`stratum|${rule.stratum}`)
    const out: { siteId: string; reserve: boolean; officers: string[] }[] = []
    while (out.length < asked + rule.reserves) {
      let value = below(left.reduce((sum, s) => sum + s.weight, 0))
      const at = left.findIndex((s) => (value -= s.weight) < 0)
      const [site] = left.splice(at, 1)
      out.push({ siteId: site!.id, reserve: out.length >= asked, officers: out.length >= asked ? [] : pairs(site!.id) })
    }
    return out
  })
  function pairs(siteId: string): string[] {
    const site = file.pool.sites.find((s) => s.id === siteId)!
    const throws = stream(`pair|${siteId}|0`)
    const free = file.pool.officers.filter((o) => !file.pool.conflicts.some((c) => c.officerId === o.id && c.enterpriseId === site.enterpriseId))
    const choose = (from: typeof free) => {
      const least = from.reduce((m, o) => Math.min(m, load[o.id] ?? 0), Infinity)
      const fitting = from.filter((o) => (load[o.id] ?? 0) === least)
      return fitting[throws(fitting.length)]!
    }
    const skilled = free.filter((o) => o.skills.includes(site.skill))
    const first = choose(site.skill && skilled.length ? skilled : free)
    const others = free.filter((o) => o !== first)
    const fresh = others.filter((o) => !file.pool.before.some((p) => p.enterpriseId === site.enterpriseId && [p.a, p.b].includes(first.id) && [p.a, p.b].includes(o.id)))
    const second = choose(fresh.length ? fresh : others)
    for (const o of [first, second]) load[o.id] = (load[o.id] ?? 0) + 1
    return [first.id, second.id]
  }
}

describe('双随机：任何人可以重算（domain §3.2）', () => {
  it('an independent re-implementation gives the same sites, the same order and the same officers', () => {
    const file = fileOf()
    expect(outsider(file)).toEqual(file.result.map(({ siteId, reserve, officers }) => ({ siteId, reserve, officers: [...officers] })))
  })
  it('test vector: this seed gives this list, in every version of the software', () => {
    const seed = createHash('sha256').update('vector').digest('hex')
    expect(runDraw({ ...rules, pairs: false }, pool, seed).filter((d) => d.stratum === 'YELLOW').map((d) => d.siteId)).toMatchInlineSnapshot(`
      [
        "site-058",
        "site-045",
        "site-040",
        "site-031",
        "site-030",
        "site-035",
        "site-057",
        "site-044",
        "site-049",
      ]
    `)
  })
  it('⌈50% × 20⌉ = 10 and a number of 7; reserves come after them', () => {
    const { result } = fileOf()
    const count = (stratum: string, reserve: boolean) => result.filter((d) => d.stratum === stratum && d.reserve === reserve).length
    expect([count('ORANGE', false), count('ORANGE', true), count('YELLOW', false), count('YELLOW', true)]).toEqual([10, 3, 7, 2])
    expect(new Set(result.map((d) => d.siteId)).size).toBe(22)
  })
  it('nobody goes where he has an interest, no pair again within a year, a skilled one where skill is asked', () => {
    for (const one of fileOf().result.filter((d) => !d.reserve)) {
      const site = pool.sites.find((s) => s.id === one.siteId)!
      expect(pool.conflicts.some((c) => c.enterpriseId === site.enterpriseId && one.officers.includes(c.officerId))).toBe(false)
      expect([...one.officers].sort()).not.toEqual(['off-3', 'off-4'])
      if (site.skill && !one.notes.includes('NO_SKILL')) expect(one.officers.some((id) => id === 'off-0' || id === 'off-1')).toBe(true)
    }
  })
  it('the order in which the pool was read changes nothing', () => {
    const file = fileOf()
    expect(runDraw(rules, { ...pool, sites: [...pool.sites].reverse(), officers: [...pool.officers].reverse() }, file.seed)).toEqual(file.result)
  })
  it('heavier sites come out more often: in 3,000 draws of one the share follows the weights', () => {
    const two: Pool = { ...pool, sites: [{ ...pool.sites[0]!, weight: 1000 }, { ...pool.sites[1]!, weight: 3000 }] }
    const one: DrawRules = { drawId, strata: [{ stratum: 'ORANGE', count: 1, reserves: 0 }], pairs: false }
    const heavy = Array.from({ length: 3000 }, (_, i) => runDraw(one, two, `s${i}`)[0]!.siteId).filter((id) => id === 'site-001').length
    expect(heavy).toBeGreaterThan(2150)
    expect(heavy).toBeLessThan(2350)
  })
})

describe('核验：改动一处就说得出', () => {
  it('an honest file has no finding', () => expect(verifyDraw(fileOf())).toEqual([]))
  it.each([
    ['a site slipped in', (f: DrawFile) => ({ ...f, pool: { ...f.pool, sites: f.pool.sites.slice(1) } }), 'POOL'],
    ['a rate altered', (f: DrawFile) => ({ ...f, rules: { ...f.rules, strata: [f.rules.strata[0]!] } }), 'POOL'],
    ['a secret exchanged for a better one', (f: DrawFile) => ({ ...f, parties: [{ ...f.parties[0]!, secret: '另选' }, f.parties[1]!] }), 'COMMITMENT'],
    ['one party alone', (f: DrawFile) => ({ ...f, parties: f.parties.slice(1) }), 'PARTIES'],
    ['a secret told after the public value was known', (f: DrawFile) => ({ ...f, parties: [{ ...f.parties[0]!, revealedAt: '2026-03-05T08:00:00.000Z' }, f.parties[1]!] }), 'LATE'],
    ['another public value', (f: DrawFile) => ({ ...f, publicValue: '3158.43' }), 'SEED'],
    ['two sites exchanged', (f: DrawFile) => ({ ...f, result: [f.result[1]!, f.result[0]!, ...f.result.slice(2)] }), 'RESULT'],
  ] as const)('%s', (_, alter, what) => {
    expect(verifyDraw(alter(fileOf())).map((finding) => finding.what)).toContain(what)
  })
})

describe('更换：只有写明理由的，并且看得见', () => {
  const { result, seed } = fileOf()
  const first = result[0]!
  const change = { siteId: first.siteId, note: '已停产三个月', byName: '许听澜', at: '2026-03-06T01:00:00.000Z' }
  it('a stopped firm stays in the list, crossed out, and the first reserve of its stratum steps in with officers of its own', () => {
    const list = withChanges(pool, result, [{ ...change, reason: 'STOPPED' }], seed)
    expect(list[0]).toMatchObject({ siteId: first.siteId, replaced: { reason: 'STOPPED' } })
    const stepped = list.find((one) => one.stratum === 'ORANGE' && one.order === 11)!
    expect([stepped.reserve, stepped.officers.length]).toEqual([false, 2])
  })
  it('an officer who steps back is replaced at this site only', () => {
    const list = withChanges(pool, result, [{ ...change, reason: 'RECUSAL', officerId: first.officers[0]! }], seed)
    expect(list[0]!.officers).toHaveLength(2)
    expect(list[0]!.officers).not.toContain(first.officers[0])
    expect(list.slice(1)).toEqual(result.slice(1))
  })
})
