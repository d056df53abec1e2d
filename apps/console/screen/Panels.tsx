import { memo, type ReactNode } from 'react'
import { titleOf } from '../../../capabilities/hazard/finding.ts'
import type { Picture } from '../../../capabilities/statistics/screen.ts'
import { factsLink, type ScopeInput } from '../../../capabilities/statistics/web/asked.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { Rolling } from './Rolling.tsx'
import { clockOf } from './words.ts'

interface Common {
  readonly scope: ScopeInput
  readonly at: string
  open(path: string): void
}

function Panel({ title, figure, unit, at, press, children, className }: { title: string; figure?: number | undefined; unit?: string; at: string; press?: (() => void) | undefined; children: ReactNode; className: string }) {
  return (
    <section className={`bs-panel ${className}`} aria-label={title}>
      <h2>
        <span>{title}{figure === undefined ? null : <> {press ? <button type="button" onClick={press}><b><Rolling value={figure} /></b></button> : <b><Rolling value={figure} /></b>} {unit}</>}</span>
        <small>截至 {clockOf(at)}</small>
      </h2>
      {children}
    </section>
  )
}

const ROWS = 12

/** 各街道: bars of what is open, the part that is late darker and with its own number. */
export const Streets = memo(function Streets({ streets, scope, at, open }: Common & { streets: Picture['streets'] }) {
  const most = Math.max(1, ...streets.map((s) => s.open))
  const late = streets.reduce((n, s) => n + s.late, 0)
  const rows = streets.length > ROWS ? ROWS - 1 : ROWS
  const cell = (metric: string, street: string) => open(factsLink(metric, scope, at, { by: ['street'], keys: [street] }))
  return (
    <Panel className="bs-streets" title="各街道未整改，其中逾期" figure={late} unit="宗" at={at} press={() => open(factsLink('M15', scope, at))}>
      {streets.length ? (
        <ul>
          {streets.slice(0, rows).map((s) => (
            <li key={s.street}>
              <span>{s.name}</span>
              <div aria-hidden="true"><i style={{ width: `${(100 * s.open) / most}%` }}><i style={{ width: s.open ? `${(100 * s.late) / s.open}%` : 0 }} /></i></div>
              <button type="button" onClick={() => cell('M15O', s.street)}>{s.open.toLocaleString('zh-CN')}</button>
              <button type="button" className="bs-late" onClick={() => cell('M15', s.street)}>{s.late ? `逾期 ${s.late.toLocaleString('zh-CN')}` : ''}</button>
            </li>
          ))}
        </ul>
      ) : <p className="bs-empty">还没有隐患记录</p>}
      {streets.length > ROWS ? <p className="bs-more"><button type="button" onClick={() => open('/statistics')}>另有 {streets.length - rows} 个街道</button></p> : null}
    </Panel>
  )
})

/** 走势: found and closed side by side, by hour of a night or by day. */
export const Trend = memo(function Trend({ trend, scope, at, open }: Common & { trend: Picture['trend'] }) {
  const most = Math.max(1, ...trend.rows.flatMap((row) => [row.found, row.closed]))
  const last = trend.rows.at(-1)
  const hour = trend.by === 'hour'
  const wide = 392 / Math.max(trend.rows.length, 6)
  return (
    <Panel className="bs-trend" title={hour ? '最近一小时发现' : '最近一天发现'} figure={last?.found ?? 0} unit="宗" at={at} press={() => open(factsLink('M07', hour || !last ? scope : { ...scope, from: last.key, to: last.key }, at))}>
      {trend.rows.length ? (
        <svg viewBox="0 0 392 132" width="392" height="132" role="img" aria-label={trend.rows.map((row) => `${row.key} 发现 ${row.found} ${hour ? '其中已销号' : '销号'} ${row.closed}`).join('；')}>
          {trend.rows.map((row, i) => (
            <g key={row.key} transform={`translate(${i * wide} 0)`}>
              <rect className="bs-bar-found" x={wide * 0.14} width={wide * 0.34} y={104 - (88 * row.found) / most} height={(88 * row.found) / most} />
              <rect className="bs-bar-closed" x={wide * 0.5} width={wide * 0.34} y={104 - (88 * row.closed) / most} height={(88 * row.closed) / most} />
              {trend.rows.length <= 9 || i % 3 === (trend.rows.length - 1) % 3 ? <text x={wide / 2} y={124} textAnchor="middle">{hour ? `${Number(row.key.slice(0, 2))}时` : row.key.slice(5)}</text> : null}
            </g>
          ))}
          <line x1="0" x2="392" y1="104.5" y2="104.5" />
        </svg>
      ) : <p className="bs-empty">时段还没有开始</p>}
      <p className="bs-legend"><span><i className="bs-bar-found" />发现</span><span><i className="bs-bar-closed" />{hour ? '其中已销号' : '销号'}</span><span>最高 {Math.max(0, ...trend.rows.flatMap((row) => [row.found, row.closed])).toLocaleString('zh-CN')} 宗</span></p>
    </Panel>
  )
})

