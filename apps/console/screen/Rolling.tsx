import { useEffect, useRef, useState } from 'react'

const ROLL_MS = 700
const calm = window.matchMedia('(prefers-reduced-motion: reduce)')

/** A number that rolls to its new value when, and only when, it has changed. */
export function Rolling({ value, digits = 0 }: { value: number; digits?: number }) {
  const [shown, setShown] = useState(value)
  const from = useRef(value)
  useEffect(() => {
    const start = from.current
    if (start === value) return undefined
    if (calm.matches || document.hidden) {
      from.current = value
      setShown(value)
      return undefined
    }
    const began = performance.now()
    let frame = requestAnimationFrame(function step(at) {
      const part = Math.min(1, Math.max(0, (at - began) / ROLL_MS))
      const now = part === 1 ? value : start + (value - start) * (1 - (1 - part) ** 3)
      from.current = now
      setShown(now)
      if (part < 1) frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [value])
  return <>{shown.toLocaleString('zh-CN', { minimumFractionDigits: digits, maximumFractionDigits: digits })}</>
}
