import type { Refusal } from './problem.ts'

/**
 * A lifecycle is a table keyed by state and action. Server, screens, tests and diagrams read the same one.
 * A missing state or an unknown next state does not compile.
 */
export interface Move<S extends string> {
  /** Number in the specification, e.g. "T6b". */
  readonly id: string
  /** Next state; `'same'` keeps the state; several when data decides (the handler names one of them). */
  readonly to: S | readonly S[] | 'same'
  /** The right that is asked. `system` moves are made by jobs only. */
  readonly verb: string
  /** Chinese label of the button. */
  readonly label: string
  /** Law clause or design rule behind the move. */
  readonly clause: string
}

export type Lifecycle<S extends string, A extends string> = { readonly [state in S]: { readonly [action in A]?: Move<S> } }

/** Declares a lifecycle; the states are the keys and the compiler checks every next state. */
export const lifecycle = <S extends string, A extends string>(table: Lifecycle<S, A>): Lifecycle<S, A> => table

/** The move for a state and an action, or the refusal that says from where it is possible. */
export function moveOf<S extends string, A extends string>(
  table: Lifecycle<S, A>,
  state: S,
  action: A,
  code: string,
): { move: Move<S> } | { refusal: Refusal } {
  const move = table[state][action]
  if (move) return { move }
  return { refusal: { code, params: { state, action } } }
}

/** Every (state, action, move) of a table, for tests, documents and diagrams. */
export function movesOf<S extends string, A extends string>(table: Lifecycle<S, A>): { from: S; action: A; move: Move<S> }[] {
  return (Object.keys(table) as S[]).flatMap((from) =>
    (Object.keys(table[from]) as A[]).flatMap((action) => {
      const move = table[from][action]
      return move ? [{ from, action, move }] : []
    }),
  )
}

/** A Mermaid state diagram; the slice's README carries the generated text. */
export function diagramOf<S extends string, A extends string>(table: Lifecycle<S, A>, zh: Record<S, string>): string {
  const lines = movesOf(table).flatMap(({ from, move }) => {
    const targets = move.to === 'same' ? [from] : typeof move.to === 'string' ? [move.to] : move.to
    return targets.map((to) => `  ${from} --> ${to}: ${move.id} ${move.label}`)
  })
  const names = (Object.keys(zh) as S[]).map((s) => `  ${s}: ${zh[s]}`)
  return ['stateDiagram-v2', ...names, ...lines].join('\n')
}
