import type { Block } from '../../kernel/core/document.ts'
import { zhDateTime } from '../../kernel/core/time-zh.ts'
import { type Edition, KIND_ZH } from './briefing.ts'
import { rateText } from './wording.ts'

export const CHART_ID = 'daily'
const HEADING = /^[一二三四五六七八九十]+、/

/** What a number is, in one line under the text: name, number, both parts of a rate, definition. */
export function figureLine(figure: Edition['figures'][number]): string {
  const value = figure.nature === 'RATE' ? `${rateText(figure.numerator ?? 0, figure.denominator ?? 0, figure.digits)}（${figure.numerator}÷${figure.denominator}）` : `${figure.value}${figure.unit}`
  return `${figure.name} ${value}：${figure.definition}${figure.source ? `；来源：${figure.source}` : ''}${figure.changedOn ? `；口径自${figure.changedOn}起为第${figure.definitionVersion}版` : ''}。`
}

/** The official paper of a briefing (GB/T 9704): title, text, chart, credit, and what its numbers mean. */
export function blocksOf(edition: Edition, { mark, code }: { mark: string; code: string }): Block[] {
  const body = edition.paragraphs.map((pieces): Block => {
    const text = pieces.map((piece) => piece.text).join('')
    return HEADING.test(text.trim()) && text.length < 30 ? { kind: 'heading', text: text.trim() } : { kind: 'para', runs: [{ text }] }
  })
  const credit = [edition.credit.writer && `撰稿：${edition.credit.writer}`, edition.credit.editor && `责编：${edition.credit.editor}`, edition.credit.reviewer && `审核：${edition.credit.reviewer}`].filter((t): t is string => !!t).join('　')
  return [
    { kind: 'code', value: code, caption: '扫码打开这份简报' },
    { kind: 'agency', text: `${edition.agency}${KIND_ZH[edition.kind]}` },
    ...(edition.issue ? [{ kind: 'number', text: edition.issue } as const] : []),
    { kind: 'title', text: `${edition.title}${mark}` },
    ...body,
    ...(edition.daily.length > 1 ? [{ kind: 'pictures', caption: '逐日发现与销号隐患', pictures: [{ id: CHART_ID, caption: `${edition.span}，数据截至${zhDateTime(edition.cutOff)}` }] } as const] : []),
    { kind: 'closing', lines: [edition.agency, zhDateTime(edition.cutOff).split(' ')[0]!] },
    { kind: 'heading', text: '数据说明' },
    { kind: 'note', text: `数据截至${zhDateTime(edition.cutOff)}（快照第${edition.snapshotNumber}版）。应报${edition.units.length}个单位，已报${edition.units.filter((u) => u.reported).length}个${notReported(edition)}。` },
    ...edition.figures.map((figure): Block => ({ kind: 'note', text: figureLine(figure) })),
    ...edition.sources.map((source): Block => ({ kind: 'note', text: `“${source.text}”来源：${source.source}。` })),
    ...(credit ? [{ kind: 'note', text: credit } as const] : []),
  ]
}

export function notReported(edition: Pick<Edition, 'units'>): string {
  const late = edition.units.filter((unit) => !unit.reported).map((unit) => unit.name)
  return late.length ? `，未报：${late.join('、')}` : ''
}
