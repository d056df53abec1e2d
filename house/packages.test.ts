import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

interface Entry {
  version?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> }

describe('packages', () => {
  it('every direct dependency is pinned to one version', () => {
    const { dependencies = {}, devDependencies = {} } = lock.packages['']!
    expect(Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })
  it('the lockfile lists the parts of other platforms too: without them npm ci refuses a fresh clone', () => {
    const has = (from: string, name: string) => {
      for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
        if (lock.packages[at ? `${at}/node_modules/${name}` : `node_modules/${name}`]) return true
        if (!at) return false
      }
    }
    const gone = Object.entries(lock.packages).flatMap(([from, entry]) => Object.keys(entry.optionalDependencies ?? {}).filter((name) => !has(from, name)).map((name) => `${from}: ${name}`))
    expect(gone).toEqual([])
  })
})
