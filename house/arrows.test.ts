import { describe, expect, it } from 'vitest'
import { arrows } from './arrows.ts'
import { type Import, importsOf, isTest, place, sources } from './sources.ts'

type Zone = { zone: 'core' | 'kernel-server' | 'kernel-web' | 'root' | 'server' | 'web' | 'app-server' | 'app-web' | 'other'; capability?: string }

function zoneOf(path: string): Zone {
  const parts = path.split('/')
  if (parts[0] === 'kernel') return { zone: parts[1] === 'core' ? 'core' : parts[1] === 'server' ? 'kernel-server' : 'kernel-web' }
  if (parts[0] === 'apps') return { zone: parts[1] === 'server' ? 'app-server' : 'app-web' }
  if (parts[0] !== 'capabilities') return { zone: 'other' }
  const zone = parts[2] === 'server' || parts[2] === 'web' ? parts[2] : 'root'
  return { zone, capability: parts[1]! }
}

const below: Record<Zone['zone'], readonly Zone['zone'][]> = {
  core: ['core'],
  'kernel-server': ['core', 'kernel-server'],
  'kernel-web': ['core', 'kernel-web'],
  root: ['core', 'root'],
  server: ['core', 'kernel-server', 'root', 'server'],
  web: ['core', 'kernel-web', 'root', 'web'],
  'app-server': ['core', 'kernel-server', 'root', 'server', 'app-server'],
  'app-web': ['core', 'kernel-web', 'root', 'web', 'app-web'],
  other: [],
}

/** Why an import may not stand; undefined when it may. */
function refusal({ from, to }: Import): string | undefined {
  const [me, it] = [zoneOf(from), zoneOf(to)]
  if (me.zone === 'other') return undefined
  if (!to.includes('/') || !/^(kernel|apps|capabilities|seeds|house|scripts|bench|journeys|migrations|docs)\//.test(to)) return outside(me.zone, to)
  if (!below[me.zone].includes(it.zone)) return `${me.zone} may not import ${it.zone}`
  if (!me.capability || !it.capability || me.capability === it.capability) return undefined
  if (!(arrows[me.capability] ?? []).includes(it.capability)) return `no arrow ${me.capability} → ${it.capability}`
  if (it.zone === 'server') return publicServer(me.capability, to)
  if (it.zone === 'web' && !to.endsWith('/web/public.tsx') && !to.endsWith('/web/public.ts')) return 'only web/public.tsx of another capability'
  return undefined
}

function publicServer(capability: string, to: string): string | undefined {
  if (capability === 'statistics') return to.endsWith('/server/tables.ts') ? undefined : 'statistics calls nobody'
  return to.endsWith('/server/public.ts') || to.endsWith('/server/tables.ts') ? undefined : 'only server/public.ts of another capability'
}

function outside(zone: Zone['zone'], name: string): string | undefined {
  const node = name.startsWith('node:')
  if ((zone === 'core' || zone === 'root') && name !== 'zod') return `the pure zone knows only zod, not ${name}`
  if ((zone === 'web' || zone === 'kernel-web' || zone === 'app-web') && node) return 'no Node in a page'
  return undefined
}

describe('arrows', () => {
  it('every import follows them (house §2)', () => {
    const wrong = sources
      .filter(({ path }) => !isTest(path) && !/(^|\/)vite\.config\.ts$/.test(path))
      .flatMap(importsOf)
      .flatMap((one) => (refusal(one) ? [`${place(one.from, one.line)} ${one.to}: ${refusal(one)}`] : []))
    expect(wrong).toEqual([])
  })
  it('between capabilities there is no cycle', () => {
    const height = (name: string, above: readonly string[]): void => {
      expect(above, `${[...above, name].join(' → ')}`).not.toContain(name)
      for (const next of arrows[name] ?? []) height(next, [...above, name])
    }
    for (const name of Object.keys(arrows)) height(name, [])
  })
  it('every capability has its place in the list', () => {
    const there = new Set(sources.flatMap(({ path }) => (path.startsWith('capabilities/') ? [path.split('/')[1]!] : [])))
    expect([...there].filter((name) => !(name in arrows))).toEqual([])
  })
  it('an import that breaks a rule is seen', () => {
    const bad = (from: string, to: string) => refusal({ from, to, line: 1 })
    expect(bad('kernel/core/x.ts', 'node:fs')).toMatch(/zod/)
    expect(bad('kernel/server/x.ts', 'capabilities/staff/staff.ts')).toMatch(/may not/)
    expect(bad('capabilities/hazard/rules.ts', 'capabilities/hazard/server/store.ts')).toMatch(/may not/)
    expect(bad('capabilities/visit/server/x.ts', 'capabilities/enforcement/server/public.ts')).toMatch(/no arrow/)
    expect(bad('capabilities/visit/server/x.ts', 'capabilities/hazard/server/store.ts')).toMatch(/public/)
    expect(bad('capabilities/visit/server/x.ts', 'capabilities/hazard/server/public.ts')).toBeUndefined()
  })
})
