import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import { systemActor } from '../../../kernel/server/actor.ts'
import { operations as hazards } from '../../hazard/operations.ts'
import { operations as todos } from '../../todo/operations.ts'
import { operations as visits } from '../../visit/operations.ts'
import { photos, withChecklists } from '../../visit/server/fixtures.ts'
import { packs } from '../packs.data.ts'
import { operations } from '../operations.ts'
import { cells, recount } from './figures.ts'
import { drafted, night, patrolled, running, teamOf, versionOf } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world(new Date('2026-03-05T13:00:00Z'))
  await withChecklists(w)
})
afterAll(() => w.close())

const code = async (answer: Promise<{ problem: { code: string } | undefined }>) => (await answer).problem?.code

describe('专项行动：拒绝外人', () => {
  it('the next district sees nothing of it, and a signed-out page gets 401', async () => {
    const { id } = await running(w)
    for (const op of ['get', 'overview', 'board', 'points', 'report', 'targets', 'teams', 'muster', 'chart', 'draws'] as const) expect([op, (await w.as('qian').call(operations[op], { id })).status]).toEqual([op, 404])
    expect((await w.as('qian').do(operations.list, {})).total).toBe(0)
    expect((await w.nobody.call(operations.list, {})).status).toBe(401)
    expect((await w.as('zhao').call(operations.list, {})).status).toBe(403)
  })
  it('before the order is given, only who prepares it or is named in it reads of it: 夜查不事先走漏', async () => {
    const { id } = await drafted(w)
    expect((await w.as('lu').call(operations.get, { id })).status).toBe(404)
    expect((await w.as('lin').call(operations.get, { id })).status).toBe(200)
    expect((await w.as('chen').call(operations.get, { id })).status).toBe(200)
  })
  it('a street sees the district action and its own part of the numbers, and changes nothing of it', async () => {
    const { id } = await running(w)
    const street = await w.as('zhou').do(operations.overview, { id })
    expect([street.totals.toDo, (await w.as('zhou').do(operations.targets, { id })).total]).toEqual([1, 1])
    expect((await w.as('xu').do(operations.overview, { id })).totals.toDo).toBe(2)
    expect((await w.as('zhou').call(operations.finish, { id, baseVersion: 5 })).status).toBe(404)
    expect((await w.as('zhou').call(operations.addTargets, { id, siteIds: [ids.site] })).status).toBe(404)
  })
  it('an officer approves nothing and plans nothing', async () => {
    const { id } = await drafted(w)
    expect((await w.as('wang').call(operations.approve, { id, baseVersion: 1, opinion: '同意' })).status).toBe(403)
    expect((await w.as('wang').call(operations.create, night())).status).toBe(403)
    expect((await w.as('han').call(operations.create, night())).status).toBe(404)
  })
})

