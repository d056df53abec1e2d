import { Button, Skeleton, Table } from 'antd'
import { operations } from '../../../capabilities/staff/operations.ts'
import type { MySession } from '../../../capabilities/staff/staff.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'

const endedZh = { SIGN_OUT: '主动退出', NEWER_SIGN_IN: '在别处重新登录', RENEWED: '已续期', EXPIRED: '到时自动退出', OTHER: '被管理员收回' } as const

/** One's own sign-ins: somebody who finds one that is not his changes the password. */
export default function Sessions() {
  const { data, error, refetch } = useRead(operations.sessions, {})
  const end = useCommand(operations.endSession)
  const now = serverNow()
  const columns = [
    { key: 'startedAt', title: '登录时间', render: (_: unknown, row: MySession) => zhMoment(row.startedAt, now) },
    { key: 'lastSeenAt', title: '最后使用', render: (_: unknown, row: MySession) => zhMoment(row.lastSeenAt, now) },
    { key: 'kind', title: '种类', render: (_: unknown, row: MySession) => (row.kind === 'DISPLAY' ? '大屏长期展示' : '普通登录') },
    { key: 'address', title: '来自地址', dataIndex: 'address' },
    { key: 'ended', title: '情况', render: (_: unknown, row: MySession) => (row.current ? <StatusTag tone="done">本次登录</StatusTag> : row.ended ? `${endedZh[row.ended]}${row.endedAt ? `（${zhMoment(row.endedAt, now)}）` : ''}` : row.kind === 'DISPLAY' ? <><StatusTag tone="wait">展示至{zhMoment(row.endsAt, now)}</StatusTag> <Button size="small" loading={end.running} onClick={() => void end.run({ id: row.id }).catch(() => undefined)}>结束</Button></> : <StatusTag tone="wait">登录中</StatusTag>) },
  ]
  return (
    <>
      <PageHead title="登录会话" note="一个账号同时只有一处登录；大屏长期展示另算，只能看画面。发现不是自己的登录，请马上修改口令并告诉安全管理员。" />
      <Section>
        {end.problem ? <ProblemView problem={end.problem} /> : null}
        {error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : null}
        {data ? <Table size="small" rowKey="id" columns={columns} dataSource={data.rows} pagination={false} scroll={{ x: 560 }} /> : error ? null : <Skeleton active />}
      </Section>
    </>
  )
}
