import type { Block, Run } from '../../kernel/core/document.ts'
import { addDays, localDate } from '../../kernel/core/time.ts'
import { zhDate } from '../../kernel/core/time-zh.ts'
import { SEAL_ZH } from './measure.ts'
import { fill, ordinals, type Values, valuesOf } from './content.ts'
import type { Section } from './doc-type.ts'
import { type PaperContent, type Recall, SERVICE_ZH, type Service, type Signature } from './paper.ts'

/** What came to a paper after its content was fixed. */
export interface Marks {
  no: string | null
  numbered: boolean
  issuedOn: string | null
  signatures: readonly Signature[]
  service: Service | null
  /** Address that leads back to the record, shown as a QR code. */
  link: string
  voided: boolean
  /** What was taken back or put right after service. */
  recalls?: readonly Pick<Recall, 'kind' | 'reason' | 'corrections' | 'servedOn' | 'decidedByName'>[]
}

type Item = PaperContent['items'][number]
type Draw<K extends Section['kind']> = (section: Extract<Section, { kind: K }>, content: PaperContent, marks: Marks, values: Values) => Block[]

const para = (text: string, flush = false): Block => ({ kind: 'para', runs: [{ text }], ...(flush ? { flush } : {}) })
const orSlash = (text: string): string => (text === '' ? '／' : text)

/** The whole page: the way back to the record, head, the form's sections, photos. Same content and marks, same page. */
export function pageOf(content: PaperContent, marks: Marks): Block[] {
  const values = valuesOf(content)
  const number: Block[] = marks.numbered ? [{ kind: 'number', text: marks.no ?? '（文号在签发时编定）' }] : []
  const body = content.form.sections.flatMap((section) => draw(section, content, marks, values))
  const revoked = marks.recalls?.find((r) => r.kind === 'REVOKE')
  const standing = revoked ? `本文书已于${dayOf(revoked.servedOn)}撤销。` : marks.voided ? '本文书已作废。' : marks.issuedOn === null ? '草稿，尚未签发，不具有效力。' : ''
  const warned: Block[] = standing ? [{ kind: 'note', text: standing }] : []
  return [{ kind: 'code', value: marks.link, caption: '扫码核对本文书' }, { kind: 'agency', text: content.agency }, { kind: 'title', text: content.form.title }, ...number, ...warned, ...body, ...served(marks), ...recalled(marks), ...annex(content)]
}

function draw(section: Section, content: PaperContent, marks: Marks, values: Values): Block[] {
  const one = drawings[section.kind] as Draw<Section['kind']>
  return one(section, content, marks, values)
}