describe('专项行动：拒绝错误', () => {
  it('what the plan lacks stands under its field', async () => {
    const answer = await w.as('xu').call(operations.create, night({ startsAt: '2026-03-05T04:00:00Z', endsAt: '2026-03-05T03:00:00Z', publishedOn: null, areas: [areas.neighbour] }))
    expect(answer.problem.fields?.map((f) => f.path)).toEqual(['areas.0', 'endsAt', 'startsAt', 'publishedOn'])
  })
  it('submit without a list is refused only where nothing but inspections is planned; approve without submit; by oneself; after the list changed', async () => {
    const special = { scheme: { objects: {}, visitKinds: ['ADMIN_SPECIAL' as const] } }
    const { id } = await drafted(w, special, [])
    expect(await code(w.as('xu').call(operations.submit, { id, baseVersion: 1 }))).toBe('campaign.annex_empty')
    expect(await code(w.as('chen').call(operations.approve, { id, baseVersion: 1, opinion: '同意' }))).toBe('campaign.not_submitted')
    await w.as('xu').do(operations.addTargets, { id, siteIds: [ids.site] })
    await w.as('xu').do(operations.submit, { id, baseVersion: 1 })
    await w.as('xu').do(operations.addTargets, { id, siteIds: [ids.otherSite] })
    expect(await code(w.as('chen').call(operations.approve, { id, baseVersion: 2, opinion: '同意' }))).toBe('campaign.annex_changed')
    await w.as('chen').do(operations.sendBack, { id, baseVersion: 2, opinion: '重新核对名单' })
    expect((await w.as('xu').do(todos.mine, { kind: 'campaign.rework', limit: 50 })).rows.map((t) => t.subjectId)).toContain(id)
  })
  it('a team needs one leader, certificates and people who are free', async () => {
    const { id } = await drafted(w)
    const answer = await w.as('xu').call(operations.setTeam, teamOf(id, { name: '第2检查组', members: [{ personId: castIds.wang, part: 'GRID' }, { personId: castIds.zhou, part: 'OFFICER' }] }))
    expect(answer.problem.fields?.map((f) => f.code)).toEqual(['campaign.one_leader', 'campaign.member_twice', 'campaign.officer_without_certificate'])
    expect(answer.problem.fields?.[1]?.message).toBe('王砚川已在“第1检查组”')
  })
  it('no task before approval, outside the dates, off the list, in a wave that is shut', async () => {
    const draft = await drafted(w)
    const task = { kind: 'ADMIN_SPECIAL' as const, plannedOn: '2026-03-05', siteIds: [ids.site] }
    expect(await code(w.as('wang').call(operations.dispatch, { ...task, id: draft.id, teamId: draft.teamId }))).toBe('campaign.not_running')
    const waves = [{ name: '第一批', minEmployees: 500 }, { name: '第二批' }]
    const { id, teamId } = await running(w, { scheme: { objects: {}, visitKinds: ['ADMIN_SPECIAL'], waves } }, [ids.site])
    expect(await code(w.as('wang').call(operations.dispatch, { ...task, id, teamId, plannedOn: '2026-03-06' }))).toBe('campaign.out_of_dates')
    expect(await code(w.as('wang').call(operations.dispatch, { ...task, id, teamId, siteIds: [ids.otherSite] }))).toBe('campaign.not_a_target')
    expect(await code(w.as('wang').call(operations.dispatch, { ...task, id, teamId }))).toBe('campaign.wave_closed')
    expect(await code(w.as('wang').call(operations.dispatch, { ...task, id, teamId, officerIds: [castIds.wang] }))).toBe('campaign.wave_closed')
  })
  it('a visit says truthfully to which action it belongs', async () => {
    const { id, teamId } = await running(w, { areas: [areas.street] }, [ids.site])
    expect(await code(w.as('lin').call(visits.record, patrolled(w, randomUUID(), undefined)))).toBe('campaign.unknown')
    expect(await code(w.as('lin').call(visits.record, patrolled(w, id, randomUUID())))).toBe('campaign.team_unknown')
    const other = await running(w, { areas: [areas.otherStreet] }, [ids.otherSite])
    expect(await code(w.as('lin').call(visits.record, patrolled(w, other.id, undefined)))).toBe('campaign.site_outside')
    expect((await w.as('lin').call(visits.record, patrolled(w, id, teamId))).status).toBe(200)
  })
  it('a place that was checked stays on the list; absence has a reason; strangers to the team do not sign in', async () => {
    const { id, teamId } = await running(w)
    await w.as('lin').do(visits.record, patrolled(w, id, teamId))
    expect(await code(w.as('xu').call(operations.dropTargets, { id, siteIds: [ids.site], reason: '不查了' }))).toBe('campaign.target_done')
    expect(await code(w.as('he').call(operations.signIn, { id, state: 'ABSENT' }))).toBe('campaign.absence_reason')
    expect(await code(w.as('lu').call(operations.signIn, { id, state: 'PRESENT' }))).toBe('campaign.not_a_member')
    expect(await code(w.as('xu').call(operations.removeTeam, { id, teamId, baseVersion: 1, reason: '并组' }))).toBe('campaign.team_at_work')
  })
})

