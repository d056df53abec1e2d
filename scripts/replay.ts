/**
 * Plays back the campaign of the first source report through the HTTP operations:
 *   npm run replay -- longgang-2020 [--scale 0.02] [--database postgres://…] [--data folder] [--servers 2] [--width 48] [--out docs/replay]
 * May be stopped and started again with the same arguments. Ends with 1 when a number or the ledger differs.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../kernel/server/root.ts'
import { folderOf, replay } from '../seeds/replay/replay.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string', default: '1' }, database: { type: 'string', default: process.env.DATABASE_URL ?? '' }, data: { type: 'string' }, servers: { type: 'string', default: '2' }, width: { type: 'string', default: '48' }, profile: { type: 'string' }, out: { type: 'string' } },
})
if (positionals[0] !== 'longgang-2020') {
  console.error('用法：npm run replay -- longgang-2020 [--scale 0.02] [--database postgres://…]')
  process.exit(2)
}
const scale = Number(values.scale)
const dataDir = values.data ?? join(projectRoot(), '.cache', 'replay', folderOf(scale, values.database))
mkdirSync(dataDir, { recursive: true })
const out = values.out ?? join(dataDir, 'out')
const said: string[] = []
const say = (line: string) => {
  said.push(line)
  console.log(line)
}
say(`npm run replay -- longgang-2020 --scale ${scale} --servers ${values.servers} --width ${values.width}（${values.database ? 'PostgreSQL' : '内嵌数据库'}，Node ${process.versions.node}，${availableParallelism()} 核）`)
const outcome = await replay({ scale, database: values.database, dataDir, servers: Number(values.servers), width: Number(values.width), ...(values.profile ? { profile: values.profile } : {}), out, say })
const { checks, ledger } = outcome
say('\n指标                          应为      实为')
for (const { what, expected, counted } of checks) say(`${expected === counted ? '✓' : '✗'} ${what.padEnd(24)} ${String(expected).padStart(8)} ${String(counted ?? '—').padStart(8)}`)
say(`\n${outcome.commands} 条指令，${outcome.perSecond.toFixed(0)} 条/秒，p95 ${outcome.p95.toFixed(0)} ms，错误 ${outcome.errors}`)
say(`账本 ${ledger.ok ? '完整' : `有 ${ledger.faults} 处问题`}：${ledger.batches} 批，已封存 ${ledger.sealed}，未封存 ${ledger.unsealed}，链值 ${ledger.chain}`)
for (const line of ['', ...outcome.lines]) say(line)
writeFileSync(join(out, 'printout.txt'), `${said.join('\n')}\n`)
const good = checks.every((c) => c.expected === c.counted) && ledger.ok && outcome.errors === 0
process.exit(good ? 0 : 1)
