import { Alert, Button, Checkbox, DatePicker, Input, InputNumber, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import type { PaperType } from '../doc-type.ts'
import { LONGEST_EXTENSION, LONGEST_TERM, type SealedThing, SEAL_KINDS, SEAL_ZH } from '../measure.ts'
import type { Choices } from '../paper.ts'
import { type Talk, TALK_KINDS, TALK_REASON_ZH, TALK_REASONS, TALK_ZH } from '../talk.ts'

type Part = Pick<Choices, 'sealing' | 'extension' | 'release' | 'talk'>
const emptyThing: SealedThing = { name: '', spec: '', quantity: '', place: '' }

/** What a type starts with; nothing for the papers that say none of this. */
export function firstPart(type: PaperType, known: { officer: string; principal: string }): Part {
  switch (type) {
    case 'D09':
      return { sealing: { sealKind: 'SEAL', sealReason: '', days: LONGEST_TERM, urgent: false, present: true, sealWitness: '', heard: '', lawfulThings: false, things: [emptyThing] } }
    case 'D10':
      return { extension: { extraDays: LONGEST_EXTENSION, extensionReason: '' } }
    case 'D11':
      return { release: { releaseReason: '', returned: '' } }
    case 'D27':
      return { talk: { talkKind: 'REMIND', reasons: [], heldAt: new Date(serverNow()).toISOString(), talkPlace: '', attendance: [{ name: known.officer, duty: '执法人员', side: 'OFFICE' }, { name: known.principal, duty: '主要负责人', side: 'PARTY' }], said: '', promises: [{ promise: '', promiseDueOn: addDays(localDate(serverNow()), 7) }] } }
    default:
      return {}
  }
}

/** The fields of 查封（扣押）, its extension and release, and of a talk. */
export function OwnPart({ value, onChange }: { value: Part; onChange: (part: Part) => void }) {
  if (value.sealing) return <SealingPart value={value.sealing} onChange={(sealing) => onChange({ sealing })} />
  if (value.extension) return <ExtensionPart value={value.extension} onChange={(extension) => onChange({ extension })} />
  if (value.release) return <ReleasePart value={value.release} onChange={(release) => onChange({ release })} />
  return value.talk ? <TalkPart value={value.talk} onChange={(talk) => onChange({ talk })} /> : null
}

function Long({ id, label, hint, value, onChange }: { id: string; label: string; hint: string; value: string; onChange: (value: string) => void }) {
  return (
    <div>
      <label className="agp-label" htmlFor={id}>{label}</label>
      <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 8 }} value={value} placeholder={hint} onChange={(e) => onChange(e.target.value)} />
    </div>
  )
}

function SealingPart({ value, onChange }: { value: NonNullable<Part['sealing']>; onChange: (value: NonNullable<Part['sealing']>) => void }) {
  const set = (more: Partial<typeof value>) => onChange({ ...value, ...more })
  const setThing = (i: number, more: Partial<SealedThing>) => set({ things: value.things.map((t, j) => (j === i ? { ...t, ...more } : t)) })
  return (
    <>
      <span className="agp-label">措施与期限（安全生产法第六十五条第一款第四项）</span>
      <Radio.Group value={value.sealKind} onChange={(e) => set({ sealKind: e.target.value })} options={SEAL_KINDS.map((code) => ({ value: code, label: SEAL_ZH[code] }))} />
      <label>期限 <InputNumber aria-label="期限天数" min={1} max={LONGEST_TERM} value={value.days} onChange={(days) => set({ days: days ?? LONGEST_TERM })} /> 日（最长30日，当日不计）</label>
      <Long id="agp-seal-reason" label="理由" hint="例如：粉尘收集系统不符合国家标准，继续使用有爆炸危险" value={value.sealReason} onChange={(sealReason) => set({ sealReason })} />
      <span className="agp-label">清单（名称、规格型号、数量、地点）</span>
      {value.things.map((t, i) => (
        <div key={i} className="agp-correction">
          <Input aria-label={`第${i + 1}项名称`} value={t.name} maxLength={80} placeholder="名称" onChange={(e) => setThing(i, { name: e.target.value })} />
          <Input aria-label={`第${i + 1}项规格型号`} value={t.spec} maxLength={80} placeholder="规格型号（可不填）" onChange={(e) => setThing(i, { spec: e.target.value })} />
          <Input aria-label={`第${i + 1}项数量`} value={t.quantity} maxLength={40} placeholder="数量，例如：1台" onChange={(e) => setThing(i, { quantity: e.target.value })} />
          <Input aria-label={`第${i + 1}项地点`} value={t.place} maxLength={120} placeholder="存放或所在地点" onChange={(e) => setThing(i, { place: e.target.value })} />
          {value.things.length > 1 ? <Button onClick={() => set({ things: value.things.filter((_, j) => j !== i) })}>去掉</Button> : null}
        </div>
      ))}
      <Button type="link" size="small" onClick={() => set({ things: [...value.things, emptyThing] })}>再加一项</Button>
      <div><Checkbox checked={value.lawfulThings} onChange={(e) => set({ lawfulThings: e.target.checked })}>已核实：没有被其他机关查封，与案件有关，不含生活必需品</Checkbox></div>
      <div><Checkbox checked={value.present} onChange={(e) => set({ present: e.target.checked })}>当事人到场</Checkbox>{value.present ? null : <Input aria-label="见证人" value={value.sealWitness} maxLength={40} placeholder="见证人姓名" onChange={(e) => set({ sealWitness: e.target.value })} />}</div>
      <Long id="agp-seal-heard" label="当事人的陈述申辩" hint="没有的可不填" value={value.heard} onChange={(heard) => set({ heard })} />
      <Checkbox checked={value.urgent} onChange={(e) => set({ urgent: e.target.checked })}>情况紧急，当场实施</Checkbox>
      {value.urgent ? <Alert type="warning" showIcon title="不经事先批准即可签发；须在二十四小时内报告负责人并补办批准，负责人不同意的立即解除（行政强制法第十九条）" /> : null}
    </>
  )
}

