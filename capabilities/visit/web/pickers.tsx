import { Alert, Button, Checkbox, Input, Select, Spin } from 'antd'
import { useState } from 'react'
import { useRead } from '../../../kernel/web/client.ts'
import { StatusTag } from '../../../kernel/web/parts.tsx'
import { operations as checklist } from '../../checklist/operations.ts'
import { isInspection, kinds, type Part, PART_ZH, type VisitKind } from '../kinds.ts'
import { operations } from '../operations.ts'
import type { Participant } from '../visit.ts'
import './visit.css'

/** The kind comes first: it decides who may go, who approves, and whether papers may follow. */
export function KindPicker({ value, onChange, allowed }: { value: VisitKind | undefined; onChange: (kind: VisitKind) => void; allowed: readonly VisitKind[] }) {
  return (
    <fieldset className="vk" aria-label="走访方式">
      {allowed.map((kind) => {
        const rule = kinds[kind]
        return (
          <button key={kind} type="button" aria-pressed={kind === value} className={kind === value ? 'vk-card vk-card-on' : 'vk-card'} onClick={() => onChange(kind)}>
            <b>{rule.zh}</b>
            <small>{rule.who}</small>
            <small>审批：{rule.approvalZh}</small>
            <small>频次：{rule.capZh}；文书：{rule.papersZh}</small>
            <small>依据：{rule.clause}</small>
          </button>
        )
      })}
    </fieldset>
  )
}

/** Visits of the year against the ceiling, said before anybody is sent. */
export function CapNote({ enterpriseId, name, year, kind }: { enterpriseId: string; name?: string; year: number; kind?: VisitKind | undefined }) {
  const { data } = useRead(operations.capUsage, { enterpriseId, year })
  if (!data || (kind && !isInspection(kind))) return null
  const contacts = data.contacts.map((c) => `${kinds[c.kind].short}${c.count}次`).join('、')
  const text = data.cap === null ? `今年已检查 ${data.used} 次，频次上限尚未配置` : `今年已检查 ${data.used} 次，上限 ${data.cap} 次，还可检查 ${data.left} 次`
  const full = data.cap !== null && data.used >= data.cap
  return <Alert className="vr-note" type={full ? 'error' : data.cap === null || data.left === 1 ? 'warning' : 'info'} showIcon title={`${name ? `${name}：` : ''}${text}${data.planned ? `，另有 ${data.planned} 次已安排` : ''}`} description={contacts ? `全部走访：${contacts}` : undefined} />
}

/** Who goes: officers with their certificates on the day, others in their own part. */
export function TeamPicker({ kind, siteId, on, value, onChange }: { kind: VisitKind; siteId: string | undefined; on: string; value: readonly Participant[]; onChange: (people: Participant[]) => void }) {
  const read = useRead(operations.team, { siteId: siteId ?? '', on }, { enabled: !!siteId })
  const people = read.data?.people ?? []
  const [outsider, setOutsider] = useState({ name: '', organisation: '' })
  const certificate = new Map(people.map((p) => [p.personId, p.certificateNo]))
  const parts: Part[] = isInspection(kind) || kind === 'GUIDANCE' || kind === 'THIRD_PARTY' ? ['OFFICER', 'GRID', 'ASSISTANT', 'EXPERT'] : kind === 'PATROL' ? ['GRID', 'ASSISTANT'] : ['ASSISTANT']
  const lacking = Math.max(0, kinds[kind].officers - value.filter((p) => p.part === 'OFFICER').length)
  const change = (i: number, more: Partial<Participant>) => onChange(value.map((p, at) => (at === i ? { ...p, ...more } : p)))
  const add = (personId: string) => {
    const found = people.find((p) => p.personId === personId)
    if (found) onChange([...value, { personId, name: found.name, part: found.certificateNo && parts.includes('OFFICER') ? 'OFFICER' : (parts.find((p) => p !== 'OFFICER') ?? 'ASSISTANT'), conflictDeclared: false }])
  }
  return (
    <div>
      {value.map((p, i) => (
        <div className="vp-row" key={p.personId ?? `${p.name}${i}`}>
          <span>
            {p.name} {p.organisation ? <small className="quiet">{p.organisation}</small> : null}{' '}
            {p.personId && certificate.get(p.personId) ? <StatusTag tone="done">执法证 {certificate.get(p.personId)}</StatusTag> : p.part === 'OFFICER' ? <StatusTag tone="late">当日无有效执法证</StatusTag> : null}
          </span>
          <span>
            <Select size="small" value={p.part} style={{ width: 110 }} aria-label={`${p.name}的身份`} options={parts.map((part) => ({ value: part, label: PART_ZH[part] }))} onChange={(part: Part) => change(i, { part })} />
            <Button size="small" type="text" aria-label={`移除${p.name}`} onClick={() => onChange(value.filter((_, at) => at !== i))}>移除</Button>
          </span>
          {p.part === 'OFFICER' ? (
            <Input size="small" placeholder="与检查对象有利害关系的请写明（须回避）" value={p.conflict ?? ''} maxLength={200} onChange={(e) => change(i, { conflict: e.target.value || undefined })} />
          ) : null}
        </div>
      ))}
      <Select
        style={{ width: 320, marginTop: 8 }}
        value={null}
        disabled={!siteId}
        aria-label="添加人员"
        placeholder={siteId ? '添加人员' : '先选监管对象'}
        showSearch={{ optionFilterProp: 'label' }}
        options={people.filter((p) => !value.some((v) => v.personId === p.personId)).map((p) => ({ value: p.personId, label: `${p.name}${p.certificateNo ? `（执法证 ${p.certificateNo}）` : '（无执法证）'}` }))}
        onChange={add}
      />
      {lacking > 0 ? <p className="quiet">{kinds[kind].who}；还差 {lacking} 名执法人员。</p> : null}
      {parts.includes('EXPERT') ? (
        <div style={{ display: 'flex', gap: 8, marginTop: 8, flexWrap: 'wrap' }}>
          <Input style={{ width: 140 }} aria-label="外请专家姓名" placeholder="外请专家姓名" value={outsider.name} maxLength={40} onChange={(e) => setOutsider({ ...outsider, name: e.target.value })} />
          <Input style={{ width: 220 }} aria-label="外请专家单位" placeholder="单位" value={outsider.organisation} maxLength={80} onChange={(e) => setOutsider({ ...outsider, organisation: e.target.value })} />
          <Button disabled={!outsider.name.trim()} onClick={() => { onChange([...value, { name: outsider.name.trim(), ...(outsider.organisation.trim() ? { organisation: outsider.organisation.trim() } : {}), part: 'EXPERT', conflictDeclared: false }]); setOutsider({ name: '', organisation: '' }) }}>添加专家</Button>
        </div>
      ) : null}
    </div>
  )
}

/** Lists in use that may be opened in this kind. */
export function ChecklistPicker({ kind, value, onChange }: { kind: VisitKind; value: readonly string[]; onChange: (ids: string[]) => void }) {
  const { data, isLoading } = useRead(checklist.list, { visitKind: kind, state: 'PUBLISHED', limit: 50 })
  if (isLoading) return <Spin size="small" />
  const rows = (data?.rows ?? []).filter((row) => row.state === 'PUBLISHED')
  if (!rows.length) return <span className="quiet">没有适用于“{kinds[kind].zh}”的检查表，请先在检查表库发布。</span>
  return <Checkbox.Group value={[...value]} onChange={(ids) => onChange(ids as string[])} options={rows.map((row) => ({ value: row.id, label: `${row.name}（第${row.number}版，${row.itemCount}项）` }))} />
}
