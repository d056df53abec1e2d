import { isInspection, kinds, OUTCOME_ZH } from '../../../capabilities/visit/kinds.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { Thumb } from '../parts/camera.tsx'
import { Block } from '../parts/page.tsx'
import { Facts, Refusal, Tag } from '../parts/states.tsx'
import { SignPad } from '../parts/SignPad.tsx'
import type { Ask } from './asks.ts'
import { answered, type Category, type DraftFinding, type VisitDraft } from './draft.ts'
import type { Change } from './Visit.tsx'

interface Props {
  readonly draft: VisitDraft
  readonly change: Change
  readonly categories: readonly Category[]
  readonly asks: readonly Ask[]
  readonly onFinding: (finding: DraftFinding) => void
  /** To a category that has open items. */
  readonly onOpen: (category: number) => void
}

/** What was done, in one look; signatures where law asks for them; then it goes. */
export function Finish({ draft, change, categories, asks, onFinding, onOpen }: Props) {
  const checked = draft.outcome === 'CHECKED'
  const all = categories.reduce((sum, one) => sum + one.items.length, 0)
  const done = categories.reduce((sum, one) => sum + answered(draft, one), 0)
  const open = categories.findIndex((one) => answered(draft, one) < one.items.length)
  const byRest = Object.values(draft.answers).filter((answer) => answer.byRest).length
  const count = (code: string) => Object.values(draft.answers).filter((answer) => answer.answer === code).length
  return (
    <>
      {asks.length > 0 ? <Refusal title="办结前还要："><ul>{asks.slice(0, 10).map((ask) => <li key={ask.text}>{ask.text}</li>)}</ul>{checked && open >= 0 ? <button type="button" className="f-btn f-btn-wide" onClick={() => onOpen(open)}>去作答：{categories[open]!.name}</button> : null}</Refusal> : null}
      <Block title="本次走访">
        <Facts rows={[['方式', kinds[draft.kind].zh], ['到场', zhMoment(draft.arrivedAt, serverNow())], ['结果', OUTCOME_ZH[draft.outcome]], checked && all > 0 && ['作答', `${done}/${all} 项：符合 ${count('COMPLIES')}${byRest ? `（其中一次性勾选 ${byRest}）` : ''}、不符合 ${count('FAILS')}、现场已改 ${count('FIXED')}、不适用 ${count('NOT_APPLICABLE')}`], draft.outcomeNote && ['说明', draft.outcomeNote]]} />
        {checked ? null : <div className="f-photos">{draft.outcomePhotos.map((id) => <Thumb key={id} id={id} />)}</div>}
      </Block>
      {checked && draft.findings.length > 0 ? (
        <Block title={`隐患 ${draft.findings.length} 条`}>
          {draft.findings.map((finding, i) => (
            <div key={finding.id} className="f-line f-line-finding">
              <span className="f-photos">{finding.before.slice(0, 1).map((id) => <Thumb key={id} id={id} />)}</span>
              <button type="button" className="f-grow f-left" onClick={() => onFinding(finding)}>{i + 1}. {finding.location}：{finding.description}<br />{finding.fixed ? <Tag tone="done">现场已改</Tag> : <Tag tone="warn">{finding.days === 0 ? '立即整改' : `${finding.days} 天内整改`}</Tag>}{finding.level === 'MAJOR' ? <Tag tone="late">疑似重大</Tag> : null}</button>
              {finding.itemCode ? null : <button type="button" className="f-link" onClick={() => change({ findings: draft.findings.filter((other) => other.id !== finding.id) })}>去掉</button>}
            </div>
          ))}
        </Block>
      ) : null}
      {kinds[draft.kind].signed && checked ? <Signatures draft={draft} change={change} /> : null}
      {checked && !kinds[draft.kind].signed && draft.kind !== 'SELF_CHECK' ? <Companion draft={draft} change={change} /> : null}
      <Block><label className="f-field">备注<textarea className="f-area" value={draft.remark} maxLength={1000} onChange={(event) => change({ remark: event.target.value })} /></label></Block>
      {isInspection(draft.kind) ? null : <p className="f-quiet">{kinds[draft.kind].zh}不是行政检查：{kinds[draft.kind].papersZh}。</p>}
    </>
  )
}

function Companion({ draft, change }: Pick<Props, 'draft' | 'change'>) {
  return (
    <Block title="陪同人员（可不填）">
      <label className="f-field">姓名<input className="f-input" value={draft.companionName} maxLength={40} onChange={(event) => change({ companionName: event.target.value })} /></label>
      <label className="f-field">职务<input className="f-input" value={draft.companionDuty} maxLength={40} onChange={(event) => change({ companionDuty: event.target.value })} /></label>
    </Block>
  )
}

/** 安法§68: both sides sign the record; who refuses is written down with a witness. */
function Signatures({ draft, change }: Pick<Props, 'draft' | 'change'>) {
  const officers = draft.people.filter((person) => person.part === 'OFFICER' && person.personId)
  return (
    <Block title="签字">
      {officers.map((person) => <SignPad key={person.personId} label={`执法人员 ${person.name ?? ''}`} value={draft.officerSigns[person.personId!]} onChange={(id) => {
        const { [person.personId!]: _, ...rest } = draft.officerSigns
        change({ officerSigns: id ? { ...rest, [person.personId!]: id } : rest })
      }} />)}
      <div className="f-choice" role="radiogroup" aria-label="企业签字">
        <button type="button" role="radio" aria-checked={!draft.refused} onClick={() => change({ refused: false })}>企业签字</button>
        <button type="button" role="radio" aria-checked={draft.refused} onClick={() => change({ refused: true })}>拒绝签字</button>
      </div>
      {draft.refused ? (
        <>
          <label className="f-field">拒签情况<textarea className="f-area" value={draft.refusalReason} maxLength={300} onChange={(event) => change({ refusalReason: event.target.value })} /></label>
          <label className="f-field">见证人<input className="f-input" value={draft.witnessName} maxLength={40} onChange={(event) => change({ witnessName: event.target.value })} /></label>
          <label className="f-field">见证人身份<input className="f-input" value={draft.witnessIdentity} maxLength={60} placeholder="如：社区工作人员" onChange={(event) => change({ witnessIdentity: event.target.value })} /></label>
        </>
      ) : (
        <>
          <label className="f-field">企业人员姓名<input className="f-input" value={draft.companionName} maxLength={40} onChange={(event) => change({ companionName: event.target.value })} /></label>
          <label className="f-field">职务<input className="f-input" value={draft.companionDuty} maxLength={40} onChange={(event) => change({ companionDuty: event.target.value })} /></label>
          <SignPad label="企业人员" value={draft.companySign} onChange={(companySign) => change({ companySign })} />
        </>
      )}
    </Block>
  )
}
