/**
 * One recorded visit with 40 answers and 3 hazards, every rule on and durable, beside the same rows in one bare
 * transaction: `npx tsx bench/visit.ts`. Afterwards: nothing acknowledged is lost, nothing is there twice, and a
 * thousand aborted bodies leave no trace.
 */
import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import pg from 'pg'
import sharp from 'sharp'
import { shippedChecklist } from '../capabilities/checklist/library.ts'
import { type Ask, send, type Target } from './load.ts'
import { compare } from './pair.ts'
import { angrid, limit, prepared, statementsOf } from './world.ts'

const seconds = Number(process.env.BENCH_SECONDS ?? 3)
console.log('预备数据（bench）…')
const url = await prepared('bench')
const db = new pg.Client({ connectionString: url })
await db.connect()
const ours = await angrid(url, 'wang')
const bare = await limit(url)
const agent = new Agent({ keepAlive: true })
const yc = shippedChecklist('YC')
const failing = yc.items.filter((item) => item.severity === 'GENERAL').slice(0, 3)
const people = await officers()
const sites = (await db.query<{ id: string }>(`select id from site where area_code like '990101%' and kind = 'PRODUCTION_SITE' and voided_at is null order by md5(id::text)`)).rows.map((row) => row.id)
const pictures = await upload(4)
let n = 0

const acknowledged: string[] = []
const record = (id: string): Ask => {
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  const body = {
    kind: 'ADMIN_CASE', urgent: true, urgentReason: '接报处置', clueKind: 'COMPLAINT', clueNo: `JB-${n}`, taskSource: 'CLUE', purpose: '举报核查', siteId: sites[n % sites.length], versionIds: [yc.id], people,
    arrivedAt: at(50), leftAt: at(1), idShownAt: at(49), informedAt: at(48), scan: { moment: 'BEFORE', scannedAt: at(50) }, outcome: 'CHECKED',
    answers: yc.items.map((item) => ({ versionId: yc.id, itemCode: item.code, answer: failing.includes(item) ? 'FAILS' : 'COMPLIES' })),
    findings: failing.map((item) => ({ id: randomUUID(), versionId: yc.id, itemCode: item.code, category: item.hazardCategory, location: `第${n}车间`, description: `不符合：${item.content}`, requirement: item.defaultRequirement, photosBefore: [pictures[3]] })),
    companion: { name: '到场人员', duty: '安全管理员' }, signature: { state: 'SIGNED', companyAttachmentId: pictures[0], officerAttachmentIds: [pictures[1], pictures[2]] },
  }
  n++
  return { method: 'POST', path: `/api/visits/${id}/record`, headers: { 'idempotency-key': randomUUID() }, body: JSON.stringify(body) }
}

const first = randomUUID()
const tried = await send(ours, record(first), agent)
if (tried.status !== 200) throw new Error(tried.text)
const template = await send(bare, { method: 'GET', path: `/visit-template?visit=${first}` }, agent)
console.log(`行数：${template.text}；一次请求体 ${(record(randomUUID()).body!.length / 1024).toFixed(1)} KB`)
const pair = { angrid: ours, limit: bare, statements: () => statementsOf(ours) }
const payload = record(randomUUID()).body!
const next = () => {
  const id = randomUUID()
  acknowledged.push(id)
  return record(id)
}
for (const concurrency of [1, 64]) {
  await compare(pair, { name: '走访', aim: 0.5, angrid: next, limit: () => ({ method: 'POST', path: '/visit', body: payload }) }, concurrency, seconds)
}
await abort(1000)
await audit()
process.exit(0)

/** The two officers of the demo by their own directory entry. */
async function officers() {
  const { rows } = await db.query<{ person_id: string }>(`select person_id from account where login in ('wang', 'he') order by login desc`)
  return rows.map((row) => ({ personId: row.person_id, part: 'OFFICER', conflictDeclared: true }))
}

async function upload(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const id = randomUUID()
    const body = await sharp({ create: { width: 64, height: 64, channels: 3, background: { r: i * 60, g: 90, b: 200 - i * 40 } } }).jpeg().toBuffer()
    const answer = await fetch(`http://127.0.0.1:${ours.port}/api/attachments/${id}`, { method: 'POST', headers: { ...ours.headers, 'idempotency-key': id, 'content-type': 'application/octet-stream', 'x-file-name': 'bench.jpg' }, body: new Uint8Array(body) })
    if (!answer.ok) throw new Error(await answer.text())
    ids.push(id)
  }
  return ids
}

/** Sends heads and half a body, then hangs up. */
async function abort(times: number): Promise<void> {
  const before = await count('visit')
  for (let i = 0; i < times; i += 50) await Promise.all(Array.from({ length: 50 }, () => half(ours, record(randomUUID()))))
  const after = await count('visit')
  console.log(`\n中断的请求体 ${times} 个：走访 ${before} → ${after}${before === after ? '，没有留下痕迹' : '，留下了痕迹！'}`)
}

function half(target: Target, ask: Ask): Promise<void> {
  return new Promise((done) => {
    const body = ask.body ?? ''
    const socket = connect(target.port, '127.0.0.1', () => {
      const headers = { ...target.headers, ...ask.headers, host: `127.0.0.1:${target.port}`, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
      socket.write(`POST ${ask.path} HTTP/1.1\r\n${Object.entries(headers).map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n${body.slice(0, body.length / 2)}`, () => {
        socket.destroy()
        done()
      })
    })
    socket.on('error', () => done())
  })
}

async function count(table: string): Promise<number> {
  return Number((await db.query(`select count(*) as n from ${table}`)).rows[0].n)
}

/** Every acknowledged visit is there once with its 40 answers and 3 hazards. */
async function audit(): Promise<void> {
  const { rows } = await db.query(
    `select count(*) as visits, coalesce(sum((select count(*) from visit_answer a where a.visit_id = v.id)), 0) as answers, coalesce(sum((select count(*) from hazard h where h.source_id = v.id)), 0) as hazards
     from visit v where v.id = any($1::uuid[])`,
    [acknowledged],
  )
  const { visits, answers, hazards } = rows[0]
  const whole = Number(visits) === acknowledged.length && Number(answers) === 40 * Number(visits) && Number(hazards) === 3 * Number(visits)
  console.log(`已回执 ${acknowledged.length}，在库走访 ${visits}、作答 ${answers}、隐患 ${hazards}：${whole ? '一条不少，一条不重' : '对不上！'}`)
}
