import { type ReactNode, useState } from 'react'
import { zhDateTime, zhMoment } from '../core/time-zh.ts'
import { serverNow } from './clock.ts'
import { EmptyState } from './parts.tsx'
import { eventText } from './texts.ts'
import type { Tone } from './tokens.ts'

/** One thing that happened. `title` defaults to the Chinese name of `event`. */
export interface TimelineItem {
  readonly key: string
  readonly at: string
  readonly event?: string
  readonly title?: ReactNode
  readonly who?: ReactNode
  readonly note?: ReactNode
  readonly tone?: Tone
  /** For the filter above, in the user's word: 走访, 隐患, 文书. */
  readonly kind?: string
}

/** 经过: what happened, newest first as given, with filters by kind when there are several. */
export function Timeline({ items, empty = '还没有经过记录' }: { items: readonly TimelineItem[]; empty?: string }) {
  const [kind, setKind] = useState<string>()
  const kinds = [...new Set(items.flatMap((item) => item.kind ?? []))]
  const now = serverNow()
  const shown = kind ? items.filter((item) => item.kind === kind) : items
  if (items.length === 0) return <EmptyState title={empty} />
  return (
    <>
      {kinds.length > 1 ? (
        <div className="ag-figures" role="group" aria-label="按种类看">
          {[undefined, ...kinds].map((k) => (
            <button key={k ?? 'all'} type="button" aria-pressed={k === kind} className={k === kind ? 'ag-figure-pill ag-figure-on' : 'ag-figure-pill'} onClick={() => setKind(k)}>
              {k ?? '全部'} <b>{k ? items.filter((item) => item.kind === k).length : items.length}</b>
            </button>
          ))}
        </div>
      ) : null}
      <ol className="ag-timeline">
        {shown.map((item) => (
          <li key={item.key} className={`ag-event ag-event-${item.tone ?? 'plain'}`}>
            <time dateTime={item.at} title={zhDateTime(item.at)}>{zhMoment(item.at, now)}</time>
            <div>
              <span className="ag-event-title">{item.title ?? eventText(item.event ?? '')}</span>
              {item.who ? <span className="ag-event-who">{item.who}</span> : null}
              {item.note ? <div className="ag-event-note">{item.note}</div> : null}
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
