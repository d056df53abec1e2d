import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesOf, root } from '../house/sources.ts'

const copy = mkdtempSync(join(tmpdir(), 'angrid-new-'))
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ANGRID_TEST_PG: '' } })

beforeAll(() => {
  for (const path of filesOf([''])) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    copyFileSync(join(root, path), join(copy, path))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  run('git', 'init', '-q')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

it('npm run new makes a slice that compiles, tells its story and follows the arrows', { timeout: 300_000 }, () => {
  expect(run('node', 'scripts/new.mjs', 'training', '教育培训')).toContain('capabilities/training')
  const wrong = run('sh', '-c', 'node_modules/.bin/tsc -b tsconfig.server.json || true').split('\n').filter((line) => line.includes('training'))
  expect(wrong).toEqual([])
  expect(run('node', 'node_modules/vitest/vitest.mjs', 'run', 'capabilities/training', 'house/arrows.test.ts')).toMatch(/Test Files .*3 passed/)
})
it('refuses a name that is taken or is none', () => {
  expect(() => run('node', 'scripts/new.mjs', 'staff')).toThrow('已经存在')
  expect(() => run('node', 'scripts/new.mjs', 'No-Such')).toThrow('用法')
})
