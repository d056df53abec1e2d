import { DatePicker, Input, InputNumber, Radio, Select, Switch } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { AreaPicker } from './areas.tsx'
import type { FormField } from './form.tsx'

interface Bound {
  id?: string
  value?: unknown
  checked?: unknown
  onChange?: (value: unknown) => void
}

/** The input of one field. Days are 'YYYY-MM-DD', moments ISO instants: what the wire wants, whatever the picker holds. */
export function FieldInput({ field, id, value, checked, onChange }: { field: FormField } & Bound) {
  const set = (next: unknown) => onChange?.(next)
  const shared = { ...(id ? { id } : {}), ...(field.placeholder ? { placeholder: field.placeholder } : {}), ...(field.autoFocus ? { autoFocus: true } : {}) }
  const options = field.options ? [...field.options] : []
  const text = typeof value === 'string' ? value : ''
  switch (field.kind ?? 'text') {
    case 'text':
      return <Input {...shared} value={text} maxLength={field.max ?? 200} autoComplete={field.autoComplete ?? 'off'} onChange={(e) => set(e.target.value)} {...(field.unit ? { suffix: field.unit } : {})} />
    case 'password':
      return <Input.Password {...shared} value={text} maxLength={200} autoComplete={field.autoComplete ?? 'off'} onChange={(e) => set(e.target.value)} />
    case 'long':
      return <Input.TextArea {...shared} value={text} maxLength={field.max ?? 1000} showCount autoSize={{ minRows: field.rows ?? 3, maxRows: 14 }} onChange={(e) => set(e.target.value)} />
    case 'number':
      return <InputNumber {...shared} value={typeof value === 'number' ? value : null} style={{ width: 200 }} onChange={(next) => set(next ?? undefined)} {...(field.unit ? { suffix: field.unit } : {})} />
    case 'date':
      return <DatePicker {...shared} style={{ width: 200 }} value={text ? dayjs(text) : null} onChange={(next: Dayjs | null) => set(next?.format('YYYY-MM-DD'))} />
    case 'moment':
      return <DatePicker {...shared} style={{ width: 240 }} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={text ? dayjs(text) : null} onChange={(next: Dayjs | null) => set(next?.toISOString())} />
    case 'choice':
      return <Select {...shared} allowClear showSearch={{ optionFilterProp: 'label' }} options={options} value={value ?? null} onChange={(next: unknown) => set(next ?? undefined)} />
    case 'choices':
      return <Select {...shared} mode="multiple" allowClear showSearch={{ optionFilterProp: 'label' }} options={options} value={Array.isArray(value) ? value : []} onChange={set} />
    case 'radio':
      return <Radio.Group {...(id ? { id } : {})} options={options} value={value ?? null} onChange={(e) => set(e.target.value)} />
    case 'flag':
      return <Switch {...(id ? { id } : {})} checked={checked === true} onChange={set} />
    case 'area':
      return <AreaPicker value={text || undefined} onChange={set} placeholder={field.placeholder ?? '选择区划'} />
    case 'own':
      return <>{field.own?.(value, set)}</>
  }
}
