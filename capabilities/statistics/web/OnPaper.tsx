import { areaName, useAreas } from '../../../kernel/web/areas.tsx'
import { Section } from '../../../kernel/web/parts.tsx'
import { sayFilter } from '../../../kernel/web/table-filters.tsx'
import type { TableState } from '../../../kernel/web/table-state.ts'
import type { Filter } from '../../../kernel/web/table.tsx'
import { metricOf } from '../figures.ts'
import { narrowKeys } from './asked.ts'

/** On paper the inputs are gone: what they narrow the numbers to stands as a line. */
export function PaperNarrowing({ filters, state }: { filters: readonly Filter[]; state: TableState }) {
  const areas = useAreas()
  const said = narrowKeys.flatMap((key) => {
    const value = state.set[key]
    if (!value) return []
    const { label, words } = sayFilter(filters, key, value)
    return [`${label}：${key === 'areas' ? value.split(',').map((code) => areaName(areas, code)).join('、') : words}`]
  })
  return <p className="ag-print-only">范围　{said.length ? said.join('；') : '本人管辖范围，不限条件'}</p>
}

/** On paper: what each printed figure counts, with what its rates are made of, in the order of the page. */
export function PaperDefinitions({ ids }: { ids: readonly string[] }) {
  const shown = [...new Set(ids.flatMap((id) => [id, ...(metricOf(id).of ?? [])]))].map(metricOf)
  return (
    <div className="ag-print-only">
      <Section title="口径" onPaper="long">
        <dl className="st-paper-words">
          {shown.map(({ id, name, definition, once }) => <div key={id}><dt>{name}</dt><dd>{definition}。去重：{once}</dd></div>)}
        </dl>
      </Section>
    </div>
  )
}
