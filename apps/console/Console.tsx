import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { HashRouter } from 'react-router'
import { operations } from '../../capabilities/staff/operations.ts'
import { ChangePasswordForm, SignInForm } from '../../capabilities/staff/web/public.tsx'
import { asProblem } from '../../kernel/web/call.ts'
import { call, type Problem } from '../../kernel/web/client.ts'
import { setServerNow } from '../../kernel/web/clock.ts'
import { PageSkeleton } from '../../kernel/web/fault.tsx'
import { type Me, MeContext } from '../../kernel/web/me.ts'
import { ProblemView } from '../../kernel/web/problem-view.tsx'
import { setAsker } from '../../kernel/web/session.ts'
import { Shell } from '../../kernel/web/shell.tsx'
import { Theme } from '../../kernel/web/theme.tsx'
import { Areas } from './Areas.tsx'
import { Counts } from './Counts.tsx'
import { Door } from './Door.tsx'
import { Messages } from './Messages.tsx'
import { providers } from './providers.ts'
import { screens } from './screens.ts'

/** The desk: one client, one language, one person at a time. */
export function Console() {
  const queries = useMemo(() => new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 1000, refetchOnWindowFocus: true, networkMode: 'always' }, mutations: { retry: false, networkMode: 'always' } } }), [])
  return (
    <QueryClientProvider client={queries}>
      <Theme>
        <HashRouter><Gate /></HashRouter>
      </Theme>
    </QueryClientProvider>
  )
}

type Who = { state: 'asking' } | { state: 'nobody' } | { state: 'fault'; problem: Problem } | { state: 'in'; me: Me }

/** Who is it? Nobody: the door. Somebody: his desk, after the first change of the password. */
function Gate() {
  const [who, setWho] = useState<Who>({ state: 'asking' })
  const enter = useCallback((me: Me) => {
    setServerNow(me.now)
    setWho({ state: 'in', me })
  }, [])
  const ask = useCallback(() => {
    call(operations.me, {}, { quiet: true }).then(enter, (thrown: unknown) => {
      const problem = asProblem(thrown)
      setWho(problem.status === 401 ? { state: 'nobody' } : { state: 'fault', problem })
    })
  }, [enter])
  useEffect(ask, [ask])
  if (who.state === 'asking') return <div className="ag-main"><PageSkeleton /></div>
  if (who.state === 'fault') return <div className="ag-main"><ProblemView problem={who.problem} onRetry={ask} /></div>
  if (who.state === 'nobody') return <Door title="安格" note="应急管理监管工作系统"><SignInForm onDone={enter} /></Door>
  return (
    <MeContext value={who.me}>
      {who.me.mustChangePassword ? (
        <Door title="修改口令" note={`${who.me.name}，您好`}><ChangePasswordForm first onDone={ask} /></Door>
      ) : (
        <Desk me={who.me} enter={enter} leave={() => setWho({ state: 'nobody' })} />
      )}
    </MeContext>
  )
}

/** The frame, and the sign-in dialog over it when the session has ended. */
function Desk({ me, enter, leave }: { me: Me; enter: (me: Me) => void; leave: () => void }) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const answer = useRef<((signedIn: boolean) => void) | undefined>(undefined)
  const askAgain = useCallback(() => {
    setAsking(true)
    return new Promise<boolean>((resolve) => {
      answer.current = resolve
    })
  }, [])
  useEffect(() => {
    setAsker(askAgain)
    return () => setAsker(undefined)
  }, [askAgain])
  const signedIn = (next: Me) => {
    setAsking(false)
    // Somebody else at the same desk must not go on with what the first one typed or saw.
    if (next.personId !== me.personId) return location.reload()
    enter(next)
    answer.current?.(true)
    answer.current = undefined
    void queries.invalidateQueries()
  }
  const signOut = () => {
    void call(operations.signOut, {}, { quiet: true }).catch(() => undefined).finally(() => {
      queries.clear()
      location.hash = '#/'
      leave()
    })
  }
  const onIdle = useCallback(() => {
    void call(operations.signOut, {}, { quiet: true }).catch(() => undefined)
    void askAgain()
  }, [askAgain])
  const onStay = useCallback(() => void call(operations.me, {}).catch(() => undefined), [])
  return (
    <>
      <Areas>
        <Shell screens={screens} providers={providers} counts={<><Counts /><Messages /></>} onSignOut={signOut} onIdle={onIdle} onStay={onStay} />
      </Areas>
      <Modal open={asking} title="请重新登录" footer={null} closable={false} mask={{ closable: false }} keyboard={false} width={400} zIndex={2000}>
        <p className="ag-field-note" style={{ marginBottom: 12 }}>登录已失效。登录后接着办理，页面上已填写的内容都在。</p>
        {asking ? <SignInForm onDone={signedIn} login={me.login} /> : null}
      </Modal>
    </>
  )
}
