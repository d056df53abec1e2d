import type { Facts, OpenItem } from './claims.ts'

export type Verdict =
  | { readonly kind: 'SKIP' }
  | { readonly kind: 'HOLDS' | 'FAILS' | 'UNKNOWN'; readonly code: string; readonly params?: Record<string, string | number>; readonly items?: readonly OpenItem[] }

export interface Asked {
  readonly words: string
  readonly text: string
  readonly before: string
  /** The words stand within a figure or a word of the snapshot, not in the writer's own. */
  readonly printed: boolean
  readonly groups: readonly string[]
  readonly facts: Facts
}

export interface Rule {
  readonly name: string
  readonly words: RegExp
  check(asked: Asked): Verdict
}

export const holds = (code = 'claim.holds', params: Record<string, string | number> = {}): Verdict => ({ kind: 'HOLDS', code, params })
export const fails = (code: string, params: Record<string, string | number> = {}, items: readonly OpenItem[] = []): Verdict => ({ kind: 'FAILS', code, params, items })
export const count = (facts: Facts, id: string): number | undefined => facts.figures.get(id)?.value ?? undefined
