import { type ReactNode, useState } from 'react'
import type { DocType } from '../../../capabilities/enforcement/doc-type.ts'
import { pageOf } from '../../../capabilities/enforcement/layout.ts'
import type { Choices, ItemChoice, PaperContent } from '../../../capabilities/enforcement/paper.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { Block, Page } from '../parts/page.tsx'
import { Refusal, Tag } from '../parts/states.tsx'
import { gapsOfWriting, type PaperDraft, unsigned } from './draft.ts'
import { basesOf, type Finding, type VisitHere } from './from-visit.ts'
import { layBefore } from './kept-paper.ts'
import { PageView } from './PageView.tsx'
import { neededBy } from './needed.ts'

interface Props {
  readonly draft: PaperDraft
  readonly doc: DocType
  readonly visit: VisitHere
  readonly content: PaperContent
  readonly change: (make: (before: PaperDraft) => PaperDraft) => void
  readonly put: (draft: PaperDraft) => void
  readonly settled: () => Promise<unknown>
  readonly back: string
  readonly right: ReactNode
  readonly onHanded: (word: string) => void
}

const free = { D04: [['checked', '检查内容', '如：用电、通风、疏散三处'], ['handling', '处理意见', '如：当场改正一项，其余责令限期整改']], D30: [['opinion', '其他建议（可不填）', '']] } as const

/** What the officer decides about a paper; everything else on it comes from the record of the visit and is not typed. */
export function WriteStep({ draft, doc, visit, content, change, put, settled, back, right, onHanded }: Props) {
  const { store, sender } = useWork()
  const [tried, setTried] = useState(false)
  const [shown, setShown] = useState(false)
  const [none, setNone] = useState(false)
  const gaps = gapsOfWriting(draft, doc, visit, serverNow())
  // Other words ask for other signatures.
  const set = (more: Partial<Choices>) => change((before) => unsigned({ ...before, choices: { ...before.choices, ...more } }))
  const item = (id: string, more: Partial<ItemChoice>) => set({ items: draft.choices.items.map((one) => (one.hazardId === id ? { ...one, ...more } : one)) })
  const fields = free[draft.type as keyof typeof free] ?? []
  const next = async () => {
    setTried(true)
    if (gaps.length > 0) return window.scrollTo(0, 0)
    await settled()
    if (doc.approval) {
      await submit()
      return onHanded('已写好，将自动报审批')
    }
    const laid = await layBefore(store, { ...draft, issuedAt: serverNow() }, doc.wordCode !== null)
    if (!laid) return setNone(true)
    put(laid)
    window.scrollTo(0, 0)
  }
  const submit = async () => {
    const aggregate = `paper:${draft.id}`
    const needs = await neededBy(store, draft)
    await store.transaction('rw', store.tables, async () => {
      await queueCommand(store, { name: 'enforcement.draft', aggregate, title: `${draft.title} · ${draft.siteName}`, needs, input: { id: draft.id, type: draft.type, ...(draft.visitId ? { visitId: draft.visitId } : {}), ...draft.choices }, draft: { id: draft.id, kind: 'paper', value: draft } }, () => store.drafts.delete(draft.id))
      await queueCommand(store, { name: 'enforcement.submit', aggregate, title: `报审批 · ${draft.title} · ${draft.siteName}`, needs, input: { id: draft.id, baseVersion: 1 } })
    })
    void sender.wake()
  }
  return (
    <Page title={draft.title} note={draft.siteName} back={back} right={right} foot={<>
      <button type="button" className="f-btn" aria-pressed={shown} onClick={() => setShown(!shown)}>{shown ? '收起全文' : '看全文'}</button>
      <button type="button" className="f-btn f-btn-main" onClick={() => void next()}>{doc.approval ? '报审批' : '请双方签名'}</button>
    </>}>
      {tried && gaps.length > 0 ? <Refusal title="还要："><ul>{gaps.map((gap) => <li key={gap}>{gap}</li>)}</ul></Refusal> : null}
      {none ? <Refusal title="本机没有可用的文号">联网后会自动领用；或在办公室签发。</Refusal> : null}
      {doc.approval ? <p className="f-hint">须经审批：联网后自动报审批；批准后再编号、签发、送达。没有批准以前不具有效力。</p> : null}
      <Block title={doc.certificates ? '执法人员' : '建议人'}><p>{content.officers.map((officer) => `${officer.name}${officer.certificateNo ? `（证号${officer.certificateNo}）` : doc.certificates ? '（当日无有效执法证）' : ''}`).join('、')}</p></Block>
      {fields.map(([key, label, hint]) => <Block key={key}><label className="f-field">{label}<textarea className="f-area" value={draft.choices[key]} maxLength={1000} placeholder={hint} onChange={(event) => set({ [key]: event.target.value })} /></label></Block>)}
      {visit.findings.filter((finding) => draft.choices.items.some((one) => one.hazardId === finding.id)).map((finding, i) => (
        <Listed key={finding.id} n={i + 1} finding={finding} choice={draft.choices.items.find((one) => one.hazardId === finding.id)!} dated={draft.type === 'D06'} cited={draft.type !== 'D30'} onChange={(more) => item(finding.id, more)} onDrop={draft.type === 'D04' || draft.choices.items.length < 2 ? undefined : () => set({ items: draft.choices.items.filter((one) => one.hazardId !== finding.id) })} />
      ))}
      {draft.type === 'D06' && visit.findings.some((finding) => finding.level === 'MAJOR') ? <p className="f-hint">疑似重大事故隐患须先核定，核定后另出文书，不列在这里。</p> : null}
      {shown ? <PageView page={pageOf(content, { no: null, numbered: doc.wordCode !== null, issuedOn: null, signatures: [], service: null, link: '', voided: false })} /> : null}
    </Page>
  )
}

