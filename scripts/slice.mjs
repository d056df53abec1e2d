/** The standard files of a slice called `name`, by path. `MINUTE` in a path becomes the UTC minute. */
export function slice(name, zh) {
  const Name = name[0].toUpperCase() + name.slice(1)
  const at = `capabilities/${name}`
  return {
    [`${at}/README.md`]: readme(name, zh),
    [`${at}/${name}.ts`]: schema(Name),
    [`${at}/operations.ts`]: operations(name, Name, zh),
    [`${at}/rules.ts`]: rules(name, Name),
    [`${at}/rules.test.ts`]: rulesTest(name, zh),
    [`${at}/zh.ts`]: texts(name, zh),
    [`${at}/server/tables.ts`]: tables(name, Name),
    [`${at}/server/store.ts`]: store(name, Name),
    [`${at}/server/handlers.ts`]: handlers(name),
    [`${at}/server/${name}.test.ts`]: story(name),
    [`migrations/MINUTE-${name}.sql`]: migration(name, zh),
  }
}

const readme = (name, zh) => `# ${zh} ${name}

What it is for, in three sentences: who does it, to whom, what comes out.

Words: see \`docs/glossary.md\`. Clauses: name the law behind each rule. Neighbours: none yet (\`house/arrows.ts\`).
`

const schema = (Name) => `import { z } from 'zod'
import { pageOf, paging } from '../../kernel/core/operation.ts'

export const ${Name} = z.object({ id: z.uuid(), title: z.string(), areaCode: z.string(), enterpriseId: z.uuid().nullable(), madeAt: z.string(), version: z.number().int() })
export type ${Name} = z.infer<typeof ${Name}>

export const ${Name}Filter = z.strictObject({ q: z.string().trim().max(60).optional(), ...paging })
export const ${Name}Page = pageOf(${Name})

export const New${Name} = z.strictObject({ id: z.uuid(), enterpriseId: z.uuid(), title: z.string().trim().min(2).max(100) })
`

const operations = (name, Name, zh) => `import { command, query } from '../../kernel/core/operation.ts'
import { ${Name}, ${Name}Filter, ${Name}Page, New${Name} } from './${name}.ts'

export const operations = {
  list: query('GET /${name}', { summary: '${zh}列表', input: ${Name}Filter, output: ${Name}Page, verb: '${name}.read', problems: ['common.bad_cursor'] }),
  create: command('POST /${name}', { summary: '新增${zh}', input: New${Name}, output: ${Name}, verb: '${name}.write', problems: ['${name}.title_empty'] }),
}
`

const rules = (name, Name) => `import type { Refusal } from '../../kernel/core/problem.ts'

/** Every refusal of a new record. */
export function refuse${Name}(given: { title: string }): Refusal[] {
  return /[\\p{L}\\p{N}]/u.test(given.title) ? [] : [{ code: '${name}.title_empty', field: 'title' }]
}
`

const rulesTest = (name, zh) => `import { expect, it } from 'vitest'
import { refuse${name[0].toUpperCase() + name.slice(1)} } from './rules.ts'

it.each([
  ['a title with words', '${zh}', []],
  ['a title of signs only', '——', ['${name}.title_empty']],
])('%s', (_, title, expected) => {
  expect(refuse${name[0].toUpperCase() + name.slice(1)}({ title }).map((refusal) => refusal.code)).toEqual(expected)
})
`

const texts = (name, zh) => `import type { ZhTexts } from '../../kernel/core/zh.ts'

export const zh = {
  name: '${zh}',
  problems: { '${name}.title_empty': '标题须有文字' },
  fields: { title: '标题' },
  verbs: { '${name}.read': '查看${zh}', '${name}.write': '办理${zh}' },
  events: { '${name}.created': '新增${zh}' },
} as const satisfies ZhTexts
`

const tables = (name, Name) => `import type { Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    ${name}: ${Name}Table
  }
}

export interface ${Name}Table {
  id: string
  title: string
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  made_at: Instant
  version: Generated<number>
}
`

