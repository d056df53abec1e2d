import { useQueries } from '@tanstack/react-query'
import { Button } from 'antd'
import type { InputOf, Operation } from '../core/operation.ts'
import { call } from './call.ts'
import { sayFilter } from './table-filters.tsx'
import type { TableState } from './table-state.ts'
import type { Filter } from './table-types.ts'

/** Nothing fits the filters: says how many would be seen without each of them, the most telling first. */
export function NothingFound({ operation, filters, state, filter }: { operation: Operation; filters: readonly Filter[]; state: TableState; filter: Record<string, unknown> }) {
  const keys = Object.keys(state.set).slice(0, 6)
  const without = useQueries({
    queries: keys.map((key) => {
      const rest = Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key))
      return { queryKey: [operation.path, 'without', key, rest], queryFn: async ({ signal }: { signal: AbortSignal }) => ((await call(operation, { ...rest, limit: 1 } as InputOf<Operation>, { signal })) as { total: number }).total }
    }),
  })
  const hidden = keys
    .map((key, i) => ({ key, total: without[i]?.data ?? 0 }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
  return (
    <div className="ag-empty" role="status">
      <p className="ag-empty-title">没有符合条件的记录</p>
      {hidden.map(({ key, total }) => {
        const { label, words } = sayFilter(filters, key, state.set[key] ?? '')
        return (
          <p key={key} className="ag-empty-how">
            去掉“{label}：{words}”可见 {total.toLocaleString('zh-CN')} 条
            <Button type="link" size="small" onClick={() => state.change({ [key]: undefined })}>去掉</Button>
          </p>
        )
      })}
      <Button onClick={() => state.replaceAll({})}>清空全部条件</Button>
    </div>
  )
}
