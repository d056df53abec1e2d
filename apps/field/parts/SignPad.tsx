import { type PointerEvent, useRef, useState } from 'react'
import { keepPicture } from '../../../kernel/web/outbox/picture.ts'
import { useWork } from '../data/work.ts'
import { useUrl } from './camera.tsx'

/** A signature by finger, kept on the phone as a picture on white ground. Answers its id; undefined: to be signed again. */
export function SignPad({ label, value, onChange }: { label: string; value: string | undefined; onChange: (id: string | undefined) => void }) {
  const { store, sender } = useWork()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef(false)
  const [inked, setInked] = useState(false)
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return [((event.clientX - box.left) * event.currentTarget.width) / box.width, ((event.clientY - box.top) * event.currentTarget.height) / box.height] as const
  }
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext('2d')
    if (!pen) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = true
    Object.assign(pen, { lineWidth: 5, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' })
    pen.beginPath()
    pen.moveTo(...at(event))
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext('2d')
    if (!drawing.current || !pen) return
    pen.lineTo(...at(event))
    pen.stroke()
    if (!inked) setInked(true)
  }
  const up = () => {
    drawing.current = false
  }
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, canvas.current.width, canvas.current.height)
    setInked(false)
  }
  const keep = async () => {
    if (!canvas.current) return
    const photo = await keepPicture(await pictureOf(canvas.current), '签字.png', {})
    await store.photos.add(photo)
    void sender.wake()
    onChange(photo.id)
  }
  if (value) return <Signed label={label} id={value} onAgain={() => onChange(undefined)} />
  return (
    <div className="f-sign">
      <p>{label}</p>
      <canvas ref={canvas} width={840} height={340} aria-label={`${label}签字处`} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} />
      <div className="f-card-acts f-flat"><button type="button" className="f-btn" disabled={!inked} onClick={clear}>重写</button><button type="button" className="f-btn" disabled={!inked} onClick={() => void keep()}>确认签字</button></div>
    </div>
  )
}

function Signed({ label, id, onAgain }: { label: string; id: string; onAgain: () => void }) {
  const url = useUrl(id, false)
  return <div className="f-sign"><p>{label}：已签</p>{url ? <img src={url} alt={`${label}签字`} /> : null}<button type="button" className="f-link" onClick={onAgain}>重签</button></div>
}

/** White ground: a transparent picture is black on some printers. */
function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const flat = document.createElement('canvas')
  flat.width = canvas.width
  flat.height = canvas.height
  const pen = flat.getContext('2d')
  if (!pen) return Promise.reject(new Error('no canvas'))
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, flat.width, flat.height)
  pen.drawImage(canvas, 0, 0)
  return new Promise((resolve, reject) => flat.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('signature is no picture'))), 'image/png'))
}
