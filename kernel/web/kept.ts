import { useCallback, useState } from 'react'
import { useMe } from './me.ts'

/** Something small that this browser keeps for this person; another person at the same PC has his own. */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `angrid.${useMe().personId}.${name}`
  const [held, setHeld] = useState<{ key: string; value: T }>(() => ({ key, value: read(key, initial) }))
  const value = held.key === key ? held.value : read(key, initial)
  const keep = useCallback(
    (next: T) => {
      setHeld({ key, value: next })
      write(key, next)
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
