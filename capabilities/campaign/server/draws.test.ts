import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { operations as todos } from '../../todo/operations.ts'
import { commitmentOf, type DrawFile, verifyDraw } from '../draw.ts'
import { operations } from '../operations.ts'
import { drafted, night } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world(new Date('2026-03-05T01:00:00Z'))
})
afterAll(() => w.close())

const code = async (answer: Promise<{ problem: { code: string } | undefined }>) => (await answer).problem?.code
const secrets = { wei: '魏持衡的原文 9f31c07a55b2', zhou: '周予宁的原文 55e0b2d4aa17' } as const

type Freeze = InputOf<typeof operations.freezeDraw>
const campaign = async () => (await drafted(w, night({ kind: 'SPECIAL', startsAt: '2026-03-05T01:00:00Z', endsAt: '2026-06-05T10:00:00Z', scheme: { objects: { siteKinds: ['PRODUCTION_SITE'] }, visitKinds: ['ADMIN_DAILY'] } }), [])).id
const asked = (id: string, more: Partial<Freeze> = {}): Freeze => ({
  id, drawId: randomUUID(), title: '三月双随机', strata: [{ stratum: 'NONE', count: 1, reserves: 1 }], officerIds: [castIds.wang, castIds.he, castIds.lu, castIds.xu], publicSource: '上证指数 2026年3月5日收盘', publicAt: new Date(w.app.runtime.now().getTime() + 3_600_000).toISOString(), ...more,
})

/** Frozen by Xu; Wei and Zhou commit and reveal before the public value; time passes. */
async function ready(more: Partial<Freeze> = {}): Promise<{ id: string; drawId: string }> {
  const id = await campaign()
  const { id: drawId } = await w.as('xu').do(operations.freezeDraw, asked(id, more))
  for (const who of ['wei', 'zhou'] as const) await w.as(who).do(operations.commitSeed, { id, drawId, commitment: commitmentOf(drawId, castIds[who], secrets[who]) })
  for (const who of ['wei', 'zhou'] as const) await w.as(who).do(operations.revealSeed, { id, drawId, secret: secrets[who] })
  w.advance({ hours: 2 })
  return { id, drawId }
}

describe('随机抽取：拒绝外人', () => {
  it('the next district finds no draw; officers draw nothing', async () => {
    const { id, drawId } = await ready()
    expect((await w.as('qian').call(operations.draw, { id, drawId })).status).toBe(404)
    expect((await w.as('qian').call(operations.draws, { id })).status).toBe(404)
    expect((await w.as('wang').call(operations.runDraw, { id, drawId, publicValue: '3158.42' })).status).toBe(403)
    expect((await w.as('wang').call(operations.drawFile, { id, drawId })).status).toBe(403)
    expect((await w.as('zhou').call(operations.runDraw, { id, drawId, publicValue: '3158.42' })).status).toBe(404)
  })
  it('in public before publication: digests and commitments, no name of a firm, no secret, no file', async () => {
    const { id, drawId } = await ready()
    await w.as('xu').do(operations.runDraw, { id, drawId, publicValue: '3158.42' })
    const shown = await w.nobody.do(operations.publicDraw, { id: drawId })
    expect([shown.results, shown.seed, shown.parties.map((p) => p.secret)]).toEqual([[], null, [null, null]])
    expect(shown.poolHash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(shown)).not.toContain('精密五金')
    expect((await w.nobody.call(operations.publicDrawFile, { id: drawId })).status).toBe(404)
    expect((await w.nobody.call(operations.publicDraw, { id: randomUUID() })).status).toBe(404)
  })
})

describe('随机抽取：拒绝错误', () => {
  it('an empty pool, more than the stratum holds, one officer, a public value already known', async () => {
    const id = await campaign()
    expect(await code(w.as('xu').call(operations.freezeDraw, asked(id, { strata: [{ stratum: 'RED', count: 1, reserves: 0 }] })))).toBe('campaign.pool_empty')
    const above = await w.as('xu').call(operations.freezeDraw, asked(id, { strata: [{ stratum: 'NONE', count: 9, reserves: 0 }] }))
    expect([above.problem.code, above.problem.title, above.problem.fields?.[0]?.path]).toEqual(['campaign.draw_above_pool', '“未评估”层要抽 9 家，名单中只有 2 家', 'strata.0.count'])
    // Xu freezes and so is no executor: he is taken out of the officers.
    expect(await code(w.as('xu').call(operations.freezeDraw, asked(id, { officerIds: [castIds.wang, castIds.xu] })))).toBe('campaign.draw_officers')
    expect(await code(w.as('xu').call(operations.freezeDraw, asked(id, { publicAt: '2026-03-01T00:00:00Z' })))).toBe('campaign.public_value_past')
  })
  it('nobody can choose the seed: no drawing alone, unrevealed or early; no second commitment, no other secret, nothing after the public value', async () => {
    const id = await campaign()
    const { id: drawId } = await w.as('xu').do(operations.freezeDraw, asked(id))
    const mine = { id, drawId, commitment: commitmentOf(drawId, castIds.wei, secrets.wei) }
    await w.as('wei').do(operations.commitSeed, mine)
    expect(await code(w.as('wei').call(operations.commitSeed, mine))).toBe('campaign.committed_already')
    expect(await code(w.as('wei').call(operations.revealSeed, { id, drawId, secret: secrets.wei }))).toBe('campaign.reveal_before_two')
    await w.as('zhou').do(operations.commitSeed, { id, drawId, commitment: commitmentOf(drawId, castIds.zhou, secrets.zhou) })
    expect(await code(w.as('wei').call(operations.revealSeed, { id, drawId, secret: '另想一个对自己更有利的原文来揭示' }))).toBe('campaign.reveal_mismatch')
    await w.as('wei').do(operations.revealSeed, { id, drawId, secret: secrets.wei })
    expect(await code(w.as('chen').call(operations.commitSeed, { id, drawId, commitment: 'a'.repeat(64) }))).toBe('campaign.commit_after_reveal')
    const early = await w.as('xu').call(operations.runDraw, { id, drawId, publicValue: '3158.42' })
    expect(early.problem.fields?.map((f) => f.code)).toEqual(['campaign.not_revealed', 'campaign.public_value_early'])
    w.advance({ hours: 2 })
    expect(await code(w.as('zhou').call(operations.revealSeed, { id, drawId, secret: secrets.zhou }))).toBe('campaign.reveal_too_late')
    await w.as('xu').do(operations.voidDraw, { id, drawId, reason: '一方未按时揭示' })
    expect(await code(w.as('xu').call(operations.runDraw, { id, drawId, publicValue: '3158.42' }))).toBe('campaign.draw_state')
  })
  it('a replacement needs a drawn site, a reserve, an officer who was sent there', async () => {
    const { id, drawId } = await ready({ strata: [{ stratum: 'NONE', count: 2, reserves: 0 }] })
    await w.as('xu').do(operations.runDraw, { id, drawId, publicValue: '3158.42' })
    const change = { id, drawId, siteId: ids.site, note: '停产三个月' }
    expect(await code(w.as('xu').call(operations.replaceDrawn, { ...change, siteId: ids.neighbourSite, reason: 'STOPPED' }))).toBe('campaign.not_drawn')
    expect(await code(w.as('xu').call(operations.replaceDrawn, { ...change, reason: 'STOPPED' }))).toBe('campaign.no_reserve')
    expect(await code(w.as('xu').call(operations.replaceDrawn, { ...change, reason: 'RECUSAL', officerId: castIds.xu }))).toBe('campaign.officer_not_there')
  })
})

