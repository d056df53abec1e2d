import { Button } from 'antd'
import { Link } from 'react-router'
import { useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { Fields, PageHead, RiskTag, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { type EnterpriseRow, type exportColumns, standardLevelZh } from '../enterprise.ts'
import { industryLabel, industryName } from '../industry.ts'
import { operatingStateZh } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { sizeGradeZh } from '../size.ts'
import { GridPicker, IndustryPicker, ParkPicker } from './pickers.tsx'
import { riskOptions, sectorOptions, siteKindName, siteKindOptions, sizeOptions, standardOptions, stateOptions, stateTone, tagName, tagOptions } from './words.ts'

const inFile = (...names: (typeof exportColumns)[number][]) => names

const columns: readonly Column<EnterpriseRow>[] = [
  { key: 'name', title: '企业名称', always: true, sort: 'name' },
  { key: 'state', title: '经营状态', width: 110, render: (row) => <StatusTag tone={stateTone[row.state]}>{operatingStateZh[row.state]}</StatusTag> },
  { key: 'riskColor', title: '风险', width: 90, render: (row) => <RiskTag colour={row.riskColor} /> },
  { key: 'sizeGrade', title: '规模', width: 100, file: inFile('sizeGrade', 'aboveScale'), render: (row) => `${sizeGradeZh[row.sizeGrade]}${row.aboveScale ? ' · 规上' : ''}` },
  { key: 'industryCode', title: '行业', width: 170, file: inFile('industry'), render: (row) => (row.industryCode ? (industryName(row.industryCode) ?? row.industryCode) : '—') },
  { key: 'tags', title: '类别标签', width: 170, render: (row) => <TagNames tags={row.tags} /> },
  { key: 'areaName', title: '街道 / 社区', width: 160, file: inFile('street', 'area'), sort: 'area', render: (row) => [row.streetName, row.areaName].filter((name, i, all) => name && all.indexOf(name) === i).join(' / ') },
  { key: 'gridName', title: '安格', width: 120, file: inFile('grid') },
  { key: 'principalName', title: '主要负责人', width: 100 },
  { key: 'principalPhone', title: '电话', width: 125, render: (row) => <span className="ag-num">{row.principalPhone ?? '—'}</span> },
  { key: 'employees', title: '从业人员', width: 95, number: true, sort: 'employees' },
  { key: 'creditCode', title: '统一社会信用代码', width: 190, off: true, render: (row) => <span className="ag-num">{row.creditCode ?? '无'}</span> },
  { key: 'siteKind', title: '场所种类', width: 120, off: true, render: (row) => siteKindName(row.siteKind) },
  { key: 'standardLevel', title: '标准化', width: 90, off: true, render: (row) => standardLevelZh[row.standardLevel] },
  { key: 'parkName', title: '园区', width: 150, off: true, file: inFile('park') },
  { key: 'address', title: '地址', width: 260, off: true },
]

function TagNames({ tags }: { tags: readonly string[] }) {
  if (!tags.length) return <span className="ag-faint">—</span>
  const [first, second, ...rest] = tags.map(tagName)
  return <span title={tags.map(tagName).join('、')}>{[first, second].filter(Boolean).join('、')}{rest.length ? ` 等${tags.length}项` : ''}</span>
}

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '名称、首字母、代码、电话尾号、地址', width: 250 },
  { key: 'area', label: '区划', kind: 'area' },
  { key: 'state', label: '经营状态', kind: 'choices', options: stateOptions },
  { key: 'tags', label: '类别标签', kind: 'choices', options: tagOptions },
  { key: 'industry', label: '行业', kind: 'own', width: 220, render: (value, set) => <IndustryPicker value={value} onChange={set} width={220} />, say: (value) => industryLabel(value) ?? value, more: true },
  { key: 'sector', label: '工贸行业', kind: 'choices', options: sectorOptions, more: true },
  { key: 'size', label: '规模', kind: 'choices', options: sizeOptions, more: true },
  { key: 'aboveScale', label: '规模以上', kind: 'choice', options: [{ value: 'true', label: '规上' }, { value: 'false', label: '规下' }], more: true, width: 110 },
  { key: 'riskColor', label: '风险等级', kind: 'choices', options: riskOptions, more: true },
  { key: 'siteKind', label: '场所种类', kind: 'choices', options: siteKindOptions, more: true },
  { key: 'standard', label: '标准化', kind: 'choices', options: standardOptions, more: true },
  { key: 'highRisk', label: '高危', kind: 'flag', more: true },
  { key: 'grid', label: '安格', kind: 'own', render: (value, set) => <GridPicker value={value} onChange={set} />, say: () => '所选安格', more: true },
  { key: 'park', label: '园区', kind: 'own', render: (value, set) => <ParkPicker value={value} onChange={set} width={180} />, say: () => '所选园区', more: true },
  { key: 'located', label: '定位', kind: 'choice', options: [{ value: 'true', label: '已定位' }, { value: 'false', label: '未定位' }], width: 120, more: true },
  { key: 'box', label: '地图范围', kind: 'own', render: (value, set) => (value ? <Button size="small" onClick={() => set(undefined)}>所看范围 ×</Button> : <span className="ag-faint">—</span>), say: () => '所看范围', more: true },
  { key: 'importId', label: '导入批次', kind: 'own', render: (value, set) => (value ? <Button size="small" onClick={() => set(undefined)}>本批 ×</Button> : <span className="ag-faint">—</span>), say: () => '所选批次', more: true },
]

