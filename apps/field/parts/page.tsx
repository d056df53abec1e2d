import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { SyncDot } from '../queue/SyncDot.tsx'
import { Icon } from './icons.tsx'

/** One screen below the tabs' level: a way back, a title, the dot, and the act of the thumb at the bottom. */
export function Page({ title, note, back, foot, right, children }: { title: ReactNode; note?: ReactNode; back?: string; foot?: ReactNode; right?: ReactNode; children: ReactNode }) {
  const navigate = useNavigate()
  const goBack = () => (back !== undefined ? navigate(back, { replace: true }) : window.history.length > 1 ? navigate(-1) : navigate('/'))
  return (
    <div className="f-page">
      <header className="f-head">
        <button type="button" className="f-icon" aria-label="返回" onClick={goBack}><Icon name="back" /></button>
        <div className="f-head-title"><h1>{title}</h1>{note ? <p>{note}</p> : null}</div>
        {right}
        <SyncDot />
      </header>
      <main className="f-body">{children}</main>
      {foot ? <footer className="f-foot">{foot}</footer> : null}
    </div>
  )
}

/** One block. */
export function Block({ title, right, children, flush }: { title?: ReactNode; right?: ReactNode; children: ReactNode; flush?: boolean }) {
  return (
    <section className={flush ? 'f-block f-block-flush' : 'f-block'}>
      {title ? <div className="f-block-head"><h2>{title}</h2>{right}</div> : null}
      {children}
    </section>
  )
}
