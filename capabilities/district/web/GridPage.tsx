import { Alert, Button, Skeleton, Table } from 'antd'
import { useMemo, useState } from 'react'
import { useParams } from 'react-router'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { AreaMap } from '../../../kernel/web/map.tsx'
import { ActionBar, EmptyState, Figure, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { GridDetail } from '../district.ts'
import { operations } from '../operations.ts'
import { MEMBER_POST_ZH } from '../zh.ts'
import { AddMemberDialog, CloseGridDialog, EditGridDialog, EndMemberDialog } from './GridDialogs.tsx'
import { RotaCalendar } from './RotaCalendar.tsx'

type MemberView = OutputOf<typeof operations.grid>['members'][number]
type Asked = 'addMember' | 'edit' | 'close' | { end: MemberView } | undefined

/** One grid: who, for what, how much, and who is on duty. */
export default function GridPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.grid, { id })
  const [asked, setAsked] = useState<Asked>()
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const grid = read.data
  if (!grid) return <Skeleton active paragraph={{ rows: 10 }} />
  const close = () => setAsked(undefined)
  const may = (action: string) => grid.actions.some((a) => a.action === action && a.allowed)
  return (
    <>
      <PageHead
        back={{ to: '/grids', label: '安格' }}
        title={grid.name}
        tags={grid.validTo ? <StatusTag>已撤销（{zhDate(grid.validTo)}止）</StatusTag> : undefined}
        note={<>{grid.street} · {grid.community} · <span className="ag-num">{grid.code}</span></>}
        actions={<ActionBar actions={grid.actions} on={{ addMember: () => setAsked('addMember'), edit: () => setAsked('edit'), close: () => setAsked('close') }} primary="addMember" />}
      />
      {grid.findings.length > 0 ? <Alert style={{ marginBottom: 16 }} type="warning" showIcon title={grid.findings.join('；')} /> : null}
      <div className="ag-figures">
        <Figure label="安格员" value={grid.members.filter((m) => m.post !== 'RESERVE' && (m.post !== 'LEADER' || m.isMain)).length} unit="名" />
        <Figure label="机动" value={grid.members.filter((m) => m.post === 'RESERVE').length} unit="名" />
        <Figure label="监管对象" value={grid.enterprises} unit="家" />
        <Figure label="每名安格员" value={grid.perOfficer} unit="家" />
      </div>
      <div className="ag-cols">
        <div>
          <Section title="成员" flush><Members members={grid.members} {...(may('addMember') ? { end: (member: MemberView) => setAsked({ end: member }) } : {})} /></Section>
          {grid.past.length > 0 ? <Section title="曾任" flush><Members members={grid.past} /></Section> : null}
        </div>
        <Section title="边界" flush>
          {grid.boundary ? <GridMap grid={grid} /> : <EmptyState title="没有边界" how="在“区划与边界”导入 GeoJSON，或请街道补画。" />}
        </Section>
      </div>
      <RotaCalendar gridId={grid.id} members={grid.members} />
      <Dialogs asked={asked} grid={grid} close={close} />
    </>
  )
}

function GridMap({ grid }: { grid: GridDetail }) {
  const areas = useMemo(() => [{ id: grid.id, name: grid.name, level: 'grid' as const, geometry: grid.boundary as never }], [grid.id, grid.name, grid.boundary])
  return <AreaMap areas={areas} height={320} />
}

function Dialogs({ asked, grid, close }: { asked: Asked; grid: GridDetail; close: () => void }) {
  if (asked === 'addMember') return <AddMemberDialog grid={grid} onClose={close} />
  if (asked === 'edit') return <EditGridDialog grid={grid} onClose={close} />
  if (asked === 'close') return <CloseGridDialog grid={grid} onClose={close} />
  return asked ? <EndMemberDialog grid={grid} member={asked.end} onClose={close} /> : null
}

function Members({ members, end }: { members: readonly MemberView[]; end?: (member: MemberView) => void }) {
  return (
    <Table<MemberView> size="small" rowKey="id" pagination={false} dataSource={[...members]} locale={{ emptyText: '还没有安排人' }} columns={[
      { title: '姓名', dataIndex: 'name', render: (name: string, m) => <>{name}{m.isMain ? <small className="ag-faint"> 主格</small> : null}</> },
      { title: '岗', dataIndex: 'post', width: 70, render: (post: MemberView['post']) => MEMBER_POST_ZH[post] },
      { title: '责', dataIndex: 'duty' },
      { title: '起止', key: 'dates', width: 200, render: (_, m) => `${zhDate(m.validFrom)}—${m.validTo ? zhDate(m.validTo) : '今'}` },
      { title: '近30天排班', dataIndex: 'dutyDays', width: 100, align: 'right', className: 'ag-num', render: (days: number) => `${days} 天` },
      ...(end ? [{ title: '', key: 'end', width: 70, render: (_: unknown, m: MemberView) => <Button size="small" type="text" onClick={() => end(m)}>撤岗</Button> }] : []),
    ]} />
  )
}
