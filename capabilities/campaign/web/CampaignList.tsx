import './campaign.css'
import { Button, Progress } from 'antd'
import { Link } from 'react-router'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { areaName, useAreas } from '../../../kernel/web/areas.tsx'
import type { RowOf } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import { KIND_ZH, STATE_ZH } from '../scheme.ts'
import { kindOptions, stateOptions, stateTone } from './words.ts'

type Row = RowOf<typeof operations.list>

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '名称、行动编号' },
  { key: 'kinds', label: '类型', kind: 'choices', options: kindOptions },
  { key: 'states', label: '状态', kind: 'choices', options: stateOptions },
  { key: 'mine', label: '与我有关', kind: 'flag', more: true },
]

/** 专项行动: one table for a night, a sweep, a special inspection, three years of work. */
export default function CampaignList() {
  const me = useMe()
  const areas = useAreas()
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: '行动', always: true },
    { key: 'kind', title: '类型', width: 110, render: (r) => KIND_ZH[r.kind] },
    { key: 'state', title: '状态', width: 90, render: (r) => <StatusTag tone={stateTone[r.state]}>{STATE_ZH[r.state]}</StatusTag> },
    { key: 'startsAt', title: '开始', width: 160, render: (r) => zhMoment(r.startsAt, serverNow()) },
    { key: 'endsAt', title: '结束', width: 160, render: (r) => zhMoment(r.endsAt, serverNow()) },
    { key: 'targets', title: '对象', width: 80, number: true },
    { key: 'done', title: '已查', width: 140, render: (r) => (r.targets ? <span className="cg-bar"><Progress status="normal" percent={Math.floor((r.done * 100) / r.targets)} size="small" showInfo={false} /><span className="ag-num">{r.done.toLocaleString('zh-CN')}</span></span> : '—') },
    { key: 'areaCode', title: '组织单位所在', width: 120, render: (r) => areaName(areas, r.areaCode) },
    { key: 'no', title: '行动编号', width: 200, off: true, render: (r) => <span className="ag-num">{r.no}</span> },
  ]
  const add = me.can('campaign.plan') ? <><Link to="/campaigns/packs"><Button>行动包</Button></Link><Link to="/campaigns/new"><Button type="primary">拟制行动</Button></Link></> : undefined
  return (
    <>
      <PageHead title="专项行动" note="夜查、专项、排查、指导、多轮检查都是同一个闭环的一次安排：从行动包开始，改成自己的方案。" actions={add} />
      <DataTable
        operation={operations.list}
        columns={columns}
        filters={filters}
        figures={(page) => [
          { label: '全部', value: page?.figures.all, set: {} },
          { label: '拟制中', value: page?.figures.draft, set: { states: 'DRAFT' } },
          { label: '进行中', value: page?.figures.running, set: { states: 'RUNNING,CLOSING' }, tone: 'warn' },
          { label: '已办结', value: page?.figures.closed, set: { states: 'CLOSED' }, tone: 'done' },
        ]}
        rowLink={(row) => `/campaigns/${row.id}`}
        empty={{ title: '还没有专项行动', how: '选一个行动包，改名称、范围、时间和对象，编组后报批。', action: add }}
      />
    </>
  )
}
