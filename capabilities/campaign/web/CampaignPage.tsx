import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { zhDateTime, zhMoment } from '../../../kernel/core/time-zh.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { PageSkeleton } from '../../../kernel/web/fault.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { ActionBar, PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { useDownload } from '../../../kernel/web/use-download.ts'
import type { Detail } from '../campaign.ts'
import type { CampaignAction } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { KIND_ZH, STATE_ZH } from '../scheme.ts'
import './campaign.css'
import { CloseDialog } from './CloseDialog.tsx'
import { DrawsTab } from './DrawsTab.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { PlanTab } from './PlanTab.tsx'
import { TargetsTab } from './TargetsTab.tsx'
import { TeamsTab } from './TeamsTab.tsx'
import { stateTone } from './words.ts'

/** One action: where it stands, whom it wants, who goes, what was drawn, how it was decided. */
export default function CampaignPage() {
  const { id = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const read = useRead(operations.get, { id }, { everySeconds: 30 })
  const [asked, setAsked] = useState<CampaignAction>()
  const navigate = useNavigate()
  const save = useDownload()
  const mayFreeze = useMe().can('statistics.freeze')
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const c = read.data
  if (!c) return <PageSkeleton />
  const tab = params.get('tab') ?? (c.state === 'DRAFT' ? 'targets' : 'overview')
  const open = (action: CampaignAction) => () => (action === 'edit' ? void navigate(`/campaigns/${id}/edit`) : setAsked(action))
  const on = Object.fromEntries((['edit', 'submit', 'approve', 'sendBack', 'start', 'openWave', 'finish', 'resume', 'close', 'void'] as const).map((action) => [action, open(action)]))
  const running = c.state === 'RUNNING' || c.state === 'CLOSING'
  const links = (
    <>
      {c.state !== 'DRAFT' && c.state !== 'VOID' ? <Link to={`/campaigns/${id}/board`}><Button>实时战报</Button></Link> : null}
      {running || c.state === 'APPROVED' || c.state === 'CLOSED' ? <Link to={`/campaigns/${id}/muster`}><Button>集结</Button></Link> : null}
      {running || c.state === 'CLOSED' ? <Button onClick={() => save(operations.reportWord, { id })}>总结 Word</Button> : null}
      {mayFreeze && (running || c.state === 'CLOSED') ? <Link to={`/snapshots/new?campaignId=${id}`}><Button>冻结战果</Button></Link> : null}
      {c.taskCount || c.kind === 'YEARS' ? <Link to={`/campaigns/${id}/chart`}><Button>挂图作战</Button></Link> : null}
      <ActionBar actions={c.scheme.waves.length ? c.actions : c.actions.filter((a) => a.action !== 'openWave')} on={on} primary={(['approve', 'submit', 'start', 'close', 'finish'] as const).find((a) => c.actions.some((x) => x.action === a && x.allowed)) ?? 'none'} />
    </>
  )
  return (
    <>
      <PageHead title={c.name} back={{ to: '/campaigns', label: '专项行动' }} tags={<><StatusTag tone={stateTone[c.state]}>{STATE_ZH[c.state]}</StatusTag>{c.state === 'DRAFT' && c.submittedAt ? <StatusTag tone="wait">待审批</StatusTag> : null}</>} note={`${KIND_ZH[c.kind]} · ${zhDateTime(c.startsAt)} 至 ${zhMoment(c.endsAt, serverNow())} · ${c.basis}`} actions={links} />
      <NextStep campaign={c} />
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams({ tab: key }, { replace: true })}
        items={[
          { key: 'overview', label: '总览', children: <OverviewTab campaign={c} /> },
          { key: 'targets', label: '对象', children: <TargetsTab campaign={c} /> },
          { key: 'teams', label: '小组', children: <TeamsTab campaign={c} /> },
          { key: 'draws', label: c.drawCount ? `随机抽取 ${c.drawCount}` : '随机抽取', children: <DrawsTab campaign={c} /> },
          { key: 'plan', label: '方案与经过', children: <PlanTab campaign={c} /> },
        ].map((item) => ({ ...item, children: item.key === tab ? item.children : null }))}
      />
      {asked ? <StepDialog campaign={c} action={asked} close={() => setAsked(undefined)} /> : null}
    </>
  )
}

/** Who has to do what now: always one sentence. */
function NextStep({ campaign: c }: { campaign: Detail }) {
  const text = {
    DRAFT: c.submittedAt ? '已报批，等负责人审批；名单变动须重新报批。' : '列入对象、编好小组，然后报批。',
    APPROVED: `已由${c.decidedByName ?? ''}批准，下达命令后开始集结。`, RUNNING: '集结到位、派任务，战报随记录更新；查完后转入收尾。', CLOSING: '等负责人写明总结后办结。', CLOSED: '', VOID: `已作废：${c.voidReason ?? ''}`,
  }[c.state]
  return text ? <p className="quiet">下一步：{text}</p> : null
}

const acts: Readonly<Record<string, { confirm: string; does: string; clause?: string }>> = {
  submit: { confirm: '报批', does: '方案连同附件名单送负责人审批；此后名单变动须重新报批', clause: '国办发〔2024〕54号' },
  start: { confirm: '下达命令', does: '通知全部成员集结，检查记录开始计入本次行动' },
  finish: { confirm: '转入收尾', does: '不再集结，迟到的手机记录照常计入；等负责人写总结办结' },
  approve: { confirm: '批准', does: '一次审批，名单内的检查不再逐家报批', clause: '国办发〔2024〕54号' },
  sendBack: { confirm: '退回修改', does: '退回报批人修改后重报' },
  openWave: { confirm: '开放下一批', does: '上一批未达目标即开放下一批，理由留档' },
  resume: { confirm: '恢复进行', does: '恢复集结和派任务' },
  close: { confirm: '办结', does: '行动结束；未销号的隐患照常跟踪' },
  void: { confirm: '作废', does: '行动作废，已有的检查记录保留' },
}

function StepDialog({ campaign: c, action, close }: { campaign: Detail; action: CampaignAction; close: () => void }) {
  const { confirm, does, clause } = acts[action]!
  const label = c.actions.find((a) => a.action === action)?.label ?? confirm
  const shared = { title: label, confirm, onClose: close, act: { does, whom: c.name, ...(clause ? { clause } : {}) } }
  const based = { id: c.id, baseVersion: c.version }
  const annex = c.annexCount === null ? {} : { below: <p className="quiet">附件名单 {c.annexCount} 家，<Link to={`/campaigns/${c.id}/order`} target="_blank">查看命令和名单</Link></p> }
  switch (action) {
    case 'approve':
      return <ReasonDialog {...shared} {...annex} operation={operations.approve} input={based} initial={{ opinion: '同意' }} fields={[{ key: 'opinion', label: '审批意见', kind: 'long', rows: 2 }]} />
    case 'sendBack':
      return <ReasonDialog {...shared} operation={operations.sendBack} input={based} fields={[{ key: 'opinion', label: '退回意见', kind: 'long', rows: 2 }]} />
    case 'close':
      return <CloseDialog campaign={c} shared={shared} />
    case 'openWave':
      return <ReasonDialog {...shared} operation={operations.openWave} input={based} />
    case 'resume':
      return <ReasonDialog {...shared} operation={operations.resume} input={based} />
    case 'void':
      return <ReasonDialog {...shared} danger operation={operations.void} input={based} />
    case 'submit':
      return <ReasonDialog {...shared} operation={operations.submit} input={based} fields={[]} />
    case 'start':
      return <ReasonDialog {...shared} operation={operations.start} input={based} fields={[]} />
    default:
      return <ReasonDialog {...shared} operation={operations.finish} input={based} fields={[]} />
  }
}
