import { useSyncExternalStore } from 'react'

export const WALL = { width: 1920, height: 1080 } as const

const subscribe = (listener: () => void) => {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}
const now = () => Math.min(window.innerWidth / WALL.width, window.innerHeight / WALL.height)

/** By the smaller ratio: nothing is stretched, the rest stays dark. */
export const useScale = (): number => useSyncExternalStore(subscribe, now)
