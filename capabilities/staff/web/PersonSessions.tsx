import { Button, Table } from 'antd'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'

const WHY: Readonly<Record<string, string>> = { SIGN_OUT: '退出', NEWER_SIGN_IN: '在别处登录', FORCED: '强制下线', PASSWORD_RESET: '重置口令', DISABLED: '停用账号', LEFT: '离职', PASSWORD_CHANGED: '修改口令', DEVICE: '停用设备' }

/** Sign-ins of somebody else, for the security administrator. */
export function PersonSessions({ personId }: { personId: string }) {
  const { data, error, refetch } = useRead(operations.personSessions, { id: personId })
  const end = useCommand(operations.endSession)
  return (
    <Section title="登录" flush>
      {error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : null}
      {end.problem ? <ProblemView problem={end.problem} /> : null}
      <Table size="small" rowKey="id" dataSource={data?.rows ?? []} loading={!data && !error} pagination={{ pageSize: 6, hideOnSinglePage: true, showSizeChanger: false }} locale={{ emptyText: '没有登录过' }} columns={[
        { title: '登录', dataIndex: 'startedAt', render: (at: string) => zhDateTime(at) },
        { title: '地址', dataIndex: 'address', width: 130, className: 'ag-num' },
        { title: '种类', dataIndex: 'kind', width: 120, render: (kind: string) => (kind === 'DISPLAY' ? '大屏长期展示' : '普通登录') },
        { title: '', key: 'state', width: 110, render: (_, s) => (s.open ? <Button size="small" loading={end.running} onClick={() => void end.run({ id: s.id }).catch(() => undefined)}>结束</Button> : <StatusTag>{WHY[s.endedWhy ?? ''] ?? '已结束'}</StatusTag>) },
      ]} />
    </Section>
  )
}
