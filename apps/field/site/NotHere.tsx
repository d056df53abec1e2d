import { useEffect } from 'react'
import { operations as sync } from '../../../capabilities/sync/operations.ts'
import { useAsk } from '../data/ask.ts'
import { useWork } from '../data/work.ts'
import { Page } from '../parts/page.tsx'
import { Empty, Waiting } from '../parts/states.tsx'

/** A place that does not lie on the phone: fetched where there is a line and my reach holds it; else it is said what can be done. */
export function NotHere({ siteId, title }: { siteId: string; title: string }) {
  const { store } = useWork()
  const { data, problem } = useAsk(sync.places, { siteId })
  const site = data?.rows[0]
  useEffect(() => {
    // Whoever shows this page reads the store: it turns into the place.
    if (site) void store.site.put(site)
  }, [store, site])
  if (!problem && (!data || site)) return <Page title={title}><Waiting /></Page>
  return (
    <Page title={title}>
      {problem ? <Empty title="本机没有这个场所">{problem.code === 'offline' ? '现在没有网络。接通后会自动查找；属于您管辖的，可以照常走访。' : `${problem.title}。`}</Empty> : <Empty title="没有这个场所，或不在您的管辖范围内">可能刚调整过管辖范围，或已经注销。看到隐患请告知现管辖的同事。</Empty>}
    </Page>
  )
}