describe('随机抽取：办得成', () => {
  it('frozen, committed, revealed, drawn, replaced with a reason, published, and done again by an outsider from the file', async () => {
    const { id, drawId } = await ready()
    expect((await w.as('wei').do(todos.mine, { kind: 'campaign.commit', limit: 50 })).rows.some((t) => t.link.endsWith(drawId))).toBe(true)
    await w.as('xu').do(operations.runDraw, { id, drawId, publicValue: ' 3158.42 ' })
    const drawn = await w.as('xu').do(operations.draw, { id, drawId })
    expect(drawn).toMatchObject({ state: 'DRAWN', poolSize: 2, publicValue: '3158.42', drawnByName: '许听澜', strata: [{ name: '未评估', size: 2, asked: 1, reserves: 1 }] })
    const [first, reserve] = drawn.results
    expect([first!.reserve, first!.officers.length, reserve!.reserve]).toEqual([false, 2, true])
    expect(first!.officers.map((o) => o.id)).not.toContain(castIds.xu)
    const [one] = first!.officers
    const officer = (Object.keys(castIds) as (keyof typeof castIds)[]).find((name) => castIds[name] === one!.id)!
    expect((await w.as(officer).do(todos.mine, { kind: 'campaign.drawn', limit: 50 })).rows.filter((t) => t.link.endsWith(drawId)).map((t) => t.title)).toEqual([`双随机检查：${first!.name}`])
    expect((await w.as('xu').do(operations.targets, { id })).rows.map((t) => [t.siteId, t.source])).toEqual([[first!.siteId, 'DRAW']])

    await w.as('xu').do(operations.replaceDrawn, { id, drawId, siteId: first!.siteId, reason: 'RECUSAL', note: '配偶在该企业任职', officerId: one!.id })
    const stepped = await w.as('xu').do(operations.draw, { id, drawId })
    expect(stepped.results[0]!.officers.map((o) => o.id)).not.toContain(one!.id)
    expect((await w.as(officer).do(todos.mine, { kind: 'campaign.drawn', limit: 50 })).rows.filter((t) => t.link.endsWith(drawId))).toEqual([])
    await w.as('xu').do(operations.replaceDrawn, { id, drawId, siteId: first!.siteId, reason: 'STOPPED', note: '停产三个月' })
    expect((await w.as('xu').do(operations.targets, { id })).rows.map((t) => t.siteId)).toEqual([reserve!.siteId])

    await w.as('chen').do(operations.publishDraw, { id, drawId })
    const open = await w.nobody.do(operations.publicDraw, { id: drawId })
    expect(open.results.map((r) => [r.siteId, r.replaced?.reason ?? null, r.reserve])).toEqual([[first!.siteId, '企业停产', false], [reserve!.siteId, null, false]])
    const answer = await w.nobody.call(operations.publicDrawFile, { id: drawId })
    const file = JSON.parse(answer.bytes.toString('utf8')) as DrawFile
    expect(verifyDraw(file)).toEqual([])
    expect(verifyDraw({ ...file, publicValue: '3158.43' }).map((f) => f.what)).toContain('SEED')
    expect((await w.as('xu').call(operations.drawFile, { id, drawId })).status).toBe(200)
    expect((await w.as('xu').do(operations.draws, { id })).draws[0]).toMatchObject({ state: 'PUBLISHED', drawn: 1 })
  })
  it('the public page opens without an account and names the digest', async () => {
    const { drawId } = await ready()
    const page = await w.app.http.inject({ method: 'GET', url: `/public/draws/${drawId}` })
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.body).toContain('随机抽取公示')
  })
})
