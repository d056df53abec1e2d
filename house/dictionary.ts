import type pg from 'pg'

interface Column {
  table: string
  tableComment: string | null
  column: string
  type: string
  nullable: boolean
  comment: string | null
}

/** Every column of our tables with its comment. */
export async function columnsOf(client: Pick<pg.Pool, 'query'>): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select c.relname as table, obj_description(c.oid, 'pg_class') as "tableComment", a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as nullable, col_description(c.oid, a.attnum) as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'schema_migration'
    order by c.relname, a.attnum`)
  return rows
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** docs/data-dictionary.md: generated from the database's own comments. */
export async function dictionary(client: Pick<pg.Pool, 'query'>): Promise<string> {
  const columns = await columnsOf(client)
  const tables = [...new Set(columns.map((column) => column.table))]
  const parts = tables.map((name) => {
    const own = columns.filter((column) => column.table === name)
    const rows = own.map((c) => `| ${c.column} | ${c.type} | ${c.nullable ? '' : '是'} | ${cell(c.comment ?? '')} |`)
    return [`## ${name}`, '', cell(own[0]?.tableComment ?? ''), '', '| 列 | 类型 | 必填 | 含义 |', '|---|---|---|---|', ...rows, ''].join('\n')
  })
  return `# 数据字典\n\n由数据库注释生成（\`npm run generate\`），共 ${tables.length} 张表。\n\n${parts.join('\n')}`
}
