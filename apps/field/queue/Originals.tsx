import { useState } from 'react'
import { shortDateTime } from '../../../kernel/core/time-zh.ts'
import { photoAgain } from '../../../kernel/web/outbox/queue.ts'
import type { StoredPhoto } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { sizeZh } from '../data/words.ts'
import { Block } from '../parts/page.tsx'
import { Tag } from '../parts/states.tsx'

const FIRST = 10
const rank = (photo: StoredPhoto): number => (photo.state === 'refused' ? 0 : photo.state === 'waiting' ? 1 : 2)

/** The camera's own files, where the district keeps them: how large each is, where it is, and why not further. */
export function Originals({ photos }: { photos: readonly StoredPhoto[] }) {
  const [all, setAll] = useState(false)
  const originals = photos.filter((photo) => photo.originalOf).sort((a, b) => rank(a) - rank(b) || b.madeAt.localeCompare(a.madeAt))
  if (originals.length === 0) return null
  const waiting = originals.filter((photo) => photo.state === 'waiting')
  const left = waiting.reduce((sum, photo) => sum + photo.bytes - photo.sent, 0)
  return (
    <Block title={waiting.length > 0 ? `原图 待传 ${waiting.length} 张，${sizeZh(left)}` : '原图'} flush>
      {(all ? originals : originals.slice(0, FIRST)).map((photo) => <Original key={photo.id} photo={photo} />)}
      {originals.length > FIRST ? <button type="button" className="f-line f-quiet" onClick={() => setAll(!all)}>{all ? '收起' : `查看全部 ${originals.length} 张`}</button> : null}
      <p className="f-line f-quiet">原图排在记录和照片之后补传；未传完不影响已送达的记录。导出的文件里不含原图。</p>
    </Block>
  )
}

function Original({ photo }: { photo: StoredPhoto }) {
  const { store, sender } = useWork()
  const again = async () => {
    await store.photos.put(photoAgain(photo))
    void sender.wake(true)
  }
  const refused = photo.state === 'refused'
  return (
    <>
      <div className="f-line">
        <span>{shortDateTime(photo.takenAt)} {sizeZh(photo.bytes)}</span>
        {refused ? <Tag tone={photo.blob ? 'late' : 'plain'}>{photo.blob ? '被退回' : '未保留'}</Tag> : photo.state === 'stored' ? <Tag tone="done">已送达</Tag> : <Tag tone="wait">{photo.sent > 0 ? `待传 ${Math.floor((100 * photo.sent) / photo.bytes)}%` : '待传'}</Tag>}
      </div>
      {refused && photo.refusal ? <div className="f-line f-quiet"><span>{photo.refusal.title}</span>{photo.blob ? <button type="button" className="f-btn" onClick={() => void again()}>再发一次</button> : null}</div> : null}
    </>
  )
}
