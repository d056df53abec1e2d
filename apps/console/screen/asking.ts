import { useCallback, useEffect, useRef, useState } from 'react'
import { setAsker } from '../../../kernel/web/session.ts'

/** The question for a sign-in over the picture; a call that met the end of a session waits for its answer. */
export function useAsking(): { asking: boolean; ask: () => Promise<boolean>; settle: (signedIn: boolean) => void } {
  const [asking, setAsking] = useState(false)
  const answer = useRef<((signedIn: boolean) => void) | undefined>(undefined)
  const ask = useCallback(() => {
    answer.current?.(false)
    setAsking(true)
    return new Promise<boolean>((resolve) => {
      answer.current = resolve
    })
  }, [])
  const settle = useCallback((signedIn: boolean) => {
    setAsking(false)
    answer.current?.(signedIn)
    answer.current = undefined
  }, [])
  useEffect(() => {
    setAsker(ask)
    return () => setAsker(undefined)
  }, [ask])
  return { asking, ask, settle }
}
