import { Problem } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import { writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { STATE_ZH } from '../lifecycle.ts'
import { EXPORT_COLUMNS, type ExportFilter, type PaperRow } from '../paper.ts'
import * as store from './store.ts'

const MAX = 50_000
const CHUNK = 500
type Key = (typeof EXPORT_COLUMNS)[number]

/** Columns of the screen, by the same keys. */
const columns: Record<Key, { heading: string; width: number; cell: (r: PaperRow) => string | number }> = {
  title: { heading: '文书', width: 24, cell: (r) => r.title },
  no: { heading: '文号', width: 32, cell: (r) => r.no ?? '' },
  enterpriseName: { heading: '监管对象', width: 32, cell: (r) => r.enterpriseName },
  siteName: { heading: '场所', width: 24, cell: (r) => r.siteName },
  state: { heading: '状态', width: 12, cell: (r) => (r.type === 'D04' && r.state === 'SIGNED' ? '已完成' : STATE_ZH[r.state]) },
  itemCount: { heading: '隐患', width: 8, cell: (r) => r.itemCount },
  officers: { heading: '执法人员', width: 20, cell: (r) => r.officers.join('、') },
  issuedOn: { heading: '签发', width: 16, cell: (r) => (r.issuedOn ? zhDate(r.issuedOn) : '') },
  servedOn: { heading: '送达', width: 16, cell: (r) => (r.servedOn ? zhDate(r.servedOn) : '') },
  draftedAt: { heading: '起草', width: 20, cell: (r) => zhDateTime(r.draftedAt) },
}

/** What the list shows with this filter, page by page; the download is audited. */
export async function exportPapers(ctx: Ctx, { columns: asked, ...filter }: ExportFilter): Promise<FileAnswer> {
  const { totals } = await store.list(ctx.tx, ctx.actor, { ...filter, limit: 1 })
  if (totals.total > MAX) throw new Problem('refused', 'enforcement.export_too_many', { params: { max: MAX } })
  const keys: readonly Key[] = asked?.length ? asked : EXPORT_COLUMNS
  ctx.audit({ kind: 'EXPORT', subject: 'enforcement.list', result: 'ok', data: { filter, rows: totals.total, columns: keys } })
  async function* rows() {
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await store.list(ctx.tx, ctx.actor, { ...filter, limit: CHUNK, ...(cursor ? { cursor } : {}) })
      for (const row of page.rows) yield keys.map((key) => columns[key].cell(row))
      cursor = page.next
    }
  }
  const body = writeXlsx({ sheets: [{ name: '执法文书', title: [`执法文书　${totals.total}份　截至${zhDateTime(ctx.now)}`], spareRows: 0, columns: keys.map((key) => ({ heading: columns[key].heading, width: columns[key].width })), rows: rows() }] })
  return { file: { name: `执法文书${localDate(ctx.now).replaceAll('-', '')}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body } }
}
