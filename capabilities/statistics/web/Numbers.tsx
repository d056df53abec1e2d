import { Link } from 'react-router'
import { type Figure, metricOf } from '../figures.ts'
import { factsLink, type ScopeInput } from './asked.ts'

/** One number of a table: a count opens its list, a rate has its numerator and denominator below it. */
export function CellNumber({ figure, scope, asOf, by, keys }: { figure: Figure | undefined; scope: ScopeInput; asOf: string | undefined; by: readonly string[]; keys: readonly string[] }) {
  if (!figure) return <>—</>
  const metric = metricOf(figure.id)
  const link = (id: string, n: number) => <Link to={factsLink(id, scope, asOf, { by, keys })}>{n.toLocaleString('zh-CN')}</Link>
  if (!metric.of) return figure.value === null ? <span title={figure.why}>—</span> : figure.value === 0 ? <>0</> : link(figure.id, figure.value)
  return (
    <span className="st-rate">
      {figure.text}
      {figure.denominator ? <small>{link(metric.of[0], figure.numerator ?? 0)}/{link(metric.of[1], figure.denominator)}</small> : null}
    </span>
  )
}
