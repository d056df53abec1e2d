import { Button, Input, InputNumber, Segmented, Select } from 'antd'
import type { TagCode } from '../tags.ts'
import { type TagField, tagFields } from '../tag-fields.ts'
import { tagName, tagOptions } from './words.ts'

export interface ChosenTag {
  code: TagCode
  extra: Record<string, unknown>
}

/** Which tags, and for each what its law asks to be known; everything may be left for later. */
export function TagEditor({ value, known, set }: { value: readonly ChosenTag[]; known: ReadonlyMap<string, Record<string, unknown>>; set: (value: ChosenTag[]) => void }) {
  const choose = (codes: TagCode[]) => set(codes.map((code) => value.find((tag) => tag.code === code) ?? { code, extra: known.get(code) ?? {} }))
  const change = (code: TagCode, extra: Record<string, unknown>) => set(value.map((tag) => (tag.code === code ? { code, extra } : tag)))
  return (
    <>
      <Select mode="multiple" style={{ width: '100%' }} aria-label="类别标签" showSearch={{ optionFilterProp: 'label' }} options={tagOptions} value={value.map((tag) => tag.code)} onChange={choose} />
      {value.filter((tag) => tagFields[tag.code].length > 0).map((tag) => (
        <fieldset key={tag.code} className="en-tag">
          <legend>{tagName(tag.code)}</legend>
          <Answers fields={tagFields[tag.code]} extra={tag.extra} set={(extra) => change(tag.code, extra)} />
        </fieldset>
      ))}
    </>
  )
}

function Answers({ fields, extra, set }: { fields: readonly TagField[]; extra: Record<string, unknown>; set: (extra: Record<string, unknown>) => void }) {
  return fields.map((field) => (
    <div key={field.key} className="en-tag-answer">
      <span>{field.zh}</span>
      <Answer field={field} value={extra[field.key]} set={(value) => set({ ...extra, [field.key]: value })} />
    </div>
  ))
}

function Answer({ field, value, set }: { field: TagField; value: unknown; set: (value: unknown) => void }) {
  const options = [...(field.options ?? [])]
  switch (field.kind) {
    case 'number':
      return <InputNumber min={0} max={1_000_000} aria-label={field.zh} value={typeof value === 'number' ? value : null} suffix={field.unit} onChange={(typed) => set(typed ?? undefined)} />
    case 'flag':
      return <Segmented size="small" options={[{ value: '', label: '不详' }, { value: 'yes', label: '是' }, { value: 'no', label: '否' }]} value={value === true ? 'yes' : value === false ? 'no' : ''} onChange={(said) => set(said === 'yes' ? true : said === 'no' ? false : undefined)} />
    case 'choice':
      return <Select allowClear aria-label={field.zh} placeholder="不详" options={options} value={(value as string | null) ?? null} onChange={(said: string | null) => set(said ?? undefined)} />
    case 'choices':
      return <Select mode="multiple" aria-label={field.zh} placeholder="不详" options={options} value={Array.isArray(value) ? (value as string[]) : []} onChange={set} />
    case 'list':
      return <Select mode="tags" aria-label={field.zh} open={false} suffixIcon={null} placeholder="输入后按回车，可填几项" value={Array.isArray(value) ? (value as string[]) : []} onChange={set} />
    case 'rows':
      return <RowsAnswer fields={field.of ?? []} rows={Array.isArray(value) ? (value as Record<string, unknown>[]) : []} set={set} />
    case 'text':
      return <Input maxLength={200} aria-label={field.zh} value={typeof value === 'string' ? value : ''} onChange={(event) => set(event.target.value || undefined)} />
  }
}

function RowsAnswer({ fields, rows, set }: { fields: readonly TagField[]; rows: readonly Record<string, unknown>[]; set: (rows: Record<string, unknown>[]) => void }) {
  return (
    <div>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved
        <div key={i} className="en-tag-row">
          {fields.map((field) => (
            <span key={field.key} title={field.zh}>
              {field.kind === 'number' ? <InputNumber min={0} aria-label={field.zh} placeholder={field.zh} suffix={field.unit} value={typeof row[field.key] === 'number' ? (row[field.key] as number) : null} onChange={(typed) => set(rows.map((each, at) => (at === i ? { ...each, [field.key]: typed ?? undefined } : each)))} />
                : <Input aria-label={field.zh} placeholder={field.zh} maxLength={200} value={typeof row[field.key] === 'string' ? (row[field.key] as string) : ''} onChange={(event) => set(rows.map((each, at) => (at === i ? { ...each, [field.key]: event.target.value || undefined } : each)))} />}
            </span>
          ))}
          <Button size="small" onClick={() => set(rows.filter((_, at) => at !== i))}>删去</Button>
        </div>
      ))}
      <Button size="small" onClick={() => set([...rows, {}])}>增加一项</Button>
    </div>
  )
}
