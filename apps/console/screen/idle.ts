import { useEffect } from 'react'
import { lastTouchMs, touched, watchTouch } from '../../../kernel/web/touch.ts'

/** A wall asks every second and would keep its person signed in for ever: whoever has touched nothing for so long is signed out. */
export function useIdle(minutes: number | undefined, leave: () => void): void {
  useEffect(watchTouch, [])
  useEffect(() => {
    if (minutes === undefined) return undefined
    touched()
    const timer = setInterval(() => {
      if (Date.now() - lastTouchMs() >= minutes * 60_000) leave()
    }, 5000)
    return () => clearInterval(timer)
  }, [minutes, leave])
}
