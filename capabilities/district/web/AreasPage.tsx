import { Button, Dropdown, Table } from 'antd'
import { useMemo, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useRead } from '../../../kernel/web/client.ts'
import { AreaMap } from '../../../kernel/web/map.tsx'
import { useCan } from '../../../kernel/web/me.ts'
import { usePhone } from '../../../kernel/web/phone.ts'
import { EmptyState, Figure, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { AreaView } from '../district.ts'
import { operations } from '../operations.ts'
import { AREA_KIND_ZH } from '../zh.ts'
import { AreaImport, BoundaryImport } from './AreaImports.tsx'
import { CloseAreaDialog, NeighboursDialog, OrderDialog, SaveAreaDialog } from './AreaDialogs.tsx'
import { useBoundaries } from './public.tsx'

interface Node extends AreaView {
  readonly children?: Node[]
}

function treeOf(areas: readonly AreaView[]): Node[] {
  const codes = new Set(areas.map((area) => area.code))
  const below = (parent: string | null): Node[] =>
    areas.filter((a) => (parent === null ? a.parentCode === null || !codes.has(a.parentCode) : a.parentCode === parent)).map((a) => {
      const children = below(a.code)
      return children.length > 0 ? { ...a, children } : a
    })
  return below(null)
}

type Asked = { kind: 'new' | 'edit' | 'close' | 'order' | 'neighbours'; area: AreaView } | { kind: 'table' } | { kind: 'boundaries' } | undefined

/** 区划与边界: the tree in the bureau's own order beside its map. */
export default function AreasPage() {
  const read = useRead(operations.areas, {})
  const mayArea = useCan('district.area')
  const [asked, setAsked] = useState<Asked>()
  const [search, setSearch] = useSearchParams()
  const chosen = search.get('area') ?? undefined
  const navigate = useNavigate()
  const phone = usePhone()
  const shapes = useBoundaries()
  const tree = useMemo(() => treeOf(read.data?.areas ?? []), [read.data])
  const open = useMemo(() => (read.data?.areas ?? []).filter((a) => a.kind !== 'STREET' && a.kind !== 'COMMUNITY').map((a) => a.code), [read.data])
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const figures = read.data?.figures
  const columns = [
    { title: '名称', dataIndex: 'name', render: (name: string, area: Node) => <>{name}{area.hasBoundary ? null : <small className="ag-faint"> 无边界</small>}</> },
    ...(phone ? [] : [{ title: '代码', dataIndex: 'code', width: 130, className: 'ag-num' }]),
    { title: '种类', dataIndex: 'kind', width: phone ? 118 : 120, render: (kind: AreaView['kind']) => AREA_KIND_ZH[kind] },
    ...(phone ? [] : [{ title: 'km²', dataIndex: 'areaKm2', width: 84, align: 'right' as const, className: 'ag-num', render: (km2: number | null) => km2 ?? '—' }]),
    { title: '安格', dataIndex: 'grids', width: 64, align: 'right' as const, className: 'ag-num' },
    ...(mayArea ? [{ title: '', key: 'acts', width: 64, render: (_: unknown, area: Node) => <AreaMenu area={area} ask={setAsked} /> }] : []),
  ]
  return (
    <>
      <PageHead
        title="区划与边界"
        note={figures ? `${figures.streets} 个街道、${figures.communities} 个社区${figures.functional ? `、${figures.functional} 个功能区` : ''}，各表按这里的次序排行。` : undefined}
        actions={mayArea ? (<><Button onClick={() => setAsked({ kind: 'boundaries' })}>导入边界</Button><Button type="primary" onClick={() => setAsked({ kind: 'table' })}>导入区划表</Button></>) : undefined}
      />
      <div className="ag-figures">
        <Figure label="街道" value={figures?.streets} unit="个" />
        <Figure label="社区" value={figures?.communities} unit="个" />
        <Figure label="面积" value={figures?.areaKm2} unit="km²" />
        <Figure label="安格" value={figures?.grids} unit="个" to="/grids" />
        <Figure label="安格员" value={figures?.members} unit="名" to="/grids" />
      </div>
      <div className="ag-cols">
        <Section title="区划" flush>
          <Table<Node> size="small" rowKey="code" loading={read.isLoading} dataSource={tree} columns={columns} pagination={false} scroll={{ y: phone ? 420 : 620 }} indentSize={phone ? 8 : 15} expandable={{ defaultExpandedRowKeys: open }} key={open.length} rowClassName={(a) => (a.code === chosen ? 'ant-table-row-selected' : '')} onRow={(a) => ({ onClick: () => setSearch({ area: a.code }, { replace: true }) })} />
        </Section>
        <Section title="边界" extra={<small className="ag-faint">点安格看成员和排班</small>} flush>
          {shapes.length > 0 ? <AreaMap areas={shapes} height={phone ? 380 : 660} chosen={chosen} onArea={(id) => (id.length === 12 ? setSearch({ area: id }, { replace: true }) : void navigate(`/grids/${id}`))} /> : <EmptyState title="还没有边界" how="导入区县、街道、安格的 GeoJSON 面数据后，按坐标自动归格。" />}
        </Section>
      </div>
      {asked?.kind === 'table' ? <AreaImport onClose={() => setAsked(undefined)} /> : null}
      {asked?.kind === 'boundaries' ? <BoundaryImport onClose={() => setAsked(undefined)} /> : null}
      {asked && 'area' in asked ? <AreaDialog asked={asked} areas={read.data?.areas ?? []} onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}

function AreaDialog({ asked, areas, onClose }: { asked: { kind: 'new' | 'edit' | 'close' | 'order' | 'neighbours'; area: AreaView }; areas: readonly AreaView[]; onClose: () => void }) {
  const { area } = asked
  if (asked.kind === 'close') return <CloseAreaDialog area={area} onClose={onClose} />
  if (asked.kind === 'order') return <OrderDialog area={area} below={areas.filter((a) => a.parentCode === area.code)} onClose={onClose} />
  if (asked.kind === 'neighbours') return <NeighboursDialog area={area} onClose={onClose} />
  return <SaveAreaDialog area={asked.kind === 'edit' ? area : undefined} parent={asked.kind === 'new' ? area : undefined} onClose={onClose} />
}

function AreaMenu({ area, ask }: { area: AreaView; ask: (asked: Asked) => void }) {
  const items = [
    { key: 'edit', label: '修改' }, { key: 'new', label: '新增下级' }, { key: 'order', label: '下级次序' }, { key: 'neighbours', label: '相邻区域' }, { key: 'close', label: '撤销', danger: true },
  ] as const
  return (
    <Dropdown trigger={['click']} menu={{ items: [...items], onClick: ({ key, domEvent }) => { domEvent.stopPropagation(); ask({ kind: key as 'edit', area }) } }}>
      <Button type="text" size="small" aria-label={`${area.name}的操作`} onClick={(e) => e.stopPropagation()}>更多</Button>
    </Dropdown>
  )
}
