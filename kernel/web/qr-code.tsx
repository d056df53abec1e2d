import { create } from 'qrcode'
import { useMemo } from 'react'

/** A square code as one path, sharp at any size; the caption is its description. */
export default function QrCode({ value, caption }: { value: string; caption: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(value, { errorCorrectionLevel: 'M' })
    const cells = Array.from({ length: modules.size * modules.size }, (_, i) => (modules.data[i] ? `M${i % modules.size} ${Math.floor(i / modules.size)}h1v1h-1z` : ''))
    return { size: modules.size, path: cells.join('') }
  }, [value])
  return <svg viewBox={`-1 -1 ${size + 2} ${size + 2}`} role="img" aria-label={caption} shapeRendering="crispEdges"><path d={path} fill="#000" /></svg>
}
