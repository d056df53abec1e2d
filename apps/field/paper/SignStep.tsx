import { type ReactNode, useState } from 'react'
import { wordsOf } from '../../../capabilities/enforcement/compose.ts'
import { pageOf } from '../../../capabilities/enforcement/layout.ts'
import type { PaperContent, Signature } from '../../../capabilities/enforcement/paper.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { Block, Page } from '../parts/page.tsx'
import { Refusal } from '../parts/states.tsx'
import { SignPad } from '../parts/SignPad.tsx'
import { gapsOfSigning, marksOf, type PaperDraft, type PartyTyped, toOnSpot, unsigned } from './draft.ts'
import { neededBy } from './needed.ts'
import { PageView } from './PageView.tsx'

interface Props {
  readonly draft: PaperDraft
  readonly content: PaperContent
  readonly change: (make: (before: PaperDraft) => PaperDraft) => void
  readonly settled: () => Promise<unknown>
  readonly back: string
  readonly right: ReactNode
  readonly onHanded: (word: string) => void
}

/** The page as it will stand, read by everybody, then the hands of both officers and of the party. */
export function SignStep({ draft, content, change, settled, back, right, onHanded }: Props) {
  const { store, sender } = useWork()
  const [tried, setTried] = useState(false)
  const [altered, setAltered] = useState(false)
  const day = localDate(draft.issuedAt ?? serverNow())
  const names = new Map(content.officers.map((officer) => [officer.id, officer.name]))
  const gaps = gapsOfSigning(draft, names)
  const page = pageOf(content, { no: draft.number?.no ?? null, numbered: draft.number !== undefined, issuedOn: day, signatures: signaturesOf(draft, names), service: null, link: '', voided: false })
  // The first hand fixes the words; they are asked for again when it is handed in.
  const signed = (make: (before: PaperDraft) => PaperDraft) => change((before) => ({ ...make(before), signedWords: before.signedWords ?? wordsOf(content, day) }))
  const party = (more: Partial<PartyTyped>) => change((before) => ({ ...before, party: { ...before.party, ...more } }))
  const hand = async () => {
    setTried(true)
    if (gaps.length > 0) return window.scrollTo(0, document.body.scrollHeight)
    if (draft.signedWords !== wordsOf(content, day)) {
      setAltered(true)
      return change(unsigned)
    }
    await settled()
    await queueCommand(store, {
      name: 'enforcement.onSpot', aggregate: `paper:${draft.id}`, title: `${draft.title}${draft.number ? ` ${draft.number.no}` : ''} · ${draft.siteName}`, photos: marksOf(draft), needs: await neededBy(store, draft), input: toOnSpot(draft, content),
      draft: { id: draft.id, kind: 'paper', value: draft },
    }, () => store.drafts.delete(draft.id))
    void sender.wake()
    onHanded('已出具，将自动发送')
  }
  return (
    <Page title={draft.title} note={draft.number?.no ?? draft.siteName} back={back} right={right} foot={<>
      {draft.approved ? null : <button type="button" className="f-btn" onClick={() => change((before) => ({ ...before, step: 'write' }))}>回去修改</button>}
      <button type="button" className="f-btn f-btn-main" onClick={() => void hand()}>出具</button>
    </>}>
      {altered ? <Refusal title="文书的文字已经变化">请双方看过以后重新签名。</Refusal> : null}
      <p className="f-hint">出具时间 {zhDateTime(draft.issuedAt ?? serverNow())}。请对方看完全文再签。隐患编号由系统登记时编定，不影响其他文字。</p>
      <PageView page={page} />
      <Block title="签名">
        {draft.choices.officers.map((id) => <SignPad key={id} label={`${content.form.effect === 'LEGAL' ? '执法人员' : '建议人'} ${names.get(id) ?? ''}`} value={draft.signs[id]} onChange={(mark) => signed((before) => {
          const { [id]: _, ...rest } = before.signs
          return { ...before, signs: mark ? { ...rest, [id]: mark } : rest }
        })} />)}
        <Party party={draft.party} onType={party} onMark={(more) => signed((before) => ({ ...before, party: { ...before.party, ...more } }))} />
      </Block>
      {tried && gaps.length > 0 ? <Refusal title={gaps.join('；')} /> : null}
    </Page>
  )
}

function Party({ party, onType, onMark }: { party: PartyTyped; onType: (more: Partial<PartyTyped>) => void; onMark: (more: Pick<PartyTyped, 'mark' | 'witnessMark'>) => void }) {
  const line = (key: 'signer' | 'duty' | 'witness' | 'witnessDuty', label: string) => <label className="f-field">{label}<input className="f-input" value={party[key]} maxLength={40} onChange={(event) => onType({ [key]: event.target.value })} /></label>
  return (
    <>
      <div className="f-choice" role="radiogroup" aria-label="当事人">
        <button type="button" role="radio" aria-checked={party.signed} onClick={() => onType({ signed: true })}>当事人签名</button>
        <button type="button" role="radio" aria-checked={!party.signed && party.why === 'REFUSED'} onClick={() => onType({ signed: false, why: 'REFUSED' })}>拒签</button>
        <button type="button" role="radio" aria-checked={!party.signed && party.why === 'ABSENT'} onClick={() => onType({ signed: false, why: 'ABSENT' })}>不在场</button>
      </div>
      {party.signed ? (
        <>{line('signer', '签名人姓名')}{line('duty', '职务')}<SignPad label="当事人" value={party.mark} onChange={(mark) => onMark({ mark })} /></>
      ) : (
        <>
          <label className="f-field">情况<textarea className="f-area" value={party.reason} maxLength={300} onChange={(event) => onType({ reason: event.target.value })} /></label>
          {line('witness', '见证人')}{line('witnessDuty', '见证人单位职务')}
          <SignPad label="见证人（可不签）" value={party.witnessMark} onChange={(witnessMark) => onMark({ witnessMark })} />
        </>
      )}
    </>
  )
}

/** The hands that are there already, as they will stand on the page. */
function signaturesOf(draft: PaperDraft, names: ReadonlyMap<string, string>): Signature[] {
  const at = draft.issuedAt ?? serverNow()
  const empty = { personId: null, duty: '', attachmentId: null, refused: null, reason: '', at }
  const { party } = draft
  const officers = Object.entries(draft.signs).map(([id, attachmentId]): Signature => ({ ...empty, part: 'OFFICER', personId: id, name: names.get(id) ?? '', attachmentId }))
  const other: Signature[] = party.signed
    ? party.mark ? [{ ...empty, part: 'RECIPIENT', name: party.signer, duty: party.duty, attachmentId: party.mark }] : []
    : [{ ...empty, part: 'RECIPIENT', name: '', refused: party.why, reason: party.reason }, ...(party.witness ? [{ ...empty, part: 'WITNESS' as const, name: party.witness, duty: party.witnessDuty, attachmentId: party.witnessMark ?? null }] : [])]
  return [...officers, ...other]
}
