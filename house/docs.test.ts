import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { capabilities } from '../apps/server/capabilities.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { openApi } from '../kernel/server/openapi.ts'
import { filesOf, place, root } from './sources.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = filesOf(['.md']).map((path) => ({ path, text: read(path) }))
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts)

/** Files and folders a page names in code marks: `kernel/server/http.ts`. */
const pathPattern = /`((?:kernel|capabilities|apps|house|seeds|docs|scripts|migrations|journeys|bench|\.ci)\/[\w./*-]*)`/g

describe('docs', () => {
  it('docs/openapi.json is the generated one', () => {
    const generated = `${JSON.stringify(openApi(capabilities(loadConfig({ mode: 'test', dataDir: 'data' }, {}))), null, 1)}\n`
    expect(existsSync(join(root, 'docs/openapi.json')) && read('docs/openapi.json') === generated, 'npm run generate').toBe(true)
  })
  it('every path that a page names exists', () => {
    const gone = pages.flatMap(({ path, text }) =>
      [...text.matchAll(pathPattern)].filter(([, named]) => !named!.includes('*') && !existsSync(join(root, named!))).map((m) => `${place(path, text.slice(0, m.index).split('\n').length)} ${m[1]}`),
    )
    expect(gone).toEqual([])
  })
  it('every command that a page names exists', () => {
    const gone = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm (?:run ([\w-]+)|(start|test)\b)/g)].filter((m) => !scripts.includes(m[1] ?? m[2]!)).map((m) => `${place(path, text.slice(0, m.index).split('\n').length)} ${m[0]}`),
    )
    expect(gone).toEqual([])
  })
  it('every capability has a page of its own', () => {
    const slices = new Set(filesOf(['operations.ts']).map((path) => path.split('/').slice(0, 2).join('/')))
    expect([...slices].filter((slice) => !existsSync(join(root, slice, 'README.md')))).toEqual([])
  })
})
