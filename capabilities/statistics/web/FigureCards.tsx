import { Skeleton, Tooltip } from 'antd'
import { Link } from 'react-router'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { EmptyState, Section } from '../../../kernel/web/parts.tsx'
import { type Figure, metricOf } from '../figures.ts'
import type { operations } from '../operations.ts'
import { beforeZh, changeText } from '../period.ts'
import { chapters } from '../words.ts'
import { type Asked, factsLink } from './asked.ts'
import { PaperDefinitions } from './OnPaper.tsx'

type Answer = OutputOf<typeof operations.figures>

export function FigureCards({ answer, asked, loading }: { answer: Answer | undefined; asked: Asked; loading: boolean }) {
  if (loading) return <Skeleton active paragraph={{ rows: 12 }} />
  if (!answer) return <EmptyState title="还没有数" how="数读回来后，这里按章列出每个指标。" />
  return (
    <>
      {chapters.map(({ title, ids }) => (
        <Section key={title} title={title}>
          <div className="st-cards">
            {ids.map((id) => <FigureCard key={id} id={id} answer={answer} asked={asked} />)}
          </div>
        </Section>
      ))}
      <PaperDefinitions ids={chapters.flatMap(({ ids }) => ids)} />
    </>
  )
}

function FigureCard({ id, answer, asked }: { id: string; answer: Answer; asked: Asked }) {
  const metric = metricOf(id)
  const figure = answer.total[id]!
  const changes = metric.nature === 'STOCK' ? [] : [compared(figure, answer.last?.figures[id], beforeZh[asked.kind]), asked.kind === 'year' ? undefined : compared(figure, answer.year?.figures[id], '上年同期')].filter((text) => text !== undefined)
  return (
    <div className={figure.value === null && figure.denominator === undefined ? 'st-card st-card-unknown' : 'st-card'}>
      <Tooltip title={`${metric.definition}。去重：${metric.once}`}><span className="st-card-name">{metric.name}</span></Tooltip>
      <FigureValue figure={figure} asked={asked} asOf={answer.asOf} />
      {figure.why && (figure.denominator === undefined || figure.numerator === undefined) ? <span className="st-card-note">{figure.why}</span> : null}
      {changes.map((text) => <span key={text} className="st-card-note">{text}</span>)}
    </div>
  )
}

const compared = (now: Figure, before: Figure | undefined, name: string) => (before ? changeText(now, before, name) : undefined)

/** A count links to its list; a rate shows both of its numbers, each with its own. */
function FigureValue({ figure, asked, asOf }: { figure: Figure; asked: Asked; asOf: string }) {
  const metric = metricOf(figure.id)
  if (!metric.of) {
    const body = <>{figure.text}{figure.value === null ? null : <small>{metric.unit}</small>}</>
    return figure.value === null ? <span className="st-card-value">{body}</span> : <Link className="st-card-value" to={factsLink(figure.id, asked.scope, asOf)}>{body}</Link>
  }
  const [above, below] = metric.of
  return (
    <>
      <span className="st-card-value">{figure.text}</span>
      <span className="st-card-both">
        <Part id={above} n={figure.numerator} asked={asked} asOf={asOf} /> ÷ <Part id={below} n={figure.denominator} asked={asked} asOf={asOf} />
      </span>
    </>
  )
}

function Part({ id, n, asked, asOf }: { id: string; n: number | undefined; asked: Asked; asOf: string }) {
  const { name } = metricOf(id)
  return n === undefined ? <span>{name} —</span> : <Link to={factsLink(id, asked.scope, asOf)}>{name} <b>{n.toLocaleString('zh-CN')}</b></Link>
}
