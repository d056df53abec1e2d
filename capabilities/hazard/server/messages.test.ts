import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CastName } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations as todo } from '../../todo/operations.ts'
import { operations } from '../operations.ts'
import { confirmed, get, inDays, on, photo, plan, reported, serve } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const told = async (who: CastName, id: string) => (await w.as(who).do(todo.messages, { limit: 200 })).rows.filter((row) => row.link === `/hazards/${id}`).map((row) => [row.kind, row.text])
const lins = () => reported(w, 'lin', { source: 'PATROL' })
const voids = async (id: string) => w.as('wang').do(operations.void, { ...(await on(w, id)), code: 'FALSE', reason: '现场并无此隐患', photos: [await photo(w, 'wang')] })

describe('hazard: 谁会收到消息', () => {
  it('T3 the finder of a voided hazard is told why; he appeals once, and after the second void he reads that he cannot again', async () => {
    const { id } = await lins()
    await voids(id)
    expect(await told('lin', id)).toEqual([['hazard.voided', '不属实：现场并无此隐患。认为属实的，可以申诉一次。']])
    expect(await told('zhao', id)).toEqual([])
    expect(await told('wang', id)).toEqual([])
    const appeal = (await get(w, 'lin', id)).actions.find((action) => action.action === 'appeal')
    expect(appeal?.allowed).toBe(true)
    await w.as('lin').do(operations.appeal, { ...(await on(w, id, 'lin')), reason: '照片可见线路裸露' })
    await voids(id)
    expect((await told('lin', id))[0]).toEqual(['hazard.voided', '不属实：现场并无此隐患。申诉过一次，不能再申诉。'])
    expect((await w.as('lin').call(operations.appeal, { ...(await on(w, id, 'lin')), reason: '再次申诉' })).problem.code).toBe('hazard.appealed_already')
  })
  it('the finder is told of the confirmation when somebody else confirms; whoever confirms his own is told nothing', async () => {
    const { id } = await lins()
    await w.as('wang').do(operations.confirm, { ...(await on(w, id)), level: 'GENERAL' })
    expect(await told('lin', id)).toEqual([['hazard.confirmed', '核定为一般隐患。']])
    const own = await reported(w, 'wang')
    await w.as('wang').do(operations.confirm, { ...(await on(w, own.id)), level: 'GENERAL' })
    expect(await told('wang', own.id)).toEqual([])
  })
  it('T8 the enterprise is told what was decided on its extension, with the new day', async () => {
    const { id } = await confirmed(w)
    await serve(w, [id], inDays(w, 15))
    await w.as('zhao').do(operations.acknowledge, { ...(await on(w, id)), plan: plan(inDays(w, 15)) })
    await w.as('zhao').do(operations.askExtension, { ...(await on(w, id)), dueOn: inDays(w, 20), reason: '配件未到货' })
    await w.as('xu').do(operations.decideExtension, { ...(await on(w, id)), granted: true, reply: '同意' })
    const [kind, text] = (await told('zhao', id))[0]!
    expect(kind).toBe('hazard.extension_granted')
    const day = inDays(w, 20)
    expect(text).toContain(`期限延至 ${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 24:00`)
    expect(await told('lin', id)).toEqual([])
  })
  it('the close is told to the finder and to the enterprise', async () => {
    const { id } = await lins()
    await w.as('wang').do(operations.confirm, { ...(await on(w, id)), level: 'GENERAL' })
    await w.as('wang').do(operations.fixOnSite, { ...(await on(w, id)), photosAfter: [await photo(w, 'wang')] })
    await w.as('wang').do(operations.verifyFix, { ...(await on(w, id)), verified: true })
    for (const who of ['lin', 'zhao'] as const) expect((await told(who, id))[0], who).toEqual(['hazard.fix_verified', '安川澜湖精密五金有限公司，现场整改'])
  })
})
