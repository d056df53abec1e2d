import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { newId } from '../../../kernel/server/id.ts'
import { operations as todo } from '../../todo/operations.ts'
import { operations as op } from '../operations.ts'

let w: World
const today = '2026-03-05'
beforeAll(async () => {
  w = await world(new Date('2026-03-05T01:00:00Z'))
})
afterAll(() => w.close())

let n = 0
/** A person with an account and no post. */
async function candidate(name: string): Promise<string> {
  const { id } = await w.as('sun').do(op.addPerson, { id: newId(), name, organisationId: ids.bureau, dutyTitle: null, phone: null, idNumber: null })
  await w.as('sun').do(op.openAccount, { id, accountId: newId(), login: `successor${++n}` })
  return id
}
const proposal = (personId: string, roleCode: 'SYS_ADMIN' | 'SECURITY_ADMIN' | 'AUDITOR' = 'SYS_ADMIN') => ({ id: newId(), personId, roleCode, validFrom: today, reason: '任期届满，交接' })
const waiting = async (who: 'sun' | 'wu' | 'zheng') => (await w.as(who).do(todo.mine, { kind: 'staff.office' })).rows.map((row) => row.title)
const openPost = async (personId: string) => (await w.as('wu').do(op.person, { id: personId })).posts.find((p) => p.inForce)!

describe('三员任命: 拒绝外人', () => {
  it('nobody but the three sees or touches it; another district finds nothing', async () => {
    for (const name of ['wang', 'chen', 'qian', 'zhao'] as const) {
      expect((await w.as(name).call(op.offices, {})).status).toBe(403)
      expect((await w.as(name).call(op.proposeOffice, proposal(castIds.wang))).status).toBe(403)
    }
    expect((await w.as('wu').call(op.proposeOffice, proposal(castIds.qian))).status).toBe(404)
    expect((await w.as('wu').call(op.decideOffice, { id: newId(), baseVersion: 1, agreed: true, reason: '同意' })).status).toBe(404)
  })
})

describe('三员任命: 拒绝胡来', () => {
  it('not one’s own office, not oneself, not who holds another post, not without account', async () => {
    const who = await candidate('接任甲')
    expect((await w.as('sun').call(op.proposeOffice, proposal(who))).problem.code).toBe('staff.own_office')
    expect((await w.as('wu').call(op.proposeOffice, proposal(castIds.wu))).problem.code).toBe('staff.grant_self')
    expect((await w.as('wu').call(op.proposeOffice, proposal(castIds.wang))).problem.title).toBe('王砚川届时仍任“执法人员”，三员须独任，先结束其他岗位')
    const bare = await w.as('sun').do(op.addPerson, { id: newId(), name: '无账号员', organisationId: ids.bureau, dutyTitle: null, phone: null, idNumber: null })
    expect((await w.as('wu').call(op.proposeOffice, proposal(bare.id))).problem.code).toBe('staff.no_account')
  })
  it('one cannot do it alone: neither who proposed nor who holds the office agrees; the same one twice is refused', async () => {
    const who = await candidate('接任乙')
    const draft = proposal(who)
    await w.as('wu').do(op.proposeOffice, draft)
    expect((await w.as('wu').call(op.decideOffice, { id: draft.id, baseVersion: 1, agreed: true, reason: '同意' })).problem.code).toBe('staff.third_office')
    expect((await w.as('sun').call(op.decideOffice, { id: draft.id, baseVersion: 1, agreed: true, reason: '同意' })).problem.code).toBe('staff.third_office')
    expect((await w.as('zheng').call(op.proposeOffice, { ...proposal(who), id: newId() })).problem.code).toBe('office.proposal_open_unique')
    expect((await w.as('zheng').call(op.decideOffice, { id: draft.id, baseVersion: 9, agreed: true, reason: '同意' })).problem.code).toBe('common.stale')
    await w.as('wu').do(op.decideOffice, { id: draft.id, baseVersion: 1, agreed: false, reason: '提名有误，撤回' })
    expect((await w.as('zheng').call(op.decideOffice, { id: draft.id, baseVersion: 2, agreed: true, reason: '同意' })).problem.code).toBe('staff.office_decided')
    expect((await w.as('wu').do(op.person, { id: who })).posts).toEqual([])
  })
  it('the last holder of an office stays until a successor is there', async () => {
    const auditor = await openPost(castIds.zheng)
    const refused = await w.as('wu').call(op.revokePost, { id: auditor.id, baseVersion: auditor.version, lastDay: '2026-03-04', reason: '轮换' })
    expect([refused.problem.code, refused.problem.title]).toEqual(['staff.last_office', '这是最后一位在任的安全审计员，先由另外两员共同任命接任者'])
    expect((await w.as('sun').call(op.disable, { id: castIds.zheng, reason: '轮换' })).problem.code).toBe('staff.last_office')
  })
})

describe('三员任命: 办得成', () => {
  it('第三员有待办，提名人和现任没有；决定或撤回，待办随即结束', async () => {
    const who = await candidate('接任丁')
    const draft = proposal(who, 'AUDITOR')
    await w.as('wu').do(op.proposeOffice, draft)
    expect([await waiting('sun'), await waiting('wu'), await waiting('zheng')]).toEqual([['同意或不同意三员任命：接任丁任安全审计员'], [], []])
    expect((await w.as('sun').do(todo.mine, { kind: 'staff.office' })).rows[0]).toMatchObject({ link: '/administrators', forMeAlone: true, mayPass: false })
    await w.as('sun').do(op.decideOffice, { id: draft.id, baseVersion: 1, agreed: false, reason: '另选' })
    const again = { ...proposal(who), id: newId() }
    await w.as('wu').do(op.proposeOffice, again)
    expect([await waiting('sun'), await waiting('zheng')]).toEqual([[], ['同意或不同意三员任命：接任丁任系统管理员']])
    await w.as('wu').do(op.decideOffice, { id: again.id, baseVersion: 1, agreed: false, reason: '撤回' })
    expect(await waiting('zheng')).toEqual([])
  })
  it('the system administrator hands over: proposed by one, agreed by the other, then the old post ends', async () => {
    const who = await candidate('接任丙')
    const draft = proposal(who)
    const proposed = await w.as('wu').do(op.proposeOffice, draft)
    expect(proposed.proposals.find((p) => p.id === draft.id)).toMatchObject({ person: '接任丙', state: 'OPEN', proposedBy: '吴慎初' })
    const seen = (await w.as('zheng').do(op.offices, {})).proposals.find((p) => p.id === draft.id)!
    expect(seen.actions.find((a) => a.action === 'agree')).toMatchObject({ allowed: true })
    const done = await w.as('zheng').do(op.decideOffice, { id: draft.id, baseVersion: 1, agreed: true, reason: '同意接任' })
    expect(done.offices.find((o) => o.roleCode === 'SYS_ADMIN')?.holders.map((h) => h.name).sort()).toEqual(['孙既白', '接任丙'].sort())
    const old = await openPost(castIds.sun)
    await w.as('wu').do(op.revokePost, { id: old.id, baseVersion: old.version, lastDay: '2026-03-04', reason: '已交接' })
    expect((await w.as('sun').do(op.me, {})).verbs).toEqual([])
    const { rows } = await w.app.db.pool.query(`select event from domain_event where event like 'staff.office%' and aggregate_id = $1 order by seq`, [draft.id])
    expect(rows.map((row: { event: string }) => row.event)).toEqual(['staff.office_proposed', 'staff.office_agreed'])
  })
})
