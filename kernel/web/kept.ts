import { useCallback, useSyncExternalStore } from 'react'
import { useMe } from './me.ts'

/** Values read so far, so that every part of a page sees the same one; keyed by storage key. */
const held = new Map<string, unknown>()
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Something small that this browser keeps for this person; another person at the same PC has his own. */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `angrid.${useMe().personId}.${name}`
  const value = useSyncExternalStore(subscribe, () => {
    if (!held.has(key)) held.set(key, read(key, initial))
    return held.get(key) as T
  })
  const keep = useCallback(
    (next: T) => {
      held.set(key, next)
      write(key, next)
      for (const listener of listeners) listener()
    },
    [key],
  )
  return [value, keep]
}

export function read<T>(key: string, initial: T): T {
  try {
    const text = localStorage.getItem(key)
    return text === null ? initial : (JSON.parse(text) as T)
  } catch {
    return initial
  }
}

/** Full or forbidden storage is not worth an error: the choice then lasts until the page is closed. */
export function write(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
  } catch {
    return
  }
}
