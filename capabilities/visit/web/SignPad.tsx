import { Button, Space } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'
import { asProblem } from '../../../kernel/web/call.ts'
import { upload } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import type { Attachment } from '../../attachment/attachment.ts'
import { operations as attachment } from '../../attachment/operations.ts'
import { thumbUrl } from '../../attachment/web/public.tsx'

/** Ink on a canvas: the pointer events that draw, and whether anything was drawn. */
function useInk() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef(false)
  const [inked, setInked] = useState(false)
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return [((event.clientX - box.left) * event.currentTarget.width) / box.width, ((event.clientY - box.top) * event.currentTarget.height) / box.height] as const
  }
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext('2d')
    if (!pen) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = true
    pen.lineWidth = 4
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
    pen.beginPath()
    pen.moveTo(...at(event))
  }
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext('2d')
    if (!drawing.current || !pen) return
    pen.lineTo(...at(event))
    pen.stroke()
    if (!inked) setInked(true)
  }
  const onPointerUp = () => { drawing.current = false }
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, canvas.current.width, canvas.current.height)
    setInked(false)
  }
  return { canvas, inked, clear, pen: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp } }
}

/** A signature by finger or mouse, sent as a picture when the person says so. */
export function SignPad({ label, value, enterpriseId, onChange }: { label: string; value: Attachment | undefined; enterpriseId: string; onChange: (signed: Attachment | undefined) => void }) {
  const { canvas, inked, clear, pen } = useInk()
  const [state, setState] = useState<{ busy: boolean; problem?: string }>({ busy: false })
  const send = async () => {
    setState({ busy: true })
    try {
      const file = await pictureOf(canvas.current!)
      const id = newId()
      onChange(await upload(attachment.upload, file, { id, takenAt: serverNow(), enterpriseId }, { key: id }))
      setState({ busy: false })
    } catch (thrown) {
      setState({ busy: false, problem: asProblem(thrown).title })
    }
  }
  if (value) {
    return (
      <div>
        <p>{label}：已签</p>
        <img src={thumbUrl(value.id)} alt={`${label}签字`} style={{ height: 80, border: '1px solid var(--line)', borderRadius: 6 }} /> <Button size="small" onClick={() => onChange(undefined)}>重签</Button>
      </div>
    )
  }
  return (
    <div>
      <p>{label}</p>
      <canvas ref={canvas} className="vr-sign" width={840} height={320} aria-label={`${label}签字处`} {...pen} />
      <Space style={{ marginTop: 6 }}>
        <Button disabled={!inked} loading={state.busy} type="primary" ghost onClick={() => void send()}>确认签字</Button>
        <Button disabled={!inked} onClick={clear}>重写</Button>
      </Space>
      {state.problem ? <p role="alert" className="quiet">{state.problem}，请再试一次</p> : null}
    </div>
  )
}

/** White ground: a transparent picture is black on some printers. */
function pictureOf(canvas: HTMLCanvasElement): Promise<File> {
  const flat = document.createElement('canvas')
  flat.width = canvas.width
  flat.height = canvas.height
  const pen = flat.getContext('2d')!
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, flat.width, flat.height)
  pen.drawImage(canvas, 0, 0)
  return new Promise((resolve, reject) => flat.toBlob((blob) => (blob ? resolve(new File([blob], '签字.png', { type: 'image/png' })) : reject(new Error('signature is no picture'))), 'image/png'))
}
