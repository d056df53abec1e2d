import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { type RowOf, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, Fields, PageHead, RiskTag, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { type Column, DataTable } from '../../../kernel/web/table.tsx'
import { industryName } from '../industry.ts'
import { operatingStateZh } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { buildingUseZh, parkKindZh } from '../park.ts'
import { parkFields } from './NewPark.tsx'
import { stateTone } from './words.ts'
import './enterprise.css'

type View = OutputOf<typeof operations.park>
type Opened = { kind: 'edit' | 'void' | 'building' }

const tenantColumns: readonly Column<RowOf<typeof operations.list>>[] = [
  { key: 'name', title: '单位', always: true },
  { key: 'state', title: '经营状态', width: 110, render: (row) => <StatusTag tone={stateTone[row.state]}>{operatingStateZh[row.state]}</StatusTag> },
  { key: 'riskColor', title: '风险', width: 90, render: (row) => <RiskTag colour={row.riskColor} /> },
  { key: 'industryCode', title: '行业', width: 180, render: (row) => (row.industryCode ? (industryName(row.industryCode) ?? '—') : '—') },
  { key: 'employees', title: '从业人员', width: 95, number: true },
  { key: 'address', title: '地址', width: 260 },
]

/** 园区档案: who runs it, who rents in it, which parks lie inside which. */
export default function ParkPage() {
  const { id = '' } = useParams()
  const [opened, setOpened] = useState<Opened>()
  const { data, error, refetch } = useRead(operations.park, { id })
  if (error && !data) return <ProblemView problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />
  const may = data.actions.some((action) => action.allowed)
  return (
    <>
      <PageHead
        back={{ to: '/parks', label: '园区' }} title={data.name} tags={<StatusTag>{parkKindZh[data.kind]}</StatusTag>} note={<span className="ag-num">{data.code}</span>}
        actions={may ? <><Button onClick={() => setOpened({ kind: 'void' })}>作废</Button><Button onClick={() => setOpened({ kind: 'building' })}>登记楼栋</Button><Button type="primary" onClick={() => setOpened({ kind: 'edit' })}>修改</Button></> : null}
      />
      <div className="en-file">
        <div>
          <Section title="基本情况"><Facts park={data} /></Section>
          <Section title={`租户 ${data.tenants} 家`} flush>
            <DataTable operation={operations.list} columns={tenantColumns} input={{ park: data.id }} rowLink={(row) => `/enterprises/${row.id}`} plain prefix="t-" name="park-tenants" empty={{ title: '这个园区还没有登记租户', how: '在企业档案里填所在园区，或用花名册导入时带上园区一列。' }} />
          </Section>
        </div>
        <aside>
          <Section title="上下级园区"><Tree park={data} /></Section>
          <Section title={`楼栋 ${data.buildings.length} 栋`}>{data.buildings.length ? <ul className="en-list">{data.buildings.map((building) => <li key={building.id}><span>{building.name}<small>{buildingUseZh[building.use]}</small></span><span>{building.floors === null ? '' : `${building.floors} 层`}{building.heightM ? ` · ${building.heightM} 米` : ''}</span></li>)}</ul> : <EmptyState title="还没有登记楼栋" />}</Section>
        </aside>
      </div>
      <Dialogs park={data} opened={opened} close={() => setOpened(undefined)} />
    </>
  )
}

function Facts({ park }: { park: View }) {
  const m2 = (value: number | null) => (value === null ? null : `${value.toLocaleString('zh-CN')} 平方米`)
  return (
    <Fields
      items={[
        { label: '业主或运营单位', value: park.operatorName }, { label: '负责人', value: [park.contactName, park.contactPhone].filter(Boolean).join(' ') }, { label: '所在', value: [park.areaName, park.gridName].filter(Boolean).join(' · ') },
        { label: '占地面积', value: m2(park.landAreaM2) }, { label: '建筑面积', value: m2(park.floorAreaM2) }, { label: '地址', value: park.address, wide: true },
      ]}
    />
  )
}

function Tree({ park }: { park: View }) {
  return (
    <ul className="en-tree">
      {ordered(park.tree).map((node) => (
        <li key={node.id} style={{ paddingLeft: node.depth * 18 }}>
          {node.id === park.id ? <b>{node.name}</b> : <Link to={`/parks/${node.id}`}>{node.name}</Link>} <small className="ag-faint">{node.tenants} 家</small>
        </li>
      ))}
    </ul>
  )
}

/** Each park directly above what lies in it. */
function ordered(tree: View['tree']): View['tree'] {
  const below = (parent: string | null): View['tree'] => tree.filter((node) => node.parentParkId === parent).flatMap((node) => [node, ...below(node.id)])
  const top = tree.filter((node) => node.depth === 0)
  return top.flatMap((node) => [node, ...below(node.id)])
}

function Dialogs({ park, opened, close }: { park: View; opened: Opened | undefined; close: () => void }) {
  if (!opened) return null
  const input = { id: park.id, baseVersion: park.version }
  const draft = `park-${opened.kind}-${park.id}`
  if (opened.kind === 'edit') return <ReasonDialog title="修改园区" operation={operations.updatePark} input={input} confirm="保存" fields={parkFields} initial={park} onClose={close} draft={draft} />
  if (opened.kind === 'void') return <ReasonDialog title="作废园区" operation={operations.voidPark} input={input} confirm="作废" danger onClose={close} draft={draft} act={{ does: '园区不再出现在名册里；还有租户或园中园时不能作废', whom: park.name }} />
  return (
    <ReasonDialog
      title="登记楼栋" operation={operations.saveBuilding} input={{ parkId: park.id, id: newId() }} confirm="登记" onClose={close} draft={draft}
      fields={[{ key: 'name' }, { key: 'use', kind: 'radio', options: Object.entries(buildingUseZh).map(([value, label]) => ({ value, label })) }, { key: 'floors', kind: 'number', unit: '层' }, { key: 'heightM', kind: 'number', unit: '米' }, { key: 'floorAreaM2', kind: 'number', unit: '平方米', label: '每层面积' }]}
    />
  )
}