describe('专项行动：办得成', () => {
  it('a night: list, teams, one approval, order, muster, tasks, visits over midnight, board, closing', async () => {
    const { id, teamId } = await drafted(w)
    const submitted = await w.as('xu').do(operations.submit, { id, baseVersion: await versionOf(w, 'xu', id) })
    expect((await w.as('chen').do(todos.mine, { kind: 'campaign.approve', limit: 50 })).rows.find((t) => t.subjectId === id)?.why).toContain('附名单 2 家')
    await w.as('chen').do(operations.approve, { id, baseVersion: submitted.version, opinion: '同意，注意安全' })
    expect(await w.as('chen').do(operations.get, { id })).toMatchObject({ state: 'APPROVED', annexCount: 2, decidedByName: '陈岸平', opinion: '同意，注意安全' })
    await w.as('xu').do(operations.start, { id, baseVersion: submitted.version + 1 })
    expect((await w.as('lin').do(todos.mine, { kind: 'campaign.muster', limit: 50 })).rows.some((t) => t.subjectId === id)).toBe(true)

    await w.as('he').do(operations.signIn, { id, state: 'ON_WAY' })
    await w.as('lin').do(operations.signIn, { id, state: 'PRESENT' })
    await w.as('xu').do(operations.mark, { id, personIds: [castIds.wang], state: 'PRESENT' })
    expect(await w.as('xu').do(operations.muster, { id })).toMatchObject({ date: '2026-03-05', expected: 3, present: 2, onWay: 1, absent: 0, unknown: 0 })
    expect((await w.as('lin').do(todos.mine, { kind: 'campaign.muster', limit: 50 })).rows.some((t) => t.subjectId === id)).toBe(false)

    const task = { id, teamId, kind: 'ADMIN_SPECIAL' as const, plannedOn: '2026-03-05' }
    expect((await w.as('wang').do(operations.checkTasks, { ...task, siteIds: [ids.site].join(',') as never })).sites[0]?.warnings).toContain('年度频次上限尚未配置，请注意控制检查次数')
    const { visits: made } = await w.as('wang').do(operations.dispatch, { ...task, siteIds: [ids.site, ids.otherSite], officerIds: [castIds.wang, castIds.he] })
    expect(await w.as('he').do(visits.get, { id: made[0]!.id })).toMatchObject({ state: 'APPROVED', decidedByName: '陈岸平', planReference: '安应急〔2026〕8号' })
    expect((await w.as('he').do(todos.mine, { kind: 'visit.do', limit: 50 })).rows.map((t) => t.subjectId)).toEqual(expect.arrayContaining(made.map((v) => v.id)))
    expect((await w.as('xu').do(operations.teams, { id })).teams[0]).toMatchObject({ leaderId: castIds.wang, vehicle: '应急01', route: [{ siteId: ids.site, state: 'TAKEN' }, { siteId: ids.otherSite, state: 'TAKEN' }] })

    const [photo] = await photos(w, 'lin', 1)
    const found = { id: randomUUID(), category: 'XC-01', location: '东门', description: '疏散通道堆放货物', requirement: '立即清理', photosBefore: [photo!] }
    await w.as('lin').do(visits.record, patrolled(w, id, teamId, { findings: [found] }))
    w.advance({ hours: 3, minutes: 40 })
    await w.as('lin').do(visits.record, patrolled(w, id, teamId))
    const overview = await w.as('xu').do(operations.overview, { id })
    expect(overview.totals).toMatchObject({ persons: 2, people: 2, visits: 2, checks: 2, firms: 1, parks: 0, places: 0, found: 1, fixed: 0, done: 1, taken: 1 })
    expect(overview.quotas[0]).toMatchObject({ base: 2, need: 2, done: 1, gap: 1 })
    const listed = await w.as('xu').do(visits.list, { campaignId: id, states: 'DONE' as never })
    expect([listed.total, new Set(listed.rows.map((r) => r.businessDate))]).toEqual([2, new Set(['2026-03-05'])])
    expect((await w.as('xu').do(hazards.list, { campaignId: id })).rows.map((h) => h.id)).toEqual([found.id])
    expect((await w.as('xu').do(operations.targets, { id, checked: 'true' })).rows.map((t) => [t.siteId, t.checks])).toEqual([[ids.site, 2]])

    const board = await w.as('xu').do(operations.board, { id })
    expect(board.board).toMatchObject({ businessDate: '2026-03-05', totals: { found: 1 }, stream: [{ id: found.id, teamName: '第1检查组' }], teams: [{ name: '第1检查组', members: 3, present: 2, visits: 2, lastSite: '安川澜湖精密五金有限公司' }] })
    expect(await w.as('xu').do(operations.board, { id, since: board.tag })).toMatchObject({ unchanged: true, board: null })
    expect((await w.as('xu').do(operations.points, { id })).total).toBe(2)

    await w.as('xu').do(operations.finish, { id, baseVersion: await versionOf(w, 'xu', id) })
    const facts = await w.as('chen').do(operations.report, { id })
    const draft = strFromU8(unzipSync((await w.as('chen').call(operations.reportWord, { id })).bytes)['word/document.xml']!).replace(/<[^>]+>/g, '')
    for (const words of ['全区夜间统一执法总结（草稿）', '企业1家、其他场所0家，共2家次', '未销号1宗', '第1检查组（组长王砚川）']) expect(draft).toContain(words)
    expect((await w.as('qian').call(operations.reportWord, { id })).status).toBe(404)
    expect(facts).toMatchObject({ totals: { checks: 2, firms: 1 }, common: [{ category: 'XC-01', hazards: 1, sites: 1, checked: 1 }], openHazards: 1, unvisited: 1 })
    await w.as('xu').do(operations.resume, { id, baseVersion: await versionOf(w, 'xu', id), reason: '还有一家未查' })
    await w.as('xu').do(operations.finish, { id, baseVersion: await versionOf(w, 'xu', id) })
    await w.as('chen').do(operations.close, { id, baseVersion: await versionOf(w, 'chen', id), closing: '检查企业1家次，隐患继续跟踪。' })
    expect((await w.as('chen').do(operations.get, { id })).timeline.map((e) => e.label)).toEqual(expect.arrayContaining(['拟制行动', '报批', '批准', '下达命令，启动', '派任务', '登记到位', '转入收尾', '办结']))
    w.advance({ hours: -3, minutes: -40 })
  })
  it('a phone that comes back late is still counted, after the action was closed', async () => {
    const { id, teamId } = await running(w)
    await w.as('xu').do(operations.finish, { id, baseVersion: await versionOf(w, 'xu', id) })
    await w.as('chen').do(operations.close, { id, baseVersion: await versionOf(w, 'chen', id), closing: '已完成' })
    await w.as('lin').do(visits.record, patrolled(w, id, teamId))
    expect((await w.as('xu').do(operations.overview, { id })).totals).toMatchObject({ visits: 1, persons: 1 })
  })
  it('two actions over the same site: each says so, each counts its own visits', async () => {
    const first = await running(w, { name: '第一次行动' })
    const second = await running(w, { name: '第二次行动' })
    const target = (await w.as('xu').do(operations.targets, { id: second.id })).rows.find((t) => t.siteId === ids.site)
    expect(target?.also).toContain('第一次行动')
    expect((await w.as('xu').do(operations.preview, { id: second.id })).others.map((o) => o.name)).toContain('第一次行动')
    await w.as('lin').do(visits.record, patrolled(w, first.id, first.teamId))
    expect([(await w.as('xu').do(operations.overview, { id: first.id })).totals.firms, (await w.as('xu').do(operations.overview, { id: second.id })).totals.firms]).toEqual([1, 0])
  })
  it('先大后小: reaching the first wave opens the second; a leader may open it before, with a reason', async () => {
    const waves = [{ name: '第一批 百人以上', minEmployees: 100, threshold: 500 }, { name: '第二批 其余' }]
    const { id, teamId } = await running(w, { scheme: { objects: {}, visitKinds: ['PATROL'], waves } })
    await w.as('lin').do(visits.record, patrolled(w, id, teamId))
    expect((await w.as('xu').do(operations.overview, { id })).waves[0]).toMatchObject({ total: 2, done: 1, permille: 500, reached: true, open: true })
    w.advance({ minutes: 1 })
    await w.runJobs()
    expect(await w.as('xu').do(operations.get, { id })).toMatchObject({ openWave: 2 })
    expect(await code(w.as('xu').call(operations.openWave, { id, baseVersion: await versionOf(w, 'xu', id), reason: '再开' }))).toBe('campaign.no_more_waves')
    const early = await running(w, { scheme: { objects: {}, visitKinds: ['PATROL'], waves } })
    await w.as('xu').do(operations.openWave, { id: early.id, baseVersion: await versionOf(w, 'xu', early.id), reason: '力量有余' })
    expect((await w.as('xu').do(operations.get, { id: early.id })).openWave).toBe(2)
  })
  it('counters equal a full recount after visits, voids, drops and folding', async () => {
    const { id, teamId } = await running(w)
    const whole = { ...systemActor(), reach: { areas: [rangeOf('990100000000')], grids: [], enterprises: [] } }
    const same = async () => {
      const sorted = (all: { street: string; metric: string; part: string; n: number }[]) => all.map((c) => `${c.metric}|${c.street}|${c.part}|${c.n}`).sort()
      const tx = w.app.db.all as never
      expect(sorted(await cells(tx, whole, id))).toEqual(sorted(await recount(tx, whole, id)))
    }
    const recorded = []
    for (let i = 0; i < 4; i++) recorded.push(await w.as('lin').do(visits.record, patrolled(w, id, teamId, i === 3 ? { outcome: 'CLOSED', outcomePhotos: await photos(w, 'lin', 1) } : {})))
    await same()
    await w.as('zhou').do(visits.void, { id: recorded[0]!.id, baseVersion: recorded[0]!.version, reason: '误录' })
    await same()
    await w.as('xu').do(operations.dropTargets, { id, siteIds: [ids.otherSite], reason: '已搬迁' })
    await same()
    w.advance({ minutes: 1 })
    await w.runJobs()
    await same()
    for (const one of recorded.slice(1, 3)) await w.as('zhou').do(visits.void, { id: one.id, baseVersion: one.version, reason: '误录' })
    await same()
    expect((await w.as('xu').do(operations.overview, { id })).totals).toMatchObject({ visits: 1, checks: 0, firms: 0, taken: 0, toDo: 1, dropped: 1 })
  })
  it('packs are data: the shipped ones, and a bureau\'s own in their place', async () => {
    expect((await w.as('xu').do(operations.packs, {})).packs.map((p) => p.code)).toEqual(packs.map((p) => p.code))
    await w.as('xu').do(operations.savePack, { areaCode: areas.district, pack: { ...packs[0]!, name: '夜查（本区）' } })
    expect((await w.as('xu').do(operations.packs, {})).packs.find((p) => p.code === 'NIGHT')).toMatchObject({ name: '夜查（本区）', own: true, version: 1, savedByName: '许听澜' })
    expect((await w.as('xu').call(operations.savePack, { areaCode: areas.district, pack: packs[0]!, baseVersion: 0 })).problem.code).toBe('common.stale')
    expect(await w.as('xu').do(operations.savePack, { areaCode: areas.district, pack: packs[0]!, baseVersion: 1 })).toEqual({ code: 'NIGHT', version: 2 })
    expect((await w.as('wang').call(operations.savePack, { areaCode: areas.district, pack: packs[0]! })).status).toBe(403)
  })
  it('edit after sending up asks for the decision anew; void leaves its reason', async () => {
    const { id } = await drafted(w)
    const sent = await w.as('xu').do(operations.submit, { id, baseVersion: await versionOf(w, 'xu', id) })
    const { areaCode: _, id: __, ...plan } = night({ name: '改名的行动' })
    const edited = await w.as('xu').do(operations.edit, { id, baseVersion: sent.version, ...plan })
    expect(await w.as('xu').do(operations.get, { id })).toMatchObject({ name: '改名的行动', submittedAt: null })
    await w.as('xu').do(operations.void, { id, baseVersion: edited.version, reason: '与市局行动合并' })
    expect(await w.as('xu').do(operations.get, { id })).toMatchObject({ state: 'VOID', voidReason: '与市局行动合并' })
  })
  it('挂图作战: a task with owner and last day, its progress, and red when late', async () => {
    const { id } = await running(w, { kind: 'YEARS', startsAt: '2026-03-01T01:00:00Z', endsAt: '2028-12-31T10:00:00Z' })
    const task = { id, taskId: randomUUID(), line: '责任落实', title: '轮训主要负责人', unit: '执法监督一科', ownerId: castIds.wang, startsOn: '2026-03-01', dueOn: '2026-03-06' }
    const made = await w.as('xu').do(operations.setTask, task)
    expect((await w.as('wang').do(todos.mine, { kind: 'campaign.task', limit: 50 })).rows.map((t) => t.title)).toEqual(['作战任务：轮训主要负责人'])
    expect(await code(w.as('he').call(operations.reportTask, { id, taskId: task.taskId, baseVersion: made.version, progress: 50, note: '过半' }))).toBe('campaign.task_not_yours')
    const half = await w.as('wang').do(operations.reportTask, { id, taskId: task.taskId, baseVersion: made.version, progress: 50, note: '过半' })
    w.advance({ days: 2 })
    expect((await w.as('xu').do(operations.chart, { id })).tasks[0]).toMatchObject({ state: 'RUNNING', progress: 50, late: true })
    await w.as('wang').do(operations.reportTask, { id, taskId: task.taskId, baseVersion: half.version, progress: 100, note: '全部完成', done: true })
    expect((await w.as('xu').do(operations.chart, { id })).tasks[0]).toMatchObject({ state: 'DONE', late: false, doneOn: '2026-03-07' })
    expect((await w.as('wang').do(todos.mine, { kind: 'campaign.task', limit: 50 })).total).toBe(0)
    expect(await code(w.as('xu').call(operations.setTask, { ...task, taskId: randomUUID(), dueOn: '2026-02-01' }))).toBe('campaign.task_dates')
    w.advance({ days: -2 })
  })
  it('candidates are colleagues with their certificates and teams; a team that did nothing may go', async () => {
    const { id } = await drafted(w)
    const { people } = await w.as('xu').do(operations.candidates, { id })
    expect(people.find((p) => p.name === '王砚川')).toMatchObject({ certificateNo: '990101001', teamName: '第1检查组' })
    expect(people.some((p) => p.name === '钱牧野' || p.name === '赵启澄')).toBe(false)
    const spare = await w.as('xu').do(operations.setTeam, teamOf(id, { name: '第2检查组', members: [] }))
    expect((await w.as('xu').do(operations.removeTeam, { id, teamId: spare.id, baseVersion: spare.version, reason: '并组' })).teams).toHaveLength(1)
  })
})