function ExtensionPart({ value, onChange }: { value: NonNullable<Part['extension']>; onChange: (value: NonNullable<Part['extension']>) => void }) {
  return (
    <>
      <span className="agp-label">延长天数</span>
      <label><InputNumber aria-label="延长天数" min={1} max={LONGEST_EXTENSION} value={value.extraDays} onChange={(extraDays) => onChange({ ...value, extraDays: extraDays ?? LONGEST_EXTENSION })} /> 日（只能延长一次，最长30日；须在期满前由负责人批准并签发）</label>
      <Long id="agp-extension" label="延长理由" hint="写明情况复杂之处" value={value.extensionReason} onChange={(extensionReason) => onChange({ ...value, extensionReason })} />
    </>
  )
}

function ReleasePart({ value, onChange }: { value: NonNullable<Part['release']>; onChange: (value: NonNullable<Part['release']>) => void }) {
  return (
    <>
      <Long id="agp-release" label="解除理由" hint="例如：隐患已排除；期限届满；与违法行为无关" value={value.releaseReason} onChange={(releaseReason) => onChange({ ...value, releaseReason })} />
      <Long id="agp-returned" label="退还情况" hint="例如：清单所列物品当场全部退还，封条已去除" value={value.returned} onChange={(returned) => onChange({ ...value, returned })} />
    </>
  )
}

function TalkPart({ value, onChange }: { value: Talk; onChange: (value: Talk) => void }) {
  const set = (more: Partial<Talk>) => onChange({ ...value, ...more })
  const person = (i: number, more: Partial<Talk['attendance'][number]>) => set({ attendance: value.attendance.map((p, j) => (j === i ? { ...p, ...more } : p)) })
  const promise = (i: number, more: Partial<Talk['promises'][number]>) => set({ promises: value.promises.map((p, j) => (j === i ? { ...p, ...more } : p)) })
  return (
    <>
      <span className="agp-label">谈话种类和事由</span>
      <Radio.Group value={value.talkKind} onChange={(e) => set({ talkKind: e.target.value })} options={TALK_KINDS.map((code) => ({ value: code, label: TALK_ZH[code] }))} />
      <Checkbox.Group value={value.reasons} onChange={(reasons) => set({ reasons: reasons as Talk['reasons'] })} options={TALK_REASONS.map((code) => ({ value: code, label: TALK_REASON_ZH[code] }))} />
      <span className="agp-label">时间和地点</span>
      <div className="agp-correction">
        <DatePicker aria-label="谈话时间" showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} value={dayjs(value.heldAt)} onChange={(at) => at && set({ heldAt: at.toISOString() })} />
        <Input aria-label="谈话地点" value={value.talkPlace} maxLength={120} placeholder="谈话地点" onChange={(e) => set({ talkPlace: e.target.value })} />
      </div>
      <span className="agp-label">参加人员</span>
      {value.attendance.map((p, i) => (
        <div key={i} className="agp-correction">
          <Select aria-label={`第${i + 1}人哪一方`} value={p.side} style={{ width: 110 }} options={[{ value: 'OFFICE', label: '谈话方' }, { value: 'PARTY', label: '被谈话方' }]} onChange={(side) => person(i, { side })} />
          <Input aria-label={`第${i + 1}人姓名`} value={p.name} maxLength={40} placeholder="姓名" onChange={(e) => person(i, { name: e.target.value })} />
          <Input aria-label={`第${i + 1}人职务`} value={p.duty} maxLength={60} placeholder="职务" onChange={(e) => person(i, { duty: e.target.value })} />
          {value.attendance.length > 2 ? <Button onClick={() => set({ attendance: value.attendance.filter((_, j) => j !== i) })}>去掉</Button> : null}
        </div>
      ))}
      <Button type="link" size="small" onClick={() => set({ attendance: [...value.attendance, { name: '', duty: '', side: 'PARTY' }] })}>再加一人</Button>
      <Long id="agp-said" label="谈话内容" hint="通报的问题、提出的要求和单位的说明" value={value.said} onChange={(said) => set({ said })} />
      <span className="agp-label">议定事项</span>
      {value.promises.map((p, i) => (
        <div key={i} className="agp-correction">
          <Input aria-label={`第${i + 1}项议定事项`} value={p.promise} maxLength={300} placeholder="单位承诺做什么" onChange={(e) => promise(i, { promise: e.target.value })} />
          <DatePicker aria-label={`第${i + 1}项完成日期`} allowClear={false} value={dayjs(p.promiseDueOn)} onChange={(d) => d && promise(i, { promiseDueOn: d.format('YYYY-MM-DD') })} />
          {value.promises.length > 1 ? <Button onClick={() => set({ promises: value.promises.filter((_, j) => j !== i) })}>去掉</Button> : null}
        </div>
      ))}
      <Button type="link" size="small" onClick={() => set({ promises: [...value.promises, { promise: '', promiseDueOn: addDays(localDate(serverNow()), 7) }] })}>再加一项</Button>
    </>
  )
}
