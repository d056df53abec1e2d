import { shortDateTime, zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import { writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { cellsOf, type Counted, metricOf, type Scope, type Split } from '../figures.ts'
import { splitZh } from '../words.ts'

/** The figures on screen as a sheet: both numbers of every rate, the cut-off in the head and the definitions on a second page. */
export function figureSheet(ctx: Ctx, ids: readonly string[], scope: Scope, by: readonly Split[], counted: Counted): FileAnswer {
  const metrics = ids.map((id) => metricOf(id))
  const columns = [
    ...by.map((split) => ({ heading: splitZh[split], kind: 'text' as const })),
    ...metrics.flatMap((metric) => (metric.of
      ? [{ heading: `${metric.name}（%）`, kind: 'number' as const }, { heading: `${metric.name}·分子`, kind: 'number' as const }, { heading: `${metric.name}·分母`, kind: 'number' as const }]
      : [{ heading: `${metric.name}（${metric.unit}）`, kind: 'number' as const }])),
  ]
  const line = (labels: readonly string[], figures: Counted['total']) => [
    ...labels,
    ...ids.flatMap((id) => {
      const { value, numerator, denominator, text } = figures[id]!
      return metricOf(id).of ? [value ?? text, numerator ?? text, denominator ?? text] : [value ?? text]
    }),
  ]
  const inner = cellsOf(counted, ids).filter((cell) => cell.keys.every((key) => key !== '*'))
  const rows = [...inner.map((cell) => line(cell.labels, cell.figures)), line(by.map((_, i) => (i === 0 ? '合计' : '')), counted.total)]
  const title = `统计表　${zhDate(scope.from)}至${zhDate(scope.to)}　数据截至${zhDateTime(counted.asOf)}`
  const notes = ['口径', ...metrics.map((metric) => `${metric.name}（${metric.id}，第${metric.version}版）：${metric.definition}。去重：${metric.once}。`), '分母为零或尚无登记的，印“—”。', `导出人：${ctx.actor.name}，${shortDateTime(ctx.now)}`]
  ctx.audit({ kind: 'EXPORT', subject: 'statistics', result: 'ok', data: { ids, scope, by } })
  const sheet = { name: '统计表', columns, rows, spareRows: 0, title: [title] }
  return { file: { name: `统计表_${scope.from}_${scope.to}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body: writeXlsx({ sheets: [sheet], notes: { name: '口径', lines: notes } }) } }
}
