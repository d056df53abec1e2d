import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnsOf, dictionary } from './dictionary.ts'
import { root, sources } from './sources.ts'
import { type World, world } from './world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const names = async (text: string): Promise<string[]> => (await w.app.db.pool.query<{ name: string }>(text)).rows.map((row) => row.name)

describe('schema', () => {
  it('all migrations run on an empty database, in the order of their names, and leave nothing undone', async () => {
    expect(await names('select name from schema_migration order by name')).toEqual([...new Set(await names('select name from schema_migration'))].sort())
    expect((await w.app.http.inject({ method: 'GET', url: '/readyz' })).statusCode).toBe(200)
  })
  it('every foreign key has an index that begins with its columns', async () => {
    const bare = await names(`
      select k.conrelid::regclass || ' (' || array_to_string(array(select attname from unnest(k.conkey) with ordinality u(n, o) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by o), ', ') || ')' as name
      from pg_constraint k join pg_namespace n on n.oid = k.connamespace
      where k.contype = 'f' and n.nspname = 'public' and not exists (
        select 1 from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = any(k.conkey) and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] @> k.conkey)`)
    expect(bare).toEqual([])
  })
  it('every table and column has a Chinese comment', async () => {
    const silent = (await columnsOf(w.app.db.pool)).flatMap((c) => [
      ...(/[\u4e00-\u9fff]/.test(c.comment ?? '') ? [] : [`${c.table}.${c.column}`]),
      ...(/[\u4e00-\u9fff]/.test(c.tableComment ?? '') ? [] : [c.table]),
    ])
    expect([...new Set(silent)]).toEqual([])
  })
  it('docs/data-dictionary.md is the generated one', async () => {
    const path = join(root, 'docs/data-dictionary.md')
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '', 'npm run generate').toBe(await dictionary(w.app.db.pool))
  })
  it('codes sort by bytes: every area_code is collate "C"', async () => {
    expect(await names(`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and column_name = 'area_code' and coalesce(collation_name, '') <> 'C'`)).toEqual([])
  })
  it('every scoped row carries area, grid and enterprise', async () => {
    const scoped = sources.flatMap(({ text }) => [...text.matchAll(/interface ScopedTables \{([^}]*)\}/g)].flatMap((m) => [...m[1]!.matchAll(/^\s*(\w+):/gm)].map((t) => t[1]!)))
    const columns = await columnsOf(w.app.db.pool)
    const lacking = scoped.flatMap((table) => ['area_code', 'grid_id', 'enterprise_id'].filter((column) => !columns.some((c) => c.table === table && c.column === column)).map((column) => `${table}.${column}`))
    expect(lacking).toEqual([])
  })
  it('states in the code are the states the database allows', async () => {
    const checks = await stateChecks()
    const different = (await codeStates()).flatMap(({ table, states }) => {
      const allowed = checks.get(table)
      return allowed && [...allowed].sort().join() === [...states].sort().join() ? [] : [`${table}: code ${states.join()} / database ${allowed?.join() ?? 'no CHECK'}`]
    })
    expect(different).toEqual([])
  })
  it('the narrow SQL of conventions C17: no extension, no LISTEN, no session setting, every ON CONFLICT has its target', () => {
    const wrong = sources
      .filter(({ path }) => /^(kernel\/server|capabilities|apps\/server)\//.test(path) && !path.endsWith('.test.ts'))
      .flatMap(({ path, text }) => text.split('\n').flatMap((line, i) => (/\bon conflict do\b|\blisten \w+;|\bnotify \w+|`set (session|role|search_path)|create (temp|temporary) |create extension/i.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])))
    expect(wrong).toEqual([])
  })
})

/** `constraint hazard_state check (state in (…))` by table. */
async function stateChecks(): Promise<Map<string, string[]>> {
  const { rows } = await w.app.db.pool.query<{ table: string; definition: string }>(`
    select c.relname as table, pg_get_constraintdef(k.oid) as definition from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'c' and n.nspname = 'public' and pg_get_constraintdef(k.oid) ~ '^CHECK \\(\\(state '`)
  return new Map(rows.map(({ table, definition }) => [table, [...definition.matchAll(/'([A-Z_]+)'/g)].map((m) => m[1]!)]))
}

/** Where each lifecycle table of the code has its column `state`. */
const lifecycles: Readonly<Record<string, readonly [file: string, table: string]>> = {
  hazardLifecycle: ['hazard', 'hazard'],
  visitLifecycle: ['visit', 'visit'],
  paperLifecycle: ['enforcement', 'paper'],
  measureLifecycle: ['enforcement', 'seal_measure'],
  checklistLifecycle: ['checklist', 'checklist_version'],
  operating: ['enterprise', 'enterprise'],
  importing: ['exchange', 'import_run'],
  briefingLifecycle: ['statistics', 'briefing'],
  campaignLifecycle: ['campaign', 'campaign'],
}

async function codeStates(): Promise<{ table: string; states: string[] }[]> {
  return Promise.all(
    Object.entries(lifecycles).map(async ([name, [capability, table]]) => {
      const module = (await import(join(root, 'capabilities', capability, 'lifecycle.ts'))) as Record<string, Record<string, unknown>>
      return { table, states: Object.keys(module[name] ?? {}) }
    }),
  )
}
