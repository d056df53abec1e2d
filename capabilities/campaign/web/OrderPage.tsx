import { Button, Skeleton } from 'antd'
import { useEffect } from 'react'
import { useParams } from 'react-router'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { areaName, useAreas } from '../../../kernel/web/areas.tsx'
import { blocking, useInfinite, useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import { PART_ZH } from '../scheme.ts'
import './campaign.css'
import { siteKindName } from './words.ts'

/** 行动命令: one page to sign, teams and the annex of objects behind it. */
export default function OrderPage() {
  const { id = '' } = useParams()
  const me = useMe()
  const areas = useAreas()
  const read = useRead(operations.get, { id })
  const teams = useRead(operations.teams, { id })
  const annex = useInfinite(operations.targets, { id, limit: 200 })
  const { more, loadingMore } = annex
  // The paper carries the whole list: what is not read yet would be missing from it.
  useEffect(() => {
    if (more && !loadingMore && !annex.problem) more()
  }, [more, loadingMore, annex.problem])
  const whole = annex.total !== undefined && !more && !annex.problem
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const c = read.data
  if (!c) return <Skeleton active />
  return (
    <>
      <PageHead title="行动命令" back={{ to: `/campaigns/${id}?tab=plan`, label: c.name }} note={whole ? undefined : <span role="status">{annex.problem ? '名单没有读完' : `正在读取名单 ${annex.rows.length}${annex.total === undefined ? '' : `/${annex.total}`} 家，读完后可以打印`}</span>} actions={<Button type="primary" disabled={!whole} onClick={() => window.print()}>打印</Button>} />
      {annex.problem ? <ProblemView problem={annex.problem} onRetry={annex.retry} /> : null}
      <article className="cg-order">
        <h1>{c.name}{c.name.endsWith('行动') ? '命令' : '行动命令'}</h1>
        <p>{c.no}</p>
        <p>根据{c.basis}，决定于{zhDateTime(c.startsAt)}至{zhDateTime(c.endsAt)}，在{c.areas.map((a) => areaName(areas, a)).join('、')}开展{c.name}。{c.scheme.purpose ? `${c.scheme.purpose.replace(/。$/, '')}。` : ''}</p>
        {c.commandPost ? <p>指挥部（集结地点）：{c.commandPost}。</p> : null}
        {c.scheme.requirements.length ? <><p>工作要求：</p>{c.scheme.requirements.map((r, i) => <p key={r}>{i + 1}. {r}。</p>)}</> : null}
        {(teams.data?.teams ?? []).map((t) => <p key={t.id}>{t.name}：{t.members.map((m) => `${m.name}（${PART_ZH[m.part]}）`).join('、') || '待编组'}{t.vehicle ? `；车辆 ${t.vehicle}` : ''}。</p>)}
        <p>{c.decidedByName ? `审批：${c.decidedByName}，${zhDateTime(c.decidedAt!)}，${c.opinion ?? ''}` : '（尚未审批）'}</p>
        <p style={{ textAlign: 'right' }}>{me.bureau}<br />{zhDate(c.businessDate)}</p>
        <h1 style={{ fontSize: 18 }}>附件：检查对象名单（{annex.total ?? '…'} 家）</h1>
        <table>
          <thead><tr><th>序号</th><th>对象</th><th>类别</th><th>地址</th><th>小组</th></tr></thead>
          <tbody>{annex.rows.map((r, i) => <tr key={r.siteId}><td>{i + 1}</td><td>{r.enterpriseName}</td><td>{siteKindName(r.siteKind)}</td><td>{r.address}</td><td>{r.teamName ?? ''}</td></tr>)}</tbody>
        </table>
        {c.annexHash ? <p><small>报批时名单 {c.annexCount} 家，摘要 {c.annexHash}</small></p> : null}
      </article>
    </>
  )
}
