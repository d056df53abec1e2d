import { Alert, DatePicker, Form, Input, Radio, Switch } from 'antd'
import dayjs from 'dayjs'
import { Section } from '../../../kernel/web/parts.tsx'
import { Item } from '../../../kernel/web/labelled.tsx'
import { PhotoInput } from '../../attachment/web/public.tsx'
import { kinds, OUTCOME_ZH, OUTCOMES, OUTCOMES_WITH_PHOTO, type Outcome } from '../kinds.ts'
import type { Draft, Target } from './recording.ts'
import { SignPad } from './SignPad.tsx'

interface Given {
  target: Target
  draft: Draft
  set: (more: Partial<Draft>) => void
}

/** 结果与签字. */
export function FinishStep({ target, draft, set }: Given) {
  const rule = kinds[target.kind]
  const outcomes = OUTCOMES.filter((o) => rule.onSite || !OUTCOMES_WITH_PHOTO.includes(o))
  return (
    <>
      <Section title="走访结果">
        <Form layout="vertical" component="div">
          <Item extra={draft.outcome === 'CHECKED' ? undefined : '只有“已检查”算检查；已填的作答和隐患不随本结果提交，但会保留。'}>
            <Radio.Group value={draft.outcome} onChange={(e) => set({ outcome: e.target.value as Outcome })} optionType="button" options={outcomes.map((o) => ({ value: o, label: OUTCOME_ZH[o] }))} />
          </Item>
          {draft.outcome === 'CHECKED' ? null : <Item label="情况说明" required={draft.outcome === 'OTHER'}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} value={draft.outcomeNote} onChange={(e) => set({ outcomeNote: e.target.value })} /></Item>}
          {OUTCOMES_WITH_PHOTO.includes(draft.outcome) ? <Item label="现场照片" required><PhotoInput value={draft.outcomePhotos} onChange={(outcomePhotos) => set({ outcomePhotos })} enterpriseId={target.enterpriseId} /></Item> : null}
          <Item label="离场时间" extra="不填即提交的时间"><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={draft.leftAt ? dayjs(draft.leftAt) : null} onChange={(d) => set({ leftAt: d?.toISOString() })} /></Item>
          <Item label="备注"><Input.TextArea maxLength={1000} autoSize={{ minRows: 1 }} value={draft.note} onChange={(e) => set({ note: e.target.value })} /></Item>
        </Form>
      </Section>
      {rule.signed && draft.outcome === 'CHECKED' ? <SignSection target={target} draft={draft} set={set} /> : null}
    </>
  )
}

/** Both sides sign (安法§68); a refusal is written down with a witness. */
function SignSection({ target, draft, set }: Given) {
  const officers = target.people.filter((p) => p.part === 'OFFICER' && p.personId)
  const sign = (id: string, signed: Draft['companySign']) => {
    const { [id]: _, ...others } = draft.officerSigns
    set({ officerSigns: signed ? { ...others, [id]: signed } : others })
  }
  return (
    <Section title="签字" extra={<span>企业拒绝签字 <Switch aria-label="企业拒绝签字" checked={draft.refused} onChange={(refused) => set({ refused })} /></span>}>
      <Form layout="vertical" component="div">
        <div className="vr-signs">
          {officers.map((p) => <SignPad key={p.personId} label={`执法人员 ${p.name ?? ''}`} enterpriseId={target.enterpriseId} value={draft.officerSigns[p.personId ?? '']} onChange={(signed) => sign(p.personId ?? '', signed)} />)}
        </div>
        <div className="vr-signs" style={{ marginTop: 12 }}>
          <Item label="企业在场人员" required={!draft.refused}><Input maxLength={40} value={draft.companionName} onChange={(e) => set({ companionName: e.target.value })} /></Item>
          <Item label="职务"><Input maxLength={40} value={draft.companionDuty} onChange={(e) => set({ companionDuty: e.target.value })} /></Item>
        </div>
        {draft.refused ? (
          <>
            <Alert type="warning" showIcon title="拒绝签字的，如实记录并由见证人见证；提交后自动报告负责人（安法§68）。" style={{ marginBottom: 12 }} />
            <Item label="拒签情况" required><Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} value={draft.refusalReason} onChange={(e) => set({ refusalReason: e.target.value })} /></Item>
            <Item label="见证人" required><Input maxLength={40} value={draft.witnessName} onChange={(e) => set({ witnessName: e.target.value })} /></Item>
            <Item label="见证人身份"><Input maxLength={60} value={draft.witnessIdentity} onChange={(e) => set({ witnessIdentity: e.target.value })} placeholder="如：园区管理方、社区工作人员" /></Item>
          </>
        ) : <SignPad label="企业人员" enterpriseId={target.enterpriseId} value={draft.companySign} onChange={(companySign) => set({ companySign })} />}
      </Form>
    </Section>
  )
}
