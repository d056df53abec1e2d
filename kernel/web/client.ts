import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import type { InputOf, Operation, OutputOf } from '../core/operation.ts'
import { asProblem, call, Problem } from './call.ts'
import { newId } from './new-id.ts'
import { isActive } from './touch.ts'

export { call, Problem } from './call.ts'
export { download, fetchFile, fileUrl, upload } from './file.ts'

/** One read for a screen; renewed after every command. The data of the last filter stay until the new ones are there (`keep: false`: they go). */
export function useRead<T extends Operation>(operation: T, input: InputOf<T>, options: { enabled?: boolean; everySeconds?: number; keep?: boolean } = {}): UseQueryResult<OutputOf<T>, Problem> {
  const read = useQuery<OutputOf<T>, Problem>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input, { signal }),
    enabled: options.enabled ?? true,
    // A list may show the last page while the next one comes; one record must never stand for another.
    ...((options.keep ?? !operation.path.includes(':')) ? { placeholderData: keepPreviousData as never } : {}),
  })
  const { refetch } = read
  useEffect(() => {
    if (!options.everySeconds) return undefined
    // Nobody at the desk: asking on would keep the session open for ever.
    const timer = setInterval(() => void (isActive() && refetch()), options.everySeconds * 1000)
    return () => clearInterval(timer)
  }, [options.everySeconds, refetch])
  return read
}

/** What stands in the way of showing a page: no answer yet, or what was open is refused now. A broken line leaves what is open and what is typed into it. */
export const blocking = ({ error, data }: Pick<UseQueryResult<unknown, Problem>, 'error' | 'data'>): Problem | undefined =>
  error && (data === undefined || error.status === 403 || error.status === 404) ? error : undefined

export const keyOf = (operation: Operation, input: unknown): readonly unknown[] => [operation.path, input]

export interface Command<T extends Operation> {
  /** Resolves with the answer; rejects with a Problem, which also stands in `problem`. */
  run(input: InputOf<T>): Promise<OutputOf<T>>
  readonly running: boolean
  readonly problem: Problem | undefined
  clear(): void
}

/**
 * One command for a screen. The key stays the same while the same input is sent again after no decision (network,
 * timeout), so a retry never does it twice. All reads on the page are renewed afterwards.
 */
export function useCommand<T extends Operation>(operation: T, options: { onDone?: (answer: OutputOf<T>) => void } = {}): Command<T> {
  const queries = useQueryClient()
  const pending = useRef<{ body: string; key: string } | undefined>(undefined)
  const mutation = useMutation<OutputOf<T>, Problem, InputOf<T>>({
    mutationFn: async (input) => {
      const body = JSON.stringify(input)
      if (pending.current?.body !== body) pending.current = { body, key: newId() }
      try {
        const answer = await call(operation, input, { key: pending.current.key })
        pending.current = undefined
        return answer
      } catch (thrown) {
        const problem = asProblem(thrown)
        if (!problem.undecided) pending.current = undefined
        throw problem
      }
    },
    onSuccess: (answer) => {
      void queries.invalidateQueries()
      options.onDone?.(answer)
    },
    onError: (problem) => {
      // Somebody was quicker: the page takes the newest state, so that the next try names the right version.
      if (problem.stale) void queries.invalidateQueries()
    },
  })
  return { run: mutation.mutateAsync, running: mutation.isPending, problem: mutation.error ?? undefined, clear: mutation.reset }
}

/** What a paged operation lists. */
export type RowOf<T> = T extends Operation<z.ZodType, infer O> ? (z.output<O> extends { rows: readonly (infer R)[] } ? R : never) : never

interface PageLike {
  rows: readonly unknown[]
  total: number
  next?: string
}

/** A list that grows by 更多: rows so far, the exact total, and the way on. */
export function useInfinite<T extends Operation>(operation: T, input: Omit<InputOf<T>, 'cursor'>, options: { enabled?: boolean } = {}) {
  const query = useInfiniteQuery<PageLike, Problem>({
    queryKey: [operation.path, 'all', input],
    queryFn: async ({ pageParam, signal }) => (await call(operation, { ...input, ...(pageParam ? { cursor: pageParam } : {}) } as InputOf<T>, { signal })) as PageLike,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next,
    enabled: options.enabled ?? true,
  })
  const pages = query.data?.pages ?? []
  return {
    rows: pages.flatMap((page) => page.rows) as RowOf<T>[],
    total: pages[0]?.total,
    loading: query.isLoading,
    problem: query.error ?? undefined,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
    retry: () => void query.refetch(),
  }
}