const views = [
  { name: '规上企业', set: { aboveScale: 'true' } },
  { name: '粉尘涉爆', set: { tags: 'DUST_EXPLOSION' } },
  { name: '有限空间', set: { tags: 'CONFINED_SPACE' } },
  { name: '厂中厂', set: { siteKind: 'FACTORY_IN_FACTORY' } },
  { name: '三小、九小场所', set: { siteKind: siteKindOptions.filter(({ value }) => /SMALL|STREET/.test(value)).map(({ value }) => value).join(',') } },
]

/** 监管对象: everybody who is supervised within reach. */
export default function EnterpriseList() {
  const me = useMe()
  const { data } = useRead(operations.figures, {})
  const figures = [
    { label: '全部', value: data?.total, set: {} },
    { label: '规上', value: data?.aboveScale, set: { aboveScale: 'true' } },
    { label: '正常生产', value: data?.active, set: { state: 'ACTIVE' } },
    { label: '停产', value: data?.stopped, set: { state: 'VOLUNTARY_STOP,ORDERED_STOP,LONG_STOP' } },
    { label: '高危', value: data?.highRisk, set: { highRisk: 'true' } },
    { label: '红色风险', value: data?.red, set: { riskColor: 'RED' }, tone: 'late' as const },
    { label: '橙色风险', value: data?.orange, set: { riskColor: 'ORANGE' } },
  ]
  const add = me.can('enterprise.edit') ? <Link to="/enterprises/new"><Button type="primary">新建</Button></Link> : null
  return (
    <>
      <PageHead title="监管对象" note="企业、个体工商户和没有执照的场所。每家一份档案，点名称打开。" actions={<>{me.can('exchange.import') ? <Link to="/imports/new?kind=enterprise"><Button>导入</Button></Link> : null}{add}</>} />
      <DataTable
        operation={operations.list}
        columns={columns}
        filters={filters}
        figures={figures}
        views={views}
        rowLink={(row) => `/enterprises/${row.id}`}
        drawer={(row) => <Brief row={row} />}
        drawerTitle={(row) => row.name}
        {...(me.can('enterprise.export') ? { export: operations.export } : {})}
        empty={{ title: '还没有监管对象', how: '用本单位现成的花名册导入，或逐家新建。', action: me.can('exchange.import') ? <Link to="/imports/new?kind=enterprise"><Button type="primary">导入花名册</Button></Link> : add }}
      />
    </>
  )
}

function Brief({ row }: { row: EnterpriseRow }) {
  return (
    <>
      <Fields
        columns={1}
        items={[
          { label: '统一社会信用代码', value: row.creditCode ?? '无' },
          { label: '经营状态', value: operatingStateZh[row.state] },
          { label: '行业', value: row.industryCode ? industryLabel(row.industryCode) : null },
          { label: '规模', value: `${sizeGradeZh[row.sizeGrade]}${row.aboveScale ? ' · 规上' : ''}` },
          { label: '风险等级', value: <RiskTag colour={row.riskColor} long /> },
          { label: '类别标签', value: row.tags.map(tagName).join('、') },
          { label: '所在', value: [row.streetName, row.areaName, row.gridName, row.parkName].filter((name, i, all) => name && all.indexOf(name) === i).join(' · ') },
          { label: '地址', value: row.address },
          { label: '主要负责人', value: [row.principalName, row.principalPhone].filter(Boolean).join(' ') },
        ]}
      />
      <Link to={`/enterprises/${row.id}`}><Button type="primary" style={{ marginTop: 16 }}>打开一企一档</Button></Link>
    </>
  )
}
