import { App, Button, Checkbox, Popover, Select, Skeleton } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { Operation } from '../core/operation.ts'
import { asProblem } from './call.ts'
import { download } from './client.ts'
import { inputKeys } from './form-values.ts'
import { type ChosenColumns, fileColumns } from './table-columns.tsx'
import { pageSizes, type TableState } from './table-state.ts'
import type { FigureFilter } from './table-types.ts'
import { tones } from './tokens.ts'

/** 全部 1,204 · 待复查 86 · 逾期 12: each is a filter, the one that holds is marked. */
export function FigureLine({ figures, state }: { figures: readonly FigureFilter[]; state: TableState }) {
  const keys = [...new Set(figures.flatMap((f) => Object.keys(f.set)))]
  const holds = (f: FigureFilter) => keys.every((key) => (f.set[key] ?? '') === (state.set[key] ?? ''))
  const pick = (f: FigureFilter) => state.change({ ...Object.fromEntries(keys.map((key) => [key, undefined])), ...f.set })
  return (
    <div className="ag-figures">
      {figures.map((f) => (
        <button key={f.label} type="button" className={holds(f) ? 'ag-figure-pill ag-figure-on' : 'ag-figure-pill'} aria-pressed={holds(f)} onClick={() => pick(f)}>
          {f.label} <b style={f.tone && f.value ? { color: tones[f.tone].ink } : undefined}>{f.value === null || f.value === undefined ? '—' : f.value.toLocaleString('zh-CN')}</b>
        </button>
      ))}
    </div>
  )
}

/** Above the table: the total, the screen's own tools, columns, export. */
export function ToolLine<R>(given: { tools: ReactNode; total: number | undefined; estimate: boolean; busy: boolean; columns: ChosenColumns<R>; exportOf: Operation | undefined; filter: Record<string, unknown>; plain: boolean }) {
  if (given.plain && !given.tools && !given.exportOf) return null
  return (
    <div className="ag-tools">
      <span className="ag-total" aria-live="polite">{given.total === undefined || given.busy ? '正在查询…' : <>共 <b>{given.total.toLocaleString('zh-CN')}</b> 条{given.estimate ? '（约）' : ''}</>}</span>
      <span className="ag-tools-right">
        {given.tools}
        {given.exportOf ? <ExportButton operation={given.exportOf} filter={given.filter} columns={fileColumns(given.columns.shown)} total={given.total} /> : null}
        {given.plain ? null : <ColumnChoice columns={given.columns} />}
      </span>
    </div>
  )
}

function ExportButton({ operation, filter, columns, total }: { operation: Operation; filter: Record<string, unknown>; columns: readonly string[]; total: number | undefined }) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    // An order that the file does not know is no filter; every filter goes along or is refused.
    const { sort, ...rest } = filter
    const known = inputKeys(operation)
    try {
      await download(operation, { ...rest, ...(known.includes('sort') && sort ? { sort } : {}), ...(known.includes('columns') ? { columns: columns.join(',') } : {}) } as never)
    } catch (thrown) {
      message.error(asProblem(thrown).title)
    } finally {
      setBusy(false)
    }
  }
  return <Button loading={busy} disabled={total === 0} title="按当前筛选导出全部结果，列与所见一致" onClick={() => void run()}>导出</Button>
}

function ColumnChoice<R>({ columns }: { columns: ChosenColumns<R> }) {
  const options = columns.all.map((c, i) => ({ value: c.key, label: c.title, disabled: i === 0 || !!c.always }))
  const body = (
    <div className="ag-column-choice">
      <Checkbox.Group options={options} value={[...columns.keys]} onChange={(keys) => columns.choose(keys as string[])} />
      <Button type="link" size="small" onClick={() => columns.choose(undefined)}>恢复默认</Button>
    </div>
  )
  return <Popover trigger="click" placement="bottomRight" content={body}><Button>列</Button></Popover>
}

/** 上一页 / 下一页 with the size of a page. There are no page numbers: the list is keyed by cursor. */
export function Pager({ state, total, estimate, count, next }: { state: TableState; total: number; estimate: boolean; count: number; next: string | undefined }) {
  const first = state.cursor === undefined
  return (
    <nav className="ag-pager" aria-label="翻页">
      <span>共 {total.toLocaleString('zh-CN')} 条{estimate ? '（约）' : ''}，本页 {count} 条</span>
      <Select size="small" aria-label="每页条数" value={state.limit} style={{ width: 100 }} onChange={state.resize} options={pageSizes.map((size) => ({ value: size, label: `${size} 条/页` }))} />
      <Button size="small" disabled={first} onClick={state.back}>{!first && state.trail.length === 0 ? '回第一页' : '上一页'}</Button>
      <Button size="small" disabled={!next} onClick={() => next && state.forward(next)}>下一页</Button>
    </nav>
  )
}

/** Says what is happening when an answer takes more than three seconds. */
export function Slow({ since }: { since: number }) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 3000)
    return () => clearTimeout(timer)
  }, [since])
  return slow ? <p className="ag-slow" role="status">数据较多，仍在查询，请稍候；可缩小时间或区划范围。</p> : null
}

/** The shape of the table to come. */
export function TableSkeleton({ columns, rows = 8 }: { columns: number; rows?: number }) {
  return (
    <div className="ag-skeleton" aria-busy="true" aria-label="正在读取">
      {Array.from({ length: rows + 1 }, (_, r) => (
        <div key={`r${r}`} className="ag-skeleton-row">
          {Array.from({ length: Math.min(columns, 7) }, (_, c) => <Skeleton.Input key={`c${c}`} active size="small" block />)}
        </div>
      ))}
    </div>
  )
}