function Listed({ n, finding, choice, dated, cited, onChange, onDrop }: { n: number; finding: Finding; choice: ItemChoice; dated: boolean; cited: boolean; onChange: (more: Partial<ItemChoice>) => void; onDrop: (() => void) | undefined }) {
  const bases = basesOf(finding)
  const today = localDate(serverNow())
  const toggle = (text: string) => onChange({ basis: choice.basis.includes(text) ? choice.basis.filter((one) => one !== text) : [...choice.basis, text] })
  return (
    <Block title={`${n}．${finding.location}`} right={onDrop ? <button type="button" className="f-link" onClick={onDrop}>不列入</button> : undefined}>
      <p>{finding.description} {finding.fixed ? <Tag tone="done">现场已改</Tag> : null}{finding.level === 'MAJOR' ? <Tag tone="late">疑似重大</Tag> : null}</p>
      {cited && bases.length > 0 ? (
        <div className="f-field">确认引用的依据{choice.basis.length < bases.length ? <button type="button" className="f-link" onClick={() => onChange({ basis: bases.map((basis) => basis.text) })}>全部确认</button> : null}
          {bases.map((basis) => <label key={basis.text} className="f-line"><span className="f-grow">{basis.cited}</span><input type="checkbox" className="f-check" checked={choice.basis.includes(basis.text)} onChange={() => toggle(basis.text)} /></label>)}
        </div>
      ) : null}
      {cited && bases.length === 0 ? <p className="f-quiet">检查项没有带依据{dated ? '，不能列入责令文书' : ''}</p> : null}
      {dated ? (
        <div className="f-field">整改期限
          <div className="f-chips">{[0, 3, 7, 15, 30].map((days) => <button key={days} type="button" aria-pressed={choice.dueOn === addDays(today, days)} onClick={() => onChange({ dueOn: addDays(today, days) })}>{days === 0 ? '当天' : `${days} 天`}</button>)}</div>
          {choice.dueOn ? <span>{zhDate(choice.dueOn)} 24:00 前</span> : null}
        </div>
      ) : null}
    </Block>
  )
}
