import { dirname, posix } from 'node:path'
import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { capabilities } from '../apps/server/capabilities.ts'
import { shippedRoles } from '../capabilities/staff/roles.ts'
import { commonZh } from '../kernel/core/zh.ts'
import { type Capability, mount } from '../kernel/server/capability.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { isTest, type Source, sources } from './sources.ts'

const all = capabilities(loadConfig({ mode: 'test', dataDir: 'data' }, {}))
const mounted = [...mount(all).values()]
const chinese = /[\u4e00-\u9fff]/

/** Every key of an input, nested ones too, as a person would have to read it. */
function keysOf(schema: z.ZodType): string[] {
  const keys = new Set<string>()
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { properties, ...rest } = node as { properties?: Record<string, unknown> }
    for (const [key, value] of Object.entries(properties ?? {})) {
      keys.add(key)
      walk(value)
    }
    for (const value of Object.values(rest)) if (typeof value === 'object') walk(value)
  }
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  return [...keys]
}

const fieldsOf = (capability: Capability) => ({ ...capability.zh.fields, ...commonZh.fields }) as Record<string, string>

describe('operations', () => {
  it('each has a verb and a Chinese summary', () => {
    expect(mounted.filter(({ operation }) => !operation.verb || !chinese.test(operation.summary)).map(({ name }) => name)).toEqual([])
  })
  it('each is called by a test of its own slice, or named by another: hazard.close', () => {
    const tests = sources.filter(({ path }) => isTest(path) && !path.startsWith('house/'))
    const all = tests.map(({ text }) => text).join('\n')
    const used = new Set(tests.flatMap((source) => aliasesOf(source).flatMap(({ capability, alias }) => [...source.text.matchAll(new RegExp(`\\b${alias}(?:\\.|\\[')(\\w+)`, 'g'))].map((m) => `${capability}.${m[1]}`))))
    const tabled = (name: string) => {
      const [capability, key] = name.split('.')
      return tests.some(({ path, text }) => path.startsWith(`capabilities/${capability}/`) && text.includes(`'${key}'`) && /\b(operations|op)\[\w+\]/.test(text))
    }
    const called = (name: string) => all.includes(name) || used.has(name) || tabled(name)
    expect(mounted.filter(({ name }) => !called(name)).map(({ name }) => name)).toEqual([])
  })
  it('each has its own method and path', () => {
    const doors = mounted.map(({ operation }) => `${operation.method} ${operation.path.replace(/:\w+/g, ':')}`)
    expect(doors.filter((door, i) => doors.indexOf(door) !== i)).toEqual([])
  })
  it('every field of an input has a Chinese label', () => {
    const missing = all.flatMap((capability) =>
      Object.entries(capability.operations).flatMap(([key, operation]) => keysOf(operation.input).filter((field) => !chinese.test(fieldsOf(capability)[field] ?? '')).map((field) => `capabilities/${capability.name}/zh.ts ${capability.name}.${key}: ${field}`)),
    )
    expect([...new Set(missing)]).toEqual([])
  })
  it('unknown fields are refused: every input is strict', () => {
    const lax = mounted.filter(({ operation }) => (z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as { additionalProperties?: unknown; type?: string; anyOf?: unknown }).additionalProperties !== false)
    expect(lax.filter(({ operation }) => !('anyOf' in z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }))).map(({ name }) => name)).toEqual([])
  })
  it('every verb asked is held by a shipped role, and every verb held is asked by something', () => {
    const held = new Set(shippedRoles.flatMap((role) => role.verbs))
    const asked = new Set(mounted.map(({ operation }) => operation.verb))
    expect([...asked].filter((verb) => verb !== 'public' && verb !== 'signed_in' && !held.has(verb))).toEqual([])
    // Not an operation's own: asked inside one, by name, over a record (`who.has('hazard.sign_plan')`, a cell of a lifecycle).
    const code = sources.filter(({ path }) => /^(capabilities|kernel)\//.test(path) && !isTest(path) && !/(\/zh|staff\/roles)\.ts$/.test(path) && !path.includes('/web/')).map(({ text }) => text).join('\n')
    expect([...held].filter((verb) => !asked.has(verb) && !code.includes(`'${verb}'`))).toEqual([])
    const named = all.flatMap((capability) => Object.keys(capability.zh.verbs))
    expect(named.filter((verb) => !held.has(verb))).toEqual([])
  })
  it('every verb has a Chinese name', () => {
    const named = new Set(all.flatMap((capability) => Object.keys(capability.zh.verbs)))
    const verbs = [...new Set(mounted.map(({ operation }) => operation.verb))].filter((verb) => verb !== 'public' && verb !== 'signed_in')
    expect(verbs.filter((verb) => !named.has(verb))).toEqual([])
  })
})

/** The names under which a file holds the operations of a slice: `import { operations as op } from '../operations.ts'`. */
function aliasesOf({ path, text }: Source): { capability: string; alias: string }[] {
  return [...text.matchAll(/import \{[^}]*\boperations(?: as (\w+))?[^}]*\} from '([^']+)'/g)].flatMap(([, alias = 'operations', to]) => {
    const found = /^capabilities\/(\w+)\/operations\.ts$/.exec(posix.normalize(posix.join(dirname(path), to!)))
    return found ? [{ capability: found[1]!, alias }] : []
  })
}
