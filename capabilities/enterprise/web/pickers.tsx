import { Select, Spin, TreeSelect } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useRead } from '../../../kernel/web/client.ts'
import { operations as district } from '../../district/operations.ts'
import { operations } from '../operations.ts'
import { SiteSelect } from './SiteSelect.tsx'
import { industryTree } from './words.ts'

interface Picker {
  value: string | undefined
  onChange: (value: string | undefined) => void
}

/** Industry by its tree; type a name or a code. `multiple` values are joined by commas. */
export function IndustryPicker({ value, onChange, width = '100%' }: Picker & { width?: number | string }) {
  return (
    <TreeSelect allowClear showSearch={{ treeNodeFilterProp: 'title' }} style={{ width }} placeholder="名称或代码" value={value ?? null} treeData={industryTree()} popupMatchSelectWidth={420} virtual onChange={(next: string | null | undefined) => onChange(next ?? undefined)} notFoundContent="没有匹配的行业" />
  )
}

/** Grids of an area within reach. */
export function GridPicker({ value, onChange, area }: Picker & { area?: string | undefined }) {
  const { data, isFetching } = useRead(district.grids, { limit: 200, ...(area ? { areaCode: area } : {}) })
  const options = (data?.rows ?? []).map((grid) => ({ value: grid.id, label: grid.name }))
  return <Select allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: '100%', minWidth: 150 }} placeholder="选择安格" loading={isFetching} options={options} value={value ?? null} onChange={(next: string | null | undefined) => onChange(next ?? undefined)} notFoundContent="这个范围没有安格" />
}

/** Parks by name. */
export function ParkPicker({ value, onChange, name, width = '100%' }: Picker & { name?: string | null | undefined; width?: number | string }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data, isFetching } = useRead(operations.parks, { limit: 20, ...(q ? { q } : {}) })
  const found = (data?.rows ?? []).map((park) => ({ value: park.id, label: park.name }))
  const options = value && name && !found.some((park) => park.value === value) ? [{ value, label: name }, ...found] : found
  return <Select allowClear showSearch={{ filterOption: false, onSearch: setTyped }} style={{ width, minWidth: 150 }} placeholder="选择园区" options={options} value={value ?? null} onChange={(next: string | null | undefined) => onChange(next ?? undefined)} notFoundContent={isFetching ? <Spin size="small" /> : '没有找到'} popupMatchSelectWidth={false} />
}

/** The plant that a 厂中厂 lies in: found by the name of the enterprise that runs it. */
export function HostPicker({ value, onChange, name }: Picker & { name?: string | null | undefined }) {
  return <SiteSelect clearable value={value} known={name ?? undefined} placeholder="输入所在厂区的企业名称" onPick={(site) => onChange(site?.siteId)} />
}
