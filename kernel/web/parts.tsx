import { Button, Dropdown, Tag, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Action } from '../core/operation.ts'
import { endOfLocalDay } from '../core/time.ts'
import { zhDue, zhLeft } from '../core/time-zh.ts'
import { serverNow } from './clock.ts'
import { dueTone } from './due.ts'
import { type RiskColour, type RiskShape, risk, type Tone, tones } from './tokens.ts'

/** Head of a page: title, state beside it, one sentence below, what can be done at the right. */
export function PageHead({ title, tags, note, actions, back }: { title: ReactNode; tags?: ReactNode; note?: ReactNode; actions?: ReactNode; back?: { to: string; label: string } }) {
  return (
    <header className="ag-head">
      <div className="ag-head-main">
        {back ? <Link className="ag-head-back" to={back.to}>‹ {back.label}</Link> : null}
        <div className="ag-head-line">
          <h1>{title}</h1>
          {tags}
        </div>
        {note ? <p className="ag-head-note">{note}</p> : null}
      </div>
      {actions ? <div className="ag-head-actions">{actions}</div> : null}
    </header>
  )
}

/** A state in its own word; the tone only supports the word. */
export function StatusTag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  const { ink, soft, line } = tones[tone]
  return <Tag className="ag-tag" style={{ color: ink, background: soft, borderColor: line }}>{children}</Tag>
}

/** One of the four shapes, for people who cannot tell the colours apart. */
export function RiskShapeMark({ shape, fill, size = 12 }: { shape: RiskShape; fill: string; size?: number }) {
  return (
    <svg className="ag-shape" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {shape === 'triangle' ? <path d="M6 0.8 11.6 11H0.4Z" fill={fill} /> : null}
      {shape === 'diamond' ? <path d="M6 0 12 6 6 12 0 6Z" fill={fill} /> : null}
      {shape === 'square' ? <rect x="1" y="1" width="10" height="10" fill={fill} /> : null}
      {shape === 'circle' ? <circle cx="6" cy="6" r="5.4" fill={fill} /> : null}
    </svg>
  )
}

/** Risk colour with shape and word; `null` says that it was not assessed. */
export function RiskTag({ colour, long = false }: { colour: RiskColour | null | undefined; long?: boolean }) {
  if (!colour) return <StatusTag>未评估</StatusTag>
  const r = risk[colour]
  return (
    <Tag className="ag-tag ag-risk" style={{ color: r.ink, background: r.soft, borderColor: r.fill }}>
      <RiskShapeMark shape={r.shape} fill={r.fill} /> {long ? `${r.word} · ${r.level}` : r.word}
    </Tag>
  )
}

/** 剩3天 / 今天到期 / 逾期2天, with the exact instant on hover. `due`: instant, or a day (then until its 24:00). */
export function DueTag({ due, done = false }: { due: string | null | undefined; done?: boolean }) {
  if (!due) return <span className="ag-faint">—</span>
  const now = serverNow()
  const at = due.length === 10 ? endOfLocalDay(due).toISOString() : due
  if (done) return <span className="ag-num">{zhDue(at, now)}</span>
  return (
    <Tooltip title={`${zhDue(at, now)} 前`}>
      <span><StatusTag tone={dueTone(at, now)}>{zhLeft(at, now)}</StatusTag></span>
    </Tooltip>
  )
}

