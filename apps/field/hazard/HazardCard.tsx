import { Link } from 'react-router'
import { levelZh, stateZh } from '../../../capabilities/hazard/zh.ts'
import type { HazardRow } from '../../../capabilities/sync/rows.ts'
import { dueOf, hazardTone } from '../data/words.ts'
import { Tag } from '../parts/states.tsx'

export function HazardCard({ hazard, now }: { hazard: HazardRow; now: string }) {
  const due = dueOf(hazard.runsTo ?? hazard.dueOn, now)
  return (
    <article className="f-card">
      <Link to={`/hazard/${hazard.id}`} className="f-card-main">
        <div className="f-card-line"><b>{hazard.title}</b>{due && hazard.state !== 'CLOSED' ? <Tag tone={due.tone}>{due.word}</Tag> : null}</div>
        <div className="f-card-line f-quiet"><Tag tone={hazardTone(hazard.state)}>{stateZh[hazard.state]}</Tag>{hazard.level === 'MAJOR' ? <Tag tone="late">{levelZh.MAJOR}</Tag> : null}{hazard.stopInForce ? <Tag tone="late">停用中</Tag> : null}<span>{hazard.enterpriseName}</span></div>
      </Link>
    </article>
  )
}
