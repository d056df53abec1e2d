import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { areas, castIds, type CastName, castPassword, ids } from '../../../house/cast.ts'
import { root } from '../../../house/sources.ts'
import { type World, world } from '../../../house/world.ts'
import { releases, UNDERSTOOD } from '../../../kernel/core/release.ts'
import { mount } from '../../../kernel/server/capability.ts'
import { operations as attachments } from '../../attachment/operations.ts'
import { operations as campaigns } from '../../campaign/operations.ts'
import { running } from '../../campaign/server/fixtures.ts'
import { wordsOf } from '../../enforcement/compose.ts'
import { operations as papers } from '../../enforcement/operations.ts'
import { approvedPaper, draftOf, itemsOf, recorded, signed, visited } from '../../enforcement/server/fixtures.ts'
import { operations as enterprises } from '../../enterprise/operations.ts'
import { operations as hazards } from '../../hazard/operations.ts'
import { confirmed, inDays, on, photo, plan, reported } from '../../hazard/server/fixtures.ts'
import { operations as todos } from '../../todo/operations.ts'
import { operations as visits } from '../../visit/operations.ts'
import { after, alone, approved, inspection, photos, withChecklists, yc } from '../../visit/server/fixtures.ts'
import { operations } from '../operations.ts'

/**
 * One day of phones and desks as it went over the wire, kept for each release of the app. The server of today replays it: an old
 * phone's commands are taken, and their answers still carry what that phone reads. Recorded anew, for a new release only, by
 *   ANGRID_RECORD=1 npx vitest run capabilities/sync/server/releases.test.ts
 */
interface Sent {
  readonly who: CastName
  readonly operation: string
  /** Milliseconds since the start of the day. */
  readonly at: number
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly text?: string
  readonly bytes?: string
  /** Top-level fields of the answer. */
  readonly answered: readonly string[]
}

const start = new Date('2026-03-05T01:00:00Z')
const fileOf = (release: string) => join(root, `capabilities/sync/commands-${release}.data.json`)
const worlds: World[] = []
afterAll(() => Promise.all(worlds.map((w) => w.close())))

async function morning(): Promise<World> {
  const w = await world(start)
  worlds.push(w)
  await withChecklists(w)
  // A todo has its id from the server: one that is the same on every such morning can be recorded and replayed.
  await w.app.db.pool.query(
    `insert into todo (id, kind, subject_aggregate, subject_id, title, why, verb, area_code, grid_id, enterprise_id, link, dedupe_key, opened_at) values ($1, 'test.go', 'test', $1, '现场核实', '热线反映', 'visit.inspect', $2, $3, $4, '/visits', 'test', $5)`,
    [shared, areas.community, ids.grid, ids.enterprise, start],
  )
  return w
}

const shared = '0199bbbb-0000-7000-8000-000000000002'
const device = '0199bbbb-0000-7000-8000-000000000001'

/** Everything a phone may queue, with what desks do in between. Commands only: what is read leaves nothing to replay. */
async function day(w: World): Promise<void> {
  await w.as('lin').do(operations.registerDevice, { id: device, name: '林的手机', app: '1' })
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a52', noise: { type: 'gaussian', mean: 90, sigma: 30 } } }).jpeg().toBuffer()
  const upload = { id: randomUUID(), name: '现场.jpg', sha256: createHash('sha256').update(picture).digest('hex'), size: picture.length, takenAt: start.toISOString(), mockLocation: false, clockDrift: 4 }
  await w.as('lin').do(attachments.begin, upload)
  await w.as('lin').do(attachments.chunk, { id: upload.id, offset: 0 }, { body: picture.subarray(0, 300) })
  await w.as('lin').do(attachments.chunk, { id: upload.id, offset: 300 }, { body: picture.subarray(300) })
  await w.as('lin').do(visits.record, { id: randomUUID(), kind: 'PATROL', siteId: ids.site, people: alone('lin'), taskSource: 'GRID_PLAN', arrivedAt: after(w, -20), leftAt: after(w, -10), outcome: 'LOCKED', outcomePhotos: [upload.id] })
  const seen = await reported(w, 'lin', { source: 'PATROL', fixedOnSite: true, photosAfter: [await photo(w, 'lin')] })
  await w.as('wang').do(hazards.confirm, { ...(await on(w, seen.id)), level: 'GENERAL' })
  await w.as('lin').do(hazards.verifyFix, { ...(await on(w, seen.id)), verified: true })
  const fixed = await confirmed(w)
  await w.as('lin').do(hazards.fixOnSite, { ...(await on(w, fixed.id)), photosAfter: [await photo(w, 'lin')] })
  const own = await reported(w, 'zhao', { source: 'INSPECTION' })
  await w.as('wang').do(hazards.confirm, { ...(await on(w, own.id)), level: 'GENERAL' })
  await w.as('zhao').do(hazards.start, { ...(await on(w, own.id)), dueOn: inDays(w, 12) })
  await inspect(w)
  await order(w)
  await onSpot(w)
  const action = await running(w)
  await w.as('lin').do(campaigns.signIn, { id: action.id, state: 'PRESENT' })
  const { version } = await w.as('lin').do(enterprises.get, { id: ids.enterprise })
  await w.as('lin').do(enterprises.setState, { id: ids.enterprise, baseVersion: version, state: 'VOLUNTARY_STOP', reason: '停产检修' })
  await w.as('wang').do(todos.take, { id: shared })
  await w.as('wang').do(todos.giveBack, { id: shared, reason: '今天到不了现场' })
  const arranged = await approved(w)
  await w.as('wang').do(visits.handBack, { id: arranged.id, baseVersion: arranged.version, reason: '当日另有抢险' })
}

