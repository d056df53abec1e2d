import { MenuOutlined } from '@ant-design/icons'
import { Drawer, Dropdown } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { Link, Route, Routes, useLocation } from 'react-router'
import { zhDateTime } from '../core/time-zh.ts'
import { useNow } from './clock.ts'
import { FaultBoundary, NoPage, PageSkeleton } from './fault.tsx'
import { FindBox } from './find.tsx'
import { IdleWatch } from './idle.tsx'
import { useKept } from './kept.ts'
import { useMe } from './me.ts'
import { SideMenu } from './menu.tsx'
import type { Screen, SearchProvider } from './screen.ts'
import { useOnline } from './session.ts'

export interface ShellProps {
  readonly screens: readonly Screen[]
  readonly providers: readonly SearchProvider[]
  /** Counts in the bar, such as 待办 12. */
  readonly counts: ReactNode
  readonly onSignOut: () => void
  /** The session was idle: signed out, but the page stays. */
  readonly onIdle: () => void
  readonly onStay: () => void
}

/** The frame of every page: bar, menu, one screen. */
export function Shell(props: ShellProps) {
  const { pathname } = useLocation()
  const [menu, setMenu] = useState(false)
  const { idleMinutes } = useMe()
  const top = useRef<HTMLDivElement>(null)
  useTopHeight(top)
  useLargeType()
  return (
    <div className="ag-frame">
      <a className="ag-skip" href="#main" onClick={(e) => { e.preventDefault(); document.getElementById('main')?.focus() }}>跳到正文</a>
      <div className="ag-top" ref={top}>
        <Bar {...props} openMenu={() => setMenu(true)} />
        <Lines />
      </div>
      <nav className="ag-menu" aria-label="主菜单"><SideMenu screens={props.screens} /></nav>
      <Drawer open={menu} placement="left" size={280} title="安格" onClose={() => setMenu(false)} styles={{ body: { padding: 0 } }}>
        <SideMenu screens={props.screens} onGo={() => setMenu(false)} />
      </Drawer>
      <main id="main" className="ag-main" tabIndex={-1}>
        <FaultBoundary resetKey={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Routes>
              {props.screens.map((screen) => <Route key={screen.path} path={screen.path} element={<Titled screen={screen} />} />)}
              <Route path="*" element={<NoPage />} />
            </Routes>
          </Suspense>
        </FaultBoundary>
        <PrintFoot />
      </main>
      <IdleWatch minutes={idleMinutes} leave={props.onIdle} stay={props.onStay} />
    </div>
  )
}

function Titled({ screen }: { screen: Screen }) {
  const Page = screen.element
  return (
    <>
      <title>{`${screen.title ?? screen.menu?.label ?? '安格'} · 安格`}</title>
      <Page />
    </>
  )
}

function Bar({ providers, counts, onSignOut, openMenu }: ShellProps & { openMenu: () => void }) {
  const me = useMe()
  return (
    <header className="ag-bar">
      <button type="button" className="ag-bar-link ag-burger" aria-label="菜单" onClick={openMenu}><MenuOutlined /></button>
      <Link to="/" className="ag-brand"><b>安格</b><span className="ag-wide">{me.bureau}</span></Link>
      <span className="ag-bar-space" />
      <FindBox providers={providers} />
      {counts}
      <PersonMenu onSignOut={onSignOut} />
    </header>
  )
}

function PersonMenu({ onSignOut }: { onSignOut: () => void }) {
  const me = useMe()
  const [large, setLarge] = useKept('large', false)
  const posts = me.posts.map((p) => `${p.roleName} · ${p.reach}`).join('；')
  const items = [
    { key: 'who', label: <span>{me.name}<small className="ag-why">{[me.organisation, posts].filter(Boolean).join(' · ')}</small></span>, disabled: true },
    { type: 'divider' as const },
    { key: 'password', label: <Link to="/me/password">修改口令</Link> },
    { key: 'sessions', label: <Link to="/me/sessions">登录会话</Link> },
    { key: 'large', label: large ? '恢复标准字号' : '大字', onClick: () => setLarge(!large) },
    { type: 'divider' as const },
    { key: 'leave', label: '退出', onClick: onSignOut },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className="ag-bar-link">{me.name} ▾</button>
    </Dropdown>
  )
}

/** Lines that stand on every page while they hold: demo, no network. */
function Lines() {
  const { demo } = useMe()
  const online = useOnline()
  return (
    <>
      {demo ? <div className="ag-line ag-line-demo">演示系统：区划、企业、人员均为虚构，请勿填写真实信息</div> : null}
      {online ? null : <div className="ag-line ag-line-offline" role="status">网络不通：已打开的内容可继续查看，填写的内容不会丢失，恢复后可再提交</div>}
    </>
  )
}

const QrCode = lazy(() => import('./qr-code.tsx'))

/** On paper only: when it was printed, by whom, and the way back to the record; figures on the page were true then. */
function PrintFoot() {
  const { name, bureau } = useMe()
  const now = useNow(30)
  // Asked so that the code follows the address.
  useLocation()
  return (
    <footer className="ag-print-foot">
      <Suspense><QrCode value={location.href} caption="扫码打开这一页" /></Suspense>
      <span>{bureau}　打印时间 {zhDateTime(now)}　打印人 {name}<br />扫码打开系统中的这一页</span>
    </footer>
  )
}

/** Sticky parts stand below the bar, whose height depends on the lines in it. */
function useTopHeight(top: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = top.current
    if (!element) return undefined
    const watch = new ResizeObserver(() => document.documentElement.style.setProperty('--top', `${element.offsetHeight}px`))
    watch.observe(element)
    return () => watch.disconnect()
  }, [top])
}

/** 大字: everything a quarter larger, for this person on this browser. */
function useLargeType(): void {
  const [large] = useKept('large', false)
  useEffect(() => {
    if (large) document.documentElement.dataset.large = ''
    else delete document.documentElement.dataset.large
    window.dispatchEvent(new Event('angrid-large'))
  }, [large])
}
