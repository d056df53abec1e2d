import { memo } from 'react'
import { metricOf } from '../../../capabilities/statistics/figures.ts'
import type { Picture } from '../../../capabilities/statistics/screen.ts'
import { factsLink, type ScopeInput } from '../../../capabilities/statistics/web/asked.ts'
import { Rolling } from './Rolling.tsx'
import { clockOf } from './words.ts'

type Figure = Picture['figures'][number]

interface Props {
  readonly figures: Picture['figures']
  readonly scope: ScopeInput
  readonly at: string
  open(path: string): void
}

/** The ten figures that matter: each with its cut-off and definition, each opening the list that is as long as it. */
export const Headline = memo(function Headline({ figures, scope, at, open }: Props) {
  return (
    <section className="bs-figures" aria-label="主要指标">
      {figures.map((figure) => <Tile key={figure.id} figure={figure} scope={figure.whole ? { from: scope.from, to: scope.to } : scope} at={at} open={open} />)}
    </section>
  )
})

function Tile({ figure, scope, at, open }: { figure: Figure; scope: ScopeInput; at: string; open: Props['open'] }) {
  const metric = metricOf(figure.id)
  const link = (id: string) => factsLink(id, scope, at)
  const [above, below] = metric.of ?? []
  return (
    <div className="bs-figure" title={`${metric.name}：${metric.definition}（截至 ${clockOf(at)}）`}>
      <h2>{metric.name}{figure.whole ? <i>全部名册</i> : null}</h2>
      <Value figure={figure} unit={metric.unit} digits={metric.digits} press={() => open(link(above ?? figure.id))} />
      {above && below ? (
        <p className="bs-both">
          <button type="button" onClick={() => open(link(above))}>{figure.numerator?.toLocaleString('zh-CN') ?? '—'}</button> ÷ <button type="button" onClick={() => open(link(below))}>{figure.denominator?.toLocaleString('zh-CN') ?? '—'}</button>
        </p>
      ) : null}
      <p className="bs-definition">{figure.value === null ? figure.why : metric.definition}</p>
      <small>截至 {clockOf(at)}</small>
    </div>
  )
}

function Value({ figure, unit, digits, press }: { figure: Figure; unit: string; digits: number; press: () => void }) {
  if (figure.value === null) return <p className="bs-value bs-none">—</p>
  return <button type="button" className="bs-value" data-metric={figure.id} onClick={press}><b><Rolling value={figure.value} digits={digits} /></b><span>{unit}</span></button>
}
