import { Button, DatePicker, Input, Select, Switch, Tag } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { isUuid } from '../core/id.ts'
import { AreaPicker } from './areas.tsx'
import { NamedInputs } from './labelled.tsx'
import { usePhone } from './phone.ts'
import type { TableState } from './table-state.ts'
import type { Filter } from './table-types.ts'
import { fieldLabel } from './texts.ts'

/** Filters in one row; 展开 shows the rest. Choices work at once, text on Enter or after a short rest. */
export function FilterRow({ filters, state }: { filters: readonly Filter[]; state: TableState }) {
  const hiddenSet = filters.some((f) => f.more && (f.keys ?? [f.key]).some((key) => state.set[key]))
  const [open, setOpen] = useState(hiddenSet)
  const phone = usePhone()
  const foldable = filters.filter((f, i) => f.more || (phone && i > 0))
  const shown = filters.filter((f) => open || !foldable.includes(f))
  const some = Object.keys(state.set).length > 0
  return (
    <div className="ag-filters" role="search">
      {shown.map((filter) => (
        <label key={filter.key} className="ag-filter">
          <span className="ag-filter-label">{filter.label}</span>
          <NamedInputs label={filter.label}><FilterInput filter={filter} state={state} /></NamedInputs>
        </label>
      ))}
      <span className="ag-filters-tools">
        {some ? <Button onClick={() => state.replaceAll({})}>重置</Button> : null}
        {foldable.length > 0 ? <Button type="link" onClick={() => setOpen(!open)}>{open ? '收起' : phone ? '更多条件' : '展开'}</Button> : null}
      </span>
    </div>
  )
}

function FilterInput({ filter, state }: { filter: Filter; state: TableState }) {
  const value = state.set[filter.key]
  const set = (next: string | undefined) => state.change({ [filter.key]: next })
  const width = filter.width ?? widths[filter.kind]
  const options = filter.options ? [...filter.options] : []
  switch (filter.kind) {
    case 'text':
      return <TextFilter value={value} set={set} placeholder={filter.placeholder} width={width} />
    case 'choice':
      return <Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={filter.placeholder ?? '全部'} style={{ width }} options={options} value={value ?? null} onChange={(next: string | null | undefined) => set(next ?? undefined)} popupMatchSelectWidth={false} />
    case 'choices':
      return <Select mode="multiple" allowClear maxTagCount={1} showSearch={{ optionFilterProp: 'label' }} placeholder={filter.placeholder ?? '全部'} style={{ width }} options={options} value={value ? value.split(',') : []} onChange={(next: string[]) => set(next.join(',') || undefined)} popupMatchSelectWidth={false} />
    case 'date':
      return <DatePicker style={{ width }} value={value ? dayjs(value) : null} onChange={(next) => set(next ? next.format('YYYY-MM-DD') : undefined)} />
    case 'days':
      return <DaysFilter keys={filter.keys ?? ['from', 'to']} state={state} width={width} />
    case 'flag':
      return <Switch checked={value === 'true'} onChange={(on) => set(on ? 'true' : undefined)} />
    case 'area':
      return <AreaPicker value={value} onChange={set} style={{ width }} />
    case 'own':
      return filter.render?.(value, set) ?? null
  }
}

const widths: Record<Filter['kind'], number> = { text: 220, choice: 150, choices: 190, date: 140, days: 250, flag: 44, area: 200, own: 200 }

function TextFilter({ value, set, placeholder, width }: { value: string | undefined; set: (next: string | undefined) => void; placeholder: string | undefined; width: number }) {
  const [typed, setTyped] = useState(value ?? '')
  useEffect(() => setTyped(value ?? ''), [value])
  const apply = (text: string) => {
    const next = text.trim() || undefined
    if (next !== value) set(next)
  }
  return <Input.Search allowClear style={{ width }} placeholder={placeholder ?? '关键词'} value={typed} maxLength={80} onChange={(e) => setTyped(e.target.value)} onSearch={apply} onBlur={() => apply(typed)} />
}

function DaysFilter({ keys, state, width }: { keys: readonly [string, string]; state: TableState; width: number }) {
  const [from, to] = [state.set[keys[0]], state.set[keys[1]]]
  const today = dayjs()
  return (
    <DatePicker.RangePicker
      style={{ width }}
      allowEmpty={[true, true]}
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      presets={[
        { label: '今天', value: [today, today] },
        { label: '近 7 天', value: [today.subtract(6, 'day'), today] },
        { label: '本月', value: [today.startOf('month'), today] },
        { label: '今年', value: [today.startOf('year'), today] },
      ]}
      onChange={(range) => state.change({ [keys[0]]: range?.[0]?.format('YYYY-MM-DD'), [keys[1]]: range?.[1]?.format('YYYY-MM-DD') })}
    />
  )
}

/** Filters that came with the address and have no input of their own: said, and taken away by a press. */
export function OtherFilters({ filters, offered, state }: { filters: readonly Filter[]; offered: readonly string[]; state: TableState }) {
  const others = Object.entries(state.set).filter(([key]) => !offered.includes(key))
  if (others.length === 0) return null
  return (
    <div className="ag-others">
      {others.map(([key, value]) => {
        const { label, words } = sayFilter(filters, key, value)
        return <Tag key={key} closable onClose={() => state.change({ [key]: undefined })}>{label}：{words}</Tag>
      })}
    </div>
  )
}

/** What a set filter says, for the views and for the list of what hides rows. */
export function sayFilter(filters: readonly Filter[], key: string, value: string): { label: string; words: string } {
  const filter = filters.find((f) => f.key === key || f.keys?.includes(key))
  if (!filter) return { label: fieldLabel(key), words: isUuid(value) ? '仅看所选' : value === 'true' ? '是' : value }
  const label = filter.keys ? `${filter.label}${filter.keys[0] === key ? '起' : '止'}` : filter.label
  if (filter.say) return { label, words: filter.say(value) }
  const one = (v: string) => filter.options?.find((o) => o.value === v)?.label ?? v
  return { label, words: filter.kind === 'flag' ? '是' : value.split(',').map(one).join('、') }
}
