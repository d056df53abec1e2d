import { Problem } from '../../../kernel/core/problem.ts'
import { shortDateTime } from '../../../kernel/core/time-zh.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import { writeCsv } from '../../../kernel/server/sheet/csv-write.ts'
import type { SheetColumn } from '../../../kernel/server/sheet/sheet-xml.ts'
import { writeXlsx } from '../../../kernel/server/sheet/write.ts'
import type { z } from 'zod'
import { exportColumns, type ExportInput, riskColorZh, standardLevelZh } from '../enterprise.ts'
import { gongmaoSectorZh } from '../gongmao.ts'
import type { GongmaoSector } from '../gongmao.ts'
import { industryLabel } from '../industry.ts'
import { operatingStateZh } from '../lifecycle.ts'
import { siteKindZh } from '../site-kinds.ts'
import { sizeGradeZh } from '../size.ts'
import { tagZh } from '../tags.ts'
import { exportBatch } from './list.ts'

type Key = (typeof exportColumns)[number]
type Row = Record<string, unknown>

const named = (table: Readonly<Record<string, string>>, field: string) => (row: Row) => table[String(row[field])] ?? ''
const yes = (field: string) => (row: Row) => (row[field] ? '是' : '否')
const same = (field: string) => (row: Row) => (row[field] ?? null) as string | number | null

/** Headings are those of the screen, and the register's import knows every one of them. */
const columns: Readonly<Record<Key, { heading: string; kind?: 'number'; cell: (row: Row) => string | number | null }>> = {
  name: { heading: '企业名称', cell: same('name') },
  creditCode: { heading: '统一社会信用代码', cell: same('creditCode') },
  siteKind: { heading: '场所种类', cell: named(siteKindZh, 'siteKind') },
  state: { heading: '经营状态', cell: named(operatingStateZh, 'state') },
  industry: { heading: '行业', cell: (row) => (row.industryCode ? (industryLabel(String(row.industryCode)) ?? '') : '') },
  sector: { heading: '工贸行业', cell: (row) => gongmaoSectorZh[row.gongmaoSector as GongmaoSector] ?? '' },
  sizeGrade: { heading: '规模', cell: named(sizeGradeZh, 'sizeGrade') },
  aboveScale: { heading: '规模以上', cell: yes('aboveScale') },
  highRisk: { heading: '高危', cell: yes('highRisk') },
  standardLevel: { heading: '标准化等级', cell: named(standardLevelZh, 'standardLevel') },
  riskColor: { heading: '风险等级', cell: named(riskColorZh, 'riskColor') },
  tags: { heading: '类别标签', cell: (row) => (row.tags as string[]).map((tag) => tagZh[tag as keyof typeof tagZh] ?? tag).join('、') },
  employees: { heading: '从业人员', kind: 'number', cell: same('employees') },
  street: { heading: '街道', cell: same('streetName') },
  area: { heading: '社区', cell: same('areaName') },
  grid: { heading: '安格', cell: same('gridName') },
  park: { heading: '园区', cell: same('parkName') },
  address: { heading: '地址', cell: same('address') },
  principalName: { heading: '主要负责人', cell: same('principalName') },
  principalPhone: { heading: '主要负责人电话', cell: same('principalPhone') },
  lon: { heading: '经度', kind: 'number', cell: same('lon') },
  lat: { heading: '纬度', kind: 'number', cell: same('lat') },
}

const BATCH = 1000

/** Exactly what the filter shows, in the order of the screen, one batch in memory at a time; who took what is audited. */
export async function exportList(ctx: Ctx, input: z.output<typeof ExportInput>): Promise<FileAnswer> {
  const { format, columns: asked, reveal = false, ...filter } = input
  if (reveal && !ctx.actor.has('enterprise.reveal')) throw new Problem('forbidden', 'enterprise.reveal_needed')
  const keys = asked?.length ? asked : exportColumns
  const sheetColumns = keys.map((key): SheetColumn => ({ heading: columns[key].heading, kind: columns[key].kind ?? 'text' }))
  const title = `监管对象 ${shortDateTime(ctx.now)} 导出`
  async function* rows() {
    let cursor: string | undefined
    for (;;) {
      const batch = await exportBatch(ctx.tx, ctx.actor, { ...filter, limit: BATCH, cursor }, ctx.secrets.blind)
      for (const row of batch) yield keys.map((key) => columns[key].cell(reveal && row.sealed ? { ...row, principalPhone: ctx.secrets.open(String(row.sealed)) } : row))
      if (batch.length < BATCH) return
      cursor = batch.at(-1)!.cursor
    }
  }
  ctx.audit({ kind: 'EXPORT', subject: 'enterprise', result: 'ok', data: { filter, format, reveal, columns: keys } })
  if (reveal) ctx.audit({ kind: 'REVEAL', subject: 'enterprise', result: 'ok', data: { filter, by: 'export' } })
  const spec = { name: '监管对象', columns: sheetColumns, rows: rows(), spareRows: 0 }
  const name = `监管对象_${localDate(ctx.now)}`
  if (format === 'csv') return { file: { name: `${name}.csv`, type: 'text/csv; charset=utf-8', body: writeCsv(spec) } }
  return { file: { name: `${name}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body: writeXlsx({ sheets: [{ ...spec, title: [title] }] }) } }
}
