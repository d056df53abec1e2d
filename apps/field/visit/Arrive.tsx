import { CLUE_KINDS, CLUE_ZH, isInspection, kinds, type Outcome, OUTCOME_ZH, OUTCOMES, OUTCOMES_WITH_PHOTO, PART_ZH, SCAN_ZH } from '../../../capabilities/visit/kinds.ts'
import type { ChecklistRow, PersonRow, SiteRow } from '../../../capabilities/sync/rows.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { zhDateTime, zhMoment } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { Photos } from '../parts/camera.tsx'
import { Block } from '../parts/page.tsx'
import { Facts, Tag } from '../parts/states.tsx'
import type { VisitDraft } from './draft.ts'
import type { Change } from './Visit.tsx'

interface Props {
  readonly draft: VisitDraft
  readonly change: Change
  readonly held: { site: SiteRow | undefined; lists: readonly ChecklistRow[]; dictionary: readonly ChecklistRow[] }
}

/** At the door: what this contact is in law, what has to be done before looking, and whether anybody could look at all. */
export function Arrive({ draft, change, held }: Props) {
  const rule = kinds[draft.kind]
  const now = serverNow()
  return (
    <>
      <Block title="结果">
        <div className="f-choice f-choice-grid" role="radiogroup" aria-label="走访结果">
          {OUTCOMES.filter((outcome) => rule.onSite || !OUTCOMES_WITH_PHOTO.includes(outcome)).map((outcome) => <button key={outcome} type="button" role="radio" aria-checked={draft.outcome === outcome} onClick={() => change({ outcome, ...(outcome === 'CHECKED' ? {} : { step: 'arrive' as const }) })}>{outcome === 'CHECKED' ? '可以检查' : OUTCOME_ZH[outcome]}</button>)}
        </div>
        {draft.outcome === 'CHECKED' ? null : <Closed draft={draft} change={change} outcome={draft.outcome} />}
      </Block>
      {isInspection(draft.kind) && draft.outcome === 'CHECKED' ? <Duties draft={draft} change={change} /> : null}
      {isInspection(draft.kind) ? <Team draft={draft} change={change} /> : null}
      {draft.state === null && draft.kind === 'ADMIN_CASE' ? <Urgent draft={draft} change={change} /> : null}
      <Block>
        <Facts rows={[['方式', rule.zh], ['性质', `${rule.papersZh}；频次${rule.capZh}`], ['到场', zhMoment(draft.arrivedAt, now)], ['地址', draft.address], ['检查表', held.lists.map((list) => `${list.name}（${list.items.length} 项）`).join('、') || '无，直接记录隐患'], rule.scan && ['扫码', draft.scanned ? '已登记' : draft.scan ? `${SCAN_ZH[draft.scan.moment]} ${zhMoment(draft.scan.scannedAt, now)}` : '未扫码，10 个自然日内补录并写明理由']]} />
      </Block>
    </>
  )
}

/** Nobody could look: a photo of the door, two taps, done. */
function Closed({ draft, change, outcome }: { draft: VisitDraft; change: Change; outcome: Outcome }) {
  return (
    <>
      {OUTCOMES_WITH_PHOTO.includes(outcome) ? <Photos key={outcome} ids={draft.outcomePhotos} label="拍门口" place={draft.address} auto={draft.outcomePhotos.length === 0} onChange={(outcomePhotos) => change({ outcomePhotos, step: 'finish' })} /> : null}
      <label className="f-field">说明<textarea className="f-area" value={draft.outcomeNote} maxLength={500} placeholder={outcome === 'OTHER' ? '须写明情况' : '可不填'} onChange={(event) => change({ outcomeNote: event.target.value })} /></label>
    </>
  )
}

/** 罚法§42, §55: certificates shown, grounds and rights told; each by its own tap, with its time. */
function Duties({ draft, change }: Omit<Props, 'held'>) {
  const now = serverNow()
  const line = (word: string, key: 'idShownAt' | 'informedAt') => (
    <div className="f-line">
      <span>{word}</span>
      {draft[key] ? <button type="button" className="f-link" onClick={() => change({ [key]: undefined })}>{zhMoment(draft[key], now)} ✓</button> : <button type="button" className="f-btn" onClick={() => change({ [key]: serverNow() })}>已{word.slice(0, 2)}</button>}
    </div>
  )
  return <Block title="执法程序">{line('出示执法证件', 'idShownAt')}{line('告知事由、依据和权利', 'informedAt')}</Block>
}

const certified = (person: PersonRow, day: string): boolean => person.certificateNo !== null && (person.certificateFrom === null || person.certificateFrom <= day) && (person.certificateTo === null || day <= person.certificateTo)

/** Two officers with certificates in force today, each declaring to have no interest in the party. */
function Team({ draft, change }: Omit<Props, 'held'>) {
  const { me, store } = useWork()
  const day = localDate(serverNow())
  const colleagues = useLive(() => store.person.toArray(), [store])
  const there = new Set(draft.people.map((person) => person.personId))
  const more = (colleagues ?? []).filter((person) => person.id !== me.personId && !there.has(person.id) && certified(person, day))
  const declare = (personId: string | undefined) => change({ people: draft.people.map((person) => (person.personId === personId ? { ...person, conflictDeclared: !person.conflictDeclared } : person)) })
  return (
    <Block title="参加人员">
      {draft.people.map((person) => (
        <div key={person.personId ?? person.name} className="f-line">
          <span>{person.name} <Tag>{PART_ZH[person.part]}</Tag></span>
          {person.part === 'OFFICER' ? <button type="button" className={person.conflictDeclared ? 'f-link' : 'f-btn'} onClick={() => declare(person.personId)}>{person.conflictDeclared ? '无利害关系 ✓' : '声明无利害关系'}</button> : null}
        </div>
      ))}
      {draft.state === null ? (
        <select className="f-input" value="" aria-label="加入执法人员" onChange={(event) => {
          const found = more.find((person) => person.id === event.target.value)
          if (found) change({ people: [...draft.people, { personId: found.id, name: found.name, part: 'OFFICER', conflictDeclared: false }] })
        }}>
          <option value="">加入持证执法人员…</option>
          {more.map((person) => <option key={person.id} value={person.id}>{person.name}（{person.organisation ?? ''} {person.certificateNo}）</option>)}
        </select>
      ) : null}
    </Block>
  )
}

/** A case that cannot wait for approval: clue and reason, reported at once (国办发〔2024〕54号). */
function Urgent({ draft, change }: Omit<Props, 'held'>) {
  const grounds = (more: VisitDraft['grounds']) => change({ grounds: { ...draft.grounds, ...more } })
  return (
    <Block title="紧急个案：先检查，24 小时内补办审批">
      <div className="f-chips">{CLUE_KINDS.map((clue) => <button key={clue} type="button" aria-pressed={draft.grounds.clueKind === clue} onClick={() => grounds({ clueKind: clue })}>{CLUE_ZH[clue]}</button>)}</div>
      <label className="f-field">线索编号<input className="f-input" value={draft.grounds.clueNo ?? ''} maxLength={60} onChange={(event) => grounds({ clueNo: event.target.value })} /></label>
      <label className="f-field">检查事由<input className="f-input" value={draft.grounds.purpose ?? ''} maxLength={200} onChange={(event) => grounds({ purpose: event.target.value })} /></label>
      <label className="f-field">紧急情况<textarea className="f-area" value={draft.urgentReason} maxLength={300} onChange={(event) => change({ urgentReason: event.target.value })} /></label>
      <p className="f-quiet">开始于 {zhDateTime(draft.arrivedAt)}。</p>
    </Block>
  )
}
