import { Toast } from 'antd-mobile'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { operations as enterprise } from '../../../capabilities/enterprise/operations.ts'
import { operations as sync } from '../../../capabilities/sync/operations.ts'
import type { SiteRow } from '../../../capabilities/sync/rows.ts'
import { asProblem, call } from '../../../kernel/web/call.ts'
import { useOnline } from '../../../kernel/web/session.ts'
import { shortAddress } from '../data/words.ts'
import { useWork } from '../data/work.ts'
import { Empty } from '../parts/states.tsx'

type Answer = { readonly asked: string; readonly rows: readonly SiteRow[]; readonly problem?: string }

/** What is typed, asked of the register: a place of my reach that is not on the phone is taken there and works as the others do. */
export function Elsewhere({ typed, path, known }: { typed: string; path: string; known: ReadonlySet<string> }) {
  const { store } = useWork()
  const navigate = useNavigate()
  const online = useOnline()
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Answer>()
  const asked = typed.trim()
  const ask = async () => {
    setBusy(true)
    try {
      const { rows } = await call(enterprise.find, { q: asked, limit: 12 }, { quiet: true })
      const places = rows.length > 0 ? (await call(sync.places, { enterpriseIds: rows.map((row) => row.id).join(',') }, { quiet: true })).rows : []
      const at = new Map(rows.map((row, i) => [row.id, i]))
      setAnswer({ asked, rows: [...places].sort((a, b) => (at.get(a.enterpriseId) ?? 0) - (at.get(b.enterpriseId) ?? 0)) })
    } catch (thrown) {
      setAnswer({ asked, rows: [], problem: asProblem(thrown).title })
    }
    setBusy(false)
  }
  const open = async (site: SiteRow) => {
    await store.site.put(site)
    Toast.show({ content: '已存到本机，没有网络也能用' })
    navigate(`${path}${site.id}`)
  }
  if ([...asked].length < 2) return null
  if (!online) return <p className="f-quiet">现在没有网络，只能查找本机上的场所。</p>
  const shown = answer?.asked === asked ? answer : undefined
  const more = shown?.rows.filter((site) => !known.has(site.id)) ?? []
  if (!shown) return <button type="button" className="f-btn f-btn-wide" disabled={busy} onClick={() => void ask()}>{busy ? '正在联网查找…' : `联网查找“${asked.slice(0, 12)}”`}</button>
  if (shown.problem) return <Empty title={shown.problem}>没有查到。<button type="button" className="f-btn f-btn-wide" disabled={busy} onClick={() => void ask()}>再查一次</button></Empty>
  if (more.length === 0) return <Empty title="联网也没有找到更多">不在您管辖范围内的场所不会出现。</Empty>
  return (
    <section>
      <h2 className="f-group">联网找到 {more.length} 处<span>点开即存到本机</span></h2>
      <div className="f-block f-block-flush">
        {more.map((site) => <button key={site.id} type="button" className="f-line f-line-link f-line-site" onClick={() => void open(site)}><span className="f-grow f-left"><b>{site.name}</b><span className="f-quiet">{site.main ? '' : `${site.siteName} · `}{shortAddress(site.address)}{site.floor ? ` ${site.floor}` : ''}</span></span></button>)}
      </div>
    </section>
  )
}
