import { Button, Table } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { addDays, localDate, weekday } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { AreaPicker } from '../../../kernel/web/areas.tsx'
import { NamedInputs } from '../../../kernel/web/labelled.tsx'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useCan } from '../../../kernel/web/me.ts'
import { EmptyState, Figure, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import { DecideSwapDialog, MakeRotaDialog, WithdrawSwapDialog } from './RotaDialogs.tsx'
import { Swaps, type SwapView } from './RotaCalendar.tsx'
import './district.css'

/** 排班与全勤: cover of grids and days, never anybody's score. */
export default function CoveragePage() {
  const today = localDate(serverNow())
  const [search, setSearch] = useSearchParams()
  const from = search.get('from') ?? addDays(today, 1 - weekday(today))
  const to = addDays(from, 6)
  const areaCode = search.get('areaCode') ?? undefined
  const [making, setMaking] = useState(false)
  const [swap, setSwap] = useState<{ decide: SwapView } | { withdraw: SwapView }>()
  const mayRota = useCan('district.rota')
  const read = useRead(operations.coverage, { from, to, ...(areaCode ? { areaCode } : {}) })
  const swaps = useRead(operations.swaps, {})
  const put = (more: Record<string, string | undefined>) => setSearch(Object.fromEntries(Object.entries({ from, areaCode, ...more }).filter((e): e is [string, string] => !!e[1])), { replace: true })
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const cover = read.data
  return (
    <>
      <PageHead title="排班与全勤" note={cover ? `${zhDate(from)}—${zhDate(to)}：${cover.text}` : undefined} actions={mayRota ? <Button type="primary" onClick={() => setMaking(true)}>生成排班</Button> : undefined} />
      <div className="dr-tools" style={{ marginBottom: 16 }}>
        <Button onClick={() => put({ from: addDays(from, -7) })}>上一周</Button>
        <Button onClick={() => put({ from: undefined })}>本周</Button>
        <Button onClick={() => put({ from: addDays(from, 7) })}>下一周</Button>
        <NamedInputs label="区划"><AreaPicker style={{ width: 240 }} value={areaCode} onChange={(code) => put({ areaCode: code })} /></NamedInputs>
      </div>
      <div className="ag-figures">
        <Figure label="安格" value={cover?.grids} unit="个" to="/grids" />
        <Figure label="应覆盖" value={cover?.gridDays} unit="格天" />
        <Figure label="已覆盖" value={cover?.covered} unit="格天" />
        <Figure label="无人值守" value={cover?.without} unit="格天" tone={cover?.without ? 'late' : 'plain'} />
      </div>
      {swaps.data && swaps.data.rows.length > 0 ? <Section title="待批换班"><Swaps swaps={swaps.data.rows} ask={(asked) => { if (asked && typeof asked === 'object' && !('day' in asked)) setSwap(asked) }} /></Section> : null}
      <div className="ag-cols">
        <Section title="无人值守的格天" flush>
          {cover && cover.uncovered.length === 0 ? <EmptyState title={cover.grids > 0 ? '这一周每格每天都有人' : '管辖范围内没有安格'} /> : <Table size="small" rowKey={(u) => `${u.gridId}${u.day}`} loading={!cover} dataSource={cover?.uncovered ?? []} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} columns={[{ title: '安格', dataIndex: 'gridName', render: (name: string, u) => <Link to={`/grids/${u.gridId}`}>{name}</Link> }, { title: '日期', dataIndex: 'day', width: 150, render: zhDate }]} />}
        </Section>
        <Section title="各街道" flush>
          <Table size="small" rowKey="areaCode" loading={!cover} dataSource={cover?.streets ?? []} pagination={false} columns={[
            { title: '街道', dataIndex: 'name' }, { title: '应覆盖', dataIndex: 'gridDays', width: 90, align: 'right', className: 'ag-num' }, { title: '已覆盖', dataIndex: 'covered', width: 90, align: 'right', className: 'ag-num' },
            { title: '缺', key: 'open', width: 80, align: 'right', className: 'ag-num', render: (_, s) => s.gridDays - s.covered || '—' },
          ]} />
        </Section>
      </div>
      {making ? <MakeRotaDialog onClose={() => setMaking(false)} /> : null}
      {swap && 'decide' in swap ? <DecideSwapDialog swap={swap.decide} onClose={() => setSwap(undefined)} /> : null}
      {swap && 'withdraw' in swap ? <WithdrawSwapDialog swap={swap.withdraw} onClose={() => setSwap(undefined)} /> : null}
    </>
  )
}
