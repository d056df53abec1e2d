import { useCallback, useEffect, useState } from 'react'
import { operations as staff } from '../../../capabilities/staff/operations.ts'
import { Display } from '../../../capabilities/staff/staff.ts'
import { call } from '../../../kernel/web/call.ts'
import { read, write } from '../../../kernel/web/kept.ts'
import type { Me } from '../../../kernel/web/me.ts'

export interface Hanging {
  /** The display session of this browser, as far as this page knows: its token is in a cookie that no page can read. */
  readonly hung: Display | undefined
  start(): Promise<void>
  /** Seven days from now on, in the place of the one that shows. */
  renew(): Promise<void>
  stop(): Promise<void>
}

const KEY = 'angrid.display'

/** Shows on for a week without anybody signed in. `ended`: the server takes neither a sign-in nor the display session any more. */
export function useDisplay(me: Me | undefined, ended: boolean): Hanging {
  const [hung, setHung] = useState(() => Display.safeParse(read<unknown>(KEY, undefined)).data)
  const keep = useCallback((next: Display | undefined) => {
    setHung(next)
    write(KEY, next ?? null)
  }, [])
  useEffect(() => {
    if (ended) keep(undefined)
  }, [ended, keep])
  useEffect(() => {
    if (!hung || me?.personId !== hung.personId) return
    // Its owner may have ended it from his desk.
    call(staff.sessions, {}, { quiet: true }).then(({ rows }) => rows.some((row) => row.id === hung.id && row.ended === null) || keep(undefined), () => undefined)
  }, [me, hung, keep])
  const start = useCallback(async () => keep(await call(staff.startDisplay, {})), [keep])
  const renew = useCallback(async () => keep(await call(staff.startDisplay, hung ? { replaces: hung.id } : {})), [hung, keep])
  const stop = useCallback(async () => {
    if (hung) await call(staff.endSession, { id: hung.id })
    keep(undefined)
  }, [hung, keep])
  return { hung, start, renew, stop }
}