/** Label and value pairs of a record; empty values print —. */
export function Fields({ items, columns = 2 }: { items: readonly { label: string; value: ReactNode; wide?: boolean }[]; columns?: 1 | 2 | 3 }) {
  return (
    <dl className={`ag-fields ag-fields-${columns}`}>
      {items.map(({ label, value, wide }) => (
        <div key={label} className={wide ? 'ag-field ag-field-wide' : 'ag-field'}>
          <dt>{label}</dt>
          <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A number with its name; `to` opens the list whose length it is. `note` may hold links of its own. Nothing known prints —. */
export function Figure({ label, value, unit, to, tone = 'plain', note }: { label: string; value: number | string | null | undefined; unit?: string; to?: string; tone?: Tone; note?: ReactNode }) {
  const text = value === null || value === undefined ? '—' : typeof value === 'number' ? value.toLocaleString('zh-CN') : value
  const body = (
    <>
      <span className="ag-figure-label">{label}</span>
      <span className="ag-figure-value" style={tone === 'plain' ? undefined : { color: tones[tone].ink }}>
        {text}
        {unit ? <small>{unit}</small> : null}
      </span>
    </>
  )
  return (
    <div className="ag-figure">
      {to ? <Link to={to}>{body}</Link> : body}
      {note ? <span className="ag-figure-note">{note}</span> : null}
    </div>
  )
}

const paperClass = { whole: '', long: ' ag-section-long', never: ' ag-noprint' } as const

/** A block of a page with a quiet title. `onPaper`: stays whole on a page unless `long`; `never` is for what only a screen can use. */
export function Section({ title, extra, children, flush = false, onPaper = 'whole' }: { title?: ReactNode; extra?: ReactNode; children: ReactNode; flush?: boolean; onPaper?: 'whole' | 'long' | 'never' }) {
  return (
    <section className={`ag-section${paperClass[onPaper]}`}>
      {title || extra ? (
        <div className="ag-section-head">
          <h2>{title}</h2>
          {extra}
        </div>
      ) : null}
      <div className={flush ? 'ag-section-flush' : 'ag-section-body'}>{children}</div>
    </section>
  )
}

/** Nothing here yet: what belongs here, and how the first one comes. */
export function EmptyState({ title, how, action }: { title: ReactNode; how?: ReactNode; action?: ReactNode }) {
  return (
    <div className="ag-empty" role="status">
      <svg width="56" height="40" viewBox="0 0 56 40" aria-hidden="true">
        <rect x="6.5" y="4.5" width="43" height="31" rx="3" fill="#fff" stroke="#c5ced8" />
        <path d="M14 14h20M14 20h28M14 26h14" stroke="#d5dce4" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <p className="ag-empty-title">{title}</p>
      {how ? <p className="ag-empty-how">{how}</p> : null}
      {action}
    </div>
  )
}

/**
 * Buttons from the record's `actions`: what may be done now is a button, what may not says why on hover.
 * `on` names what each action opens; an action without an entry is not shown. The first `keep` stand, the others fold.
 */
export function ActionBar({ actions, on, primary, keep = 3 }: { actions: readonly Action[]; on: Readonly<Record<string, (() => void) | undefined>>; primary?: string; keep?: number }) {
  const known = actions.filter((a) => on[a.action])
  const first = primary ?? known.find((a) => a.allowed)?.action
  const sorted = [...known].sort((a, b) => Number(b.allowed) - Number(a.allowed))
  const standing = sorted.slice(0, keep)
  const folded = sorted.slice(keep)
  return (
    <div className="ag-actions">
      {folded.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items: folded.map((a) => ({ key: a.action, label: a.allowed ? a.label : <WhyNot action={a} />, disabled: !a.allowed, onClick: () => on[a.action]?.() })) }}>
          <Button aria-label="更多操作">更多</Button>
        </Dropdown>
      ) : null}
      {[...standing].reverse().map((a) => (
        <Tooltip key={a.action} title={a.allowed ? undefined : (a.why ?? ['现在不能这样做']).join('；')}>
          <Button type={a.action === first && a.allowed ? 'primary' : 'default'} disabled={!a.allowed} onClick={on[a.action]}>{a.label}</Button>
        </Tooltip>
      ))}
    </div>
  )
}

function WhyNot({ action }: { action: Action }) {
  return (
    <span>
      {action.label}
      <small className="ag-why">{(action.why ?? ['现在不能这样做']).join('；')}</small>
    </span>
  )
}
