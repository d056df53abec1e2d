import { Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { localTime } from '../../../kernel/core/time.ts'
import { zhDate, zhMoment } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { call, type Problem, useRead } from '../../../kernel/web/client.ts'
import { serverNow, useNow } from '../../../kernel/web/clock.ts'
import { AreaMap, type MapArea } from '../../../kernel/web/map.tsx'
import { useBoundaries } from '../../district/web/public.tsx'
import { titleOf } from '../../hazard/finding.ts'
import type { Board } from '../campaign.ts'
import { operations } from '../operations.ts'
import { STATE_ZH } from '../scheme.ts'
import './campaign.css'
import { rate } from './words.ts'

type Shown = NonNullable<Board['board']>
const EVERY_MS = 1200

/** Follows the board: asks with the tag it has, so that a quiet minute costs a few bytes. What it shows stays when the line breaks. */
function useBoard(id: string): { board: Shown | undefined; at: string | undefined; problem: Problem | undefined } {
  const [state, setState] = useState<{ board?: Shown; at?: string; problem?: Problem }>({})
  const tag = useRef<string | undefined>(undefined)
  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    const ask = async () => {
      try {
        const answer = await call(operations.board, { id, ...(tag.current ? { since: tag.current } : {}) }, { signal: stop.signal })
        tag.current = answer.tag
        setState((s) => ({ at: answer.at, ...(answer.board ? { board: answer.board } : s.board ? { board: s.board } : {}) }))
      } catch (thrown) {
        if (stop.signal.aborted) return
        setState((s) => ({ ...s, problem: asProblem(thrown) }))
      }
      timer = setTimeout(() => void ask(), document.hidden ? 15_000 : EVERY_MS)
    }
    void ask()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [id])
  return { board: state.board, at: state.at, problem: state.problem }
}

/** 实时战报: full screen, dark, every number opens its list. */
export default function BoardPage() {
  const { id = '' } = useParams()
  const { board: b, at, problem } = useBoard(id)
  const now = useNow(1)
  const frame = useRef<HTMLDivElement>(null)
  if (!b) return <div className="cb"><div><p>{problem ? problem.title : '正在读取…'}</p><Link to={`/campaigns/${id}`}><Button>返回</Button></Link></div></div>
  return (
    <div className="cb" ref={frame}>
      <div className="cb-in">
        <header className="cb-head">
          <div>
            <h1>{b.name}</h1>
            <p>{zhDate(b.businessDate)} · {STATE_ZH[b.state]}{b.commandPost ? ` · ${b.commandPost}` : ''} · {problem ? <span className="cb-late">连接中断，显示的是 {at ? localTime(at) : ''} 的数</span> : `截至 ${localTime(now)}`}</p>
          </div>
          <span><a href={`${location.pathname.replace(/screen\/$/, '')}screen/?campaign=${id}`}><Button>大屏</Button></a> <Button onClick={() => void (document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen())}>全屏</Button> <Link to={`/campaigns/${id}`}><Button>退出</Button></Link></span>
        </header>
        <Totals id={id} b={b} />
        <div className="cb-main">
          <div className="cb-panel"><h2>小组 <small>{b.teams.filter((t) => t.kind !== 'COMMAND').length} 组</small></h2><TeamList id={id} b={b} /></div>
          <div className="cb-panel"><h2>态势 <small>对象 {b.totals.toDo + b.totals.taken + b.totals.done} 家，已查 {rate(b.totals.done, b.totals.toDo + b.totals.taken + b.totals.done)}</small></h2><BoardMap id={id} b={b} /></div>
          <div className="cb-panel"><h2>新发现 <small>最近 {b.stream.length} 处</small></h2><Stream b={b} /></div>
        </div>
      </div>
    </div>
  )
}

