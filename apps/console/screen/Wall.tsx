import { type CSSProperties, useCallback, useMemo } from 'react'
import { zhDate, zhDay } from '../../../kernel/core/time-zh.ts'
import type { ScopeInput } from '../../../capabilities/statistics/web/asked.ts'
import { STATE_ZH } from '../../../capabilities/campaign/scheme.ts'
import { localDate, localTime } from '../../../kernel/core/time.ts'
import { useNow } from '../../../kernel/web/clock.ts'
import type { Display } from '../../../capabilities/staff/staff.ts'
import type { Light } from './address.ts'
import { useBoundaries } from './boundaries.ts'
import type { Shown } from './follow.ts'
import { Headline } from './Headline.tsx'
import { MapPanel } from './MapPanel.tsx'
import { Alarms, Campaigns, Stream, Streets, Teams, Trend } from './Panels.tsx'
import { WALL } from './scale.ts'
import { clockOf, spanZh } from './words.ts'

interface Props {
  readonly shown: Shown
  readonly campaign: string | undefined
  readonly light: Light
  readonly scale: number
  set(key: 'campaign' | 'night', value: string | undefined): void
  open(path: string): void
  signIn(): void
  again(): void
  /** Shows without a sign-in until then. */
  readonly hung: Display | undefined
  hang(): void
}

/** By itself dimmer from 22:00 to 06:00. */
const isNight = (light: Light, now: string): boolean => (light === 'auto' ? ['22', '23', '00', '01', '02', '03', '04', '05'].includes(localTime(now).slice(0, 2)) : light === 'night')

/** The wall: 1920×1080, scaled as a whole. */
export function Wall(props: Props) {
  const { shown, light, scale } = props
  const now = useNow(1)
  const night = isNight(light, now)
  const style: CSSProperties = { width: WALL.width, height: WALL.height, transform: `translate(-50%, -50%) scale(${scale})` }
  return (
    <div className={`bs${night ? ' bs-night' : ''}`}>
      <div className="bs-wall" style={style}>
        <Head {...props} now={now} night={night} />
        {shown.picture && shown.at ? <Picture {...props} picture={shown.picture} at={shown.at} night={night} /> : <Waiting {...props} />}
      </div>
    </div>
  )
}

function Head({ shown, campaign, light, set, signIn, again, hung, hang, now, night }: Props & { now: string; night: boolean }) {
  const head = shown.picture?.head
  const next: Record<Light, string | undefined> = { auto: night ? '0' : '1', day: '1', night: undefined }
  const words: Record<Light, string> = { auto: `自动（${night ? '夜间' : '日间'}）`, day: '日间', night: '夜间' }
  return (
    <header className="bs-head">
      <div>
        <h1>{head?.campaign?.name ?? '今年以来安全生产监管'}</h1>
        <p>{head ? `${zhDate(head.from)}${head.to === head.from ? '' : ` 至 ${zhDate(head.to)}`}${head.campaign ? ` · ${STATE_ZH[head.campaign.state]}` : ''}${head.campaign?.commandPost ? ` · ${head.campaign.commandPost}` : ''}` : ''}</p>
      </div>
      <LineState shown={shown} now={now} signIn={signIn} again={again} />
      <div className="bs-tools">
        <label>显示 <select value={campaign ?? ''} onChange={(event) => set('campaign', event.target.value || undefined)}>
          <option value="">今年以来</option>
          {campaign && !head?.choices.some((one) => one.id === campaign) ? <option value={campaign}>{head?.campaign?.name ?? '所选行动'}</option> : null}
          {head?.choices.map((one) => <option key={one.id} value={one.id}>{one.name}（{STATE_ZH[one.state]}）</option>)}
        </select></label>
        <button type="button" onClick={() => set('night', next[light])}>亮度：{words[light]}</button>
        <button type="button" onClick={() => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen())}>全屏</button>
        <button type="button" onClick={hang}>{hung && hung.endsAt > now ? `长期展示至${zhDay(localDate(hung.endsAt), now)}` : '长期展示'}</button>
        <time><b>{clockOf(now)}</b>{zhDate(localDate(now))}</time>
      </div>
    </header>
  )
}

const LATE_MS = 8000

/** Says nothing while all is well; otherwise since when the picture stands still, why, and what to do. */
function LineState({ shown, now, signIn, again }: Pick<Props, 'shown' | 'signIn' | 'again'> & { now: string }) {
  const { at, problem } = shown
  const age = at ? Date.parse(now) - Date.parse(at) : 0
  if (!at || (!problem && age < LATE_MS)) return <span />
  const since = `画面停在 ${localTime(at)}（${spanZh(age)}前）`
  if (problem?.status === 401) return <p className="bs-stands" role="status">登录已失效，{since} <button type="button" onClick={signIn}>重新登录</button></p>
  if (problem && age < LATE_MS) return <span />
  const why = !problem || problem.code === 'offline' ? '网络不通' : problem.title
  return <p className="bs-stands" role="status">{why}，{since}，正在重试 <button type="button" onClick={again}>立即重试</button></p>
}

/** Before the first picture. */
function Waiting({ shown, set, again }: Props) {
  const { problem } = shown
  if (!problem) return <p className="bs-waiting">正在读取…</p>
  if (problem.status === 401) return <p className="bs-waiting">请登录</p>
  if (problem.status === 404) return <p className="bs-waiting">没有这次行动，或它不在您的管辖范围内 <button type="button" onClick={() => set('campaign', undefined)}>看今年以来</button></p>
  return <p className="bs-waiting">{problem.code === 'offline' ? '连接不上服务器，正在重试' : problem.title} <button type="button" onClick={again}>立即重试</button></p>
}

function Picture({ picture, at, night, scale, set, open }: Props & { picture: NonNullable<Shown['picture']>; at: string; night: boolean }) {
  const { head, figures, streets, trend, teams, stream, map } = picture
  const areas = useBoundaries(true)
  const campaignId = head.campaign?.id
  const scope = useMemo((): ScopeInput => ({ from: head.from, to: head.to, ...(campaignId ? { campaignId } : {}) }), [head.from, head.to, campaignId])
  const openPlace = useCallback((id: string) => open(`/enterprises/${id}`), [open])
  const openTeam = useCallback((id: string) => open(`/campaigns/${campaignId ?? ''}?tab=targets&teamId=${id}`), [open, campaignId])
  const openAll = useCallback(() => open(`/statistics/facts?${new URLSearchParams({ metric: 'M15O', from: scope.from, to: scope.to, ...(campaignId ? { campaignId } : {}), asOf: at })}`), [open, scope, campaignId, at])
  const choose = useCallback((id: string) => set('campaign', id), [set])
  const common = { scope, at, open }
  return (
    <>
      <Headline figures={figures} {...common} />
      <main className="bs-main">
        <div><Streets streets={streets} {...common} /><Trend trend={trend} {...common} /><Alarms at={at} /></div>
        <MapPanel areas={areas} streets={streets} map={map} teams={teams} night={night} scale={scale} at={at} openPlace={openPlace} openTeam={openTeam} openAll={openAll} />
        <div><Stream stream={stream} found={figures.find((f) => f.id === 'M07')?.value ?? 0} {...common} />{campaignId ? <Teams teams={teams} campaignId={campaignId} {...common} /> : <Campaigns choices={head.choices} at={at} choose={choose} />}</div>
      </main>
    </>
  )
}
