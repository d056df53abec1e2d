import { useCallback, useEffect, useRef, useState } from 'react'
import { read, write } from './kept.ts'
import { useMe } from './me.ts'

export interface Draft {
  /** What was typed before the page was closed; undefined when nothing was. */
  readonly found: Record<string, unknown> | undefined
  keep(values: Record<string, unknown>): void
  drop(): void
}

/** Typed text of one form of one person, kept in this browser for a week. Without a name nothing is kept. */
export function useDraft(name: string | undefined): Draft {
  const { personId } = useMe()
  const key = name === undefined ? undefined : `angrid.${personId}.draft.${name}`
  const [found, setFound] = useState(() => fresh(key))
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const keep = useCallback(
    (values: Record<string, unknown>) => {
      if (key === undefined) return
      clearTimeout(timer.current)
      timer.current = setTimeout(() => write(key, { at: Date.now(), values }), 400)
    },
    [key],
  )
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    setFound(undefined)
    if (key !== undefined) write(key, undefined)
  }, [key])
  return { found, keep, drop }
}

const WEEK = 7 * 86_400_000

function fresh(key: string | undefined): Record<string, unknown> | undefined {
  if (key === undefined) return undefined
  const kept = read<{ at: number; values: Record<string, unknown> } | null>(key, null)
  return kept && Date.now() - kept.at < WEEK ? kept.values : undefined
}