const drawings: { [K in Section['kind']]: Draw<K> } = {
  party: (section, { party }, __, values) => [{
    kind: 'grid',
    rows: [
      [{ label: section.label ? fill(section.label, values) : '被检查单位', value: party.name }],
      [{ label: '统一社会信用代码', value: orSlash(party.creditCode) }, { label: '主要负责人', value: orSlash(party.principal) }],
      [{ label: '地址', value: orSlash(party.address) }],
    ],
  }],
  text: (section, _, __, values) => [para(fill(section.text, values), section.flush)],
  heading: (section) => [{ kind: 'heading', text: section.text }],
  items: (section, { items }) => (items.length === 0 ? [para(section.none)] : section.as === 'ORDERS' ? orders(items) : items.map((item, i) => para(`${i + 1}．${sentences[section.as](item)}`))),
  measures: (section, { measures }) => section.options.map((option, i): Block => {
    const chosen = measures.includes(option.code)
    return { kind: 'para', runs: [{ text: `${chosen ? '☑' : '□'} ${i + 1}．${option.text}`, ...(chosen ? {} : { strike: true }) }] }
  }),
  verdict: (section, { items }) => {
    const failed = items.some((i) => i.passed === false)
    return [{ kind: 'para', runs: [run(section.passed, failed), run(section.failed, !failed)] }]
  },
  free: (section, content) => [para(`${section.label}：${orSlash(content[section.from])}`)],
  things: ({ kind: _ }, content) => [{ kind: 'heading', text: '查封（扣押）清单' }, ...(content.sealing?.things ?? content.release?.things ?? []).map((t, i) => para(`${i + 1}．${t.name}，规格型号：${orSlash(t.spec)}，数量：${t.quantity}，存放或所在地点：${t.place}。`))],
  period: ({ kind: _ }, content, { issuedOn }) => [para(periodOf(content, issuedOn))],
  talk: ({ kind: _ }, { talk }) => (talk ? talkBlocks(talk) : []),
  rights: ({ kind: _ }, { form }, __, values) => (form.rights === null ? [] : [para(fill(form.rights, values))]),
  blank: () => [{ kind: 'note', text: '（以下空白）' }],
  recipient: (section, _, { signatures }) => recipient(section.label, signatures),
  officers: (section, { officers }, { signatures }) => officers.map((officer, i): Block => {
    const mark = signatures.find((s) => s.part === 'OFFICER' && s.personId === officer.id)
    const certificate = officer.certificateNo ? `　证号：${officer.certificateNo}` : ''
    return { kind: 'signature', label: i === 0 ? `${section.label}（签名）：` : '　'.repeat(section.label.length + 5), text: `${officer.name}${certificate}`, ...pictureOf(mark), ...onOf(mark), ...(mark ? {} : { open: true }) }
  }),
  seal: ({ kind: _ }, { agency }, { issuedOn }) => [{ kind: 'closing', lines: [agency, issuedOn ? zhDate(issuedOn) : '（签发日期）', '（印章）'] }],
  copies: ({ kind: _ }, { form }, __, values) => [{ kind: 'note', text: fill(`本文书一式{copiesZh}份：${form.copyHolders}。`, values) }],
}

const run = (text: string, strike: boolean): Run => (strike ? { text, strike } : { text })
const pictureOf = (mark: Signature | undefined) => (mark?.attachmentId ? { picture: mark.attachmentId } : {})
const onOf = (mark: Signature | undefined) => (mark ? { on: zhDate(localDate(mark.at)) } : {})

/** A record's sentence without its own full stop: the form sets it. */
const bare = (text: string): string => text.replace(/[。．.；;，,\s]+$/, '')

const cited = (item: Item): string => (item.basis.length > 0 ? `依据${item.basis.join('、')}。` : '')
/** Written where there was no line, a hazard has no number yet. */
const numbered = (item: Item): string => (item.no === '' ? '' : `（隐患编号${item.no}）`)
const level = (item: Item): string => (item.major ? '（重大事故隐患）' : '')

const sentences: Record<'PROBLEMS' | 'ORDERS' | 'RESULTS' | 'ADVICE', (item: Item) => string> = {
  PROBLEMS: (item) => `${item.location}：${bare(item.problem)}${level(item)}。${cited(item)}${item.fixed ? '已当场改正。' : ''}${numbered(item)}`,
  ORDERS: (item) => bare(item.requirement),
  RESULTS: (item) => `${item.location}：${bare(item.problem)}。复查结果：${item.passed ? '合格' : '不合格'}。${item.stopLifted ? '同意恢复使用。' : ''}${item.note ? `${bare(item.note)}。` : ''}${item.newDueOn ? `继续整改至${zhDate(item.newDueOn)}前。` : ''}${numbered(item)}`,
  ADVICE: (item) => `${item.location}：${bare(item.problem)}。建议：${bare(item.requirement)}。`,
}

/** Items that share a date are ordered in one sentence: 第一、三项：于2026年3月20日前整改完毕. */
function orders(items: readonly Item[]): Block[] {
  const dates = [...new Set(items.map((i) => i.dueOn))].sort((a, b) => String(a).localeCompare(String(b)))
  return dates.map((date) => {
    const numbers = items.flatMap((item, i) => (item.dueOn === date ? [i + 1] : []))
    const what = numbers.map((n) => `${numbers.length > 1 ? `第${ordinals([n])}项，` : ''}${sentences.ORDERS(items[n - 1]!)}`).join('；')
    return para(`第${ordinals(numbers)}项：于${date ? zhDate(date) : '／'}前整改完毕，整改要求：${what}。`)
  })
}

