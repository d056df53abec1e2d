import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import type { PersonRow } from '../people.ts'
import { PERSON_STATE_ZH } from '../zh.ts'
import { AddPersonDialog } from './PersonDialogs.tsx'
import { stateOptions, stateTone } from './words.ts'

type Row = z.output<typeof PersonRow>

const columns: readonly Column<Row>[] = [
  { key: 'name', title: '姓名', width: 120, always: true },
  { key: 'organisation', title: '单位', width: 200 },
  { key: 'roles', title: '岗位', render: (p) => (p.roles.length > 0 ? p.roles.join('、') : <StatusTag tone="warn">没有岗位</StatusTag>) },
  { key: 'state', title: '账号', width: 100, render: (p) => <StatusTag tone={stateTone[p.state]}>{PERSON_STATE_ZH[p.state]}</StatusTag> },
  { key: 'login', title: '账号名', width: 130 },
  { key: 'certificateNo', title: '执法证', width: 120, render: (p) => <span className="ag-num">{p.certificateNo ?? '—'}</span> },
  { key: 'certificateTo', title: '有效期至', width: 140, render: (p) => (p.certificateTo ? zhDate(p.certificateTo) : '—') },
  { key: 'phoneMasked', title: '电话', width: 140, render: (p) => <span className="ag-num">{p.phoneMasked ?? '—'}</span> },
  { key: 'dutyTitle', title: '职务', width: 120, off: true },
]

/** 人员和账号. The system administrator finds people without an account here, the security administrator people without a post. */
export default function PeopleList() {
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const organisations = useRead(operations.organisations, {})
  const roles = useRead(operations.roles, {})
  const mayAccount = me.can('staff.account')
  const filters: readonly Filter[] = [
    { key: 'q', label: '查找', kind: 'text', placeholder: '姓名、拼音首字母、账号、电话后四位' },
    { key: 'organisationId', label: '单位', kind: 'choice', options: (organisations.data?.rows ?? []).map((o) => ({ value: o.id, label: o.name })), width: 220 },
    { key: 'role', label: '岗位', kind: 'choice', options: (roles.data?.roles ?? []).map((r) => ({ value: r.code, label: r.name })) },
    { key: 'state', label: '账号', kind: 'choice', options: stateOptions, more: true },
  ]
  const note = mayAccount ? '这里登记人员、开立账号；账号没有任何权限，由安全管理员授予岗位后才能办事。' : me.can('staff.grant') ? '这里授予、撤销岗位；人员和账号由系统管理员建立，两件事不由同一人办理。' : '管辖范围内的人员。'
  return (
    <>
      <PageHead title="人员和账号" note={note} actions={mayAccount ? <Button type="primary" onClick={() => setAdding(true)}>登记人员</Button> : undefined} />
      <DataTable
        operation={operations.people}
        columns={columns}
        filters={filters}
        figures={(page) => {
          const f = page?.figures
          return [
            { label: '在职', value: f?.all, set: {} },
            { label: '无账号', value: f?.noAccount, set: { state: 'NO_ACCOUNT' } },
            { label: '没有岗位', value: f?.noPost, set: { noPost: 'true' }, tone: 'warn' },
            { label: '已锁定', value: f?.locked, set: { state: 'LOCKED' }, tone: 'late' },
            { label: '已停用', value: f?.disabled, set: { state: 'DISABLED' } },
            { label: '执法证快到期', value: f?.expiring, set: { expiring: 'true' }, tone: 'warn' },
            { label: '已离职', value: f?.left, set: { state: 'LEFT' } },
          ]
        }}
        rowLink={(person) => `/people/${person.id}`}
        empty={{ title: '还没有人员', how: '由系统管理员登记人员并开立账号，再由安全管理员授予岗位。' }}
      />
      {adding ? <AddPersonDialog organisations={organisations.data?.rows ?? []} onClose={() => setAdding(false)} /> : null}
    </>
  )
}
