import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, type CastName } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations as todo } from '../../todo/operations.ts'
import { operations } from '../operations.ts'
import { confirmed, get, inDays, on, photo, plan, serve } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const pair = [castIds.wang, castIds.he]
const offline = (madeAt = w.app.clock.now().toISOString()) => ({ 'x-offline': '1', 'x-made-at': madeAt, 'x-device': '现场平板' })

/** In 复查中 with Wang and He as officers. */
async function reinspecting(): Promise<string> {
  const { id } = await confirmed(w)
  await serve(w, [id], inDays(w, 15))
  await w.as('zhao').do(operations.acknowledge, { ...(await on(w, id)), plan: plan(inDays(w, 15)) })
  await w.as('zhao').do(operations.submit, { ...(await on(w, id, 'zhao')), photosAfter: [await photo(w, 'zhao')], note: '已更换' })
  await w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: pair })
  return id
}

const result = (base: { id: string; baseVersion: number }, more: Record<string, unknown> = {}) => ({ ...base, officers: pair, passed: true, note: '现场已更换，合格', ...more })

/** Wang passes it without a line on the version he has; He has failed it meanwhile. */
async function tooLate() {
  const id = await reinspecting()
  const base = await on(w, id)
  const madeAt = w.app.clock.now().toISOString()
  await w.as('he').do(operations.reinspect, result(await on(w, id), { passed: false, note: '仍漏电' }))
  const pictures = [await photo(w, 'wang')]
  const late = await w.as('wang').do(operations.reinspect, result(base, { photos: pictures }), { headers: offline(madeAt) })
  return { id, late, base, madeAt, pictures }
}

/** The round that begins again: ordered term, handed in, assigned. */
async function nextRound(id: string) {
  await w.as('zhao').do(operations.submit, { ...(await on(w, id, 'zhao')), photosAfter: [await photo(w, 'zhao')], note: '再次更换' })
  await w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: pair })
}

describe('hazard 待定建议: 拒绝外人', () => {
  it('a stranger does not see it, a person without the right of the act may neither take it up nor dismiss it', async () => {
    const { id, late } = await tooLate()
    const input = { ...(await on(w, id)), proposalId: late.proposalId! }
    expect((await w.as('qian').call(operations.acceptProposal, input)).status).toBe(404)
    expect((await w.as('qian').call(operations.dismissProposal, { ...input, reason: '不需要' })).status).toBe(404)
    for (const name of ['zhao', 'lin', 'zhou'] as CastName[]) {
      expect((await w.as(name).call(operations.acceptProposal, input)).problem.code).toBe('hazard.not_entitled')
      expect((await w.as(name).call(operations.dismissProposal, { ...input, reason: '不需要' })).problem.code).toBe('hazard.not_entitled')
    }
    expect((await get(w, 'zhao', id)).proposals[0]).toMatchObject({ state: 'OPEN', actions: [] })
    expect((await w.as('zheng').call(operations.acceptProposal, input)).status).toBe(403)
  })
  it('reach is asked before anything is kept', async () => {
    const id = await reinspecting()
    const answer = await w.as('qian').call(operations.reinspect, result({ id, baseVersion: 1 }), { headers: offline() })
    expect([answer.status, answer.problem.code]).toEqual([404, 'common.missing'])
    expect((await get(w, 'wang', id)).proposals).toEqual([])
  })
})

describe('hazard 待定建议: 拒绝胡来', () => {
  it('an offline command that does not say when it was made is refused; photos that are not there too', async () => {
    const id = await reinspecting()
    const base = await on(w, id)
    const silent = await w.as('wang').call(operations.reinspect, result(base), { headers: { 'x-offline': '1' } })
    expect([silent.status, silent.problem.fields?.[0]?.message]).toEqual([400, '办理时间：不能为空'])
    const lost = await w.as('wang').call(operations.reinspect, result({ id, baseVersion: base.baseVersion - 1 }, { photos: [randomUUID()] }), { headers: offline() })
    expect(lost.problem.code).toBe('attachment.not_there')
    expect((await get(w, 'wang', id)).proposals).toEqual([])
  })
  it('it is decided once, against the hazard as it is now, and dismissed only with a reason', async () => {
    const { id, late } = await tooLate()
    const input = { ...(await on(w, id)), proposalId: late.proposalId! }
    expect((await w.as('wang').call(operations.dismissProposal, { ...input, reason: '' })).status).toBe(400)
    expect((await w.as('wang').call(operations.dismissProposal, { ...input, baseVersion: 1, reason: '已过时' })).problem.code).toBe('common.stale')
    expect((await w.as('wang').call(operations.dismissProposal, { ...input, proposalId: randomUUID(), reason: '已过时' })).status).toBe(404)
    await w.as('he').do(operations.dismissProposal, { ...input, reason: '复查时仍漏电' })
    const again = await w.as('wang').call(operations.acceptProposal, input)
    expect([again.status, again.problem.title]).toEqual([409, '这条待定建议已由何汀筠处理'])
  })
})

