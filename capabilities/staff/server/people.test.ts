import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, type CastName, castPassword, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { newId } from '../../../kernel/server/id.ts'
import { idCardCheck } from '../../../kernel/core/id-card.ts'
import { operations as op } from '../operations.ts'
import { certifiedOn, peopleWith } from './public.ts'

let w: World
const today = '2026-03-05'
const idNumber = `99010119900101001${idCardCheck('99010119900101001')}`
beforeAll(async () => {
  w = await world(new Date('2026-03-05T01:00:00Z'))
})
afterAll(() => w.close())

let n = 0
/** A new person of the team, by the system administrator; with an account when asked. */
async function newPerson(name = `测试员${'甲乙丙丁戊己庚辛壬癸'[n % 10]}`, organisationId: string = ids.team) {
  n++
  return w.as('sun').do(op.addPerson, { id: newId(), name, organisationId, dutyTitle: '科员', phone: `1390000${String(1000 + n)}`, idNumber: null })
}
const account = (id: string) => w.as('sun').do(op.openAccount, { id, accountId: newId(), login: `tester${n}${Math.floor(Math.random() * 1e6)}` })
const post = (id: string, roleCode: string, more: object = {}) => ({ id, postId: newId(), roleCode, reachKind: 'AREA' as const, areaCode: areas.district as string, gridId: null, enterpriseId: null, parkId: null, validFrom: today, validTo: null, ...more })

describe('拒绝外人', () => {
  const person = castIds.wang
  it.each([
    ['the security administrator opens no account', 'wu', op.openAccount, { id: person, accountId: newId(), login: 'newbie' }],
    ['nor registers people', 'wu', op.addPerson, { id: newId(), name: '某某', organisationId: ids.team, dutyTitle: null, phone: null, idNumber: null }],
    ['the system administrator gives no right', 'sun', op.grant, post(person, 'INSPECTOR')],
    ['nor takes one', 'sun', op.revokePost, { id: newId(), baseVersion: 1, lastDay: today, reason: '调离' }],
    ['nor writes a role', 'sun', op.saveRole, { code: 'MINE', baseVersion: null, name: '我的', verbs: ['staff.account'] }],
    ['nor resets a password', 'sun', op.resetPassword, { id: person, reason: '忘记口令' }],
    ['nor registers a certificate', 'sun', op.addCertificate, { id: person, certificateId: newId(), kind: 'LAW_ENFORCEMENT', no: '1234', issuedBy: '某局', scope: null, validFrom: today, validTo: today }],
    ['the auditor reveals nobody', 'zheng', op.reveal, { id: person, reason: '核对' }],
    ['the auditor signs nobody out', 'zheng', op.signOutPerson, { id: person, reason: '核对' }],
    ['an inspector sees no sessions of others', 'wang', op.personSessions, { id: person }],
    ['the team lead retires nobody', 'xu', op.leave, { id: person, baseVersion: 1, leftOn: today, reason: '退休' }],
    ['a firm reads no list of people', 'zhao', op.people, {}],
    ['nor organisations', 'zhao', op.organisations, {}],
    ['nor roles', 'zhao', op.roles, {}],
    ['nor certificates', 'lin', op.certificates, {}],
  ] as const)('%s', async (_, who, operation, input) => {
    const answer = await w.as(who).call(operation as typeof op.people, input as never)
    expect([answer.status, answer.problem.code]).toEqual([403, 'common.forbidden'])
  })
  it('the stranger finds nobody of this district, and other people’s sessions are nobody’s', async () => {
    expect((await w.as('qian').do(op.people, {})).rows.map((p) => p.name)).toEqual(['钱牧野'])
    expect((await w.as('qian').call(op.person, { id: castIds.wang })).status).toBe(404)
    expect((await w.as('qian').do(op.organisations, {})).rows.map((o) => o.name)).toEqual(['宁川区应急管理局'])
    expect((await w.as('qian').do(op.certificates, {})).total).toBe(1)
    await w.as('wang').do(op.me, {})
    const session = (await w.as('wang').do(op.sessions, {})).rows[0]!
    expect((await w.as('qian').call(op.endSession, { id: session.id })).status).toBe(404)
    expect((await w.as('sun').call(op.endSession, { id: session.id })).status).toBe(404)
  })
  it('a street sees its own people only', async () => {
    expect((await w.as('zhou').do(op.people, {})).rows.map((p) => p.name).sort()).toEqual(['冯立勤', '周予宁', '林禾安', '蒋作舟', '赵启澄'].sort())
  })
})

