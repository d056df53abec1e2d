import { Button } from 'antd'
import { Link } from 'react-router'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead } from '../../../kernel/web/parts.tsx'
import type { RowOf } from '../../../kernel/web/client.ts'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import { parkKindZh } from '../park.ts'

const columns: readonly Column<RowOf<typeof operations.parks>>[] = [
  { key: 'name', title: '园区名称', always: true },
  { key: 'kind', title: '种类', width: 150, render: (row) => parkKindZh[row.kind] },
  { key: 'parentParkName', title: '上级园区', width: 170 },
  { key: 'areaName', title: '社区', width: 130 },
  { key: 'gridName', title: '安格', width: 130 },
  { key: 'tenants', title: '租户', width: 80, number: true },
  { key: 'subParks', title: '园中园', width: 80, number: true },
  { key: 'operatorName', title: '业主或运营单位', width: 200 },
  { key: 'address', title: '地址', width: 240 },
  { key: 'code', title: '园区码', width: 180, off: true, render: (row) => <span className="ag-num">{row.code}</span> },
]

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '名称、地址、园区码' },
  { key: 'area', label: '区划', kind: 'area' },
  { key: 'kind', label: '种类', kind: 'choices', options: Object.entries(parkKindZh).map(([value, label]) => ({ value, label })) },
]

/** 园区: owners, tenants and the parks inside parks. */
export default function ParkList() {
  const { can } = useMe()
  const add = can('enterprise.edit') ? <Link to="/parks/new"><Button type="primary">新建园区</Button></Link> : null
  return (
    <>
      <PageHead title="园区" note="工业园区、化工园区和园中园；点名称看租户、楼栋和上下级。" actions={add} />
      <DataTable operation={operations.parks} columns={columns} filters={filters} rowLink={(row) => `/parks/${row.id}`} empty={{ title: '还没有园区', how: '先登记园区，导入企业时才能对上所在园区。', action: add }} />
    </>
  )
}
