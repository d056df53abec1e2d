import { Select, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { type GridDetail, MEMBER_POSTS } from '../district.ts'
import { operations } from '../operations.ts'
import { MEMBER_POST_ZH } from '../zh.ts'

/** Finds a person of one's own reach by name or initials; who has a main grid shows it. */
function CandidatePicker({ value, onChange }: { value: unknown; onChange: (id: unknown) => void }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const read = useRead(operations.candidates, q ? { q } : {})
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={typeof value === 'string' ? value : null}
      placeholder="输入姓名或拼音首字母"
      notFoundContent={read.isFetching ? <Spin size="small" /> : '没有找到，请先由系统管理员登记人员'}
      options={(read.data?.rows ?? []).map((p) => ({ value: p.personId, label: `${p.name}（${p.organisation}${p.mainGrid ? `，主格：${p.mainGrid}` : ''}）` }))}
      onChange={onChange}
    />
  )
}

export function AddMemberDialog({ grid, onClose }: { grid: GridDetail; onClose: () => void }) {
  return (
    <ReasonDialog
      title={`${grid.name}：安排安格员`}
      operation={operations.addMember}
      input={{ id: grid.id, memberId: newId() }}
      initial={{ post: 'A', isMain: true, duty: '日常巡查、宣传、信息采集、隐患上报和督促整改' }}
      fields={[
        { key: 'personId', label: '人员', kind: 'own', own: (value, set) => <CandidatePicker value={value} onChange={set} /> },
        { key: 'post', label: '岗位', kind: 'radio', options: MEMBER_POSTS.map((value) => ({ value, label: MEMBER_POST_ZH[value] })), hint: '主格之外只能再任一个安格的 B 岗；机动人员不计入两人' },
        { key: 'isMain', label: '这是此人的主格', kind: 'flag' },
        { key: 'duty', label: '责任', kind: 'long', max: 200 },
        { key: 'validFrom', label: '起始日期', kind: 'date' },
      ]}
      prepare={(values) => ({ ...values, isMain: values.isMain === true })}
      confirm="安排"
      onClose={onClose}
    />
  )
}

export function EndMemberDialog({ grid, member, onClose }: { grid: GridDetail; member: { id: string; name: string; version: number }; onClose: () => void }) {
  return (
    <ReasonDialog title={`${member.name}撤岗`} operation={operations.endMember} input={{ id: grid.id, memberId: member.id, baseVersion: member.version }} fields={[{ key: 'validTo', label: '最后一天', kind: 'date' }, { key: 'reason', kind: 'long', max: 200 }]} confirm="撤岗" danger onClose={onClose}
      act={{ does: '之后的排班一并取消，空出的日子列为无人值守。', whom: `${member.name}（${grid.name}）` }} />
  )
}

export function EditGridDialog({ grid, onClose }: { grid: GridDetail; onClose: () => void }) {
  return <ReasonDialog title={`修改${grid.name}`} operation={operations.editGrid} input={{ id: grid.id, baseVersion: grid.version, boundary: grid.boundary }} initial={{ name: grid.name }} fields={[{ key: 'name', max: 60 }]} confirm="保存" onClose={onClose} />
}

export function CloseGridDialog({ grid, onClose }: { grid: GridDetail; onClose: () => void }) {
  return (
    <ReasonDialog title={`撤销${grid.name}`} operation={operations.closeGrid} input={{ id: grid.id, baseVersion: grid.version }} fields={[{ key: 'validTo', label: '最后一天', kind: 'date' }, { key: 'reason', kind: 'long', max: 200 }]} confirm="撤销" danger onClose={onClose}
      act={{ does: '成员任职同日结束，此后的排班取消；监管对象须另行归格，历史记录不变。', whom: grid.name }} />
  )
}
