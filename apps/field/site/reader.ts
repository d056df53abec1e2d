import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** What newer browsers bring themselves; jsQR stands in where they do not. */
interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>
}
type DetectorClass = new (options: { formats: string[] }) => Detector

let detector: Detector | null | undefined

/** The text of a QR code in a picture; undefined when there is none. */
export async function readCode(picture: ImageBitmap | HTMLVideoElement): Promise<string | undefined> {
  const Native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  detector ??= Native ? new Native({ formats: ['qr_code'] }) : null
  if (detector) {
    try {
      const [found] = await detector.detect(picture)
      if (found) return found.rawValue
    } catch {
      // Some systems offer the class without the service behind it.
      detector = null
    }
  }
  return readByHand(picture)
}

const LONG_SIDE = 900

async function readByHand(picture: ImageBitmap | HTMLVideoElement): Promise<string | undefined> {
  const [wide, high] = 'videoWidth' in picture ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height]
  if (!wide || !high) return undefined
  const share = Math.min(1, LONG_SIDE / Math.max(wide, high))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(wide * share)
  canvas.height = Math.round(high * share)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return undefined
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const { default: jsQR } = await import('jsqr')
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
  return jsQR(data, width, height)?.data || undefined
}

type Light = MediaTrackConstraintSet & { torch?: boolean }

/** The camera of the back, a look at it four times a second, and its lamp where it has one. */
export function useCameraStream(video: RefObject<HTMLVideoElement | null>, onText: (text: string) => void) {
  const [state, setState] = useState<'asking' | 'on' | 'none'>('asking')
  const [torch, setTorch] = useState(false)
  const [lit, setLit] = useState(false)
  const track = useRef<MediaStreamTrack | undefined>(undefined)
  const heard = useRef(onText)
  heard.current = onText
  useEffect(() => {
    let over = false
    let stream: MediaStream | undefined
    const look = async () => {
      if (over) return
      if (video.current && video.current.readyState >= 2) {
        const text = await readCode(video.current)
        if (text && !over) heard.current(text)
      }
      setTimeout(() => void look(), 250)
    }
    if (!navigator.mediaDevices?.getUserMedia) return setState('none')
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false }).then(
      async (given) => {
        stream = given
        if (over || !video.current) return given.getTracks().forEach((one) => one.stop())
        track.current = given.getVideoTracks()[0]
        setTorch('torch' in (track.current?.getCapabilities?.() ?? {}))
        video.current.srcObject = given
        await video.current.play().catch(() => undefined)
        setState('on')
        void look()
      },
      () => setState('none'),
    )
    return () => {
      over = true
      stream?.getTracks().forEach((one) => one.stop())
    }
  }, [video])
  const light = useCallback(async (on: boolean) => {
    await track.current?.applyConstraints({ advanced: [{ torch: on } as Light] }).then(() => setLit(on), () => setTorch(false))
  }, [])
  return { state, torch, lit, light }
}
