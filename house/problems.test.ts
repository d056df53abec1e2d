import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { capabilities } from '../apps/server/capabilities.ts'
import { commonZh } from '../kernel/core/zh.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { isTest, place, root, sources } from './sources.ts'

const all = capabilities(loadConfig({ mode: 'test', dataDir: 'data' }, {}))
const owners = [{ name: 'common', zh: commonZh }, ...all.map(({ name, zh }) => ({ name, zh }))]
const texts = new Map(owners.flatMap(({ zh }) => Object.entries(zh.problems as Record<string, string>)))

describe('problems', () => {
  it('each name belongs to one capability', () => {
    const names = owners.flatMap(({ zh }) => Object.keys(zh.problems))
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })
  it('each is a Chinese sentence', () => {
    expect([...texts].filter(([, text]) => !/[\u4e00-\u9fff]|\{\w+\}/.test(text)).map(([name]) => name)).toEqual([])
  })
  it('each that the code names has a sentence', () => {
    const prefixes = new Set(owners.map(({ name }) => name).concat('field', 'ledger'))
    // `new Problem('kind', 'name'`, `code: 'name'`, and the lists of operations.
    const named = /(?:new Problem\('\w+', |\bcode: |missing\(|refused\(ctx, \w+, )'([a-z]+\.[a-z_0-9]+)'/g
    const found = sources
      .filter(({ path }) => !isTest(path) && /^(kernel|capabilities|apps\/server)\//.test(path) && !path.includes('/web/'))
      .flatMap(({ path, text }) => [...text.matchAll(named)].map((m) => ({ path, name: m[1]!, line: text.slice(0, m.index).split('\n').length })))
    expect(found.filter(({ name }) => prefixes.has(name.split('.')[0]!) && !texts.has(name)).map(({ path, name, line }) => `${place(path, line)} ${name}`)).toEqual([])
  })
  it('each that an operation promises has a sentence', () => {
    const promised = all.flatMap(({ name, operations }) => Object.entries(operations).flatMap(([key, { problems }]) => problems.filter((code) => !texts.has(code)).map((code) => `${name}.${key} ${code}`)))
    expect(promised).toEqual([])
  })
  it('none that was published has vanished (docs/problems.json): integrators and phones know them by name', () => {
    const path = join(root, 'docs/problems.json')
    const published = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {}
    expect(Object.keys(published).length, 'npm run generate').toBeGreaterThan(20)
    expect(Object.keys(published).filter((name) => !texts.has(name))).toEqual([])
    expect([...texts.keys()].filter((name) => !(name in published)), 'npm run generate').toEqual([])
  })
})
