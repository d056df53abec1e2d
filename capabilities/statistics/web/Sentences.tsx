import { Link } from 'react-router'
import { StatusTag } from '../../../kernel/web/parts.tsx'
import type { BriefingDetail, MarkView, SentenceView } from '../briefing.ts'
import { markTone, markWord } from './words.ts'
import './report.css'

/** Every sentence with what was found about it; true numbers are only underlined. */
export function Sentences({ sentences }: { sentences: readonly SentenceView[] }) {
  return (
    <ol className="agb-sentences">
      {sentences.map((sentence, i) => {
        const told = sentence.marks.filter((mark) => mark.code !== 'claim.bound')
        const worst = told.some((m) => m.kind === 'FALSE') ? 'agb-false' : told.some((m) => m.kind === 'UNBOUND') ? 'agb-unbound' : ''
        return (
          <li key={`${i}${sentence.text}`} className={worst}>
            <div>{sentence.pieces.map((piece, k) => (piece.metric ? <span key={`${k}${piece.text}`} className="agb-bound" title={`引自快照 ${piece.metric}`}>{piece.text}</span> : <span key={`${k}${piece.text}`}>{piece.text}</span>))}</div>
            {told.map((mark, k) => <MarkLine key={`${k}${mark.code}`} mark={mark} />)}
          </li>
        )
      })}
    </ol>
  )
}

/** What stands against the briefing but in none of its sentences: its title, its snapshot, a place that names no figure. */
export function OutsideSentences({ refusals }: { refusals: BriefingDetail['refusals'] }) {
  return refusals.filter((r) => r.code.startsWith('briefing.') || r.code === 'claim.title').map((r) => <p key={r.say} className="agb-refusal">{r.say}</p>)
}

function MarkLine({ mark }: { mark: MarkView }) {
  return (
    <div className="agb-mark">
      <StatusTag tone={markTone[mark.kind]}>{markWord[mark.kind]}</StatusTag> {mark.say}
      {mark.items.length > 0 ? <ul>{mark.items.map((item) => <li key={item.id}><Link to={`/hazards/${item.id}`}>{item.no}</Link> {item.enterprise} · {item.state}{item.since === 'NOW' ? '（冻结后重新打开）' : ''}</li>)}</ul> : null}
    </div>
  )
}
