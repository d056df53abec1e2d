import { Button, Checkbox, Input, Modal, Table } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { usePhone } from '../../../kernel/web/phone.ts'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'

type Answer = OutputOf<typeof operations.roles>
type Role = Answer['roles'][number]

/** 角色和权限: shipped roles are read, the bureau's own are written by the security administrator. */
export default function RolesPage() {
  const read = useRead(operations.roles, {})
  const [editing, setEditing] = useState<Role | 'new'>()
  const [removing, setRemoving] = useState<Role>()
  const phone = usePhone()
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const answer = read.data
  const zh = new Map((answer?.verbs ?? []).map((v) => [v.verb, v.zh]))
  return (
    <>
      <PageHead title="角色和权限" note="系统自带角色随版本更新，不能改；本局另需的组合另建角色。三员各自独任，与其他角色互斥。" actions={answer?.may ? <Button type="primary" onClick={() => setEditing('new')}>新建角色</Button> : undefined} />
      <Section flush>
        <Table<Role> size="small" rowKey="code" loading={!answer} dataSource={answer?.roles ?? []} pagination={false} scroll={{ x: phone ? 330 : 640 }}
          expandable={{ expandedRowRender: (role) => <p style={{ margin: 0 }}>{role.verbs.map((verb) => zh.get(verb) ?? verb).join('、')}</p> }}
          columns={[
            { title: '角色', dataIndex: 'name', render: (name: string, r) => <>{name} {r.exclusive ? <StatusTag tone="warn">独任</StatusTag> : null}</> },
            ...(phone ? [] : [{ title: '代码', dataIndex: 'code' as const, width: 200, className: 'ag-num' }]),
            { title: '来源', dataIndex: 'shipped', width: phone ? 64 : 90, render: (shipped: boolean) => (shipped ? '自带' : '自定') },
            { title: '权限', key: 'verbs', width: 72, align: 'right', className: 'ag-num', render: (_, r) => `${r.verbs.length} 项` },
            { title: '在任', dataIndex: 'holders', width: 76, align: 'right', className: 'ag-num', render: (n: number, r) => <Link to={`/people?role=${r.code}`}>{n} 人</Link> },
            ...(answer?.may ? [{ title: '', key: 'acts', width: 130, render: (_: unknown, r: Role) => (r.shipped ? null : <><Button size="small" type="text" onClick={() => setEditing(r)}>修改</Button><Button size="small" type="text" danger onClick={() => setRemoving(r)}>删除</Button></>) }] : []),
          ]} />
      </Section>
      {editing && answer ? <RoleEditor role={editing === 'new' ? undefined : editing} verbs={answer.verbs} onClose={() => setEditing(undefined)} /> : null}
      {removing ? <ReasonDialog title={`删除${removing.name}`} operation={operations.removeRole} input={{ code: removing.code, baseVersion: removing.version }} confirm="删除" danger onClose={() => setRemoving(undefined)} /> : null}
    </>
  )
}

/** Verbs by capability; what may not be put into a role is shown and closed. */
function RoleEditor({ role, verbs, onClose }: { role: Role | undefined; verbs: Answer['verbs']; onClose: () => void }) {
  const [code, setCode] = useState(role?.code ?? '')
  const [name, setName] = useState(role?.name ?? '')
  const [chosen, setChosen] = useState<readonly string[]>(role?.verbs ?? [])
  const command = useCommand(operations.saveRole, { onDone: onClose })
  const groups = [...new Set(verbs.map((v) => v.group))]
  return (
    <Modal open width={760} title={role ? `修改${role.name}` : '新建角色'} okText="保存" cancelText="取消" confirmLoading={command.running} onCancel={onClose} okButtonProps={{ disabled: !code || name.trim().length < 2 || chosen.length === 0 }}
      onOk={() => void command.run({ code, name: name.trim(), verbs: [...chosen], baseVersion: role?.version ?? null }).catch(() => undefined)}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginBottom: 12, alignItems: 'center' }}>
        <span>名称</span><Input aria-label="名称" value={name} maxLength={30} onChange={(e) => setName(e.target.value)} />
        <span>代码</span><Input aria-label="代码" value={code} maxLength={40} disabled={!!role} placeholder="大写字母，例 NIGHT_TEAM" onChange={(e) => setCode(e.target.value.toUpperCase())} />
      </div>
      {role && role.holders > 0 ? <p className="ag-faint">{role.holders} 人在任，保存后随即生效。</p> : null}
      <div style={{ maxHeight: 420, overflow: 'auto' }}>
        {groups.map((group) => (
          <fieldset key={group} style={{ border: 0, margin: '0 0 12px', padding: 0 }}>
            <legend style={{ fontWeight: 500, padding: 0 }}>{group}</legend>
            {verbs.filter((v) => v.group === group).map((v) => (
              <Checkbox key={v.verb} style={{ marginInlineEnd: 16 }} disabled={!v.grantable && !chosen.includes(v.verb)} checked={chosen.includes(v.verb)} onChange={(e) => setChosen(e.target.checked ? [...chosen, v.verb] : chosen.filter((c) => c !== v.verb))}>{v.zh}</Checkbox>
            ))}
          </fieldset>
        ))}
      </div>
      {command.problem ? <ProblemView problem={command.problem} /> : null}
    </Modal>
  )
}
