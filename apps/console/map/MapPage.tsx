import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { operations as enterprise } from '../../../capabilities/enterprise/operations.ts'
import { stateOptions, tagOptions } from '../../../capabilities/enterprise/web/words.ts'
import { operations as hazard } from '../../../capabilities/hazard/operations.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { AreaMap, type MapBox } from '../../../kernel/web/map.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { EmptyState, PageHead, RiskShapeMark } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { FilterRow } from '../../../kernel/web/table-filters.tsx'
import { useTableState } from '../../../kernel/web/table-state.ts'
import { FigureLine } from '../../../kernel/web/table-lines.tsx'
import type { Filter } from '../../../kernel/web/table.tsx'
import { risk, riskColours } from '../../../kernel/web/tokens.ts'
import { EnterpriseDrawer } from './EnterpriseDrawer.tsx'
import { alertsOf, areasOf, mapPointsOf } from './layers.ts'
import { useShapes } from './shapes.ts'
import { SideList } from './SideList.tsx'
import './map.css'

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '名称、首字母、地址', width: 200 },
  { key: 'area', label: '区划', kind: 'area', width: 190 },
  { key: 'tags', label: '类别标签', kind: 'choices', options: tagOptions, width: 180 },
  { key: 'state', label: '经营状态', kind: 'choices', options: stateOptions, width: 170 },
]
const keys = ['q', 'area', 'tags', 'state', 'riskColor']

/** What lies over the places: open hazards, only the late ones, or nothing. */
export type Layer = 'open' | 'late' | 'none'

const layers = [{ value: 'open', label: '未销号隐患' }, { value: 'late', label: '只看逾期' }, { value: 'none', label: '不显示隐患' }]

/** 一张图: every place of one's reach and the open hazards above them; the list beside it follows the view. */
export default function MapPage() {
  const me = useMe()
  const state = useTableState('', keys)
  const [params, setParams] = useSearchParams()
  const layer = (params.get('layer') ?? 'open') as Layer
  const [box, setBox] = useState<MapBox>()
  /** Places that lie on top of each other: the list shows just these. */
  const [here, setHere] = useState<{ box: MapBox; what: 'places' | 'hazards' }>()
  const { riskColor, ...asked } = state.set
  const places = useRead(enterprise.points, asked)
  const hazards = useRead(hazard.points, { open: 'true', ...(state.set.area ? { areaCode: state.set.area } : {}) }, { enabled: me.can('hazard.read') && layer !== 'none' })
  const shapes = useShapes()
  const areas = useMemo(() => (shapes ? areasOf(shapes, state.set.area) : []), [shapes, state.set.area])
  const points = useMemo(() => (places.data ? mapPointsOf(places.data, riskColor) : []), [places.data, riskColor])
  const alerts = useMemo(() => (hazards.data && layer !== 'none' ? alertsOf(hazards.data, layer === 'late') : []), [hazards.data, layer])
  const counts = places.data
  const figures = [
    { label: '全部', value: counts?.total, set: {} },
    ...riskColours.map((colour) => ({ label: `${risk[colour].word}色`, value: counts?.risks[colour], set: { riskColor: colour } })),
  ]
  const write = (key: string, value: string | undefined) => setParams((old) => {
    const next = new URLSearchParams(old)
    if (value) next.set(key, value)
    else next.delete(key)
    return next
  }, { replace: true })
  const unplaced = counts ? counts.total - counts.located : 0
  return (
    <>
      <PageHead title="一张图" note="辖区内的监管对象和未销号隐患；右侧名单跟着地图走，圈上的数点开就是名单。" />
      <div className="ag-table ag-map-head">
        <FigureLine figures={figures} state={state} />
        <div className="ag-map-controls">
          <FilterRow filters={filters} state={state} />
          {me.can('hazard.read') ? <Segmented aria-label="隐患图层" options={layers} value={layer} onChange={(next) => write('layer', next === 'open' ? undefined : next)} /> : null}
        </div>
      </div>
      {places.error ? <ProblemView problem={places.error} onRetry={() => void places.refetch()} /> : null}
      {counts && counts.total === 0 ? <EmptyState title="没有符合条件的监管对象" how="放宽上面的筛选，或先在“监管对象”里导入花名册。" /> : null}
      <div className="ag-map-page">
        <div>
          <AreaMap areas={areas} points={points} alerts={alerts} follow height="var(--map-height)" chosen={params.get('open') ?? undefined} onView={(view) => setBox(view.box)} onPick={(ids, at) => (ids.length === 1 ? write('open', ids[0]) : setHere({ box: at, what: 'places' }))} onAlert={(_, at) => setHere({ box: at, what: 'hazards' })} />
          <Legend unplaced={unplaced} late={hazards.data?.overdue} />
        </div>
        <SideList key={here?.what ?? 'view'} box={here?.box ?? box} start={here?.what ?? 'places'} filter={state.set} here={here !== undefined} layer={layer} leave={() => setHere(undefined)} pick={(id) => write('open', id)} />
      </div>
      <EnterpriseDrawer id={params.get('open') ?? undefined} close={() => write('open', undefined)} />
    </>
  )
}

function Legend({ unplaced, late }: { unplaced: number; late: number | undefined }) {
  return (
    <p className="ag-legend ag-map-legend">
      {riskColours.map((colour) => <span key={colour}><RiskShapeMark shape={risk[colour].shape} fill={risk[colour].fill} /> {risk[colour].word} {risk[colour].level}</span>)}
      <span><i className="ag-map-none" /> 未评估</span>
      <span><i className="ag-map-flag">8</i> 未销号</span>
      <span><i className="ag-map-flag ag-map-flag-late">逾3</i> 其中逾期 {late === undefined ? '—' : <a href="#/hazards?overdue=true">{late.toLocaleString('zh-CN')} 宗</a>}</span>
      {unplaced > 0 ? <a href="#/enterprises?located=false">另有 {unplaced.toLocaleString('zh-CN')} 家未定位</a> : null}
    </p>
  )
}
