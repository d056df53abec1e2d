import { Button, Skeleton } from 'antd'
import { Component, type ReactNode } from 'react'
import { Link } from 'react-router'
import { Problem } from './call.ts'
import { EmptyState } from './parts.tsx'

interface Caught {
  readonly thrown: unknown
  readonly at: string
}

/** A page that broke: what to quote, and the way on. The frame around it stays. `resetKey` (the address) clears it. */
export class FaultBoundary extends Component<{ children: ReactNode; resetKey: string }, { caught: Caught | undefined }> {
  override state: { caught: Caught | undefined } = { caught: undefined }

  static getDerivedStateFromError(thrown: unknown): { caught: Caught } {
    return { caught: { thrown, at: new Date().toISOString().replace(/\D/g, '').slice(4, 14) } }
  }

  override componentDidUpdate(before: { resetKey: string }): void {
    if (before.resetKey !== this.props.resetKey && this.state.caught) this.setState({ caught: undefined })
  }

  override render(): ReactNode {
    const { caught } = this.state
    if (!caught) return this.props.children
    // A page fetched piece by piece misses its pieces after the server was renewed.
    const renewed = caught.thrown instanceof Error && /dynamically imported module|Importing a module|preload/i.test(caught.thrown.message)
    const number = caught.thrown instanceof Problem && caught.thrown.requestId ? caught.thrown.requestId : `P${caught.at}`
    return (
      <EmptyState
        title={renewed ? '系统已更新，请刷新页面' : '这个页面出错了'}
        how={renewed ? '刷新后即可继续，已填写的草稿仍在。' : <>请刷新后再试；仍不行时，把编号 <code className="ag-request-inline">{number}</code> 告诉管理员。</>}
        action={<Button type="primary" onClick={() => location.reload()}>刷新页面</Button>}
      />
    )
  }
}

/** No such address. */
export function NoPage() {
  return <EmptyState title="没有这个页面" how="地址可能有误，或您的岗位没有这个功能。" action={<Link to="/">回工作台</Link>} />
}

/** While a screen's code is fetched: the shape of a page. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" aria-label="正在打开">
      <Skeleton active title={{ width: 240 }} paragraph={{ rows: 1, width: 360 }} />
      <div className="ag-section"><div className="ag-section-body"><Skeleton active title={false} paragraph={{ rows: 8 }} /></div></div>
    </div>
  )
}
