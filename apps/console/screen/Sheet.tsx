import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Button } from 'antd'
import { type MouseEvent, Suspense, useEffect, useState } from 'react'
import { Route, Router, Routes } from 'react-router'
import '../../../kernel/web/look.css'
import { FaultBoundary, NoPage, PageSkeleton } from '../../../kernel/web/fault.tsx'
import { type Me, MeContext } from '../../../kernel/web/me.ts'
import { Theme } from '../../../kernel/web/theme.tsx'
import { Areas } from '../Areas.tsx'
import { loadEnterpriseParts } from '../enterprise-parts.tsx'
import { screens } from '../screens.ts'
import { loadTexts } from '../texts.ts'
import { useSheetRouter } from './router.ts'

loadTexts()
loadEnterpriseParts()

/** A page of the desk beside the picture. Everything it read is forgotten when it is closed. */
export default function Sheet({ me, path, close }: { me: Me; path: string; close: () => void }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 1000, gcTime: 60_000, networkMode: 'always' }, mutations: { retry: false, networkMode: 'always' } } }))
  useEffect(() => () => queries.clear(), [queries])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && !document.querySelector('.ant-modal-wrap:not([style*="none"]), .ant-drawer-open, .ant-select-dropdown:not(.ant-select-dropdown-hidden)') && close()
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [close])
  return (
    <QueryClientProvider client={queries}>
      <Theme>
        <MeContext value={me}>
          <div className="bs-shade" onClick={close} aria-hidden="true" />
          <Pages key={path} path={path} close={close} />
        </MeContext>
      </Theme>
    </QueryClientProvider>
  )
}

function Pages({ path, close }: { path: string; close: () => void }) {
  const { location, navigator, push, back } = useSheetRouter(path)
  // Addresses written for the desk's own bar.
  const stay = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a')
    const hash = link?.getAttribute('href')?.match(/^#(\/.*)$/)?.[1]
    if (!hash || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    push(hash)
  }
  const here = `${location.pathname}${location.search}`
  return (
    <aside className="bs-sheet" role="dialog" aria-label="明细" onClick={stay}>
      <header>
        {back ? <Button onClick={back}>返回</Button> : <span />}
        <span><a href={`../#${here}`} target="_blank" rel="noreferrer"><Button>在工作台打开</Button></a> <Button type="primary" onClick={close}>关闭</Button></span>
      </header>
      <div className="bs-sheet-in ag-main">
        <Router location={location} navigator={navigator}>
          <Areas>
            <FaultBoundary resetKey={here}>
              <Suspense fallback={<PageSkeleton />}>
                <Routes>
                  {screens.map((screen) => <Route key={screen.path} path={screen.path} element={<screen.element />} />)}
                  <Route path="*" element={<NoPage />} />
                </Routes>
              </Suspense>
            </FaultBoundary>
          </Areas>
        </Router>
      </div>
    </aside>
  )
}
