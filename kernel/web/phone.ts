import { useSyncExternalStore } from 'react'
import { PHONE } from './tokens.ts'

const narrow = window.matchMedia(`(max-width: ${PHONE - 1}px)`)
const subscribe = (listener: () => void) => {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

/** The page is as narrow as a phone. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches)
