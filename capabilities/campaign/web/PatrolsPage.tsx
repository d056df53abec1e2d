import { useSearchParams } from 'react-router'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import type { RowOf } from '../../../kernel/web/client.ts'
import { DueTag, EmptyState, PageHead, RiskTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable } from '../../../kernel/web/table.tsx'
import type { RiskColour } from '../../../kernel/web/tokens.ts'
import { operations } from '../operations.ts'

const columns: readonly Column<RowOf<typeof operations.patrolsDue>>[] = [
  { key: 'enterpriseName', title: '监管对象', always: true },
  { key: 'riskColour', title: '风险', width: 90, render: (r) => <RiskTag colour={r.riskColour as RiskColour | null} /> },
  { key: 'everyDays', title: '频次', width: 110, render: (r) => `每 ${r.everyDays} 天` },
  { key: 'lastOn', title: '上次', width: 140, render: (r) => (r.lastOn ? zhDate(r.lastOn) : '未巡查过') },
  { key: 'dueOn', title: '到期', width: 120, render: (r) => <DueTag due={r.dueOn} /> },
  { key: 'address', title: '地址', width: 260 },
]

/** 到期应巡: the sites of one grid whose turn it is this week, the longest due first. */
export default function PatrolsPage() {
  const [params] = useSearchParams()
  const gridId = params.get('gridId')
  return (
    <>
      <PageHead title="本周到期应巡" back={{ to: '/', label: '工作台' }} note="红每周、橙每两周、黄每月、蓝每季、小场所每半年一次；任何方式到过现场都算。" />
      {gridId ? <DataTable operation={operations.patrolsDue} input={{ gridId }} columns={columns} rowKey="siteId" rowLink={(r) => `/enterprises/${r.enterpriseId}`} empty={{ title: '本周没有到期的', how: '到期前一周会列在这里，并出现在待办里。' }} /> : <EmptyState title="没有指明安格" how="从待办里的“网格巡查”打开。" />}
    </>
  )
}