function Totals({ id, b }: { id: string; b: Shown }) {
  const t = b.totals
  const figures: readonly [string, number, string, string][] = [
    ['出动', t.people, '人', `/campaigns/${id}/muster`], ['检查园区', t.parks, '个', `/campaigns/${id}?tab=targets&checked=true&sorts=PARK`], ['检查企业', t.firms, '家', `/campaigns/${id}?tab=targets&checked=true&sorts=FIRM`], ['检查场所', t.places, '家', `/campaigns/${id}?tab=targets&checked=true&sorts=PLACE`],
    ['检查、巡查', t.checks, '家次', `/visits?campaignId=${id}&states=DONE&outcomes=CHECKED`], ['上报隐患', t.found, '处', `/hazards?campaignId=${id}&voided=false`], ['现场整改', t.fixed, '处', `/hazards?campaignId=${id}&closedHow=ON_SITE`], ['重大隐患', t.major, '处', `/hazards?campaignId=${id}&voided=false&level=MAJOR`], ['待查', t.toDo + t.taken, '家', `/campaigns/${id}?tab=targets&states=TO_DO,TAKEN`],
  ]
  return <div className="cb-row">{figures.map(([label, value, unit, to]) => <Link key={label} className="cb-fig" to={to}><span>{label}</span><b>{value.toLocaleString('zh-CN')}</b><small>{unit}</small></Link>)}</div>
}

function TeamList({ id, b }: { id: string; b: Shown }) {
  if (!b.teams.length) return <p>还没有编组</p>
  return (
    <ul className="cb-list">
      {b.teams.map((t) => (
        <li key={t.teamId}>
          <Link to={`/campaigns/${id}?tab=targets&teamId=${t.teamId}`}>{t.name}</Link> {t.leaderName ?? ''}
          <small>到位 {t.present}/{t.members} · 检查、巡查 {t.checks} 家次 · 上报隐患 {t.found} · 现场整改 {t.fixed}</small>
          <small>{t.lastSite ? `${zhMoment(t.lastAt!, serverNow())} ${t.lastSite}` : '尚未到场'}</small>
        </li>
      ))}
    </ul>
  )
}

function Stream({ b }: { b: Shown }) {
  const before = useRef<ReadonlySet<string> | undefined>(undefined)
  const fresh = new Set(b.stream.filter((h) => before.current && !before.current.has(h.id)).map((h) => h.id))
  useEffect(() => {
    before.current = new Set(b.stream.map((h) => h.id))
  }, [b])
  if (!b.stream.length) return <p>还没有发现隐患</p>
  return (
    <ul className="cb-list" aria-live="polite">
      {b.stream.map((h) => (
        <li key={h.id} className={fresh.has(h.id) ? 'cb-new' : ''}>
          <Link to={`/hazards/${h.id}`}>{h.enterpriseName}</Link>{h.level === 'MAJOR' ? <b className="cb-late"> 重大</b> : null}{h.fixed ? ' · 现场已改' : ''}
          <div>{titleOf(h)}</div>
          <small>{zhMoment(h.at, serverNow())}{h.teamName ? ` · ${h.teamName}` : ''}</small>
        </li>
      ))}
    </ul>
  )
}

/** Streets shaded by what is done; as marks the places where teams were last, or the sites still to be checked. */
function BoardMap({ id, b }: { id: string; b: Shown }) {
  const shapes = useBoundaries()
  const [layer, setLayer] = useState<'teams' | 'sites'>('teams')
  const { data } = useRead(operations.points, { id }, { enabled: layer === 'sites', everySeconds: 10 })
  const areas = useMemo(() => shapes.filter((a) => a.level !== 'grid').map((a): MapArea => {
    const street = b.streets.find((s) => a.id === s.street || a.name === s.name)
    if (!street?.targets) return a
    return { ...a, name: `${a.name} ${street.done}/${street.targets}`, fill: `rgba(74,172,122,${0.08 + (0.5 * street.done) / street.targets})` }
  }), [shapes, b.streets])
  const points = useMemo(() => (layer === 'teams'
    ? b.teams.flatMap((t) => (t.lon !== null && t.lat !== null ? [{ id: t.teamId, lon: t.lon, lat: t.lat, name: t.name }] : []))
    : (data?.points ?? []).filter((p) => p.state !== 'DONE').map((p) => ({ id: p.id, lon: p.lon, lat: p.lat, name: p.name }))), [layer, data, b.teams])
  return (
    <>
      <div className="cb-map">{areas.length || points.length ? <AreaMap night areas={areas} points={points} height="100%" /> : null}</div>
      <p className="cb-legend"><button type="button" aria-pressed={layer === 'teams'} onClick={() => setLayer('teams')}>小组最近位置</button><button type="button" aria-pressed={layer === 'sites'} onClick={() => setLayer('sites')}>待查对象</button>绿色越浓，已查越多</p>
    </>
  )
}
