/**
 * Every check with one command: types, lint, rules, stories on the embedded database, the house, journeys in a real
 * browser; stories on PostgreSQL too when ANGRID_TEST_PG names a server. The last line counts; the exit code is honest.
 *   npm test -- [--only=types,lint,embedded,postgres,journeys]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildField, buildServer, buildWeb, installWhenNeeded, requireNode } from './prepare.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = (name) => join(root, 'node_modules', '.bin', name)
const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice(7).split(',')
const say = (line) => console.log(`\n── ${line}`)
const count = { passed: 0, failed: 0 }

function tool(name, args) {
  const { status } = spawnSync(bin(name), args, { cwd: root, stdio: 'inherit' })
  if (status === 0) count.passed++
  else count.failed++
}

/** Counts from vitest's own report; a run that ends badly without a failed test (a file that does not load) counts as one. */
function tests(name, args, env = {}) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const report = join(root, '.cache', `tests-${name}.json`)
  rmSync(report, { force: true })
  const { status } = spawnSync(bin('vitest'), ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  count.passed += result.numPassedTests
  count.failed += result.numFailedTests
  if (status !== 0 && result.numFailedTests === 0) count.failed++
}

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', process.env.CHROMIUM ?? ''].find((path) => path && existsSync(path))

const steps = {
  types: () => tool('tsc', ['-b']),
  lint: () => tool('biome', ['lint', '.', '--diagnostic-level=error']),
  embedded: () => {
    tests('embedded', ['kernel/', 'capabilities/', 'apps/', 'seeds/', 'house/', 'scripts/', '--exclude=seeds/load.test.ts', '--exclude=seeds/replay/replay.test.ts'], { ANGRID_TEST_PG: '' })
    // The whole district in one process: alone, because beside the others it once lost its worker.
    tests('district', ['seeds/load.test.ts'], { ANGRID_TEST_PG: '' })
    // Server processes of its own, through HTTP; on PostgreSQL where there is one.
    tests('replay', ['seeds/replay/replay.test.ts'])
  },
  postgres: () => {
    if (process.env.ANGRID_TEST_PG) tests('postgres', ['kernel/server/', 'capabilities/', 'apps/', 'house/', '--exclude=kernel/server/sheet/**'])
    else console.log('未设置 ANGRID_TEST_PG，跳过 PostgreSQL（如 postgres://postgres@127.0.0.1:5432/postgres）')
  },
  journeys: () => {
    if (chromium) return tests('journeys', ['journeys/', '--passWithNoTests'], { CHROMIUM: chromium, ANGRID_TEST_PG: '' })
    console.log('没有 Chromium，浏览器故事没有运行。Debian：apt-get install chromium fonts-noto-cjk；其他系统用 CHROMIUM 指明路径')
    count.failed++
  },
}
const names = { types: '类型', lint: '静态检查', embedded: '规则与故事（内置数据库）', postgres: '故事（PostgreSQL）', journeys: '浏览器故事' }

requireNode()
installWhenNeeded(say)
await buildServer(say)
for (const pages of [buildWeb, buildField]) {
  await pages(say).catch((error) => {
    console.error(`页面没有编译成：${error.message}`)
    count.failed++
  })
}
for (const [name, step] of Object.entries(steps)) {
  if (only && !only.includes(name)) continue
  say(names[name])
  step()
}
console.log(`\n${count.passed} passed, ${count.failed} failed`)
process.exit(count.failed ? 1 : 0)
