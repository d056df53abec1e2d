import { Alert, Button } from 'antd'
import { asProblem, Problem } from './call.ts'

/** A refusal or a fault, drawn: what it is, the number to quote, and the way on. */
export function ProblemView({ problem, onRetry }: { problem: unknown; onRetry?: (() => void) | undefined }) {
  const known = asProblem(problem)
  const { title, note } = wordsOf(known)
  const request = known.requestId && known.status >= 500 && !title.includes(known.requestId) ? known.requestId : undefined
  return (
    <Alert
      className="ag-problem"
      type={known.status >= 400 && known.status < 500 ? 'warning' : known.code === 'offline' ? 'info' : 'error'}
      showIcon
      title={title}
      {...(note || request ? { description: <>{note}{request ? <span className="ag-request">请求号 <code>{request}</code></span> : null}</> } : {})}
      action={onRetry && known.status !== 403 && known.status !== 404 ? <Button onClick={onRetry}>再试一次</Button> : null}
    />
  )
}

function wordsOf(problem: Problem): { title: string; note: string } {
  if (problem.code === 'offline') return { title: '网络不通', note: '已打开的内容仍可查看，已填写的不会丢失；恢复后再试。' }
  if (problem.status === 403) return { title: problem.title, note: '需要时请联系本单位的安全管理员调整岗位权限。' }
  if (problem.status === 404) return { title: problem.title, note: '可能已移出您的管辖范围，或地址有误。' }
  if (problem.stale) return { title: problem.title, note: '页面已换成最新内容，您填写的仍在；核对后可再次提交。' }
  const fields = problem.fields.filter((f) => f.message !== problem.title).map((f) => f.message)
  return { title: problem.title, note: [...new Set(fields)].join('；') }
}