describe('拒绝胡来', () => {
  it.each([
    ['a telephone of ten digits', { phone: '1390000000' }, 'staff.phone_wrong'],
    ['an ID number with a wrong check', { idNumber: `${idNumber.slice(0, 17)}${idNumber.at(-1) === '1' ? '2' : '1'}` }, 'staff.id_wrong'],
    ['an organisation of the neighbour', { organisationId: ids.neighbourBureau }, 'staff.organisation_unknown'],
    ['a name of one character', { name: '某' }, 'common.invalid'],
  ])('%s is refused', async (_, change, code) => {
    const answer = await w.as('sun').call(op.addPerson, { id: newId(), name: '某某', organisationId: ids.team, dutyTitle: null, phone: null, idNumber: null, ...change })
    expect(answer.problem.code).toBe(code)
    expect(JSON.stringify(answer.problem)).not.toContain('1390000000')
  })
  it('a second account, a login in use, an account for one who left', async () => {
    const who = await newPerson()
    await account(who.id)
    expect((await w.as('sun').call(op.openAccount, { id: who.id, accountId: newId(), login: 'another1' })).problem.code).toBe('staff.account_there')
    const other = await newPerson()
    expect((await w.as('sun').call(op.openAccount, { id: other.id, accountId: newId(), login: 'wang' })).problem.code).toBe('account.login_unique')
    await w.as('sun').do(op.leave, { id: other.id, baseVersion: 1, leftOn: today, reason: '调离本区' })
    expect((await w.as('sun').call(op.openAccount, { id: other.id, accountId: newId(), login: 'another2' })).problem.code).toBe('staff.person_left')
    expect((await w.as('wu').call(op.grant, post(other.id, 'INSPECTOR'))).problem.code).toBe('staff.person_left')
  })
  it.each([
    ['to himself', () => castIds.wu, 'CADRE', {}, 'staff.grant_self'],
    ['system administration, which he neither holds nor may grant', () => castIds.chen, 'SYS_ADMIN', {}, 'staff.grant_beyond'],
    ['security administration to an inspector', () => castIds.wang, 'SECURITY_ADMIN', {}, 'staff.exclusive'],
    ['inspection to the auditor', () => castIds.zheng, 'INSPECTOR', {}, 'staff.exclusive'],
    ['the city', () => castIds.wang, 'TEAM_LEAD', { areaCode: '990100000000' }, 'staff.grant_out_of_reach'],
    ['a firm’s role over the district', () => castIds.wang, 'ENT_PRINCIPAL', {}, 'staff.reach_kind'],
    ['a role that is not there', () => castIds.wang, 'EMPEROR', {}, 'staff.role_unknown'],
    ['a firm without naming it', () => castIds.zhao, 'ENT_SAFETY', { reachKind: 'ENTERPRISE', areaCode: null }, 'staff.reach_missing'],
    ['the firm of the neighbour', () => castIds.zhao, 'ENT_SAFETY', { reachKind: 'ENTERPRISE', areaCode: null, enterpriseId: ids.neighbourEnterprise }, 'staff.grant_out_of_reach'],
  ] as const)('the security administrator does not grant %s (C15)', async (_, whom, roleCode, more, code) => {
    const answer = await w.as('wu').call(op.grant, post(whom(), roleCode, more))
    expect([answer.status, answer.problem.code]).toEqual([422, code])
  })
  it('nobody administers his own account', async () => {
    for (const [who, operation] of [['wu', op.resetPassword], ['wu', op.unlock], ['sun', op.disable]] as const) {
      expect((await w.as(who).call(operation as typeof op.unlock, { id: castIds[who as CastName], reason: '自己来' })).problem.code).toBe('staff.own_account')
    }
    expect((await w.as('sun').call(op.leave, { id: castIds.sun, baseVersion: 1, leftOn: today, reason: '自己来' })).problem.code).toBe('staff.own_account')
  })
  it('shipped roles stay as they are; a role takes no verb of an administrator and none that is unknown', async () => {
    expect((await w.as('wu').call(op.saveRole, { code: 'INSPECTOR', baseVersion: 1, name: '改名', verbs: ['visit.read'] })).problem.code).toBe('staff.role_shipped')
    expect((await w.as('wu').call(op.saveRole, { code: 'SNEAKY', baseVersion: null, name: '暗门', verbs: ['staff.account'] })).problem.code).toBe('staff.role_beyond')
    expect((await w.as('wu').call(op.saveRole, { code: 'SNEAKY', baseVersion: null, name: '暗门', verbs: ['visit.read', 'staff.grant'] })).problem.code).toBe('staff.role_beyond')
    expect((await w.as('wu').call(op.saveRole, { code: 'SNEAKY', baseVersion: null, name: '暗门', verbs: ['no.such'] })).problem.code).toBe('staff.verb_unknown')
    expect((await w.as('wu').call(op.removeRole, { code: 'INSPECTOR', baseVersion: 1, reason: '不要了' })).problem.code).toBe('staff.role_shipped')
  })
  it('the last security administrator is not taken away, an organisation with people not closed', async () => {
    const row = await w.app.db.all.selectFrom('post').select(['id', 'version']).where('person_id', '=', castIds.wu).executeTakeFirstOrThrow()
    const helper = await newPerson('代管员')
    await account(helper.id)
    for (const operation of [op.disable, op.leave] as const) {
      const answer = await w.as('sun').call(operation as typeof op.disable, { id: castIds.wu, reason: '轮换', ...(operation === op.leave ? { baseVersion: 1, leftOn: today } : {}) } as never)
      expect(answer.problem.code).toBe('staff.last_security')
    }
    // One to come does not count before his day; his own post may end only while somebody else's lasts.
    await w.as('wu').do(op.grant, post(helper.id, 'SECURITY_ADMIN', { validFrom: '2026-04-01' }))
    expect((await w.as('sun').call(op.disable, { id: castIds.wu, reason: '轮换' })).problem.code).toBe('staff.last_security')
    expect((await w.as('wu').call(op.revokePost, { id: row.id, baseVersion: row.version, lastDay: '2026-03-04', reason: '轮换' })).problem.code).toBe('staff.grant_self')
    expect((await w.as('sun').call(op.closeOrganisation, { id: ids.team, baseVersion: 1, validTo: today, reason: '合并' })).problem.code).toBe('staff.organisation_in_use')
    expect((await w.as('sun').call(op.saveOrganisation, { id: newId(), baseVersion: null, name: '越界科', kind: 'TEAM', areaCode: areas.neighbour, parentId: null, paperPrefix: null })).status).toBe(404)
    expect((await w.as('sun').call(op.saveOrganisation, { id: newId(), baseVersion: null, name: '错挂科', kind: 'TEAM', areaCode: areas.district, parentId: newId(), paperPrefix: null })).problem.code).toBe('staff.parent_unknown')
  })
  it('page marks of one’s own making', async () => {
    expect((await w.as('sun').call(op.people, { cursor: 'x' })).problem.code).toBe('common.bad_cursor')
    expect((await w.as('sun').call(op.certificates, { cursor: 'x' })).problem.code).toBe('common.bad_cursor')
  })
})

