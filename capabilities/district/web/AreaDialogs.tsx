import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { AREA_KINDS, type AreaView, DIRECTIONS, type Direction } from '../district.ts'
import { operations } from '../operations.ts'
import { AREA_KIND_ZH, DIRECTION_ZH } from '../zh.ts'

const kindOptions = AREA_KINDS.map((value) => ({ value, label: AREA_KIND_ZH[value] }))

/** New below a parent, or an existing one; the code says where it stands. */
export function SaveAreaDialog({ area, parent, onClose }: { area: AreaView | undefined; parent: AreaView | undefined; onClose: () => void }) {
  return (
    <ReasonDialog
      title={area ? `修改${area.name}` : `在${parent?.name ?? ''}下新增`}
      operation={operations.saveArea}
      input={area ? { code: area.code, baseVersion: area.version, parentCode: area.parentCode, validFrom: area.validFrom } : { baseVersion: null, parentCode: parent?.code ?? null }}
      fields={[
        ...(area ? [] : [{ key: 'code', label: '区划代码', kind: 'text' as const, max: 12, hint: '12 位统计用区划代码，须以上级代码开头' }]),
        { key: 'name', kind: 'text', max: 60 },
        { key: 'kind', label: '种类', kind: 'choice', options: kindOptions },
        { key: 'areaKm2', kind: 'number', unit: 'km²', required: false },
        { key: 'hostCounties', label: '所在区县（功能区填写，首个为统计归属）', kind: 'own', required: false, own: (value, set) => <Select mode="tags" value={Array.isArray(value) ? (value as string[]) : []} onChange={set} tokenSeparators={[',', '，', ' ']} placeholder="6 位区县代码" /> },
        ...(area ? [] : [{ key: 'validFrom', label: '启用日期', kind: 'date' as const }]),
      ]}
      initial={area ? { name: area.name, kind: area.kind, areaKm2: area.areaKm2, hostCounties: area.hostCounties } : { kind: 'COMMUNITY' }}
      prepare={(values) => ({ ...values, areaKm2: values.areaKm2 ?? null, hostCounties: values.hostCounties ?? [] })}
      confirm="保存"
      onClose={onClose}
    />
  )
}

export function CloseAreaDialog({ area, onClose }: { area: AreaView; onClose: () => void }) {
  return (
    <ReasonDialog title={`撤销${area.name}`} operation={operations.closeArea} input={{ code: area.code, baseVersion: area.version }} fields={[{ key: 'validTo', label: '最后一天', kind: 'date' }, { key: 'reason', kind: 'long', max: 200 }]} confirm="撤销" danger onClose={onClose}
      act={{ does: '次日起不再出现在区划树和各表中；此前的记录仍记在它名下。', whom: area.name }} />
  )
}

/** The bureau's own order, one step at a time: every table follows it. */
export function OrderDialog({ area, below, onClose }: { area: AreaView; below: readonly AreaView[]; onClose: () => void }) {
  const [order, setOrder] = useState(below.map((a) => a.code))
  const command = useCommand(operations.reorderAreas, { onDone: onClose })
  const name = new Map(below.map((a) => [a.code, a.name]))
  const move = (at: number, by: number) => {
    const next = [...order]
    const [code] = next.splice(at, 1)
    if (code) next.splice(at + by, 0, code)
    setOrder(next)
  }
  return (
    <Modal open title={`${area.name}：下级次序`} okText="保存次序" cancelText="取消" confirmLoading={command.running} onCancel={onClose} onOk={() => void command.run({ code: area.code, children: order }).catch(() => undefined)} okButtonProps={{ disabled: order.length === 0 }}>
      <ol style={{ maxHeight: 480, overflow: 'auto', paddingLeft: 28 }}>
        {order.map((code, i) => (
          <li key={code} style={{ padding: '4px 0' }}>
            <span style={{ display: 'inline-block', minWidth: 200 }}>{name.get(code)}</span>
            <Button size="small" type="text" disabled={i === 0} aria-label={`${name.get(code)}上移`} onClick={() => move(i, -1)}>上移</Button>
            <Button size="small" type="text" disabled={i === order.length - 1} aria-label={`${name.get(code)}下移`} onClick={() => move(i, 1)}>下移</Button>
          </li>
        ))}
      </ol>
      {order.length === 0 ? <p className="ag-faint">没有下级区划。</p> : null}
      {command.problem ? <ProblemView problem={command.problem} /> : null}
    </Modal>
  )
}

interface Draft {
  id: string
  direction: Direction
  name: string
  neighbourCode: string | null
  contact: string | null
}

/** 相邻区域: to whom a matter across the border is handed. */
export function NeighboursDialog({ area, onClose }: { area: AreaView; onClose: () => void }) {
  const read = useRead(operations.neighbours, { code: area.code })
  const [typed, setTyped] = useState<Draft[]>()
  const command = useCommand(operations.saveNeighbours, { onDone: onClose })
  const rows: Draft[] = typed ?? read.data?.rows ?? []
  const change = (i: number, more: Partial<Draft>) => setTyped(rows.map((row, at) => (at === i ? { ...row, ...more } : row)))
  const save = () => void command.run({ code: area.code, neighbours: rows }).catch(() => undefined)
  return (
    <Modal open width={760} title={`${area.name}：相邻区域`} okText="保存" cancelText="取消" confirmLoading={command.running} onCancel={onClose} onOk={save}>
      {rows.map((row, i) => (
        <div key={row.id} style={{ display: 'flex', gap: 8, marginBottom: 8 }}>
          <Select style={{ width: 90 }} value={row.direction} aria-label="方位" options={DIRECTIONS.map((value) => ({ value, label: DIRECTION_ZH[value] }))} onChange={(direction: Direction) => change(i, { direction })} />
          <Input style={{ width: 160 }} value={row.name} placeholder="区域名称" maxLength={60} onChange={(e) => change(i, { name: e.target.value })} />
          <Input style={{ width: 150 }} value={row.neighbourCode ?? ''} placeholder="区划代码（可空）" maxLength={12} onChange={(e) => change(i, { neighbourCode: e.target.value || null })} />
          <Input value={row.contact ?? ''} placeholder="移交联系单位" maxLength={100} onChange={(e) => change(i, { contact: e.target.value || null })} />
          <Button type="text" onClick={() => setTyped(rows.filter((_, at) => at !== i))}>移除</Button>
        </div>
      ))}
      <Button onClick={() => setTyped([...rows, { id: newId(), direction: 'E', name: '', neighbourCode: null, contact: null }])}>添加</Button>
      {command.problem ? <ProblemView problem={command.problem} /> : null}
    </Modal>
  )
}
