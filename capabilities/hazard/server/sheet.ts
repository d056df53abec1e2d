import { sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import { writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { HAZARD_CATEGORIES } from '../../checklist/taxonomy.ts'
import { DUE_SOON_DAYS } from '../timers.ts'
import type { HazardRow } from '../views.ts'
import { levelZh, sourceZh, stateZh } from '../zh.ts'
import { type Filter, type ListRow, orderSql, rowColumns, toListRow, whereOf } from './list.ts'

const MAX = 200_000
const CHUNK = 2000
const categoryZh = new Map<string, string>(HAZARD_CATEGORIES.map((c) => [c.code, c.name]))

/** Columns of the screen, by the same keys; the sheet shows those the person sees. */
const columns: Record<string, { heading: string; width: number; cell: (r: HazardRow, streets: Map<string, string>) => string | number }> = {
  no: { heading: '隐患编号', width: 26, cell: (r) => r.no },
  title: { heading: '隐患', width: 44, cell: (r) => r.title },
  enterpriseName: { heading: '企业', width: 30, cell: (r) => r.enterpriseName },
  location: { heading: '部位', width: 20, cell: (r) => r.location },
  category: { heading: '类别', width: 18, cell: (r) => categoryZh.get(r.category) ?? r.category },
  level: { heading: '等级', width: 8, cell: (r) => levelZh[r.level] },
  state: { heading: '状态', width: 12, cell: (r) => stateZh[r.state] },
  dueOn: { heading: '期限', width: 14, cell: (r) => (r.dueOn ? zhDate(r.dueOn) : '') },
  overdue: { heading: '逾期', width: 8, cell: (r) => (r.overdue ? '逾期' : '') },
  source: { heading: '来源', width: 12, cell: (r) => sourceZh[r.source] },
  street: { heading: '街道', width: 14, cell: (r, streets) => streets.get(r.street) ?? r.street },
  orderNo: { heading: '文书号', width: 24, cell: (r) => r.orderNo ?? '' },
  foundAt: { heading: '发现时间', width: 20, cell: (r) => zhDateTime(r.foundAt) },
  closedAt: { heading: '销号时间', width: 20, cell: (r) => (r.closedAt ? zhDateTime(r.closedAt) : '') },
}

/** Exactly what the list shows with this filter, streamed in pages of 2,000; the download is audited. */
export async function exportHazards(ctx: Ctx, filter: Filter & { columns?: string | undefined }): Promise<FileAnswer> {
  const today = localDate(ctx.now)
  const where = whereOf(ctx.actor, filter, today)
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from hazard h where ${where} limit ${MAX + 1}) x`.execute(ctx.tx)
  const total = counted[0]?.n ?? 0
  if (total > MAX) throw new Problem('refused', 'hazard.export_too_many', { params: { max: MAX } })
  const asked = (filter.columns ?? '').split(',').filter((key) => key in columns)
  const keys = asked.length ? asked : Object.keys(columns)
  const { rows: areas } = await sql<{ code: string; name: string }>`select code, name from area where kind in ('STREET','DEV_ZONE','PARK_COMMITTEE','BAY_AREA')`.execute(ctx.tx)
  const streets = new Map(areas.map((area) => [area.code, area.name]))
  ctx.audit({ kind: 'EXPORT', subject: '隐患台账', result: 'ok', data: { filter, rows: total, columns: keys } })
  const body = writeXlsx({
    sheets: [{
      name: '隐患台账', title: [`隐患台账　${total}宗　截至${zhDateTime(ctx.now)}`], spareRows: 0,
      columns: keys.map((key) => ({ heading: columns[key]!.heading, width: columns[key]!.width })),
      rows: sheetRows(ctx, where, filter, (row) => keys.map((key) => columns[key]!.cell(row, streets))),
    }],
  })
  return { file: { name: `隐患台账${today.replaceAll('-', '')}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body } }
}

async function* sheetRows(ctx: Ctx, where: ReturnType<typeof whereOf>, filter: Filter, cells: (row: HazardRow) => (string | number)[]): AsyncGenerator<(string | number)[]> {
  const today = localDate(ctx.now)
  const soon = addDays(today, DUE_SOON_DAYS)
  const due = filter.sort === 'due'
  for (let cursor: { at: string; id: string } | undefined, more = true; more; ) {
    const after = !cursor ? sql`` : due ? sql`and (coalesce(h.due_on, '9999-12-31'::date), h.id) > (${cursor.at}::date, ${cursor.id}::uuid)` : sql`and (h.found_at, h.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    const at = due ? sql`coalesce(h.due_on, '9999-12-31'::date)::text` : sql`h.found_at::text`
    const { rows } = await sql<ListRow & { cur: string }>`select ${rowColumns}, ${at} as cur from hazard h where ${where} ${after} order by ${orderSql(filter.sort)} limit ${CHUNK}`.execute(ctx.tx)
    for (const row of rows) yield cells(toListRow(row, today, soon))
    const last = rows.at(-1)
    more = rows.length === CHUNK
    cursor = last ? { at: last.cur, id: last.id } : undefined
  }
}