describe('办得成', () => {
  it('an account takes two people: opened without rights, given them by the other, changed at first sign-in', async () => {
    const who = await newPerson('新执法')
    const { login, temporaryPassword } = await account(who.id)
    const signedIn = await w.nobody.do(op.signIn, { login, password: temporaryPassword })
    expect([signedIn.verbs, signedIn.mustChangePassword]).toEqual([[], true])
    expect((await w.as('sun').do(op.person, { id: who.id })).findings).toEqual(['账号没有任何岗位，登录后什么也做不了'])
    const granted = await w.as('wu').do(op.grant, post(who.id, 'INSPECTOR'))
    expect(granted.posts[0]).toMatchObject({ roleName: '执法人员', reach: '安澜区', inForce: true, grantedBy: '吴慎初' })
    expect(granted.findings).toEqual(['任执法人员岗位，但今天没有有效的行政执法证：不能检查、不能签文书'])
    expect(await w.app.db.transaction((tx) => peopleWith(tx, 'hazard.confirm', { areaCode: areas.community, on: today }))).toContain(who.id)
    const stored = await w.app.db.all.selectFrom('command').select('response').execute()
    expect(JSON.stringify(stored)).not.toContain(temporaryPassword)
  })
  it('a post taken away yesterday is gone at once, also for who is signed in', async () => {
    const row = await w.app.db.all.selectFrom('post').select(['id', 'version']).where('person_id', '=', castIds.lu).executeTakeFirstOrThrow()
    expect((await w.as('lu').do(op.me, {})).verbs).toContain('hazard.confirm')
    await w.as('wu').do(op.revokePost, { id: row.id, baseVersion: row.version, lastDay: '2026-03-04', reason: '轮岗' })
    expect((await w.as('lu').do(op.me, {})).verbs).toEqual([])
    expect((await w.as('wu').call(op.revokePost, { id: row.id, baseVersion: row.version + 1, lastDay: today, reason: '轮岗' })).problem.code).toBe('staff.post_ended')
    await w.as('wu').do(op.grant, post(castIds.lu, 'INSPECTOR'))
    expect((await w.as('lu').do(op.me, {})).verbs).toContain('hazard.confirm')
  })
  it('telephone and ID number are sealed, shown masked, revealed with a trace that does not hold them', async () => {
    const who = await w.as('sun').do(op.addPerson, { id: newId(), name: '密件员', organisationId: ids.team, dutyTitle: null, phone: '139 1234 5678', idNumber })
    expect([who.phoneMasked, who.idMasked]).toEqual(['*******5678', `990${'*'.repeat(11)}${idNumber.slice(-4)}`])
    const row = await w.app.db.all.selectFrom('person').selectAll().where('id', '=', who.id).executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toMatch(/13912345678|19900101/)
    expect((await w.as('sun').do(op.people, { q: '13912345678' })).rows.map((p) => p.name)).toEqual(['密件员'])
    expect((await w.as('sun').do(op.people, { q: 'mjy' })).rows.map((p) => p.name)).toEqual(['密件员'])
    expect(await w.as('sun').do(op.reveal, { id: who.id, reason: '核对值班电话' })).toEqual({ phone: '13912345678', idNumber })
    const audit = await w.app.db.all.selectFrom('audit').selectAll().where('kind', '=', 'REVEAL').where('subject_id', '=', who.id).execute()
    expect([audit.length, JSON.stringify(audit).includes('13912345678')]).toEqual([1, false])
    const edited = await w.as('sun').do(op.editPerson, { id: who.id, baseVersion: 1, name: '密件员', organisationId: ids.bureau, dutyTitle: '主任', idNumber: null })
    expect([edited.phoneMasked, edited.idMasked, edited.organisation]).toEqual(['*******5678', null, '安澜区应急管理局'])
    const events = await w.app.db.all.selectFrom('domain_event').select('data').where('aggregate_id', '=', who.id).execute()
    expect(JSON.stringify(events)).not.toMatch(/13912345678|19900101/)
  })
  it('a reset password is temporary, ends the sessions and asks for a new one; unlocking lets the old one in', async () => {
    for (let i = 0; i < 5; i++) await w.nobody.call(op.signIn, { login: 'han', password: 'wrong' })
    expect((await w.as('wu').do(op.people, { state: 'LOCKED' })).rows.map((p) => p.name)).toEqual(['韩晓棹'])
    const unlocked = await w.as('wu').do(op.unlock, { id: castIds.han, reason: '本人电话申请' })
    expect([unlocked.state, (await w.nobody.call(op.signIn, { login: 'han', password: castPassword })).status]).toEqual(['ACTIVE', 200])
    const { temporaryPassword } = await w.as('wu').do(op.resetPassword, { id: castIds.han, reason: '疑似泄露' })
    expect((await w.nobody.call(op.signIn, { login: 'han', password: castPassword })).status).toBe(401)
    expect((await w.nobody.do(op.signIn, { login: 'han', password: temporaryPassword })).mustChangePassword).toBe(true)
  })
  it('a disabled account is out at once and back when enabled', async () => {
    await w.as('he').do(op.me, {})
    await w.as('sun').do(op.disable, { id: castIds.he, reason: '借调期间停用' })
    expect((await w.nobody.call(op.signIn, { login: 'he', password: castPassword })).problem.code).toBe('staff.disabled')
    expect(await w.app.db.all.selectFrom('session').select('id').where('person_id', '=', castIds.he).where('revoked_at', 'is', null).execute()).toEqual([])
    await w.as('sun').do(op.enable, { id: castIds.he, reason: '借调结束' })
    expect((await w.as('he').do(op.me, {})).name).toBe('何汀筠')
  })
  it('own sessions end by oneself, others’ by the security administrator', async () => {
    await w.as('wei').do(op.me, {})
    const { rows } = await w.as('wu').do(op.personSessions, { id: castIds.wei })
    const open = rows.find((s) => s.open)!
    await w.as('wu').do(op.endSession, { id: open.id })
    expect((await w.as('wu').do(op.personSessions, { id: castIds.wei })).rows.find((s) => s.id === open.id)).toMatchObject({ open: false, endedWhy: 'FORCED' })
    await w.as('wei').do(op.me, {})
    await w.as('wu').do(op.signOutPerson, { id: castIds.wei, reason: '岗位调整' })
    expect((await w.as('wu').do(op.personSessions, { id: castIds.wei })).rows.some((s) => s.open)).toBe(false)
    const own = (await w.as('feng').do(op.sessions, {})).rows[0]!
    expect(await w.as('feng').do(op.endSession, { id: own.id })).toEqual({ ok: true })
  })
  it('a role of the bureau’s own: made, granted, changed for those who hold it, removed when nobody does', async () => {
    const made = await w.as('wu').do(op.saveRole, { code: 'NIGHT_TEAM', baseVersion: null, name: '夜查组员', verbs: ['visit.read', 'hazard.read'] })
    const who = await newPerson('夜查员')
    await w.as('wu').do(op.grant, post(who.id, 'NIGHT_TEAM'))
    expect((await w.as('wu').call(op.removeRole, { code: 'NIGHT_TEAM', baseVersion: made.version, reason: '不要了' })).problem.code).toBe('staff.role_in_use')
    const changed = await w.as('wu').do(op.saveRole, { code: 'NIGHT_TEAM', baseVersion: made.version, name: '夜查组员', verbs: ['visit.read', 'hazard.read', 'hazard.report'] })
    expect([changed.version, changed.holders]).toEqual([2, 1])
    expect((await w.as('wu').call(op.saveRole, { code: 'NIGHT_TEAM', baseVersion: 1, name: '夜查', verbs: ['visit.read'] })).problem.code).toBe('common.stale')
    const spare = await w.as('wu').do(op.saveRole, { code: 'SPARE', baseVersion: null, name: '备用', verbs: ['visit.read'] })
    expect(await w.as('wu').do(op.removeRole, { code: 'SPARE', baseVersion: spare.version, reason: '不再需要' })).toEqual({ ok: true })
    const { roles, verbs } = await w.as('wu').do(op.roles, {})
    expect([roles.some((r) => r.code === 'SPARE'), roles.find((r) => r.code === 'SYS_ADMIN')?.grantable, verbs.find((v) => v.verb === 'checklist.publish')]).toEqual([false, false, { verb: 'checklist.publish', zh: '发布、停用检查表', group: '检查表', grantable: true }])
  })
  it('places a post may reach are found by name within one’s own reach, by nobody else', async () => {
    const find = async (kind: 'GRID' | 'ENTERPRISE' | 'PARK', q: string) => (await w.as('wu').do(op.places, { kind, q })).rows.map((r) => r.name)
    expect([await find('ENTERPRISE', '精密'), await find('ENTERPRISE', '川口'), await find('GRID', '汀前'), await find('PARK', '智造')]).toEqual([['安川澜湖精密五金有限公司'], [], ['汀前01安格'], ['澜湖智造园']])
    expect((await w.as('sun').call(op.places, { kind: 'GRID', q: '汀' })).status).toBe(403)
    const granted = await w.as('wu').do(op.grant, post(castIds.feng, 'ENT_SAFETY', { reachKind: 'ENTERPRISE', areaCode: null, enterpriseId: ids.enterprise }))
    expect(granted.posts.map((p) => p.reach)).toContain('安川澜湖精密五金有限公司')
  })
  it('certificates: the soonest to end first, revoked on a day and not before', async () => {
    const add = (no: string, validTo: string) => w.as('wu').do(op.addCertificate, { id: castIds.chen, certificateId: newId(), kind: 'EXPERT', no, issuedBy: '安澜区应急管理局', scope: null, validFrom: '2025-01-01', validTo })
    await add('ZJ-1', '2026-04-01')
    const detail = await add('ZJ-2', '2026-02-28')
    expect(detail.certificates.map((c) => [c.no, c.state])).toEqual(expect.arrayContaining([['ZJ-1', 'EXPIRING'], ['ZJ-2', 'EXPIRED']]))
    const list = await w.as('wu').do(op.certificates, { kind: 'EXPERT' })
    expect([list.rows.map((c) => c.no), list.figures]).toEqual([['ZJ-2', 'ZJ-1'], { inForce: 1, expiring: 1, expired: 1, revoked: 0 }])
    expect((await w.as('wu').call(op.addCertificate, { id: castIds.wei, certificateId: newId(), kind: 'EXPERT', no: 'ZJ-1', issuedBy: '某局', scope: null, validFrom: today, validTo: today })).problem.code).toBe('certificate.no_unique')
    expect((await w.as('wu').call(op.addCertificate, { id: castIds.wei, certificateId: newId(), kind: 'EXPERT', no: 'ZJ-9', issuedBy: '某局', scope: null, validFrom: today, validTo: '2026-03-01' })).problem.code).toBe('certificate.dates')
    const law = (await w.as('wu').do(op.person, { id: castIds.xu })).certificates[0]!
    await w.as('wu').do(op.revokeCertificate, { id: law.id, baseVersion: law.version, revokedOn: '2026-03-10', reason: '调离执法岗位' })
    expect((await w.as('wu').call(op.revokeCertificate, { id: law.id, baseVersion: law.version + 1, revokedOn: '2026-03-11', reason: '重复' })).problem.code).toBe('staff.certificate_revoked')
    const on = (date: string) => w.app.db.transaction(async (tx) => (await certifiedOn(tx, [castIds.xu], date)).size)
    expect([await on('2026-03-09'), await on('2026-03-10')]).toEqual([1, 0])
  })
  it('the list pages through everybody once, and its figures are its filters', async () => {
    const all = await w.as('sun').do(op.people, { limit: 5 })
    const seen = [...all.rows]
    for (let next = all.next; next; ) {
      const page = await w.as('sun').do(op.people, { limit: 5, cursor: next })
      seen.push(...page.rows)
      next = page.next
    }
    expect([seen.length, new Set(seen.map((p) => p.id)).size]).toEqual([all.figures.all, all.figures.all])
    for (const [input, figure] of [[{ state: 'NO_ACCOUNT' }, 'noAccount'], [{ noPost: 'true' }, 'noPost'], [{ state: 'LEFT' }, 'left'], [{ expiring: 'true' }, 'expiring']] as const) {
      expect((await w.as('sun').do(op.people, input)).total).toBe(all.figures[figure])
    }
    expect((await w.as('sun').do(op.people, { role: 'GRID_OFFICER' })).rows.map((p) => p.name)).toEqual(['林禾安'])
    const made = await w.as('sun').do(op.saveOrganisation, { id: newId(), baseVersion: null, name: '执法监督二科', kind: 'TEAM', areaCode: areas.district, parentId: ids.bureau, paperPrefix: null })
    const renamed = await w.as('sun').do(op.saveOrganisation, { id: made.id, baseVersion: 1, name: '执法监督三科', kind: 'TEAM', areaCode: areas.district, parentId: ids.bureau, paperPrefix: null })
    expect((await w.as('sun').do(op.closeOrganisation, { id: made.id, baseVersion: renamed.version, validTo: today, reason: '机构调整' })).validTo).toBe(today)
  })
})
