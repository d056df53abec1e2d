import { useEffect, useState } from 'react'
import type { InputOf, Operation, OutputOf } from '../../../kernel/core/operation.ts'
import { asProblem, call, type Problem } from '../../../kernel/web/call.ts'
import { useOnline } from '../../../kernel/web/session.ts'

/** What only the server knows, for screens that say so: undefined while it is asked, a problem when it could not be. Asked again when the line is back. */
export function useAsk<T extends Operation>(operation: T, input: InputOf<T> | undefined): { data?: OutputOf<T>; problem?: Problem } {
  const online = useOnline()
  const key = input === undefined ? '' : JSON.stringify(input)
  const [answer, setAnswer] = useState<{ key: string; data?: OutputOf<T>; problem?: Problem }>({ key: '' })
  useEffect(() => {
    if (key === '') return undefined
    const leave = new AbortController()
    call(operation, JSON.parse(key) as InputOf<T>, { quiet: true, signal: leave.signal }).then((data) => setAnswer({ key, data }), (thrown: unknown) => !leave.signal.aborted && setAnswer({ key, problem: asProblem(thrown) }))
    return () => leave.abort()
    // The line being back is a reason to ask again.
    // biome-ignore lint/correctness/useExhaustiveDependencies: online
  }, [operation, key, online])
  return answer.key === key ? answer : {}
}
