import type { ReactNode } from 'react'

/** Why something was refused, where it was asked for. */
export function Refusal({ title, children }: { title: string; children?: ReactNode }) {
  return <div className="f-refusal" role="alert"><b>{title}</b>{children}</div>
}

/** Nothing here: what belongs here and how the first one comes. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return <div className="f-empty"><b>{title}</b><div>{children}</div></div>
}

/** The shape of what comes. */
export function Waiting({ lines = 4 }: { lines?: number }) {
  return <div className="f-waiting" aria-label="正在读取">{Array.from({ length: lines }, (_, i) => <i key={String(i)} />)}</div>
}

const tones = { plain: 'f-tag', wait: 'f-tag f-tag-wait', warn: 'f-tag f-tag-warn', late: 'f-tag f-tag-late', done: 'f-tag f-tag-done' } as const
export type Tone = keyof typeof tones

export const Tag = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => <span className={tones[tone]}>{children}</span>

/** Small facts below one another: label left, value right. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode] | '' | false | null | undefined)[] }) {
  return (
    <dl className="f-facts">
      {rows.map((row) => (row && row[1] !== null && row[1] !== undefined && row[1] !== '' ? <div key={row[0]}><dt>{row[0]}</dt><dd>{row[1]}</dd></div> : null))}
    </dl>
  )
}
