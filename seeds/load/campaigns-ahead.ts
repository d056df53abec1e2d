import type { App } from '../../apps/server/app.ts'
import { commitmentOf } from '../../capabilities/campaign/draw.ts'
import { packs } from '../../capabilities/campaign/packs.data.ts'
import { Pack } from '../../capabilities/campaign/scheme.ts'
import { zhDate } from '../../kernel/core/time-zh.ts'
import { addDays, instantOf } from '../../kernel/core/time.ts'
import { dateText, dayOf } from '../calendar.ts'
import type { World } from '../world.ts'
import { speaker } from './ahead.ts'
import { idOf } from './bulk.ts'

type Moved = { id: string; version: number }
const district = '990101000000'

/** What runs in the demo: a dust campaign with a team at work and a frozen draw, and three years of tasks; all through the product's own door. */
export async function campaignsAhead(app: App, world: World, password: string): Promise<void> {
  const send = speaker(app, password)
  const today = dateText(dayOf(world.now))
  // Lin's own street, so that the cast's grid officer is among its people.
  const street = (world.region.streets.find((s) => s.name === '望汀街道') ?? world.region.streets[0]!).code
  const pack = (code: string) => Pack.parse(packs.find((p) => p.code === code))
  const begin = async (code: string, given: { name: string; from: string; to: string; areas: string[]; prepare: (id: string) => Promise<void> }): Promise<string> => {
    const { kind, scheme } = pack(code)
    const id = idOf('campaign', `ahead ${code}`)
    const step = (name: string) => `campaign ${code} ${name}`
    let at = await send<Moved>('xu', '/campaigns', { id, areaCode: district, pack: code, name: given.name, kind, basis: `安应急〔${today.slice(0, 4)}〕41号`, publishedOn: addDays(given.from, -5), areas: given.areas, startsAt: instantOf(given.from, '08:30').toISOString(), endsAt: instantOf(given.to, '18:00').toISOString(), scheme }, step('create'))
    await given.prepare(id)
    at = await send<Moved>('xu', `/campaigns/${id}/submit`, { baseVersion: at.version }, step('submit'))
    at = await send<Moved>('chen', `/campaigns/${id}/approve`, { baseVersion: at.version, opinion: '同意，注意统筹，避免重复入企' }, step('approve'))
    await send<Moved>('xu', `/campaigns/${id}/start`, { baseVersion: at.version }, step('start'))
    return id
  }
  const person = (ref: string) => idOf('person', ref)
  const dust = await begin('DUST', {
    name: '冬季粉尘涉爆专项检查', from: addDays(today, -3), to: addDays(today, 45), areas: [street],
    prepare: async (id) => {
      await send('xu', `/campaigns/${id}/targets`, { areaCodes: [] }, 'campaign DUST targets')
      await send('xu', `/campaigns/${id}/teams`, { teamId: idOf('campaign-team', 'ahead DUST'), name: '专项检查组', kind: 'CHECK', areaCode: street, vehicle: '应急01', members: [{ personId: person('wang'), part: 'LEADER' }, { personId: person('he'), part: 'OFFICER' }, { personId: person('lin'), part: 'GRID' }] }, 'campaign DUST team', 'PUT')
    },
  })
  const drawId = idOf('draw', 'ahead DUST')
  await send('xu', `/campaigns/${dust}/draws`, {
    drawId, title: '粉尘涉爆企业双随机抽查', strata: ['RED', 'ORANGE', 'YELLOW', 'BLUE', 'NONE'].map((stratum) => ({ stratum, permille: stratum === 'RED' ? 1000 : stratum === 'ORANGE' ? 500 : 200, reserves: 2 })), officerIds: ['wang', 'he', 'lu'].map(person),
    publicSource: `福彩3D ${zhDate(addDays(today, 1))}开奖号码`, publicAt: instantOf(addDays(today, 1), '21:30').toISOString(),
  }, 'campaign DUST draw')
  await send('wei', `/campaigns/${dust}/draws/${drawId}/commit`, { commitment: commitmentOf(drawId, person('wei'), '法制审核的原文 4c1d93e07fa2') }, 'campaign DUST commit')
  await threeYears(send, today, begin, pack('THREE_YEARS'), person)
}

async function threeYears(send: ReturnType<typeof speaker>, today: string, begin: (code: string, given: { name: string; from: string; to: string; areas: string[]; prepare: (id: string) => Promise<void> }) => Promise<string>, pack: Pack, person: (ref: string) => string): Promise<void> {
  const from = `${today.slice(0, 4)}-01-01`
  const id = await begin('THREE_YEARS', {
    name: '安全生产治本攻坚三年行动', from, to: `${Number(today.slice(0, 4)) + 2}-12-31`, areas: [district],
    prepare: async (own) => {
      for (const [i, task] of pack.tasks.entries())
        await send('xu', `/campaigns/${own}/chart`, { taskId: idOf('campaign-task', String(i)), line: task.line, title: task.title, measure: task.measure, unit: task.unit, ownerId: person(['wang', 'he', 'zhou', 'xu'][i % 4]!), startsOn: addDays(from, task.fromDay), dueOn: addDays(from, task.dueDay) }, `campaign chart ${i}`, 'PUT')
    },
  })
  const report = (i: number, who: 'wang' | 'he' | 'zhou', given: Record<string, unknown>) => send(who, `/campaigns/${id}/chart/report`, { taskId: idOf('campaign-task', String(i)), baseVersion: 1, ...given }, `campaign report ${i}`)
  await report(0, 'wang', { progress: 100, note: '全部行业轮训完毕', done: true })
  await report(1, 'he', { progress: 70, note: '视频已制作，正在下发' })
  await report(2, 'zhou', { progress: 45, note: '第三季度已上报' })
}
