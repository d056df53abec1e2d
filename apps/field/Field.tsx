import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { operations as staff } from '../../capabilities/staff/operations.ts'
import { asProblem, call, type Problem } from '../../kernel/web/call.ts'
import type { Me } from '../../kernel/web/me.ts'
import { setPerson } from '../../kernel/web/session.ts'
import { meetClock, rememberedPerson, rememberPerson } from './data/device.ts'
import { Frame } from './shell/Frame.tsx'
import { Arriving, FirstPassword, SignIn } from './shell/SignIn.tsx'
import type { Ticket } from './shell/ticket.ts'

/**
 * Who is it? Whoever was in last and has not left gets his own phone back at once, line or no line; the server is asked
 * beside. Nobody: the door. A ticket of a platform says anew who it is: nothing of whoever was in before is shown until it was
 * redeemed; only where there is no line to redeem it the phone opens as it was left.
 */
export function Field({ ticket }: { ticket: Ticket | undefined }) {
  const [me, setMe] = useState<Me | undefined>(rememberedPerson)
  const [arriving, setArriving] = useState(ticket !== undefined)
  const [refused, setRefused] = useState<Problem>()
  const presented = useRef(false)
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
    if (!ticket) return void call(staff.me, {}, { quiet: true }).then(enter, (thrown: unknown) => void asProblem(thrown))
    if (presented.current) return
    presented.current = true
    call(staff.signInByTicket, ticket, { quiet: true })
      .then(enter, (thrown: unknown) => {
        const problem = asProblem(thrown)
        setRefused(problem)
        if (problem.code !== 'offline') setMe(undefined)
      })
      .finally(() => setArriving(false))
  }, [ticket, enter])
  if (arriving) return <Arriving />
  if (!me) return <SignIn onDone={enter} refused={refused} />
  if (me.mustChangePassword) return <FirstPassword me={me} onDone={() => enter({ ...me, mustChangePassword: false })} />
  return <Frame key={me.personId} me={me} enter={enter} leave={leave} />
}
