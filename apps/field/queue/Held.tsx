import { useEffect, useState } from 'react'
import { KINDS } from '../../../capabilities/sync/sync.ts'
import { kindZh } from '../../../capabilities/sync/zh.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { type Bounds, BOUNDS } from '../data/intake.ts'
import { useWork } from '../data/work.ts'
import { sizeZh } from '../data/words.ts'
import { Block } from '../parts/page.tsx'

const MB = 1024 * 1024

/** What lies on this phone for work without a line, and what it takes of what it may take. */
export function Held() {
  const { store } = useWork()
  const counts = useLive(async () => Promise.all(KINDS.map(async (kind) => [kind, await store.table(kind).count()] as const)), [store])
  const photos = useLive(async () => (await store.photos.toArray()).reduce((sum, photo) => sum + (photo.originalOf ? 0 : (photo.blob?.size ?? 0)), 0), [store])
  const bounds = useLive(async () => (await store.read<Bounds>(BOUNDS)) ?? null, [store])
  const [space, setSpace] = useState<{ used: number; quota: number; kept: boolean }>()
  useEffect(() => {
    void Promise.all([navigator.storage?.estimate?.(), navigator.storage?.persisted?.()]).then(([estimate, kept]) => estimate && setSpace({ used: estimate.usage ?? 0, quota: estimate.quota ?? 0, kept: kept ?? false }))
  }, [photos])
  return (
    <Block title="本机离线内容" flush>
      <dl className="f-held">{counts?.map(([kind, n]) => <div key={kind}><dt>{kindZh[kind]}</dt>{' '}<dd>{n.toLocaleString('zh-CN')}</dd></div>)}</dl>
      {bounds ? <Budget bounds={bounds} /> : null}
      <div className="f-line"><span>待传照片</span><span className="f-quiet">{sizeZh(photos ?? 0)}</span></div>
      {space ? <div className="f-line"><span>本页占用</span><span className="f-quiet">{sizeZh(space.used)}，还可用 {sizeZh(Math.max(0, space.quota - space.used))}</span></div> : null}
      {space && !space.kept ? <p className="f-line f-quiet">手机空间紧张时，浏览器可能清理离线内容。请及时同步，并把本页添加到桌面使用。</p> : null}
    </Block>
  )
}

function Budget({ bounds }: { bounds: Bounds }) {
  const used = bounds.bytes ?? 0
  return (
    <>
      <div className="f-line f-line-bar"><span>离线数据</span><span className="f-quiet">约 {sizeZh(used)}，上限 {bounds.budgetMb} MB</span><div className="f-bar"><i style={{ width: `${Math.min(100, (100 * used) / (bounds.budgetMb * MB))}%` }} /></div></div>
      {bounds.narrow ? <p className="f-line f-quiet">您的辖区较大，只下载与您有关的任务、隐患和场所；其余请在电脑上查询。</p> : null}
    </>
  )
}
