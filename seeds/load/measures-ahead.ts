import { sql } from 'kysely'
import type { App } from '../../apps/server/app.ts'
import { addDays, localDate } from '../../kernel/core/time.ts'
import type { World } from '../world.ts'
import { speaker } from './ahead.ts'
import { idOf } from './bulk.ts'
import { signaturePicture } from './photos.ts'

interface Paper {
  readonly id: string
  readonly version: number
}
interface Ground {
  readonly visit: string
  readonly site: string
  readonly enterprise: string
  readonly principal: string
}
type Say = (login: 'wang' | 'he' | 'xu' | 'chen', act: string, more?: Record<string, unknown>) => Promise<void>

const things = [
  { name: '湿式除尘器', spec: 'SC-12', quantity: '1台', place: '打磨车间东侧' }, { name: '喷涂房', quantity: '1间', place: '二楼西侧' }, { name: '稀释剂', spec: '200升/桶', quantity: '6桶', place: '临时堆放棚' },
  { name: '铝镁抛光机', quantity: '3台', place: '抛光车间' }, { name: '锂电池充电柜', quantity: '2组', place: '仓库夹层' },
] as const

/** Sealed and seized things at every point of their clock, a talk that was held and one being written: through the product's own door, so that clocks, todos and messages are what they would be. */
export async function measuresAhead(app: App, world: World, password: string): Promise<void> {
  const grounds = await groundsOf(app)
  const send = speaker(app, password)
  const officers = ['wang', 'he'].map((ref) => idOf('person', ref))
  const now = new Date(world.now).toISOString()
  const today = localDate(now)
  let pictures = 0
  const upload = async (login: 'wang' | 'he', enterpriseId: string): Promise<string> => {
    const id = idOf('ahead-signature', String(++pictures))
    await send(login, `/attachments/${id}?${new URLSearchParams({ takenAt: now, enterpriseId })}`, await signaturePicture(pictures), `signature ${pictures}`)
    return id
  }
  const begin = async (name: string, ground: Ground, given: Record<string, unknown>): Promise<{ id: string; say: Say; sign: () => Promise<void> }> => {
    const id = idOf('ahead-paper', name)
    let at = await send<Paper>('wang', '/papers', { id, officers, ...given }, `paper ${name}`)
    const say: Say = async (login, act, more = {}) => {
      at = await send<Paper>(login, `/papers/${id}/${act}`, { baseVersion: at.version, ...more }, `paper ${name} ${act} ${login}`)
    }
    const sign = async () => {
      for (const login of ['wang', 'he'] as const) await say(login, 'sign', { attachmentId: await upload(login, ground.enterprise) })
      await say('wang', 'receive', { signer: ground.principal, duty: '主要负责人', attachmentId: await upload('wang', ground.enterprise) })
    }
    return { id, say, sign }
  }
  const sealing = (i: number, sealReason: string, more: Record<string, unknown> = {}) => ({ visitId: grounds[i]!.visit, type: 'D09', sealing: { sealKind: 'SEAL', sealReason, lawfulThings: true, things: [things[i]], ...more } })
  const serve = (i: number) => ({ method: 'DIRECT', servedOn: today, receiver: grounds[i]!.principal })
  const decided = async (name: string, i: number, reason: string, more: Record<string, unknown> = {}) => {
    const paper = await begin(name, grounds[i]!, sealing(i, reason, more))
    await paper.say('wang', 'submit')
    await paper.say('chen', 'approve', { note: '同意，注意按期处理' })
    await paper.say('wang', 'issue')
    await paper.sign()
    await paper.say('wang', 'serve', serve(i))
    return paper.id
  }
  if (grounds.length < things.length) throw new Error('没有足够的检查可作查封扣押的依据')

  await decided('near its end', 0, '除尘系统未按规定清灰，有爆炸危险', { days: 6 })
  const tested = await decided('being tested', 2, '危险物品超量存放，性质待检验', { sealKind: 'DETAIN' })
  const detained = await measureOf(app, tested)
  await send<Paper>('wang', `/measures/${detained.id}/testing`, { baseVersion: detained.version, testingId: idOf('ahead-testing', 'solvent'), what: '闪点和成分', lab: '安川市产品质量检验所', from: today, notice: '书面告知当事人检验期间不计入期限' }, 'measure testing')

  const lifted = await decided('lifted', 3, '抛光粉尘未收集')
  const release = await begin('lifted release', grounds[3]!, { type: 'D11', referId: lifted, release: { releaseReason: '企业已装设除尘系统，复查合格', returned: '封条已去除，设备当场交还' } })
  await release.say('wang', 'submit')
  await release.say('xu', 'approve', { note: '同意' })
  await release.say('wang', 'issue')
  await release.sign()
  await release.say('wang', 'serve', serve(3))

  const urgent = await begin('urgent', grounds[4]!, sealing(4, '电池违规充电，随时可能起火', { urgent: true, heard: '当事人要求先转移，已告知不得自行启用' }))
  await urgent.say('wang', 'issue')
  const waiting = await begin('waiting for the head', grounds[1]!, sealing(1, '喷涂房与明火作业未分隔'))
  await waiting.say('wang', 'submit')
  await talks(begin, grounds, now)
}

type Begin = (name: string, ground: Ground, given: Record<string, unknown>) => Promise<{ say: Say; sign: () => Promise<void> }>

/** One that was held, one being written. */
async function talks(begin: Begin, grounds: readonly Ground[], now: string): Promise<void> {
  const today = localDate(now)
  const talk = (said: string, promise: string, days: number) => ({ talkKind: 'REMIND', reasons: ['DUTY'], heldAt: now, talkPlace: '区应急管理局二楼谈话室', attendance: [{ name: '王砚川', duty: '执法人员', side: 'OFFICE' }, { name: grounds[0]!.principal, duty: '主要负责人', side: 'PARTY' }], said, promises: [{ promise, promiseDueOn: addDays(today, days) }] })
  const held = await begin('talk', grounds[0]!, { type: 'D27', siteId: grounds[0]!.site, talk: talk('通报同类粉尘事故，指出清灰制度没有执行，要求主要负责人每周带队检查', '建立清灰记录并逐班签字', 15) })
  await held.say('wang', 'issue')
  await held.sign()
  await begin('talk being written', grounds[1]!, { type: 'D27', siteId: grounds[1]!.site, talk: { ...talk('提醒喷涂作业的安全要求', '完成喷涂房改造方案', 20), talkKind: 'SUMMON', attendance: [{ name: '陈岸平', duty: '分管负责人', side: 'OFFICE' }, { name: grounds[1]!.principal, duty: '主要负责人', side: 'PARTY' }] } })
}

/** The newest inspections of Wang and He with a signed record, of as many enterprises as there are. */
async function groundsOf(app: App): Promise<Ground[]> {
  const pair = ['wang', 'he'].map((ref) => idOf('person', ref))
  const { rows } = await sql<Ground>`
    select p.visit_id as visit, p.site_id as site, p.enterprise_id as enterprise, e.principal_name as principal from paper p join enterprise e on e.id = p.enterprise_id
    where p.type = 'D04' and p.state = 'SIGNED' and p.officers @> ${pair}::uuid[] and cardinality(p.officers) = 2
    order by row_number() over (partition by p.enterprise_id order by p.issued_on desc, p.id), p.issued_on desc, p.id limit ${things.length}`.execute(app.db.all)
  return rows
}

const measureOf = async (app: App, paperId: string): Promise<Paper> => (await sql<Paper>`select id, version from seal_measure where paper_id = ${paperId}`.execute(app.db.all)).rows[0]!
