import { createContext, useContext, useMemo } from 'react'

/** Who is signed in, as the capability of people answers it; the kernel knows only this shape. */
export interface Me {
  readonly personId: string
  readonly name: string
  readonly login: string
  readonly organisation: string | null
  readonly posts: readonly { id: string; role: string; roleName: string; reach: string; reachKind: string; areaCode: string | null; gridId: string | null; enterpriseId: string | null }[]
  readonly verbs: readonly string[]
  readonly mustChangePassword: boolean
  readonly passwordExpiresInDays: number | null
  readonly idleMinutes: number
  readonly demo: boolean
  readonly bureau: string
  readonly now: string
}

export const MeContext = createContext<Me | undefined>(undefined)

/** The signed-in person; `can(verb)` decides what is shown, never what is allowed: the server asks again. */
export function useMe(): Me & { can: (verb: string | readonly string[]) => boolean } {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe outside of the shell')
  return useMemo(() => ({ ...me, can: (verb) => can(me, verb) }), [me])
}

/** Holds the verb, or one of several. */
export function can(me: Pick<Me, 'verbs'>, verb: string | readonly string[]): boolean {
  const wanted = typeof verb === 'string' ? [verb] : verb
  return wanted.some((v) => v === 'signed_in' || me.verbs.includes(v))
}

export const useCan = (verb: string | readonly string[]): boolean => useMe().can(verb)
