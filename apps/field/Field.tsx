import { useCallback, useEffect, useMemo, useState } from 'react'
import { operations as staff } from '../../capabilities/staff/operations.ts'
import { asProblem, call } from '../../kernel/web/call.ts'
import type { Me } from '../../kernel/web/me.ts'
import { setPerson } from '../../kernel/web/session.ts'
import { meetClock, rememberedPerson, rememberPerson } from './data/device.ts'
import { Frame } from './shell/Frame.tsx'
import { FirstPassword, SignIn } from './shell/SignIn.tsx'

/**
 * Who is it? Whoever was in last and has not left gets his own phone back at once, line or no line; the server is asked
 * beside. Nobody: the door.
 */
export function Field() {
  const [me, setMe] = useState<Me | undefined>(rememberedPerson)
  const enter = useCallback((next: Me) => {
    meetClock(next.now)
    setPerson(next.personId)
    // Without a line nobody can change a password: then the page opens, and asks for it when the line is back.
    rememberPerson({ ...next, mustChangePassword: false })
    setMe(next)
  }, [])
  const leave = useCallback(() => {
    setPerson(undefined)
    rememberPerson(undefined)
    location.hash = '#/'
    setMe(undefined)
  }, [])
  const known = me?.personId
  useMemo(() => setPerson(known), [known])
  useEffect(() => {
    call(staff.me, {}, { quiet: true }).then(enter, (thrown: unknown) => void asProblem(thrown))
  }, [enter])
  if (!me) return <SignIn onDone={enter} />
  if (me.mustChangePassword) return <FirstPassword me={me} onDone={() => enter({ ...me, mustChangePassword: false })} />
  return <Frame key={me.personId} me={me} enter={enter} leave={leave} />
}
