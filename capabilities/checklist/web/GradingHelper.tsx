import { Alert, InputNumber, Radio, Select } from 'antd'
import { useMemo, useState } from 'react'
import { criteria, GONGMAO_SECTORS, type GongmaoSector } from '../criteria.ts'
import { gradeOf } from '../grading.ts'
import { DEVICE_STATES, type FactDefinition, type FactValues } from '../logic.ts'
import type { Clause } from '../records.ts'
import { AUTHORITY_NAMES, DEVICE_STATE_NAMES, OUTCOME_NAMES, SECTOR_NAMES, TAG_NAMES } from '../zh.ts'
import './checklist.css'

type Value = FactValues[string] | undefined

/** One fact to look at, asked in its own kind; 未看 leaves it open. */
function FactInput({ fact, value, set }: { fact: FactDefinition; value: Value; set: (value: Value) => void }) {
  if (fact.kind === 'number') return <InputNumber value={typeof value === 'number' ? value : null} suffix={fact.unit} onChange={(next) => set(next ?? undefined)} aria-label={fact.label} />
  if (fact.kind === 'choice') return <Select style={{ width: 180 }} allowClear value={typeof value === 'string' ? value : null} options={Object.entries(fact.choices).map(([code, label]) => ({ value: code, label }))} onChange={(next: string | null | undefined) => set(next ?? undefined)} aria-label={fact.label} />
  const options = fact.kind === 'flag' ? [{ value: true, label: '是' }, { value: false, label: '否' }] : DEVICE_STATES.map((state) => ({ value: state, label: DEVICE_STATE_NAMES[state] }))
  return <Radio.Group size="small" optionType="button" value={value ?? 'open'} options={[...options, { value: 'open', label: '未看' }] as never} onChange={(e) => set(e.target.value === 'open' ? undefined : (e.target.value as Value))} aria-label={fact.label} />
}

const alertOf = { MAJOR: 'error', GENERAL: 'success', UNDECIDED: 'warning', TRANSFER: 'info' } as const

/** Judges one clause as the facts are answered; the same rules as the server, so nothing waits. */
export function GradingHelper({ clause, date }: { clause: Clause; date: string }) {
  const [facts, setFacts] = useState<FactValues>({})
  const [sector, setSector] = useState<GongmaoSector | null>(clause.sector)
  const grade = useMemo(() => gradeOf({ site: { sector, tags: clause.requiresTag ? [clause.requiresTag] : [], chemical: clause.regime === 'HAZCHEM', regime: clause.regime }, eventDate: date, facts, clauseIds: [clause.id] }), [clause, date, facts, sector])
  const set = (name: string, value: Value) => setFacts(Object.fromEntries(Object.entries({ ...facts, [name]: value }).filter((e): e is [string, FactValues[string]] => e[1] !== undefined)))
  const missing = grade.missing.map((name) => criteria.facts.get(name)?.label ?? name)
  return (
    <>
      <p><b>{clause.fullCitation}</b><br />{clause.summary}</p>
      {clause.requiresTag ? <p className="ag-faint">只适用于登记了“{TAG_NAMES[clause.requiresTag] ?? clause.requiresTag}”的对象。</p> : null}
      {clause.regime === 'GONGMAO' ? <div style={{ marginBottom: 12 }}>行业 <Select style={{ width: 160 }} allowClear value={sector} options={GONGMAO_SECTORS.map((value) => ({ value, label: SECTOR_NAMES[value] }))} onChange={(next: GongmaoSector | null | undefined) => setSector(next ?? null)} /></div> : null}
      <div className="cl-facts">
        {clause.facts.map((fact) => <div key={fact.name} className="cl-fact"><span>{fact.label}</span><FactInput fact={fact} value={facts[fact.name]} set={(value) => set(fact.name, value)} /></div>)}
        {clause.facts.length === 0 ? <p className="ag-faint">这一条不能由系统单独判定，须由执法人员对照原文。</p> : null}
      </div>
      <Alert style={{ marginTop: 16 }} type={alertOf[grade.outcome]} showIcon title={OUTCOME_NAMES[grade.outcome]}
        description={<>{grade.explanation}{grade.transferTo ? <div>移送：{AUTHORITY_NAMES[grade.transferTo]}</div> : null}{missing.length > 0 ? <div>还要看：{missing.join('、')}</div> : null}</>} />
    </>
  )
}