function recipient(label: string, signatures: readonly Signature[]): Block[] {
  const mark = signatures.find((s) => s.part === 'RECIPIENT')
  const head = `${label}（签名）：`
  if (!mark) return [{ kind: 'signature', label: head, text: '', open: true }]
  if (mark.refused === null) return [{ kind: 'signature', label: head, text: [mark.name, mark.duty].filter((t) => t !== '').join('　'), ...pictureOf(mark), ...onOf(mark) }]
  const what = mark.refused === 'REFUSED' ? '拒绝签名' : '不在场'
  const witness = signatures.find((s) => s.part === 'WITNESS')
  return [
    { kind: 'signature', label: head, text: `${what}：${mark.reason}`, ...onOf(mark) },
    ...(witness ? [{ kind: 'signature', label: '见证人（签名）：', text: [witness.name, witness.duty].filter((t) => t !== '').join('　'), ...pictureOf(witness) } as const] : []),
  ]
}

function served({ service }: Marks): Block[] {
  if (!service) return []
  const parts = [`${zhDate(service.servedOn)}${SERVICE_ZH[service.method]}`, service.receiver && `收件人${service.receiver}`, service.reference && `凭证${service.reference}`, service.witness && `见证人${service.witness}`, service.note]
  return [{ kind: 'note', text: `送达情况：${parts.filter(Boolean).join('，')}。` }]
}

/** The day of the decision is not counted; an extension follows the last day of the term. */
function periodOf({ sealing, extension }: PaperContent, issuedOn: string | null): string {
  if (extension) return `${SEAL_ZH[extension.sealKind]}期限延长${extension.extraDays}日，自${zhDate(addDays(extension.from, 1))}起至${zhDate(addDays(extension.from, extension.extraDays))}止。`
  if (!sealing) return '／'
  const kind = SEAL_ZH[sealing.sealKind]
  return issuedOn ? `${kind}期限${sealing.days}日，自${zhDate(issuedOn)}起至${zhDate(addDays(issuedOn, sealing.days))}止。` : `${kind}期限${sealing.days}日，自签发之日起计算。`
}

const talkBlocks = (talk: NonNullable<PaperContent['talk']>): Block[] => [
  ...(['OFFICE', 'PARTY'] as const).map((side) => para(`${side === 'OFFICE' ? '谈话方' : '被谈话方'}参加人员：${orSlash(talk.attendance.filter((p) => p.side === side).map((p) => [p.name, p.duty].filter(Boolean).join('（') + (p.duty ? '）' : '')).join('、'))}。`)),
  para(`谈话内容：${orSlash(bare(talk.said))}。`),
  { kind: 'heading', text: '议定事项' },
  ...talk.promises.map((p, i) => para(`${i + 1}．${bare(p.promise)}，于${zhDate(p.promiseDueOn)}前完成。`)),
]

const dayOf = (day: string | null): string => (day ? zhDate(day) : '／')

/** 撤销、更正 stand below the service: the words of the paper itself are never touched. */
const recalled = ({ recalls = [] }: Marks): Block[] =>
  recalls.flatMap((r): Block[] => [
    { kind: 'heading', text: r.kind === 'REVOKE' ? '撤销决定' : '更正' },
    ...(r.kind === 'REVOKE'
      ? [para('经本机关负责人批准，撤销本文书，文号保留不再使用。')]
      : r.corrections.map((c) => para(`“${c.wrong}”更正为“${c.right}”。`))),
    { kind: 'note', text: `理由：${r.reason.replace(/[。\s]+$/, '')}。批准人：${r.decidedByName ?? '／'}，送达日期：${dayOf(r.servedOn)}。` },
  ])

const ROLE_ZH: Record<string, string> = { BEFORE: '整改前', AFTER: '整改后' }

function annex({ items }: PaperContent): Block[] {
  const pairs = items.filter((item) => item.photos.length > 0).map((item): Block => ({
    kind: 'pictures',
    caption: `附图　${item.location}：${bare(item.problem)}${numbered(item)}`,
    pictures: item.photos.map((photo) => ({ id: photo.id, caption: ROLE_ZH[photo.role] ?? '现场' })),
  }))
  return pairs.length > 0 ? [{ kind: 'break' }, { kind: 'heading', text: '附件：现场照片' }, ...pairs] : []
}
