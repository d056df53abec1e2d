import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { SiteRow } from '../../../capabilities/sync/rows.ts'
import { operatingStateZh } from '../../../capabilities/enterprise/lifecycle.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { metresBetween, metresZh, nearest, searchSites } from '../data/site-index.ts'
import { recentSites, useSites } from '../data/sites.ts'
import { askSpot, useSpot } from '../data/spot.ts'
import { ofFirm, shortAddress } from '../data/words.ts'
import { useWork } from '../data/work.ts'
import { Icon } from '../parts/icons.tsx'
import { Empty, Tag, Waiting } from '../parts/states.tsx'
import { SyncDot } from '../queue/SyncDot.tsx'
import { Elsewhere } from './Elsewhere.tsx'

/** 扫码, 附近, 搜索: the three ways to a place. `?to=report`: what is done there is known already. */
export default function Find() {
  const { store, can, me } = useWork()
  const firm = ofFirm(me.verbs)
  const [query, setQuery] = useSearchParams()
  const [typed, setTyped] = useState(query.get('q') ?? '')
  const wanted = useDeferredValue(typed)
  const index = useSites()
  const spot = useSpot()
  const recent = useLive(() => recentSites(store), [store])
  useEffect(askSpot, [])
  const path = query.get('to') === 'report' ? '/report/' : '/site/'
  const found = useMemo(() => (index && wanted.trim() ? searchSites(index, wanted) : []), [index, wanted])
  const known = useMemo(() => new Set(found.map((site) => site.id)), [found])
  const near = useMemo(() => (index && spot ? nearest(index.entries.map((entry) => entry.site), spot, 20) : []), [index, spot])
  const used = useMemo(() => (index && recent ? recent.flatMap((id) => index.entries.find((entry) => entry.site.id === id)?.site ?? []) : []), [index, recent])
  const type = (text: string) => {
    setTyped(text)
    setQuery((before) => {
      const next = new URLSearchParams(before)
      if (text) next.set('q', text)
      else next.delete('q')
      return next
    }, { replace: true })
  }
  return (
    <div className="f-page f-page-tab">
      <header className="f-head f-head-top"><div className="f-head-title"><h1>{query.get('to') === 'report' ? '隐患在哪里' : firm ? '本单位场所' : '走访哪里'}</h1><p>{firm ? '扫门口的码，或选一处自查' : can('visit.record') ? '扫码、附近或搜索' : '扫码或搜索'}</p></div><SyncDot /></header>
      <main className="f-body">
        <div className="f-search">
          <Icon name="search" />
          <input value={typed} onChange={(event) => type(event.target.value)} placeholder="名称、拼音首字母、地址或编号片段" aria-label="查找场所" enterKeyHint="search" />
          <Link to={`/scan${query.get('to') === 'report' ? '?to=report' : ''}`} className="f-btn f-btn-main" aria-label="扫码"><Icon name="scan" />扫码</Link>
        </div>
        {!index ? <Waiting /> : null}
        {index && wanted.trim() ? (
          found.length > 0 ? <List title={`找到 ${found.length}${found.length === 30 ? '+' : ''} 家`} sites={found} path={path} spot={spot} /> : <Empty title="本机没有找到">试试名称里的两个字、拼音首字母，或门牌上编号的后几位。不在您管辖范围内的场所不会出现。</Empty>
        ) : null}
        {index && wanted.trim() && !firm ? <Elsewhere typed={wanted} path={path} known={known} /> : null}
        {index && !wanted.trim() ? (
          <>
            {used.length > 0 ? <List title="最近去过" sites={used.slice(0, 6)} path={path} spot={spot} /> : null}
            {near.length > 0 ? <List title="附近" sites={near.map(({ site }) => site)} path={path} spot={spot} /> : null}
            {near.length === 0 ? <List title={`本机有 ${index.entries.length.toLocaleString('zh-CN')} 家`} note={spot ? undefined : '没有定位也能用：直接搜索或扫码'} sites={index.entries.slice(0, 20).map((entry) => entry.site)} path={path} spot={spot} /> : null}
          </>
        ) : null}
      </main>
    </div>
  )
}

function List({ title, note, sites, path, spot }: { title: string; note?: string | undefined; sites: readonly SiteRow[]; path: string; spot: { lon: number; lat: number } | undefined }) {
  return (
    <section>
      <h2 className="f-group">{title}{note ? <span>{note}</span> : null}</h2>
      <div className="f-block f-block-flush">
        {sites.map((site) => (
          <Link key={site.id} to={`${path}${site.id}`} className="f-line f-line-link f-line-site">
            <span className="f-grow"><b>{site.name}</b><span className="f-quiet">{shortAddress(site.address)}{site.floor ? ` ${site.floor}` : ''}</span></span>
            {site.state === 'ACTIVE' ? (spot && site.lon !== null && site.lat !== null ? <span className="f-quiet">{metresZh(metresBetween(spot, { lon: site.lon, lat: site.lat }))}</span> : null) : <Tag>{operatingStateZh[site.state]}</Tag>}
          </Link>
        ))}
      </div>
    </section>
  )
}
