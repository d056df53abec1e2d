import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Link, NavLink, Route, Routes } from 'react-router'
import { operations as staff } from '../../../capabilities/staff/operations.ts'
import { call } from '../../../kernel/web/call.ts'
import type { Me } from '../../../kernel/web/me.ts'
import { setAsker } from '../../../kernel/web/session.ts'
import { ofFirm } from '../data/words.ts'
import { WorkContext } from '../data/work.ts'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Waiting } from '../parts/states.tsx'
import { screens } from '../screens.ts'
import { Notices } from './Notices.tsx'
import { SignIn } from './SignIn.tsx'
import { startWork } from './start-work.ts'

const pages = screens.map(({ path, load }) => ({ path, Element: lazy(load) }))

/** The phone of one person: his store, his queue, five tabs, and a sheet to sign in when the session has ended. */
export function Frame({ me, enter, leave }: { me: Me; enter: (me: Me) => void; leave: () => void }) {
  const { needed, open, setOpen, ask, answer } = useSignIn()
  const [work] = useState(() => startWork(me, () => ask(false), () => answer(true)))
  useEffect(() => {
    setAsker(() => ask(true))
    const stop = work.begin()
    return () => {
      setAsker(undefined)
      stop()
    }
  }, [work, ask])
  const signedIn = (next: Me) => {
    setOpen(false)
    enter(next)
    // Another person at this phone gets his own page; what waited goes on waiting for its owner.
    if (next.personId !== me.personId) return answer(false)
    // A temporary password opens nothing but its change; the queue goes on after that.
    if (next.mustChangePassword) return
    answer(true)
    void work.anew()
  }
  const signOut = useCallback(async () => {
    // Numbers of papers that nobody used go back while the session still stands.
    await import('../paper/keeping.ts').then(({ leaveNumbers }) => leaveNumbers(work.store, me)).catch(() => undefined)
    void call(staff.signOut, {}, { quiet: true }).catch(() => undefined)
    leave()
  }, [leave, work, me])
  return (
    <WorkContext value={{ me, store: work.store, sender: work.sender, refresh: work.refresh, leave: () => void signOut() }}>
      <Notices needed={needed} onSignIn={() => setOpen(true)} />
      <Suspense fallback={<div className="f-page"><main className="f-body"><Waiting /></main></div>}>
        <Routes>{pages.map(({ path, Element }) => <Route key={path} path={path} element={<Element />} />)}</Routes>
      </Suspense>
      <Tabs firm={ofFirm(me.verbs)} />
      <Sheet open={open} title="请重新登录" onClose={() => setOpen(false)}>
        <p className="f-quiet">登录已失效。离线内容都在，登录后接着发送。</p>
        {open ? <SignIn onDone={signedIn} login={me.login} /> : null}
        <p className="f-quiet">登录不上时请联系本单位安全管理员。没有发出的内容不会丢，也可以在<Link to="/queue" className="f-link" onClick={() => setOpen(false)}>同步中心</Link>导出成文件。</p>
      </Sheet>
    </WorkContext>
  )
}

/** Whether somebody waits for a sign-in, and how the person is asked: by a line (the queue) or at once (an act of his own). */
function useSignIn() {
  const [needed, setNeeded] = useState(false)
  const [open, setOpen] = useState(false)
  // One question however often it is asked: a page that lies open for a week asks every two minutes.
  const waiting = useRef<{ asked: Promise<boolean>; answer: (signedIn: boolean) => void } | undefined>(undefined)
  const ask = useCallback((now: boolean) => {
    setNeeded(true)
    if (now) setOpen(true)
    if (!waiting.current) {
      let answer: (signedIn: boolean) => void = () => undefined
      const asked = new Promise<boolean>((resolve) => (answer = resolve))
      waiting.current = { asked, answer }
    }
    return waiting.current.asked
  }, [])
  const answer = useCallback((signedIn: boolean) => {
    setNeeded(!signedIn)
    waiting.current?.answer(signedIn)
    waiting.current = undefined
  }, [])
  return { needed, open, setOpen, ask, answer }
}

const tabs: readonly { to: string; word: string; icon: IconName }[] = [
  { to: '/', word: '今日', icon: 'today' }, { to: '/map', word: '地图', icon: 'map' }, { to: '/find', word: '走访', icon: 'plus' }, { to: '/messages', word: '消息', icon: 'message' }, { to: '/me', word: '我的', icon: 'me' },
]

function Tabs({ firm }: { firm: boolean }) {
  return (
    <nav className="f-tabs" aria-label="主要栏目">
      {tabs.map(({ to, word, icon }) => (
        <NavLink key={to} to={to} end className={({ isActive }) => `f-tab${isActive ? ' f-tab-on' : ''}${icon === 'plus' ? ' f-tab-plus' : ''}`}>
          <span className="f-tab-icon"><Icon name={icon} /></span>{firm && to === '/find' ? '自查' : word}
        </NavLink>
      ))}
    </nav>
  )
}
