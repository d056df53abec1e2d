import { useEffect, useState } from 'react'
import { KINDS } from '../../../capabilities/sync/sync.ts'
import { kindZh } from '../../../capabilities/sync/zh.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { BOUNDS } from '../data/intake.ts'
import { useWork } from '../data/work.ts'
import { sizeZh } from '../data/words.ts'
import { Block } from '../parts/page.tsx'

/** What lies on this phone for work without a line, and what it takes. */
export function Held() {
  const { store } = useWork()
  const counts = useLive(async () => Promise.all(KINDS.map(async (kind) => [kind, await store.table(kind).count()] as const)), [store])
  const photos = useLive(async () => (await store.photos.toArray()).reduce((sum, photo) => sum + (photo.blob?.size ?? 0), 0), [store])
  const bounds = useLive(() => store.read<{ budgetMb: number; narrow: boolean }>(BOUNDS), [store])
  const [space, setSpace] = useState<{ used: number; quota: number; kept: boolean }>()
  useEffect(() => {
    void Promise.all([navigator.storage?.estimate?.(), navigator.storage?.persisted?.()]).then(([estimate, kept]) => estimate && setSpace({ used: estimate.usage ?? 0, quota: estimate.quota ?? 0, kept: kept ?? false }))
  }, [])
  return (
    <Block title="本机离线内容" flush>
      <div className="f-line"><span>{counts?.map(([kind, n]) => `${kindZh[kind]} ${n.toLocaleString('zh-CN')}`).join(' · ') ?? '…'}</span></div>
      {bounds ? <div className="f-line"><span>离线数据上限</span><span className="f-quiet">{bounds.budgetMb} MB{bounds.narrow ? '；您的辖区较大，只下载与您有关的场所，其余联网查询' : ''}</span></div> : null}
      <div className="f-line"><span>照片占用</span><span className="f-quiet">{sizeZh(photos ?? 0)}</span></div>
      {space ? <div className="f-line"><span>存储</span><span className="f-quiet">已用 {sizeZh(space.used)}，可用 {sizeZh(Math.max(0, space.quota - space.used))}{space.kept ? '' : '；空间紧张时浏览器可能清理，请尽快同步'}</span></div> : null}
    </Block>
  )
}
