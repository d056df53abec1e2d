import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Drawer, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { MESSAGE_DAYS, type MessageRow } from '../../capabilities/todo/message.ts'
import { operations } from '../../capabilities/todo/operations.ts'
import { zhMoment } from '../../kernel/core/time-zh.ts'
import { useCommand, useInfinite, useRead } from '../../kernel/web/client.ts'
import { serverNow } from '../../kernel/web/clock.ts'
import { EmptyState } from '../../kernel/web/parts.tsx'
import { usePhone } from '../../kernel/web/phone.ts'
import { ProblemView } from '../../kernel/web/problem-view.tsx'

/** 消息: what happened that concerns me and asks nothing of me. */
export function Messages() {
  const [open, setOpen] = useState(false)
  const phone = usePhone()
  const { data } = useRead(operations.unread, {}, { everySeconds: 60 })
  const unread = data?.unread ?? 0
  return (
    <>
      <button type="button" className="ag-bar-link ag-bell" aria-label={unread > 0 ? `消息，${unread} 条未读` : '消息'} title="消息" onClick={() => setOpen(true)}>
        <Badge count={unread} size="small" overflowCount={99} color="#1d5bb8"><BellOutlined /></Badge>
      </button>
      <Drawer open={open} title="消息" size={phone ? '100%' : 420} onClose={() => setOpen(false)} destroyOnHidden>
        <Box unread={unread} close={() => setOpen(false)} />
      </Drawer>
    </>
  )
}

function Box({ unread, close }: { unread: number; close: () => void }) {
  const [which, setWhich] = useState<'all' | 'unread'>(unread > 0 ? 'unread' : 'all')
  const list = useInfinite(operations.messages, { limit: 30, ...(which === 'unread' ? { unread: 'true' as const } : {}) })
  const read = useCommand(operations.readMessages)
  const navigate = useNavigate()
  const go = (row: MessageRow) => {
    if (!row.readAt) void read.run({ ids: [row.id] }).catch(() => undefined)
    close()
    void navigate(row.link)
  }
  return (
    <>
      <div className="ag-messages-head">
        <Segmented aria-label="看哪些消息" options={[{ value: 'unread', label: `未读 ${unread}` }, { value: 'all', label: '全部' }]} value={which} onChange={setWhich} />
        <Button disabled={unread === 0} loading={read.running} onClick={() => void read.run({}).catch(() => undefined)}>全部记为已读</Button>
      </div>
      {read.problem ? <ProblemView problem={read.problem} /> : null}
      {list.problem ? <ProblemView problem={list.problem} onRetry={list.retry} /> : null}
      {list.loading ? <Skeleton active paragraph={{ rows: 5 }} /> : null}
      {list.total === 0 ? <EmptyState title={which === 'unread' ? '没有未读消息' : '还没有消息'} how="与您有关、但不用您办理的事会告诉您：隐患作废或销号、延期批复、文书送达、导入完成。" /> : null}
      <ul className="ag-messages">
        {list.rows.map((row) => (
          <li key={row.id} className={row.readAt ? undefined : 'ag-message-new'}>
            <button type="button" onClick={() => go(row)}>
              <span>{row.readAt ? null : <i aria-label="未读" role="img" />}{row.title}</span>
              {row.text ? <span className="ag-message-text">{row.text}</span> : null}
              <small>{[zhMoment(row.at, serverNow()), row.byName].filter(Boolean).join(' · ')}</small>
            </button>
          </li>
        ))}
      </ul>
      {list.more ? <Button block type="text" loading={list.loadingMore} onClick={list.more}>更多</Button> : null}
      <p className="ag-field-note">消息保留 {MESSAGE_DAYS} 天；事情本身的经过一直在记录里。</p>
    </>
  )
}
