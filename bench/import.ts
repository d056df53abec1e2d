/**
 * Importing a register of 28,000 × 20 cells from .xlsx: dry run with every check, writing with one event an enterprise, the same file
 * again, undo. Own process, own database. Run: ANGRID_BENCH_PG=postgres://… npx tsx bench/import.ts [rows]; without it the embedded one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { areas } from '../house/cast.ts'
import { world } from '../house/world.ts'
import { operations as enterprise } from '../capabilities/enterprise/operations.ts'
import { operations } from '../capabilities/exchange/operations.ts'
import { makeCreditCode } from '../kernel/core/credit-code.ts'
import { systemActor } from '../kernel/server/actor.ts'
import { makeCtx } from '../kernel/server/context.ts'
import type { Tx } from '../kernel/server/db.ts'
import { collect, writeXlsx } from '../kernel/server/sheet/write.ts'

const headings = ['单位名称', '统一社会信用代码', '生产经营地址', '所属街道', '所在社区', '网格', '主要负责人', '联系电话', '法人代表', '从业人数', '营业收入', '资产总额', '行业类别', '成立日期', '经营状态', '标准化等级', '风险等级', '标签', '经度', '纬度']
const words = ['澄江', '云帆', '锐达', '启元', '青崖', '远汀', '和沅', '朗川', '恒砚', '知行']
const trades = [['C3311', '钣金制品'], ['C2922', '塑料制品'], ['C3824', '电力电子'], ['C1352', '肉制品'], ['C2110', '木质家具'], ['C3841', '锂电池']] as const

function* rows(count: number, wrongEvery: number): Generator<string[]> {
  let seed = 11
  const below = (n: number): number => (seed = (seed * 48271) % 2147483647) % n
  for (let i = 0; i < count; i++) {
    const [industry, trade] = trades[below(trades.length)]!
    const code = makeCreditCode('91', '990101', `MB${String(i).padStart(6, '0')}`)
    yield [
      `安川${words[below(10)]}${words[below(10)]}${i}号${trade}有限公司`, wrongEvery && i % wrongEvery === 0 ? `${code.slice(0, 17)}O` : code, `望汀街道虚构路${below(999)}号${below(20)}栋${below(9)}楼`, '望汀街道', '汀前社区', '汀前01安格',
      `柳闻${words[below(10)]![0]}`, `1600${String(1_000_000 + i)}`, `阮知${words[below(10)]![1]}`, String(below(500)), String(below(90000) / 10), String(below(90000) / 10), industry, `20${10 + below(16)}-0${1 + below(9)}-1${below(10)}`,
      '正常生产', ['三级', '未定级'][below(2)]!, ['红', '橙', '黄', '蓝'][below(4)]!, ['粉尘涉爆、有限空间', '', '特种设备'][below(3)]!, String(82.4 + below(9999) / 1e5), String(39.5 + below(9999) / 1e5),
    ]
  }
}

const count = Number(process.argv[2] ?? 28_000)
process.env.ANGRID_TEST_PG = process.env.ANGRID_BENCH_PG ?? ''
const folder = mkdtempSync(join(tmpdir(), 'angrid-bench-'))
const w = await world()
const zhou = w.as('zhou')
const file = await collect(writeXlsx({ sheets: [{ name: '企业', columns: headings.map((heading) => ({ heading })), rows: rows(count, 500) }] }))

/** One background step of the import alone: the queue would also seal the ledger and do other things that are due. */
async function step(kind: string, runId: string): Promise<void> {
  const spec = w.app.capabilities.flatMap((capability) => capability.jobs).find((job) => job.kind === kind)!
  const { runtime, db } = w.app
  await spec.run(makeCtx({ tx: db.all as unknown as Tx, actor: systemActor(), now: runtime.now(), requestId: 'bench', address: '', origin: {}, secrets: runtime.secrets, operation: kind, commandId: null, epoch: 1 }), { runId })
}

const timed = async <T>(label: string, work: () => Promise<T>): Promise<{ ms: number; result: T }> => {
  const [began, before] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  // On a busy machine the time says little; the processor's own does.
  console.log(`${label.padEnd(36)}${ms.toFixed(0).padStart(7)} ms   ${((user + system) / 1000).toFixed(0).padStart(6)} ms of processor   peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
  return { ms, result }
}

async function pass(label: string): Promise<{ id: string; version: number; ms: number }> {
  const id = crypto.randomUUID()
  const upload = await timed(`${label}: upload, headings`, () => zhou.do(operations.upload, { id, kind: 'enterprise' }, { body: file, headers: { 'x-file-name': 'a.xlsx' } }))
  await zhou.do(operations.map, { id, baseVersion: 1, columns: upload.result.columns.map(({ column, field }) => ({ column, field })) })
  await zhou.do(operations.check, { id, baseVersion: 2 })
  const check = await timed(`${label}: dry run`, () => step('exchange.check', id))
  const checked = await zhou.do(operations.get, { id })
  console.log(`   ${JSON.stringify(checked.counts)}`)
  const { NEW, CHANGED } = checked.counts
  if (NEW + CHANGED === 0) return { id, version: checked.version, ms: upload.ms + check.ms }
  await zhou.do(operations.apply, { id, baseVersion: checked.version })
  const apply = await timed(`${label}: writing`, () => step('exchange.apply', id))
  const done = await zhou.do(operations.get, { id })
  console.log(`   ${JSON.stringify(done.counts)}   all steps ${(upload.ms + check.ms + apply.ms).toFixed(0)} ms`)
  return { id, version: done.version, ms: upload.ms + check.ms + apply.ms }
}

console.log(`${count} rows × ${headings.length} columns, ${(file.length / 2 ** 20).toFixed(1)} MB, ${process.env.ANGRID_TEST_PG ? 'PostgreSQL' : 'embedded'}, Node ${process.version}`)
const first = await pass('first')
await pass('same file')
await timed('returned rows', async () => (await zhou.call(operations.badRows, { id: first.id })).bytes.length)
await timed('export of everything, .xlsx', async () => (await zhou.call(enterprise.export, { area: areas.street })).bytes.length)
await timed('undo', () => zhou.do(operations.undo, { id: first.id, baseVersion: first.version, reason: '基准测试' }))
await w.close()
rmSync(folder, { recursive: true, force: true })
