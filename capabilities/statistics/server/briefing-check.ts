import type { Refusal } from '../../../kernel/core/problem.ts'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Annex, Edition } from '../briefing.ts'
import { fill, type Piece } from '../briefing-template.ts'
import { type CheckedSentence, checkSentences, checkTitle, type Facts, type Mark } from '../claims.ts'
import type { Figure } from '../snapshot.ts'
import { completenessText } from '../wording.ts'
import { sayReport } from '../zh-report.ts'
import * as store from './briefing-store.ts'
import { figuresOf, type Stored as Snapshot } from './snapshot-store.ts'
import { must } from './snapshots.ts'

export interface Checked {
  readonly pieces: readonly Piece[]
  readonly sentences: readonly CheckedSentence[]
  readonly refusals: readonly Refusal[]
  readonly figures: Figure[]
  readonly snapshot: Snapshot
}

const zhDay = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
const zhSpan = (from: string, to: string): string => (from === to ? zhDay(from) : from.slice(0, 4) === to.slice(0, 4) ? `${zhDay(from)}至${zhDay(to).slice(5)}` : `${zhDay(from)}至${zhDay(to)}`)

/** The briefing's text against its frozen numbers and against the facts as they stand at this moment. */
export async function checked(ctx: Pick<Ctx, 'tx' | 'actor'>, row: Pick<store.Stored, 'id' | 'title' | 'snapshotId' | 'body' | 'annexes' | 'wording' | 'sources'>): Promise<Checked> {
  const [snapshot, own, annexed, open, quotes] = await Promise.all([must(ctx, row.snapshotId), figuresOf(ctx.tx, row.snapshotId), Promise.all(row.annexes.map((annex) => annexFigures(ctx, annex))), store.openItems(ctx.tx, row.snapshotId), store.quotesOf(ctx.tx, row.id)])
  const list = [...own, ...annexed.flatMap((annex) => annex.figures)]
  const figures = new Map(list.map((figure) => [figure.metric, figure]))
  const spoken = quotes.map((quote) => ({ words: quote.words, approved: quote.approvedAt !== null, speaker: quote.speaker }))
  const { pieces, refusals } = fill(row.body, figures, frameOf(snapshot, spoken), row.wording)
  const facts: Facts = { figures, daily: snapshot.daily, open, sources: row.sources, quotes: spoken }
  const sentences = checkSentences(pieces, facts)
  const untrue = sentences.flatMap((s) => s.marks.filter(refused).map((m): Refusal => ({ code: m.code, field: 'body', params: { ...m.params, words: m.words } })))
  const title = checkTitle(row.title, facts).filter(refused).map((m): Refusal => ({ code: 'claim.title', field: 'title', params: { say: sayReport(m.code, m.params) } }))
  const superseded = [snapshot, ...annexed.map((annex) => annex.snapshot)].filter((one) => !one.latest).map((one): Refusal => ({ code: 'briefing.snapshot_corrected', field: 'snapshotId', params: { title: one.title, number: one.number } }))
  return { pieces, sentences, refusals: [...refusals, ...untrue, ...title, ...superseded], figures: list, snapshot }
}

const refused = (mark: Mark): boolean => mark.kind === 'FALSE' || mark.kind === 'UNBOUND'

/** Figures of a further snapshot under the name the text calls them by; each says which snapshot it is of. */
async function annexFigures(ctx: Pick<Ctx, 'tx' | 'actor'>, { label, snapshotId }: Annex): Promise<{ figures: Figure[]; snapshot: Snapshot }> {
  const [snapshot, list] = await Promise.all([must(ctx, snapshotId), figuresOf(ctx.tx, snapshotId)])
  const of = (id: string) => `${label}/${id}`
  const figures = list.map((figure) => ({ ...figure, metric: of(figure.metric), name: `${label}：${figure.name}`, of: figure.of.map(of), source: figure.source ?? `快照“${snapshot.title}”第${snapshot.number}版，截至${zhDateTime(snapshot.cutOff)}` }))
  return { figures, snapshot }
}

function frameOf(snapshot: Snapshot, quotes: { words: string; approved: boolean }[]) {
  const word = snapshot.units[0]?.kind === 'TEAM' ? '小组' : '街道'
  return { scope: snapshot.campaignName ? `“${snapshot.campaignName}”` : snapshot.areaName, span: zhSpan(snapshot.from, snapshot.to), asOf: completenessText(snapshot.expected, snapshot.reported, localDate(new Date(snapshot.cutOff)), word), quotes }
}

/** What is printed, whole: nothing of it is looked up again when it is read. */
export async function editionOf(ctx: Ctx, row: store.Stored, check: Checked): Promise<Edition> {
  const { snapshot } = check
  const printed = new Set(check.pieces.flatMap((piece) => [piece.metric, piece.per].filter((id) => id !== undefined)))
  const wanted = new Set([...printed, ...check.figures.filter((f) => printed.has(f.metric)).flatMap((f) => f.of)])
  const figures = check.figures.filter((f) => wanted.has(f.metric)).map(({ members: _m, membersHash: _h, ...figure }) => figure)
  return {
    kind: row.kind, issue: row.issue, title: row.title, agency: await store.agencyOf(ctx.tx, row.areaCode), scope: snapshot.campaignName ?? snapshot.areaName, span: zhSpan(snapshot.from, snapshot.to), cutOff: snapshot.cutOff, frozenAt: snapshot.frozenAt, snapshotNumber: snapshot.number,
    paragraphs: paragraphsOf(check.pieces), figures, units: snapshot.units.map(({ name, kind, reported }) => ({ name, kind, reported })), sources: row.sources, credit: row.credit, daily: snapshot.daily,
  }
}

/** Lines of the text, each with its pieces. */
export function paragraphsOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]]
  for (const piece of pieces) {
    const parts = piece.metric || piece.quote || piece.frame ? [piece] : piece.text.split('\n').map((text) => ({ text }))
    parts.forEach((part, i) => {
      if (i > 0) lines.push([])
      if (part.text !== '') lines.at(-1)!.push(part)
    })
  }
  return lines.filter((line) => line.some((piece) => piece.text.trim() !== ''))
}
