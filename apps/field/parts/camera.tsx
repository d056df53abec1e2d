import { ImageViewer, Toast } from 'antd-mobile'
import { useEffect, useRef, useState } from 'react'
import { operations as attachment } from '../../../capabilities/attachment/operations.ts'
import { fileUrl } from '../../../kernel/web/file.ts'
import { takePicture } from '../../../kernel/web/outbox/picture.ts'
import { isFull, useLive } from '../../../kernel/web/outbox/store.ts'
import { useOnline } from '../../../kernel/web/session.ts'
import { dropOriginal, keepPhoto } from '../data/originals.ts'
import { lastSpot } from '../data/spot.ts'
import { useWork } from '../data/work.ts'
import { Icon } from './icons.tsx'

/** Takes pictures, makes them small, hashes and stores them; answers their ids. The whole way works without a line. */
export function useCamera(place?: string) {
  const { store, sender } = useWork()
  return async (files: readonly File[]): Promise<string[]> => {
    const ids: string[] = []
    for (const file of files) {
      try {
        const spot = lastSpot()
        const photo = await takePicture(file, file.name, { ...(place ? { place } : {}), ...(spot ? { lon: spot.lon, lat: spot.lat, ...(spot.accuracy ? { accuracy: spot.accuracy } : {}) } : {}) })
        await keepPhoto(store, photo, file)
        ids.push(photo.id)
      } catch (thrown) {
        Toast.show({ content: isFull(thrown) ? '手机存储已满：已填内容都在，请先到同步中心发送或清理手机空间' : '这张照片读不出来，请重拍' })
      }
    }
    void sender.wake()
    return ids
  }
}

/** Address of a stored picture, from the phone while it is there, else from the server. */
export function useUrl(id: string, small = true): string | undefined {
  const { store } = useWork()
  const online = useOnline()
  const photo = useLive(async () => (await store.photos.get(id)) ?? null, [store, id])
  const [url, setUrl] = useState<string>()
  // The large one leaves the phone once it is on the server; without a line the small one is better than none.
  const blob = photo ? (small ? (photo.thumb ?? photo.blob) : (photo.blob ?? (online ? undefined : photo.thumb))) : undefined
  useEffect(() => {
    if (photo === undefined) return undefined
    if (!blob) {
      setUrl(fileUrl(small ? attachment.thumb : attachment.marked, { id }))
      return undefined
    }
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [photo === undefined, blob, id, small])
  return url
}

export function Thumb({ id, onDrop }: { id: string; onDrop?: () => void }) {
  const url = useUrl(id)
  const full = useUrl(id, false)
  const [open, setOpen] = useState(false)
  return (
    <span className="f-thumb">
      <button type="button" onClick={() => setOpen(true)} aria-label="看大图">{url ? <img src={url} alt="照片" /> : null}</button>
      {onDrop ? <button type="button" className="f-thumb-drop" aria-label="去掉这张" onClick={onDrop}><Icon name="cross" /></button> : null}
      {open && full ? <ImageViewer image={full} visible onClose={() => setOpen(false)} /> : null}
    </span>
  )
}

/** A row of pictures with the camera at its end. `auto`: the camera opens by itself, where the browser allows it. */
export function Photos({ ids, onChange, label, place, max = 9, auto }: { ids: readonly string[]; onChange: (ids: string[]) => void; label: string; place?: string; max?: number; auto?: boolean }) {
  const take = useCamera(place)
  const { store } = useWork()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (auto && ids.length === 0) input.current?.click()
    // Once, when it is drawn.
    // biome-ignore lint/correctness/useExhaustiveDependencies: only at the beginning
  }, [])
  const add = async (files: readonly File[]) => {
    setBusy(true)
    const made = await take(files.slice(0, max - ids.length))
    setBusy(false)
    if (made.length > 0) onChange([...ids, ...made])
  }
  const drop = (id: string) => {
    void dropOriginal(store, id)
    onChange(ids.filter((other) => other !== id))
  }
  return (
    <div className="f-photos">
      {ids.map((id) => <Thumb key={id} id={id} onDrop={() => drop(id)} />)}
      {ids.length < max ? (
        <label className="f-shoot">
          <Icon name="camera" />{busy ? '处理中…' : label}
          <input ref={input} type="file" accept="image/*" capture="environment" aria-label={label} onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            if (files.length > 0) void add(files)
          }} />
        </label>
      ) : null}
    </div>
  )
}