const store = (name, Name) => `import { sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { ${Name} } from '../${name}.ts'
import './tables.ts'

export interface Place {
  areaCode: string
  gridId: string | null
}

/** Where an enterprise lies, if it is in reach. */
export async function enterpriseAt(tx: Tx, actor: Actor, id: string): Promise<Place | undefined> {
  const { rows } = await sql<Place>\`select e.area_code as "areaCode", e.grid_id as "gridId" from enterprise e where e.id = \${id} and \${reachSql(actor, 'e')}\`.execute(tx)
  return rows[0]
}

export const insert = (tx: Tx, row: { id: string; title: string; enterpriseId: string; madeAt: Date } & Place) =>
  tx.insertInto('${name}').values({ id: row.id, title: row.title, area_code: row.areaCode, grid_id: row.gridId, enterprise_id: row.enterpriseId, made_at: row.madeAt }).execute()

/** One page, newest first, with the exact total, in one statement. The cursor is the last id: ids sort by time. */
export async function page(tx: Tx, actor: Actor, filter: { q?: string | undefined; limit: number; cursor?: string | undefined }): Promise<{ rows: ${Name}[]; total: number }> {
  if (filter.cursor && !/^[0-9a-f-]{36}$/.test(filter.cursor)) throw new Problem('invalid', 'common.bad_cursor')
  const where = sql\`\${reachSql(actor, 't')} and \${filter.q ? sql\`position(\${filter.q} in t.title) > 0\` : sql\`true\`}\`
  const { rows } = await sql<{ total: number; rows: ${Name}[] | null }>\`
    select (select count(*)::int from ${name} t where \${where}) as total, (select json_agg(p) from (
      select t.id, t.title, t.area_code as "areaCode", t.enterprise_id as "enterpriseId", t.made_at as "madeAt", t.version from ${name} t
      where \${where} and \${filter.cursor ? sql\`t.id < \${filter.cursor}\` : sql\`true\`} order by t.id desc limit \${filter.limit}) p) as rows\`.execute(tx)
  return { total: rows[0]!.total, rows: rows[0]!.rows ?? [] }
}
`

const handlers = (name) => {
  const Name = name[0].toUpperCase() + name.slice(1)
  return `import { missing, refuseAny } from '../../../kernel/core/problem.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import type { Handlers } from '../../../kernel/server/context.ts'
import { operations } from '../operations.ts'
import { refuse${Name} } from '../rules.ts'
import { zh } from '../zh.ts'
import * as store from './store.ts'

const handlers: Handlers<typeof operations> = {
  list: async (ctx, input) => {
    const found = await store.page(ctx.tx, ctx.actor, input)
    const last = found.rows.at(-1)
    return { ...found, ...(last && found.rows.length === input.limit ? { next: last.id } : {}) }
  },
  create: async (ctx, input) => {
    const place = await store.enterpriseAt(ctx.tx, ctx.actor, input.enterpriseId)
    if (!place) throw missing()
    refuseAny(refuse${Name}(input))
    await store.insert(ctx.tx, { ...input, ...place, madeAt: ctx.now })
    ctx.emit({ aggregate: '${name}', id: input.id, version: 1, event: '${name}.created', areaCode: place.areaCode, gridId: place.gridId, enterpriseId: input.enterpriseId, data: { title: input.title } })
    return { id: input.id, title: input.title, areaCode: place.areaCode, enterpriseId: input.enterpriseId, madeAt: ctx.now.toISOString(), version: 1 }
  },
}

export const ${name}: Capability = serve({ name: '${name}', operations, handlers, zh })
`
}

const story = (name) => `import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const given = (more: object = {}) => ({ id: randomUUID(), enterpriseId: ids.enterprise, title: '第一条', ...more })

describe('${name}: refuses strangers', () => {
  it('${name}.create is not there for another district, and forbidden without the verb', async () => {
    expect((await w.as('qian').call(operations.create, given())).status).toBe(404)
    expect((await w.as('zheng').call(operations.create, given())).status).toBe(403)
  })
  it('${name}.list shows another district nothing', async () => {
    await w.as('wang').do(operations.create, given())
    expect((await w.as('qian').do(operations.list, {})).rows).toEqual([])
  })
})

describe('${name}: refuses nonsense', () => {
  it('a title of signs only', async () => {
    expect((await w.as('wang').call(operations.create, given({ title: '——' }))).problem.code).toBe('${name}.title_empty')
  })
})

describe('${name}: works', () => {
  it('${name}.create is idempotent and ${name}.list shows it', async () => {
    const key = randomUUID()
    const input = given({ title: '第二条' })
    const first = await w.as('wang').do(operations.create, input, { key })
    expect(await w.as('wang').do(operations.create, input, { key })).toEqual(first)
    const found = await w.as('he').do(operations.list, { q: '第二条' })
    expect([found.total, found.rows[0]?.title]).toEqual([1, '第二条'])
  })
})
`

const migration = (name, zh) => `-- ${zh}.

create table ${name} (
  id uuid primary key,
  title text not null,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid references enterprise (id),
  made_at timestamptz not null,
  version integer not null default 1
);
create index ${name}_area on ${name} (area_code, id desc);
create index ${name}_grid on ${name} (grid_id);
create index ${name}_enterprise on ${name} (enterprise_id);
comment on table ${name} is '${zh}';
comment on column ${name}.id is '编号';
comment on column ${name}.title is '标题';
comment on column ${name}.area_code is '统计管辖区划（当时）';
comment on column ${name}.grid_id is '安格（当时）';
comment on column ${name}.enterprise_id is '监管对象';
comment on column ${name}.made_at is '新增时间';
comment on column ${name}.version is '版本';
`
