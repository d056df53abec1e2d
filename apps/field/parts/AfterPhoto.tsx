import { useEffect, useRef, useState } from 'react'
import { Photos, useCamera, useUrl } from './camera.tsx'
import { Sheet } from './sheet.tsx'

/** The picture after: taken with the picture before laid over the finder, so that both show the same spot. */
export function AfterPhoto({ before, ids, place, onChange }: { before: string | undefined; ids: readonly string[]; place?: string; onChange: (ids: string[]) => void }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="f-after">
      <Photos ids={ids} label="拍整改后" {...(place ? { place } : {})} onChange={onChange} />
      {before && 'mediaDevices' in navigator ? <button type="button" className="f-btn" onClick={() => setOpen(true)}>对照整改前拍摄</button> : null}
      <Sheet open={open} title="对照整改前拍摄" tall onClose={() => setOpen(false)}>
        {open && before ? <Overlay before={before} place={place} onTaken={(id) => {
          setOpen(false)
          onChange([...ids, id])
        }} /> : null}
      </Sheet>
    </div>
  )
}

function Overlay({ before, place, onTaken }: { before: string; place: string | undefined; onTaken: (id: string) => void }) {
  const take = useCamera(place)
  const under = useUrl(before, false)
  const video = useRef<HTMLVideoElement>(null)
  const [share, setShare] = useState(45)
  const [none, setNone] = useState(false)
  useEffect(() => {
    let stream: MediaStream | undefined
    let over = false
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 } }, audio: false }).then((given) => {
      stream = given
      if (over || !video.current) return given.getTracks().forEach((track) => track.stop())
      video.current.srcObject = given
      void video.current.play().catch(() => setNone(true))
    }, () => setNone(true))
    return () => {
      over = true
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [])
  const shoot = async () => {
    const source = video.current
    if (!source?.videoWidth) return
    const canvas = document.createElement('canvas')
    canvas.width = source.videoWidth
    canvas.height = source.videoHeight
    canvas.getContext('2d')?.drawImage(source, 0, 0)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
    const [id] = blob ? await take([new File([blob], '整改后.jpg', { type: 'image/jpeg' })]) : []
    if (id) onTaken(id)
  }
  if (none) return <p className="f-quiet">打不开取景。请关闭后用“拍整改后”，并尽量与整改前同一角度。</p>
  return (
    <>
      <div className="f-overlay"><video ref={video} playsInline muted aria-label="取景" />{under ? <img src={under} alt="整改前" style={{ opacity: share / 100 }} /> : null}</div>
      <label className="f-field">整改前的透明度<input type="range" min={0} max={80} value={share} onChange={(event) => setShare(Number(event.target.value))} /></label>
      <button type="button" className="f-btn f-btn-main" onClick={() => void shoot()}>拍摄</button>
    </>
  )
}