describe('hazard 待定建议: I6 后到的离线办理', () => {
  it('the offline act first, the office second: the offline one counts and the office reads that it was overtaken', async () => {
    const id = await reinspecting()
    const base = await on(w, id)
    const made = await w.as('wang').do(operations.reinspect, result(base), { headers: offline() })
    expect([made.state, made.proposalId]).toEqual(['CLOSED', undefined])
    const office = await w.as('he').call(operations.reinspect, result(base, { passed: false }))
    expect([office.status, office.problem.code]).toEqual([409, 'common.stale'])
    expect((await get(w, 'wang', id)).proposals).toEqual([])
  })
  it('the office first, the offline act second: the server state stays, mine and theirs stand side by side, its photo is kept', async () => {
    const { id, late, base, madeAt, pictures } = await tooLate()
    expect(late.state).toBe('RECTIFYING')
    const seen = await get(w, 'he', id)
    expect(seen.state).toBe('RECTIFYING')
    expect(seen.proposals).toHaveLength(1)
    expect(seen.proposals[0]).toMatchObject({ id: late.proposalId, label: '记录复查结果', state: 'OPEN', person: '王砚川', madeAt, baseVersion: base.baseVersion })
    expect(seen.proposals[0]!.mine).toEqual(expect.arrayContaining([{ label: '是否合格', value: '是' }, { label: '说明', value: '现场已更换，合格' }, { label: '执法人员', value: '王砚川、何汀筠' }]))
    expect(seen.proposals[0]!.theirs.map((e) => [e.label, e.actor])).toEqual([['复查不合格', '何汀筠']])
    expect(seen.proposals[0]!.photos.map((p) => p.id)).toEqual(pictures)
    // Not now: it is with the enterprise again. The button says so.
    expect(seen.proposals[0]!.actions.find((a) => a.action === 'acceptProposal')).toMatchObject({ allowed: false, why: ['这条隐患现在的状态不能这样办，请刷新后再看'] })
    expect((await w.as('wang').do(todo.mine, { kind: 'hazard.proposal' })).rows.map((row) => row.subjectId)).toContain(late.proposalId)
  })
  it('taken up when the state allows it, it runs in the name of who takes it up; the todo is done', async () => {
    const { id, late, pictures } = await tooLate()
    const early = await w.as('he').call(operations.acceptProposal, { ...(await on(w, id)), proposalId: late.proposalId! })
    expect([early.status, early.problem.code]).toEqual([422, 'hazard.wrong_state'])
    await nextRound(id)
    const done = await w.as('he').do(operations.acceptProposal, { ...(await on(w, id)), proposalId: late.proposalId! })
    expect(done.state).toBe('CLOSED')
    const seen = await get(w, 'wang', id)
    expect(seen.timeline.at(-1)).toMatchObject({ label: '销号', actor: '何汀筠' })
    expect(seen.photos.map((p) => p.id)).toEqual(expect.arrayContaining(pictures))
    expect(seen.proposals[0]).toMatchObject({ state: 'ACCEPTED', decidedBy: '何汀筠', actions: [] })
    expect((await w.as('wang').do(todo.mine, { kind: 'hazard.proposal' })).rows.map((row) => row.subjectId)).not.toContain(late.proposalId)
  })
  it('dismissed with a reason, nothing changes and what was filled in stays to be read', async () => {
    const { id, late } = await tooLate()
    const before = await get(w, 'wang', id)
    await w.as('wang').do(operations.dismissProposal, { ...(await on(w, id)), proposalId: late.proposalId!, reason: '何汀筠复查在后，以其为准' })
    const after = await get(w, 'wang', id)
    expect([after.version, after.state]).toEqual([before.version, before.state])
    expect(after.proposals[0]).toMatchObject({ state: 'DISMISSED', reason: '何汀筠复查在后，以其为准', mine: before.proposals[0]!.mine })
  })
  it('the same queued command sent twice is kept once', async () => {
    const id = await reinspecting()
    const base = await on(w, id)
    await w.as('he').do(operations.reinspect, result(base, { passed: false }))
    const key = randomUUID()
    const headers = offline()
    const first = await w.as('wang').do(operations.reinspect, result(base), { key, headers })
    const second = await w.as('wang').do(operations.reinspect, result(base), { key, headers })
    expect(second.proposalId).toBe(first.proposalId)
    expect((await get(w, 'wang', id)).proposals).toHaveLength(1)
  })
  it.each(['submit', 'start', 'fixOnSite', 'verifyFix'] as const)('%s too: without a line it is kept, with a line it is a conflict', async (act) => {
    const { id } = await confirmed(w, act === 'start' ? { source: 'PATROL' } : {})
    const stale = { id, baseVersion: (await on(w, id)).baseVersion - 1 }
    const [who, input] = {
      submit: ['zhao', { ...stale, photosAfter: [await photo(w, 'zhao')], note: '已换' }], start: ['zhao', stale], fixOnSite: ['wang', { ...stale, photosAfter: [await photo(w, 'wang')] }], verifyFix: ['wang', { ...stale, verified: true }],
    }[act] as [CastName, never]
    expect((await w.as(who).call(operations[act], input)).problem.code).toBe('common.stale')
    const kept = await w.as(who).do(operations[act], input, { headers: offline() })
    expect((await get(w, who, id)).proposals.map((p) => [p.id, p.state])).toEqual([[kept.proposalId, 'OPEN']])
  })
  it('two who come back at the same moment with the same version: one counts, the other is kept', async () => {
    const id = await reinspecting()
    const base = await on(w, id)
    const [a, b] = await Promise.all([
      w.as('wang').do(operations.reinspect, result(base), { headers: offline() }),
      w.as('he').do(operations.reinspect, result(base, { passed: false }), { headers: offline() }),
    ])
    expect([a.proposalId, b.proposalId].filter(Boolean)).toHaveLength(1)
    expect((await get(w, 'wang', id)).proposals).toHaveLength(1)
  })
})
