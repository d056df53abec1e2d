import { shortDateTime } from '../../../kernel/core/time-zh.ts'
import { Fields, PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import { type AuditRow, auditKindZh, auditKinds } from '../system.ts'

const columns: readonly Column<AuditRow>[] = [
  { key: 'at', title: '时间', width: 130, always: true, render: (row) => <span className="ag-num">{shortDateTime(row.at)}</span> },
  { key: 'kind', title: '类别', width: 120, render: (row) => auditKindZh[row.kind] },
  { key: 'actorName', title: '人员', width: 120 },
  { key: 'subject', title: '对象' },
  { key: 'resultZh', title: '结果', width: 220, render: (row) => <StatusTag tone={row.result === 'ok' ? 'done' : 'warn'}>{row.resultZh}</StatusTag> },
  { key: 'address', title: '来源地址', width: 140, render: (row) => <span className="ag-num">{row.address || '—'}</span> },
  { key: 'requestId', title: '请求号', width: 180, off: true, render: (row) => <span className="ag-num">{row.requestId}</span> },
]

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '人员、对象、来源地址、请求号' },
  { key: 'kind', label: '类别', kind: 'choice', options: auditKinds.map((value) => ({ value, label: auditKindZh[value] })) },
  { key: 'outcome', label: '结果', kind: 'choice', options: [{ value: 'ok', label: '成功' }, { value: 'refused', label: '被拒' }] },
  { key: 'days', keys: ['from', 'to'], label: '日期', kind: 'days' },
]

/** 审计日志: who signed in, was refused, exported, looked at personal data, changed rights; nobody can switch it off. */
export default function AuditPage() {
  return (
    <>
      <PageHead title="审计日志" note="登录、越权、导出、查看个人信息和权限变动都在这里；只增不改，不能关闭，在库不少于 180 天。" />
      <DataTable
        operation={operations.audit}
        columns={columns}
        filters={filters}
        views={[{ name: '越权被拒', set: { kind: 'REFUSED' } }, { name: '登录失败', set: { kind: 'SIGN_IN', outcome: 'refused' } }, { name: '导出', set: { kind: 'EXPORT' } }, { name: '查看个人信息', set: { kind: 'REVEAL' } }]}
        export={operations.auditExport}
        drawer={(row) => <Detail row={row} />}
        drawerTitle={(row) => `${auditKindZh[row.kind]} · ${row.actorName}`}
        empty={{ title: '没有符合条件的记录', how: '登录、导出等动作发生后会记在这里。' }}
      />
    </>
  )
}

function Detail({ row }: { row: AuditRow }) {
  return (
    <>
      <Fields
        columns={1}
        items={[
          { label: '时间', value: shortDateTime(row.at) },
          { label: '人员', value: row.actorName },
          { label: '对象', value: row.subject },
          { label: '对象编号', value: row.subjectId },
          { label: '结果', value: row.resultZh },
          { label: '来源地址', value: row.address },
          { label: '请求号', value: row.requestId },
        ]}
      />
      {Object.keys(row.data).length > 0 ? <pre>{JSON.stringify(row.data, null, 2)}</pre> : null}
    </>
  )
}
