import { Button, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { operations as enterprise } from '../../../capabilities/enterprise/operations.ts'
import { operatingStateZh } from '../../../capabilities/enterprise/lifecycle.ts'
import { operations as hazard } from '../../../capabilities/hazard/operations.ts'
import { stateZh } from '../../../capabilities/hazard/zh.ts'
import { useInfinite } from '../../../kernel/web/client.ts'
import type { MapBox } from '../../../kernel/web/map.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { DueTag, EmptyState, RiskTag, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Layer } from './MapPage.tsx'

type What = 'places' | 'hazards'

interface Props {
  readonly box: MapBox | undefined
  readonly start: What
  readonly filter: Readonly<Record<string, string>>
  readonly here: boolean
  readonly layer: Layer
  leave(): void
  pick(id: string): void
}

/** What lies in the view, with its exact number; the number opens the same list as a page. */
export function SideList(props: Props) {
  const [what, setWhat] = useState<What>(props.start)
  const mayHazard = useMe().can('hazard.read')
  const box = props.box?.map((n) => n.toFixed(5)).join(',')
  return (
    <aside className="ag-section ag-map-side" aria-label="视野内名单">
      <div className="ag-map-tabs">
        {mayHazard ? <Segmented aria-label="名单" options={[{ value: 'places', label: '监管对象' }, { value: 'hazards', label: '隐患' }]} value={what} onChange={setWhat} /> : <b>监管对象</b>}
        {props.here ? <Button size="small" onClick={props.leave}>看整个视野</Button> : null}
      </div>
      {box ? what === 'places' ? <Places {...props} view={box} /> : <Hazards {...props} view={box} /> : <Skeleton active className="ag-map-wait" />}
    </aside>
  )
}

function Places({ filter, view, here, pick }: Props & { view: string }) {
  const asked = { ...filter, box: view }
  const list = useInfinite(enterprise.list, { ...asked, limit: 30 } as never)
  return (
    <Body list={list} unit="家" word={here ? '此处' : '视野内'} to={`/enterprises?${new URLSearchParams(asked)}`} empty="视野内没有符合条件的监管对象">
      {list.rows.map((row) => (
        <li key={row.id}>
          <button type="button" className="ag-map-row" onClick={() => pick(row.id)}>
            <span>{row.name}</span>
            <small>{row.address}</small>
            <span className="ag-map-tags">{row.riskColor ? <RiskTag colour={row.riskColor} /> : null}{row.state === 'ACTIVE' ? null : <StatusTag>{operatingStateZh[row.state]}</StatusTag>}</span>
          </button>
        </li>
      ))}
    </Body>
  )
}

function Hazards({ filter, view, here, layer }: Props & { view: string }) {
  const asked = { open: 'true', box: view, ...(layer === 'late' ? { overdue: 'true' } : {}), ...(filter.area ? { areaCode: filter.area } : {}) }
  const list = useInfinite(hazard.list, { ...asked, sort: 'due', limit: 30 } as never)
  return (
    <Body list={list} unit="宗" word={here ? '此处' : '视野内'} to={`/hazards?${new URLSearchParams(asked)}`} empty={layer === 'late' ? '视野内没有逾期隐患' : '视野内没有未销号隐患'}>
      {list.rows.map((row) => (
        <li key={row.id}>
          <Link className="ag-map-row" to={`/hazards/${row.id}`}>
            <span>{row.title}</span>
            <small>{row.enterpriseName}</small>
            <span className="ag-map-tags">{row.level === 'MAJOR' ? <StatusTag tone="late">重大</StatusTag> : null}<StatusTag tone="wait">{stateZh[row.state]}</StatusTag>{row.dueOn ? <DueTag due={row.dueOn} /> : null}</span>
          </Link>
        </li>
      ))}
    </Body>
  )
}

interface ListLike {
  readonly rows: readonly unknown[]
  readonly total: number | undefined
  readonly loading: boolean
  readonly problem: Parameters<typeof ProblemView>[0]['problem'] | undefined
  readonly more: (() => void) | undefined
  readonly loadingMore: boolean
  retry(): void
}

function Body({ list, unit, word, to, empty, children }: { list: ListLike; unit: string; word: string; to: string; empty: string; children: React.ReactNode }) {
  return (
    <>
      <p className="ag-map-count">{word} <Link to={to}>{list.total === undefined ? '—' : list.total.toLocaleString('zh-CN')}</Link> {unit}</p>
      {list.problem ? <ProblemView problem={list.problem} onRetry={list.retry} /> : null}
      {list.loading ? <Skeleton active className="ag-map-wait" paragraph={{ rows: 6 }} /> : null}
      {list.total === 0 ? <EmptyState title={empty} how="移动或缩小地图看看别处。" /> : null}
      <ul className="ag-map-list">
        {children}
        {list.more ? <li><Button block type="text" loading={list.loadingMore} onClick={list.more}>更多</Button></li> : null}
      </ul>
    </>
  )
}