/** 预警报警: its place is kept; nothing is connected, and that is what it says. */
export const Alarms = memo(function Alarms({ at }: { at: string }) {
  return (
    <Panel className="bs-alarms" title="监测报警" at={at}>
      <p className="bs-empty"><b>尚未接入传感设备</b>接入可燃气体、温度、液位等监测后，报警在这里滚动显示。现在这里不代表“没有报警”。</p>
    </Panel>
  )
})

const FINDINGS = 7

export const Stream = memo(function Stream({ stream, found, scope, at, open }: Common & { stream: Picture['stream']; found: number }) {
  const now = serverNow()
  return (
    <Panel className="bs-stream" title="新发现" at={at} figure={found} unit="宗" press={() => open(factsLink('M07', scope, at))}>
      {stream === null ? <p className="bs-empty">本岗位不查看隐患明细</p> : stream.length === 0 ? <p className="bs-empty">还没有发现隐患</p> : (
        <ul aria-live="off">
          {stream.slice(0, FINDINGS).map((h) => (
            <li key={h.id}>
              <button type="button" onClick={() => open(`/hazards/${h.id}`)}>
                <span>{h.level === 'MAJOR' ? <b className="bs-late">重大 </b> : null}{titleOf(h)}</span>
                <small>{zhMoment(h.at, now)} · {h.enterpriseName}{h.teamName ? ` · ${h.teamName}` : ''}{h.fixed ? ' · 现场已改' : ''}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
})

const TEAMS = 6

export const Teams = memo(function Teams({ teams, campaignId, at, open }: Common & { teams: Picture['teams']; campaignId: string }) {
  const now = serverNow()
  const busy = [...teams.rows].sort((a, b) => (a.lastAt ?? '') < (b.lastAt ?? '') ? 1 : -1)
  return (
    <Panel className="bs-teams" title={`小组 ${teams.total} 个，实到`} figure={teams.present} unit={`人 / 应到 ${teams.members} 人`} at={at} press={() => open(`/campaigns/${campaignId}/muster`)}>
      {busy.length ? (
        <ul>
          {busy.slice(0, TEAMS).map((team) => (
            <li key={team.id}>
              <button type="button" onClick={() => open(`/campaigns/${campaignId}?tab=targets&teamId=${team.id}`)}>
                <span>{team.name}{team.leaderName ? ` · ${team.leaderName}` : ''}<em>检查 {team.checks} · 隐患 {team.found}</em></span>
                <small>{team.lastAt ? `${zhMoment(team.lastAt, now)} ${team.lastSite ?? ''}` : `到位 ${team.present}/${team.members}，尚未到场`}</small>
              </button>
            </li>
          ))}
        </ul>
      ) : <p className="bs-empty">还没有编组</p>}
      {teams.total > TEAMS ? <p className="bs-more"><button type="button" onClick={() => open(`/campaigns/${campaignId}?tab=teams`)}>另有 {teams.total - TEAMS} 个小组</button></p> : null}
    </Panel>
  )
})

/** Without a campaign: which there are, to be put on the wall. */
export const Campaigns = memo(function Campaigns({ choices, at, choose }: { choices: Picture['head']['choices']; at: string; choose: (id: string) => void }) {
  const running = choices.filter((one) => one.state === 'RUNNING').length
  return (
    <Panel className="bs-teams" title="专项行动，进行中" figure={running} unit="个" at={at}>
      {choices.length ? (
        <ul>
          {choices.slice(0, TEAMS).map((one) => (
            <li key={one.id}><button type="button" onClick={() => choose(one.id)}><span>{one.name}<em>{{ RUNNING: '进行中', CLOSING: '收尾中', CLOSED: '已办结', DRAFT: '', APPROVED: '', VOID: '' }[one.state]}</em></span><small>{one.businessDate.replaceAll('-', '.')} 开始 · 点开看这次行动</small></button></li>
          ))}
        </ul>
      ) : <p className="bs-empty">还没有下达命令的行动</p>}
    </Panel>
  )
})
