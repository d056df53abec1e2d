import { Alert, Button, Checkbox, DatePicker, Input, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { StatusTag } from '../../../kernel/web/parts.tsx'
import type { Attachment } from '../../attachment/attachment.ts'
import { PhotoInput } from '../../attachment/web/public.tsx'
import type { HazardState } from '../../hazard/hazard.ts'
import { stateZh } from '../../hazard/zh.ts'
import type { Measure, PaperType } from '../doc-type.ts'
import type { operations } from '../operations.ts'
import type { Choices, ItemChoice } from '../paper.ts'
import { OwnPart } from './OwnParts.tsx'
import './paper.css'

type Prepared = OutputOf<typeof operations.prepare>
type Hazard = Prepared['hazards'][number]
type Draft = Choices

export const emptyDraft = (officers: readonly string[]): Draft => ({ officers: officers.slice(0, 2), items: [], measures: [], checked: '', handling: '', scope: '', until: '', opinion: '' })

/** Hazards that a type takes from the start: everything for a record, what waits for an order for an order. */
export function firstItems(type: PaperType, hazards: readonly Hazard[]): ItemChoice[] {
  const wanted = hazards.filter((h) => type !== 'D10' && type !== 'D11' && type !== 'D09' && type !== 'D27' && (type === 'D30' || type === 'D04' || (type === 'D07' ? h.state === 'SUBMITTED' || h.state === 'REINSPECTING' : h.state === 'CONFIRMED' && (type === 'D06' || h.level === 'MAJOR' || h.immediateStop))))
  return wanted.map((h) => newItem(type, h))
}

function newItem(type: PaperType, h: Hazard): ItemChoice {
  const due = h.dueOn ?? addDays(localDate(serverNow()), h.level === 'MAJOR' ? 30 : h.defaultDays)
  return { hazardId: h.id, basis: [], note: '', photos: [], ...(type === 'D05' || type === 'D06' ? { dueOn: due } : {}) }
}

const MEASURE_ZH: Record<Measure, string> = { EVACUATE: '撤出作业人员', STOP_PRODUCTION: '暂时停产停业', STOP_USE: '停止使用相关设施、设备' }
const free: Partial<Record<PaperType, readonly { key: 'checked' | 'handling' | 'scope' | 'until' | 'opinion'; label: string; hint: string }[]>> = {
  D04: [{ key: 'checked', label: '检查内容', hint: '例如：喷涂、除尘、仓储三处的用电、通风和疏散' }, { key: 'handling', label: '处理意见', hint: '例如：当场改正一项，其余责令限期整改' }],
  D05: [{ key: 'scope', label: '适用范围', hint: '写明部位、设备或人员，例如：2号喷房及其除尘系统' }, { key: 'until', label: '措施期限', hint: '例如：自送达之日起至本机关审查同意恢复使用之日止' }],
  D07: [{ key: 'opinion', label: '复查意见', hint: '可不填' }],
  D30: [{ key: 'opinion', label: '其他建议', hint: '可不填' }],
}

/** What a person decides about a paper. Everything else on it comes from the record and is not typed. */
export function DraftForm({ type, prepared, value, onChange }: { type: PaperType; prepared: Prepared; value: Draft; onChange: (value: Draft) => void }) {
  const set = (more: Partial<Draft>) => onChange({ ...value, ...more })
  const item = (id: string) => value.items.find((i) => i.hazardId === id)
  const change = (id: string, more: Partial<ItemChoice>) => set({ items: value.items.map((i) => (i.hazardId === id ? { ...i, ...more } : i)) })
  const toggle = (h: Hazard, on: boolean) => set({ items: on ? [...value.items, newItem(type, h)] : value.items.filter((i) => i.hazardId !== h.id) })
  return (
    <>
      <span className="agp-label">{type === 'D27' ? '谈话人' : type === 'D30' ? '建议人' : '执法人员（两名以上，文书当日持证）'}</span>
      <Officers prepared={prepared} value={value.officers} onChange={(officers) => set({ officers })} />
      {type === 'D07' && !prepared.visit ? (
        <>
          <span className="agp-label">复查时间</span>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={value.checkedAt ? dayjs(value.checkedAt) : null} onChange={(at) => set({ checkedAt: at?.toISOString() })} />
        </>
      ) : null}
      <OwnPart value={value} onChange={set} />
      {type === 'D10' || type === 'D11' || (type === 'D27' && prepared.hazards.length === 0) ? null : <Hazards type={type} prepared={prepared} item={item} toggle={toggle} change={change} />}
      {type === 'D05' ? (
        <>
          <span className="agp-label">处理措施（安全生产法第六十五条）</span>
          <Checkbox.Group value={value.measures} onChange={(measures) => set({ measures: measures as Measure[] })} options={(Object.keys(MEASURE_ZH) as Measure[]).map((code) => ({ value: code, label: MEASURE_ZH[code] }))} />
        </>
      ) : null}
      {(free[type] ?? []).map(({ key, label, hint }) => (
        <div key={key}>
          <label className="agp-label" htmlFor={`agp-${key}`}>{label}</label>
          <Input.TextArea id={`agp-${key}`} autoSize={{ minRows: 2, maxRows: 8 }} value={value[key]} placeholder={hint} onChange={(e) => set({ [key]: e.target.value })} />
        </div>
      ))}
    </>
  )
}

const FEW = 8

/** Those of the visit as boxes; where anybody certified may come, a list to search. */
function Officers({ prepared, value, onChange }: { prepared: Prepared; value: readonly string[]; onChange: (officers: string[]) => void }) {
  const options = prepared.officers.map((o) => ({ value: o.id, label: `${o.name}${o.certificateNo ? `（${o.certificateNo}）` : '（今天无有效执法证）'}` }))
  if (options.length <= FEW) return <Checkbox.Group value={[...value]} onChange={onChange} options={options} />
  return <Select aria-label="执法人员" mode="multiple" style={{ width: '100%', maxWidth: 640 }} showSearch={{ optionFilterProp: 'label' }} value={[...value]} onChange={onChange} options={options} />
}

function Hazards({ type, prepared, item, toggle, change }: { type: PaperType; prepared: Prepared; item: (id: string) => ItemChoice | undefined; toggle: (h: Hazard, on: boolean) => void; change: (id: string, more: Partial<ItemChoice>) => void }) {
  return (
    <>
      <span className="agp-label">{type === 'D04' ? '发现的问题（全部列入；勾选的依据才会引用）' : type === 'D09' || type === 'D27' ? '涉及的隐患（可不选）' : '列入的隐患'}</span>
      {prepared.hazards.length === 0 ? <Alert type="info" showIcon title={prepared.visit ? '这次检查没有发现隐患' : '没有可列入的隐患'} /> : null}
      {prepared.hazards.map((h) => <HazardCard key={h.id} type={type} hazard={h} item={item(h.id)} onToggle={(on) => toggle(h, on)} onChange={(more) => change(h.id, more)} />)}
    </>
  )
}

function HazardCard({ type, hazard, item, onToggle, onChange }: { type: PaperType; hazard: Hazard; item: ItemChoice | undefined; onToggle: (on: boolean) => void; onChange: (more: Partial<ItemChoice>) => void }) {
  const fixed = type === 'D04'
  return (
    <div className={item ? 'agp-hazard agp-hazard-on' : 'agp-hazard'}>
      <Checkbox checked={!!item} disabled={fixed} onChange={(e) => onToggle(e.target.checked)}>
        <b>{hazard.location}</b>：{hazard.description} {hazard.level === 'MAJOR' ? <StatusTag tone="late">重大</StatusTag> : null}{hazard.immediateStop ? <StatusTag tone="warn">立即停用</StatusTag> : null} <StatusTag>{stateZh[hazard.state as HazardState] ?? hazard.state}</StatusTag>
      </Checkbox>
      {item ? (
        <div className="agp-hazard-fields">
          {type === 'D04' || type === 'D05' || type === 'D06' ? <BasisChoice hazard={hazard} item={item} onChange={onChange} /> : null}
          {type === 'D05' || type === 'D06' ? <label>整改期限<br /><DatePicker value={item.dueOn ? dayjs(item.dueOn) : null} onChange={(d) => onChange({ dueOn: d?.format('YYYY-MM-DD') })} /></label> : null}
          {type === 'D07' ? <ResultChoice hazard={hazard} item={item} onChange={onChange} /> : null}
        </div>
      ) : null}
    </div>
  )
}

/** A rule is cited only when an officer has confirmed that it is the one. */
function BasisChoice({ hazard, item, onChange }: { hazard: Hazard; item: ItemChoice; onChange: (more: Partial<ItemChoice>) => void }) {
  if (hazard.basis.length === 0) return <span className="ag-faint">检查项没有带依据</span>
  return (
    <div>
      <span className="ag-faint">确认引用的依据</span>{' '}
      <Button type="link" size="small" onClick={() => onChange({ basis: hazard.basis.filter((b) => !b.unnamed).map((b) => b.text) })}>全部确认</Button>
      <Checkbox.Group style={{ display: 'flex', flexDirection: 'column' }} value={item.basis} onChange={(basis) => onChange({ basis: basis as string[] })} options={hazard.basis.map((b) => ({ value: b.text, label: b.unnamed ? `${b.cited}（未写明具体规定，不能引用）` : b.cited, disabled: b.unnamed }))} />
    </div>
  )
}

function ResultChoice({ hazard, item, onChange }: { hazard: Hazard; item: ItemChoice; onChange: (more: Partial<ItemChoice>) => void }) {
  const [kept] = useState(item.photos)
  const [taken, setTaken] = useState<readonly Attachment[]>([])
  return (
    <>
      <label>复查结果<br /><Radio.Group value={item.passed ?? null} onChange={(e) => onChange({ passed: e.target.value as boolean })} options={[{ value: true, label: '合格' }, { value: false, label: '不合格' }]} optionType="button" /></label>
      <label style={{ flex: '1 1 240px' }}>情况<br /><Input value={item.note} maxLength={300} onChange={(e) => onChange({ note: e.target.value })} /></label>
      {item.passed === false ? <label>继续整改至<br /><DatePicker value={item.newDueOn ? dayjs(item.newDueOn) : null} onChange={(d) => onChange({ newDueOn: d?.format('YYYY-MM-DD') })} /></label> : null}
      <div><small className="ag-faint">复查照片{kept.length > 0 ? `（已有 ${kept.length} 张）` : ''}</small><PhotoInput max={2} value={taken} onChange={(value) => { setTaken(value); onChange({ photos: [...kept, ...value.map((a) => a.id)] }) }} /></div>
      {item.passed === true && hazard.stopInForce ? <Checkbox checked={item.stopLifted === true} onChange={(e) => onChange({ stopLifted: e.target.checked })}>同意恢复使用</Checkbox> : null}
    </>
  )
}
