import { Select, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { localDate } from '../../../kernel/core/time.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { reachKindsOf } from '../granting.ts'
import { operations } from '../operations.ts'
import type { PersonDetail } from '../people.ts'
import { REACH_KIND_ZH } from '../zh.ts'

interface Bound {
  value: unknown
  set: (value: unknown) => void
}

function PlacePicker({ kind, value, set }: { kind: 'GRID' | 'ENTERPRISE' | 'PARK' } & Bound) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const read = useRead(operations.places, { kind, q: q || '-' }, { enabled: q.length > 0 })
  return <Select showSearch={{ filterOption: false, onSearch: setTyped }} value={typeof value === 'string' ? value : null} placeholder="输入名称或代码" notFoundContent={read.isFetching ? <Spin size="small" /> : q ? '没有找到' : '请输入名称'} options={(read.data?.rows ?? []).map((p) => ({ value: p.id, label: `${p.name}（${p.note}）` }))} onChange={set} />
}

const PLACES = [['GRID', 'gridId'], ['ENTERPRISE', 'enterpriseId'], ['PARK', 'parkId']] as const

/** A post: which role, over what, from when. Roles that the security administrator may not hand out are shown and closed. */
export function GrantDialog({ who, onClose }: { who: PersonDetail; onClose: () => void }) {
  const roles = useRead(operations.roles, {})
  if (!roles.data) return null
  const kinds = (values: Readonly<Record<string, unknown>>) => reachKindsOf(String(values.roleCode ?? ''))
  const chosen = (kind: string) => (values: Readonly<Record<string, unknown>>) => values.reachKind === kind
  const found = PLACES.map(([kind, key]): FormField => ({ key, kind: 'own', when: chosen(kind), required: true, own: (value, set) => <PlacePicker kind={kind} value={value} set={set} /> }))
  return (
    <ReasonDialog
      title={`授予${who.name}岗位`}
      operation={operations.grant}
      input={{ id: who.id, postId: newId() }}
      initial={{ reachKind: 'AREA', validFrom: localDate(serverNow()) }}
      fields={[
        { key: 'roleCode', kind: 'choice', options: roles.data.roles.map((r) => ({ value: r.code, label: r.grantable ? r.name : `${r.name}（您无权授予）`, disabled: !r.grantable })) },
        { key: 'reachKind', kind: 'own', own: (value, set) => <Select value={typeof value === 'string' ? value : null} options={(['AREA', 'GRID', 'ENTERPRISE', 'PARK'] as const).map((kind) => ({ value: kind, label: REACH_KIND_ZH[kind] }))} onChange={set} />, hint: '企业人员选企业，园区管理方选园区，安格员选安格' },
        { key: 'areaCode', kind: 'area', when: chosen('AREA'), required: true },
        ...found,
        { key: 'validFrom', label: '起始日期', kind: 'date' },
        { key: 'validTo', label: '截止日期', kind: 'date', required: false, hint: '不填为长期' },
      ]}
      prepare={(values) => ({ areaCode: null, gridId: null, enterpriseId: null, parkId: null, ...values, reachKind: kinds(values).length === 1 ? kinds(values)[0] : values.reachKind, validTo: values.validTo ?? null })}
      act={{ does: '从起始日起按角色获得权限，只在所选范围内有效；授权留痕，供审计员查阅。', whom: who.name }}
      confirm="授予"
      onClose={onClose}
    />
  )
}
