import { useEffect, useMemo, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { SiteRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { useNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { metresBetween, metresZh, nearest } from '../data/site-index.ts'
import { useSites } from '../data/sites.ts'
import { askSpot, useSpot } from '../data/spot.ts'
import { shortAddress } from '../data/words.ts'
import { useWork } from '../data/work.ts'
import { Empty, Waiting } from '../parts/states.tsx'
import { SyncDot } from '../queue/SyncDot.tsx'
import { groupsOf } from '../today/groups.ts'
import { boxOf, project, routeOf } from './route.ts'

const HEIGHT = 300
const AROUND = 400

/** Today's places in the order of a short way, and what lies around. Points and boundaries of the phone only: no tiles, no line. */
export default function FieldMap() {
  const { store } = useWork()
  const now = useNow(60)
  const spot = useSpot()
  const index = useSites()
  useEffect(askSpot, [])
  const held = useLive(async () => ({ visits: await store.visit.toArray(), todos: await store.todo.toArray(), hazards: await store.hazard.toArray() }), [store])
  const stops = useMemo(() => {
    if (!held || !index) return []
    const byId = new Map(index.entries.map((entry) => [entry.site.id, entry.site]))
    const hazards = new Map(held.hazards.map((hazard) => [hazard.id, hazard.siteId]))
    const wanted = new Map<string, { site: SiteRow; pressing: boolean; n: number }>()
    for (const group of groupsOf(held.visits, held.todos, now)) {
      for (const entry of group.entries) {
        const id = 'visit' in entry ? (entry.visit as VisitRow).siteId : hazards.get(entry.todo.subjectId)
        const site = id ? byId.get(id) : undefined
        if (!site || site.lon === null || site.lat === null) continue
        const pressing = group.key === 'OVERDUE' || group.key === 'TODAY' || group.key === 'BACK'
        const before = wanted.get(site.id)
        wanted.set(site.id, { site, pressing: pressing || before?.pressing === true, n: (before?.n ?? 0) + 1 })
      }
    }
    const way = routeOf([...wanted.values()].map(({ site, pressing }) => ({ id: site.id, lon: site.lon!, lat: site.lat!, pressing })), spot)
    return way.map((stop) => wanted.get(stop.id)!)
  }, [held, index, now, spot])
  const around = useMemo(() => {
    const centre = spot ?? (stops[0] ? { lon: stops[0].site.lon!, lat: stops[0].site.lat! } : firstPoint(index?.entries.map((entry) => entry.site) ?? []))
    return index && centre ? nearest(index.entries.map((entry) => entry.site), centre, AROUND).map(({ site }) => site) : []
  }, [index, spot, stops])
  return (
    <div className="f-page f-page-tab">
      <header className="f-head f-head-top"><div className="f-head-title"><h1>地图</h1><p>{spot ? '按就近排好，仅供参考' : '没有定位：按任务先后排列'}</p></div><SyncDot /></header>
      <main className="f-body">
        {!index || !held ? <Waiting /> : <Drawing stops={stops.map(({ site, pressing }) => ({ site, pressing }))} around={around} spot={spot} />}
        {stops.length > 0 ? (
          <section>
            <h2 className="f-group">今天的路线<span>{stops.length} 处</span></h2>
            <div className="f-block f-block-flush">{stops.map(({ site, pressing, n }, i) => <Link key={site.id} to={`/site/${site.id}`} className="f-line f-line-link f-line-site"><b className={pressing ? 'f-no f-no-late' : 'f-no'}>{i + 1}</b><span className="f-grow"><b>{site.name}</b><span className="f-quiet">{shortAddress(site.address)} · {n} 件</span></span>{spot ? <span className="f-quiet">{metresZh(metresBetween(spot, { lon: site.lon!, lat: site.lat! }))}</span> : null}</Link>)}</div>
          </section>
        ) : null}
        {index && held && stops.length === 0 ? <Empty title="今天没有要去的地方">灰点是附近的场所；点中间的按钮可以搜索或扫码。</Empty> : null}
      </main>
    </div>
  )
}

const firstPoint = (sites: readonly SiteRow[]) => {
  const found = sites.find((site) => site.lon !== null && site.lat !== null)
  return found ? { lon: found.lon!, lat: found.lat! } : undefined
}

/** Stops as numbers, what lies around as dots, myself as a ring. A stop opens its place. */
function Drawing({ stops, around, spot }: { stops: readonly { site: SiteRow; pressing: boolean }[]; around: readonly SiteRow[]; spot: { lon: number; lat: number } | undefined }) {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(360)
  useEffect(() => {
    if (frame.current) setWidth(frame.current.clientWidth)
  }, [])
  const points = [...stops.map(({ site }) => ({ lon: site.lon!, lat: site.lat! })), ...(spot ? [spot] : [])]
  const box = boxOf(points.length > 1 ? points : [...points, ...around.slice(0, 40).map((site) => ({ lon: site.lon!, lat: site.lat! }))])
  if (!box) return null
  const at = project(box, width, HEIGHT)
  const inside = (site: SiteRow) => site.lon! > box.west && site.lon! < box.east && site.lat! > box.south && site.lat! < box.north
  return (
    <div className="f-map" ref={frame}>
      <svg width={width} height={HEIGHT} role="img" aria-label="今天的路线图">
        {around.filter(inside).map((site) => {
          const [x, y] = at({ lon: site.lon!, lat: site.lat! })
          return <circle key={site.id} cx={x} cy={y} r={3} className="f-map-dot" />
        })}
        {stops.length > 1 ? <polyline className="f-map-way" points={stops.map(({ site }) => at({ lon: site.lon!, lat: site.lat! }).join(',')).join(' ')} /> : null}
        {spot ? <circle cx={at(spot)[0]} cy={at(spot)[1]} r={9} className="f-map-me" /> : null}
        {stops.map(({ site, pressing }, i) => {
          const [x, y] = at({ lon: site.lon!, lat: site.lat! })
          return <a key={site.id} href={`#/site/${site.id}`} aria-label={site.name}><circle cx={x} cy={y} r={22} fill="transparent" /><circle cx={x} cy={y} r={12} className={pressing ? 'f-map-stop f-map-late' : 'f-map-stop'} /><text x={x} y={y + 4.5}>{i + 1}</text></a>
        })}
      </svg>
    </div>
  )
}