async function inspect(w: World): Promise<void> {
  const { id, version } = await approved(w)
  const signs = await photos(w, 'wang', 3)
  const started = await w.as('wang').do(visits.start, { id, baseVersion: version, arrivedAt: after(w, -30), idShownAt: after(w, -29), informedAt: after(w, -28) })
  await w.as('wang').do(visits.saveAnswers, { id, answers: [{ versionId: yc.id, itemCode: 'YC-01', answer: { answer: 'COMPLIES' } }] })
  const left = await w.as('wang').do(visits.leave, { id, baseVersion: started.version, leftAt: after(w, -1) })
  const done = await w.as('wang').do(visits.record, inspection(w, id, { baseVersion: left.version, signs, arrivedAt: after(w, -30), scan: undefined }))
  await w.as('wang').do(visits.addScan, { id, baseVersion: done.version, moment: 'ADDED', scannedAt: after(w, -30), reason: '地下车间无信号' })
}

/** A paper issued without a line, served; put right, and looked at again. */
async function order(w: World): Promise<void> {
  const found = await visited(w)
  await recorded(w, found)
  const paper = await approvedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) }))
  const blockId = randomUUID()
  const { rows } = await w.as('wang').do(papers.reserve, { deviceId: device, blocks: [{ id: blockId, type: 'D06', count: 3 }] })
  const seq = rows[0]!.numbers[0]!.seq
  const issued = await w.as('wang').do(papers.issue, { id: paper.id, baseVersion: paper.version, number: { blockId, seq, issuedAt: w.app.clock.now().toISOString() } }, { headers: { 'x-device': device } })
  const ready = await signed(w, issued)
  await w.as('wang').do(papers.serve, { id: paper.id, baseVersion: ready.version, method: 'DIRECT', servedOn: inDays(w, 0), receiver: '冯立勤' })
  await w.as('wang').do(papers.giveBack, { id: blockId, baseVersion: 1, reason: '任务结束' })
  const { id } = found.hazards[0]!
  await w.as('zhao').do(hazards.acknowledge, { ...(await on(w, id)), plan: plan(inDays(w, 8)) })
  await w.as('zhao').do(hazards.submit, { ...(await on(w, id, 'zhao')), photosAfter: [await photo(w, 'zhao')], note: '已更换' })
  await w.as('xu').do(hazards.assignReinspection, { ...(await on(w, id)), officers: [castIds.wang, castIds.he] })
  await w.as('wang').do(hazards.reinspect, { ...(await on(w, id)), officers: [castIds.wang, castIds.he], passed: true, note: '已整改到位' })
}

/** The record of an inspection, written, signed and kept on the phone until the line was back. */
async function onSpot(w: World): Promise<void> {
  const found = await visited(w)
  const issuedAt = w.app.clock.now().toISOString()
  const { id, ...draft } = draftOf('D04', found, { checked: '用电、通风', handling: '责令限期整改' })
  const trial = await w.as('wang').do(papers.draft, { id: randomUUID(), ...draft })
  await w.as('wang').do(papers.cancel, { id: trial.id, baseVersion: trial.version, reason: '只看文字' })
  const [one, two, party] = await photos(w, 'wang', 3)
  const marks = [{ personId: castIds.wang, attachmentId: one! }, { personId: castIds.he, attachmentId: two! }]
  await w.as('wang').do(papers.onSpot, { id, draft, issuedAt, words: wordsOf(trial.content, inDays(w, 0)), marks, party: { signed: true, signer: '赵启澄', duty: '安全管理员', attachmentId: party! } }, { headers: { 'x-device': device } })
}

interface Injected {
  method: string
  url: string
  headers: Record<string, string>
  payload?: string | Buffer | { login?: string }
}
interface Heard {
  statusCode: number
  headers: Record<string, unknown>
  json(): Record<string, unknown>
}

const kept = ['x-angrid', 'content-type', 'idempotency-key', 'x-device', 'x-file-name']

