/**
 * Importing a register of 28,000 × 20 cells from .xlsx over HTTP: dry run with every check, writing with one event an enterprise, the
 * same file again, returned rows, undo. The built server in a process of its own, a database of its own that is dropped at the end; the
 * limit (bench/limit/import.ts) is measured in the same run. `npx tsx bench/import.ts [rows] [embedded]`
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { operations } from '../capabilities/exchange/operations.ts'
import type { InputOf, Operation, OutputOf } from '../kernel/core/operation.ts'
import { registerFile } from './import-file.ts'
import { importWorld, limitImport } from './import-world.ts'
import { cpuMs, peakMb } from './load.ts'

const count = Number(process.argv[2] ?? 28_000)
const embedded = process.argv[3] === 'embedded'
const folder = mkdtempSync(join(tmpdir(), 'angrid-bench-'))
const w = await importWorld(folder, embedded)
const file = await registerFile(count, 500)

async function call<T extends Operation>(operation: T, input: InputOf<T>, body?: Buffer): Promise<{ answer: OutputOf<T>; bytes: number }> {
  const rest = { ...(input as Record<string, unknown>) }
  const path = operation.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = encodeURIComponent(String(rest[key]))
    delete rest[key]
    return value
  })
  const query = operation.kind === 'query' || body ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
  const headers: Record<string, string> = { ...w.target.headers, ...(operation.kind === 'command' ? { 'idempotency-key': randomUUID() } : {}), 'content-type': body ? 'application/octet-stream' : 'application/json', 'x-file-name': 'a.xlsx' }
  const response = await fetch(`http://127.0.0.1:${w.target.port}/api${path}${query}`, { method: operation.method, headers, ...(operation.kind === 'query' ? {} : { body: body ?? JSON.stringify(rest) }) })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (!response.ok) throw new Error(`${path}: ${bytes.toString()}`)
  return { answer: (response.headers.get('content-type')?.includes('json') ? JSON.parse(bytes.toString()) : undefined) as OutputOf<T>, bytes: bytes.length }
}

interface Timed<T> {
  ms: number
  result: T
}

async function timed<T>(label: string, work: () => Promise<T>): Promise<Timed<T>> {
  const [began, cpu] = [performance.now(), cpuMs(w.target.pid)]
  const result = await work()
  const ms = performance.now() - began
  // On a busy machine the time says little; the server process's own work does.
  console.log(`${label.padEnd(32)}${ms.toFixed(0).padStart(7)} ms   ${String(cpuMs(w.target.pid) - cpu).padStart(6)} ms of the server's processor   peak ${peakMb(w.target.pid)} MB`)
  return { ms, result }
}

/** A step as its screen sees it: the command, then asking until the run is there. */
async function step(id: string, command: typeof operations.check | typeof operations.apply, version: number, wanted: string) {
  await call(command, { id, baseVersion: version } as never)
  for (;;) {
    const { answer } = await call(operations.get, { id })
    if (answer.state === wanted) return answer
    if (answer.state === 'FAILED') throw new Error(answer.failed ?? '')
    await new Promise((wait) => setTimeout(wait, 10))
  }
}

async function pass(label: string, sheet: Buffer, quiet = false): Promise<{ id: string; version: number }> {
  const id = randomUUID()
  const say = <T>(text: string, work: () => Promise<T>) => (quiet ? work().then((result) => ({ ms: 0, result })) : timed(`${label}: ${text}`, work))
  const upload = await say('upload, headings', async () => {
    const { answer } = await call(operations.upload, { id, kind: 'enterprise' }, sheet)
    return (await call(operations.map, { id, baseVersion: answer.version, columns: answer.columns.map(({ column, field }) => ({ column, field })) })).answer
  })
  const check = await say('dry run', () => step(id, operations.check, upload.result.version, 'CHECKED'))
  const { counts } = check.result
  if (counts.NEW + counts.CHANGED === 0) {
    console.log(`   ${JSON.stringify(counts)}`)
    return { id, version: check.result.version }
  }
  const apply = await say('writing', () => step(id, operations.apply, check.result.version, 'DONE'))
  if (!quiet) console.log(`   ${JSON.stringify(apply.result.counts)}\n   upload ${upload.ms.toFixed(0)} + dry run ${check.ms.toFixed(0)} + writing ${apply.ms.toFixed(0)} = ${(upload.ms + check.ms + apply.ms).toFixed(0)} ms; from upload to everything written ${(check.ms + apply.ms).toFixed(0)} ms (aim ≤ 2500 for 28,000), peak ${peakMb(w.target.pid)} MB (aim ≤ 300)`)
  return { id, version: apply.result.version }
}

/** The queue's tidying of the indexes follows the run's end; nothing of it may fall into the next figure. */
async function settled(): Promise<void> {
  for (;;) {
    const { rows } = await w.query("select count(*)::int as n from job where kind like 'exchange.%' and done_at is null")
    if (rows[0]?.n === 0) return
    await new Promise((wait) => setTimeout(wait, 20))
  }
}

console.log(`${count} rows × 20 columns, ${(file.length / 2 ** 20).toFixed(1)} MB, ${embedded ? 'embedded' : 'PostgreSQL'}, Node ${process.version}; at rest ${peakMb(w.target.pid)} MB`)
if (!embedded) console.log(`limit (parse, bare insert, one transaction) ${await limitImport(file, folder)} ms`)
await pass('warm', await registerFile(300, 50, 900_000), true)
await timed('   (warm file tidied)', settled)
const first = await pass('first', file)
await timed('   indexes tidied, behind', settled)
await pass('same file', file)
await timed('returned rows', async () => (await call(operations.badRows, { id: first.id })).bytes)
await timed('undo', () => call(operations.undo, { id: first.id, baseVersion: first.version, reason: '基准测试' }))
await w.close()
rmSync(folder, { recursive: true, force: true })
