import { Alert, Button, Checkbox, Input, Radio } from 'antd'
import { useState } from 'react'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { isInspection, kinds, PART_ZH } from '../kinds.ts'
import type { Draft, Target } from './recording.ts'

interface Given {
  target: Target
  draft: Draft
  set: (more: Partial<Draft>) => void
}

/** 到场: what the law asks before anything is looked at, each a press of one button. */
export function ArriveStep({ target, draft, set }: Given) {
  const rule = kinds[target.kind]
  const inspection = isInspection(target.kind) && rule.onSite
  const fixed = target.arrivedAt !== null
  const stamp = (key: 'arrivedAt' | 'idShownAt' | 'informedAt', label: string, hint: string) => {
    const at = target[key] ?? draft[key]
    return (
      <div className="vr-step" key={key}>
        <div><b>{label}</b><br /><small className="quiet">{hint}</small></div>
        {at ? <span className="ag-num">{zhDateTime(at)} {fixed ? null : <Button size="small" type="text" onClick={() => set({ [key]: undefined })}>改</Button>}</span> : <Button size="large" type="primary" ghost onClick={() => set({ [key]: serverNow() })}>{label}</Button>}
      </div>
    )
  }
  return (
    <>
      <Section title="到场">
        {stamp('arrivedAt', '到场', rule.onSite ? '到达现场的时间' : '开始的时间')}
        {rule.scan ? <ScanLine target={target} draft={draft} set={set} /> : null}
        {inspection ? stamp('idShownAt', '出示证件', '不出示证件的，对方有权拒绝（罚法§55）') : null}
        {inspection ? stamp('informedAt', '告知', '告知检查事由、依据、陈述申辩和申请回避的权利') : null}
        {rule.onSite && !inspection ? <PlaceLine draft={draft} set={set} /> : null}
      </Section>
      {inspection && !fixed ? <Declarations target={target} draft={draft} set={set} /> : null}
      {target.urgent && !fixed ? (
        <Section title="紧急情况">
          <Alert className="vr-note" type="warning" showIcon title="情况紧急可以先检查：提交后即向负责人报告，并须在规定时限内补办审批。" />
          <Input.TextArea aria-label="紧急情况" placeholder="写明紧急情况（必填）" maxLength={300} showCount autoSize={{ minRows: 2 }} value={draft.urgentReason} onChange={(e) => set({ urgentReason: e.target.value })} />
        </Section>
      ) : null}
      {target.kind === 'ADMIN_CASE' && !fixed ? (
        <Section title="超频次检查理由"><Input.TextArea aria-label="超频次检查理由" placeholder="该企业已达年度频次上限时须写明" maxLength={300} autoSize={{ minRows: 1 }} value={draft.capReason} onChange={(e) => set({ capReason: e.target.value })} /></Section>
      ) : null}
    </>
  )
}

function ScanLine({ target, draft, set }: Given) {
  const [later, setLater] = useState(draft.scan?.moment === 'ADDED')
  if (target.scanned) return <div className="vr-step"><div><b>扫码入企</b></div><StatusTag tone="done">已登记</StatusTag></div>
  const now = () => set({ scan: { moment: target.urgent ? 'BEFORE_LEAVING' : 'BEFORE', scannedAt: serverNow() } })
  return (
    <div className="vr-step">
      <div><b>扫码入企</b><br /><small className="quiet">{target.urgent ? '紧急检查在离开前扫码' : '检查前扫企业监督码'}；没有网络的，可事后补录并写明理由</small></div>
      <div>
        <Radio.Group value={draft.scan ? (draft.scan.moment === 'ADDED' ? 'added' : 'now') : later ? 'added' : null} onChange={(e) => { setLater(e.target.value === 'added'); if (e.target.value === 'now') now(); else set({ scan: undefined }) }}>
          <Radio.Button value="now">已扫码</Radio.Button>
          <Radio.Button value="added">暂未扫码</Radio.Button>
        </Radio.Group>
        {draft.scan && draft.scan.moment !== 'ADDED' ? <small className="quiet"> {zhDateTime(draft.scan.scannedAt)}</small> : null}
      </div>
    </div>
  )
}

/** 罚法§43: each officer says so, or steps back. */
function Declarations({ target, draft, set }: Given) {
  const officers = target.people.filter((p) => p.part === 'OFFICER')
  const toggle = (id: string) => set({ declared: draft.declared.includes(id) ? draft.declared.filter((d) => d !== id) : [...draft.declared, id] })
  return (
    <Section title="回避声明">
      <p className="quiet">与检查对象有直接利害关系、可能影响公正的，应当回避（罚法§43）。</p>
      {officers.map((p) => (
        <div className="vr-step" key={p.personId}>
          <div>{p.name} <StatusTag>{PART_ZH[p.part]}</StatusTag></div>
          <Checkbox checked={p.conflictDeclared || draft.declared.includes(p.personId ?? '')} onChange={() => p.personId && toggle(p.personId)}>与检查对象无利害关系</Checkbox>
        </div>
      ))}
    </Section>
  )
}

/** Location is helpful, never required: without one a sentence is enough. */
function PlaceLine({ draft, set }: Pick<Given, 'draft' | 'set'>) {
  const [said, setSaid] = useState('')
  const ask = () => {
    if (!('geolocation' in navigator)) return setSaid('这台设备不提供位置')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => set({ place: { lon: coords.longitude, lat: coords.latitude, accuracy: Math.min(coords.accuracy, 100_000) } }),
      () => setSaid('没有取得位置，可写明原因后继续'),
      { timeout: 10_000, maximumAge: 60_000 },
    )
    return undefined
  }
  return (
    <div className="vr-step">
      <div><b>位置</b><br /><small className="quiet">{draft.place ? '已取得位置' : said || '可不填；不填的请写明原因'}</small></div>
      <Button onClick={ask}>{draft.place ? '重新定位' : '定位'}</Button>
      <Input placeholder="没有位置或距离较远的原因" maxLength={200} value={draft.farReason} onChange={(e) => set({ farReason: e.target.value })} />
    </div>
  )
}