/** Listens to everything that is sent, as phones of a release. */
function listen(w: World, release: string): Sent[] {
  const heard: Sent[] = []
  const names = new Map<string, CastName>()
  const http = w.app.http as unknown as { inject(request: Injected): Promise<Heard> }
  const real = http.inject.bind(http)
  http.inject = async (request) => {
    const answer = await real({ ...request, headers: { ...request.headers, 'x-angrid-app': release } })
    const { payload } = request
    if (request.url === '/api/sign-in') names.set(String(answer.headers['set-cookie']).split(';')[0]!, (payload as { login: CastName }).login)
    else if (request.method !== 'GET' && answer.statusCode === 200) {
      const headers = Object.fromEntries(kept.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])))
      heard.push({
        who: names.get(request.headers.cookie!)!, operation: nameOf(w, request), at: w.app.clock.now().getTime() - start.getTime(), method: request.method, url: request.url, headers, answered: Object.keys(answer.json()).sort(),
        ...(typeof payload === 'string' ? { text: payload } : {}), ...(Buffer.isBuffer(payload) ? { bytes: payload.toString('base64') } : {}),
      })
    }
    return answer
  }
  return heard
}

function nameOf(w: World, request: Injected): string {
  const path = request.url.replace(/^\/api|\?.*$/g, '').split('/')
  const fits = (asked: string) => asked.split('/').length === path.length && asked.split('/').every((part, i) => part.startsWith(':') || part === path[i])
  const all = [...mount(w.app.capabilities).values()].filter(({ operation }) => operation.method === request.method && fits(operation.path))
  return all.sort((a, b) => a.operation.path.split(':').length - b.operation.path.split(':').length)[0]!.name
}

async function replay(w: World, sent: readonly Sent[], release: string): Promise<{ operation: string; status: number; lacking: string[]; text: string }[]> {
  const cookies = new Map<CastName, string>()
  const wrong = []
  for (const one of sent) {
    w.app.clock.advance(start.getTime() + one.at - w.app.clock.now().getTime())
    if (!cookies.has(one.who)) {
      const hello = await w.app.http.inject({ method: 'POST', url: '/api/sign-in', headers: { 'x-angrid': '1', 'x-angrid-app': release }, payload: { login: one.who, password: castPassword } })
      cookies.set(one.who, String(hello.headers['set-cookie']).split(';')[0]!)
    }
    const payload = one.bytes === undefined ? one.text : Buffer.from(one.bytes, 'base64')
    const answer = await w.app.http.inject({ method: one.method as 'POST', url: one.url, headers: { ...one.headers, 'x-angrid-app': release, cookie: cookies.get(one.who)! }, ...(payload === undefined ? {} : { payload }) })
    const given = answer.json<Record<string, unknown>>()
    const lacking = one.answered.filter((key) => !(key in given))
    if (answer.statusCode !== 200 || lacking.length) wrong.push({ operation: one.operation, status: answer.statusCode, lacking, text: answer.body.slice(0, 300) })
  }
  return wrong
}

describe('releases of the app', () => {
  if (process.env.ANGRID_RECORD) {
    it('records a day', { timeout: 120_000 }, async () => {
      const w = await morning()
      const heard = listen(w, releases[0]!)
      await day(w)
      writeFileSync(fileOf(releases[0]!), `[\n${heard.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)
    })
  }
  it.each(releases.slice(0, UNDERSTOOD))('what phones of release %s sent is taken, and answered with what they read', { timeout: 120_000 }, async (release) => {
    expect(existsSync(fileOf(release)), 'record it').toBe(true)
    const w = await morning()
    expect(await replay(w, JSON.parse(readFileSync(fileOf(release), 'utf8')) as Sent[], release)).toEqual([])
  })
  it('the newest recording holds every command that a phone may queue', async () => {
    const held = new Set((JSON.parse(readFileSync(fileOf(releases[0]!), 'utf8')) as Sent[]).map((one) => one.operation))
    const offline = [...mount(worlds[0]!.app.capabilities).values()].filter(({ operation }) => operation.offline).map(({ name }) => name)
    expect(offline.length).toBeGreaterThan(10)
    expect(offline.filter((name) => !held.has(name))).toEqual([])
  })
  it('an app that is older is told to update, and loses nothing by it', async () => {
    const w = worlds[0]!
    const before = (await w.app.db.pool.query('select count(*) as n from domain_event')).rows[0].n
    const answer = await w.as('lin').call(operations.registerDevice, { id: randomUUID(), name: '旧应用' }, { headers: { 'x-angrid-app': '0' } })
    expect([answer.status, answer.problem.code, answer.problem.title]).toEqual([410, 'common.app_too_old', '手机应用版本过旧，内容没有丢失，请联网更新后再发送'])
    expect((await w.app.db.pool.query('select count(*) as n from domain_event')).rows[0].n).toBe(before)
    expect((await w.as('lin').call(operations.start, {}, { headers: { 'x-angrid-app': '0' } })).ok.apps).toEqual({ current: '1', oldest: '1' })
  })
})
