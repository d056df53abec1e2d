import { Link } from 'react-router'
import { operations } from '../../capabilities/todo/operations.ts'
import { useRead } from '../../kernel/web/client.ts'
import { useCan } from '../../kernel/web/me.ts'

/** Counts in the bar: what waits for me, and whether something of it is late. */
export function Counts() {
  const may = useCan(['todo.read', 'staff.office'])
  const { data } = useRead(operations.counts, {}, { enabled: may, everySeconds: 60 })
  if (!may) return null
  return (
    <Link to="/" className={data && data.overdue > 0 ? 'ag-bar-link ag-bar-late' : 'ag-bar-link'} title={data && data.overdue > 0 ? `其中逾期 ${data.overdue} 件` : undefined}>
      待办 <b>{data ? data.total.toLocaleString('zh-CN') : '—'}</b>
    </Link>
  )
}
