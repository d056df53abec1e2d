import { useSyncExternalStore } from 'react'
import type { Spot } from './site-index.ts'

/** Where the phone says it is. Helpful, never required: nothing waits for it and nobody is asked twice. */
let spot: (Spot & { readonly at: number }) | undefined
let refused = false
let asking = false
const listeners = new Set<() => void>()
const FRESH_MS = 10 * 60_000

/** The last known place, if it is of these minutes. */
export const lastSpot = (): Spot | undefined => (spot && Date.now() - spot.at < FRESH_MS ? spot : undefined)

export function askSpot(): void {
  if (refused || asking || !('geolocation' in navigator)) return
  asking = true
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      asking = false
      spot = { lon: coords.longitude, lat: coords.latitude, accuracy: Math.min(100_000, coords.accuracy), at: Date.now() }
      for (const listener of listeners) listener()
    },
    (error) => {
      asking = false
      refused = error.code === error.PERMISSION_DENIED
      for (const listener of listeners) listener()
    },
    { enableHighAccuracy: true, maximumAge: 60_000, timeout: 15_000 },
  )
}

export const useSpot = (): Spot | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => spot,
  )
