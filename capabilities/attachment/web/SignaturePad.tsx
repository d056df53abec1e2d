import { Button } from 'antd'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, upload } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Attachment } from '../attachment.ts'
import { operations } from '../operations.ts'

type Stroke = { x: number; y: number }[]

/**
 * The one place to sign, with a finger, a pen or a mouse. The strokes become a picture with a transparent ground, cut to what
 * was written, and are kept as an attachment of the enterprise, which `onSigned` gets. Lifting the hand sends nothing: the
 * button does, and pressed again after a broken line it sends the same signature.
 */
export function SignaturePad({ enterpriseId, confirm, onSigned, disabled, label = '签名', low = false }: { enterpriseId: string; confirm: string; onSigned: (signed: Attachment) => Promise<void> | void; disabled?: boolean; label?: string; low?: boolean }) {
  const pad = usePad()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const send = async () => {
    setSending(true)
    setProblem(undefined)
    try {
      const { id, file, sent } = await pad.taken()
      const signed = sent ?? (await upload(operations.upload, file, { id, takenAt: new Date(serverNow()).toISOString(), enterpriseId }, { key: id }))
      pad.markSent(signed)
      await onSigned(signed)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setSending(false)
    }
  }
  return (
    <div>
      <canvas ref={pad.canvas} className={low ? 'ag-pad ag-pad-low' : 'ag-pad'} aria-label={`${label}签字处`} onPointerDown={pad.down} onPointerMove={pad.move} />
      <div className="ag-pad-line">
        <span className="ag-faint">请在框内手写签名</span>
        <span>
          <Button onClick={pad.clear} disabled={!pad.written || sending}>重写</Button>{' '}
          <Button type="primary" disabled={!pad.written || disabled} loading={sending} onClick={() => void send()}>{confirm}</Button>
        </span>
      </div>
      {problem ? <ProblemView problem={problem} /> : null}
    </div>
  )
}

/** The strokes of one pad. A signature sent again after a broken line is the same attachment; a changed one is another. */
function usePad() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const strokes = useRef<Stroke[]>([])
  const kept = useRef<{ id: string; file: File; sent: Attachment | undefined } | undefined>(undefined)
  const [written, setWritten] = useState(false)
  useEffect(() => fit(canvas.current, strokes.current), [])
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const changed = (some: boolean) => {
    kept.current = undefined
    setWritten(some)
    paint(canvas.current, strokes.current)
  }
  return {
    canvas,
    written,
    down: (event: PointerEvent<HTMLCanvasElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      strokes.current.push([at(event)])
      changed(true)
    },
    move: (event: PointerEvent<HTMLCanvasElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
      strokes.current.at(-1)?.push(at(event))
      paint(canvas.current, strokes.current)
    },
    clear: () => {
      strokes.current = []
      changed(false)
    },
    taken: async () => {
      kept.current ??= { id: newId(), file: await pictureOf(strokes.current), sent: undefined }
      return kept.current
    },
    markSent: (signed: Attachment) => {
      if (kept.current) kept.current.sent = signed
    },
  }
}

function fit(canvas: HTMLCanvasElement | null, strokes: readonly Stroke[]): void {
  if (!canvas) return
  const ratio = window.devicePixelRatio || 1
  canvas.width = Math.round(canvas.clientWidth * ratio)
  canvas.height = Math.round(canvas.clientHeight * ratio)
  paint(canvas, strokes)
}

function paint(canvas: HTMLCanvasElement | null, strokes: readonly Stroke[]): void {
  const pen = canvas?.getContext('2d')
  if (!canvas || !pen) return
  const ratio = window.devicePixelRatio || 1
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.clearRect(0, 0, canvas.width, canvas.height)
  ink(pen, strokes, 0, 0)
}

/** Smooth curves through the points; a dot for a mere touch. */
function ink(pen: CanvasRenderingContext2D, strokes: readonly Stroke[], left: number, top: number): void {
  Object.assign(pen, { lineWidth: 3.2, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' })
  for (const stroke of strokes) {
    const [first] = stroke
    if (!first) continue
    pen.beginPath()
    pen.moveTo(first.x - left, first.y - top)
    stroke.forEach((point, i) => {
      const next = stroke[i + 1] ?? point
      pen.quadraticCurveTo(point.x - left, point.y - top, (point.x + next.x) / 2 - left, (point.y + next.y) / 2 - top)
    })
    pen.lineTo((stroke.at(-1)?.x ?? first.x) - left + 0.1, (stroke.at(-1)?.y ?? first.y) - top)
    pen.stroke()
  }
}

const EDGE = 10

async function pictureOf(strokes: readonly Stroke[]): Promise<File> {
  const points = strokes.flat()
  const [left, top] = [Math.min(...points.map((p) => p.x)) - EDGE, Math.min(...points.map((p) => p.y)) - EDGE]
  const [right, bottom] = [Math.max(...points.map((p) => p.x)) + EDGE, Math.max(...points.map((p) => p.y)) + EDGE]
  const sheet = document.createElement('canvas')
  sheet.width = Math.max(40, Math.ceil((right - left) * 2))
  sheet.height = Math.max(40, Math.ceil((bottom - top) * 2))
  const pen = sheet.getContext('2d')
  pen?.scale(2, 2)
  if (pen) ink(pen, strokes, left, top)
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, 'image/png'))
  return new File([blob ?? new Blob()], '签名.png', { type: 'image/png' })
}
