import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays } from '../../kernel/core/time.ts'
import { rate } from '../../kernel/core/zh-number.ts'
import type { BriefingDetail } from '../../capabilities/statistics/briefing.ts'
import type { Figure, SnapshotDetail } from '../../capabilities/statistics/snapshot.ts'
import { type Client, keyOf } from './client.ts'
import { dates } from './plan.ts'
import { LEADER, nightDate, nightId, PLANNER } from './setup.ts'

/** Lists up to this length are read to their last row; of longer ones the first page and the length. */
const READ_WHOLE = 2_000
const PAGE = 200
const NIGHT = '夜间'

const body = `{期间}，{范围}按照内强外援、先大后小、点面结合的思路，抓防疫、抓复工、抓安全。{截至}，共出动人员{M01}，指导复工{M22}，复工率{M21}，规上复工率{M21A}，排查隐患{M07}，整改{M09C}，整改率{M11}，尚有{M15O}未整改。
一、复工复产
全区工业企业{M21B}，已复工{M21N}，复工率{M21:两数}；规上企业{M21AB}，已复工{M21AN}，规上复工率{M21A:两数}。
二、夜间统一执法行动
2月28日晚，全区出动{${NIGHT}/M02}，检查工业园区{${NIGHT}/M06P}、企业{${NIGHT}/M05}、场所{${NIGHT}/M06S}，排查隐患{${NIGHT}/M07:处}，现场整改{${NIGHT}/M08:处}，现场整改率{${NIGHT}/M08R:两数}，查封企业{${NIGHT}/M12}。
三、两个比率的含义
整改率{M11:两数}是全部隐患中已经销号的；现场整改率{${NIGHT}/M08R:两数}只说当晚当场改好的，两者不能相比。
四、下一步工作
对未整改的隐患逐条落实责任和期限，到期由执法人员复查。`

const whole = ['M01', 'M22', 'M21B', 'M21N', 'M21', 'M21AB', 'M21AN', 'M21A', 'M07', 'M09C', 'M11', 'M15O']
const night = ['M01', 'M02', 'M06P', 'M05', 'M06S', 'M07', 'M08', 'M08R', 'M12', 'M12N']

/** One printed number with the length of the list that it opens; null for a rate, which opens its two counts. */
export interface Printed {
  readonly figure: Figure
  readonly text: string
  readonly listed: number | null
}

/** Frozen, written, sent up, approved by another, published; then Word, the public page and the printout are written into the folder. */
export async function publish(client: Client, folder: string): Promise<{ lines: string[]; printed: Printed[] }> {
  const to = addDays(dates.at(-1)!, 1)
  const freeze = (name: string, input: object) => client.command<SnapshotDetail>(PLANNER, '/snapshots', { id: keyOf(`snapshot ${name}`), ...input }, `freeze ${name}`)
  const all = await freeze('whole', { title: '复工复产指导服务全程', from: dates[0], to, metrics: whole })
  const dark = await freeze('night', { title: '全区夜间统一执法行动', from: nightDate, to: addDays(nightDate, 1), campaignId: nightId, metrics: night })
  const id = keyOf('briefing')
  let now = await client.command<BriefingDetail>(PLANNER, '/briefings', { id, kind: 'SPECIAL', issue: '第1期', title: '防疫、复工、安全三连抓', snapshotId: all.id, body, annexes: [{ label: NIGHT, snapshotId: dark.id }] }, 'briefing draft')
  if (now.refusals.length) throw new Error(`简报有不成立的句子：${now.refusals.map((r) => r.say).join('；')}`)
  const step = async (login: string, what: string) => {
    now = await client.command<BriefingDetail>(login, `/briefings/${id}/${what}`, { baseVersion: now.version }, `briefing ${what}`)
  }
  await step(PLANNER, 'submit')
  await step(LEADER, 'approve')
  await step(PLANNER, 'publish')
  const printed = await Promise.all(now.figures.filter((f) => used(now).has(f.metric)).map((figure) => printedOf(client, now, figure)))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'briefing.docx'), await client.file(PLANNER, `/api/briefings/${id}/word`))
  writeFileSync(join(folder, 'briefing.html'), await client.file(PLANNER, now.publicPath!))
  return { lines: linesOf(now, printed), printed }
}

/** Printed in the text, or one of the two counts of a printed rate. */
function used({ sentences, figures }: BriefingDetail): Set<string> {
  const inText = new Set(sentences.flatMap((s) => s.pieces.flatMap((piece) => piece.metric ?? [])))
  return new Set([...inText, ...figures.filter((f) => inText.has(f.metric)).flatMap((f) => f.of)])
}

async function printedOf(client: Client, { snapshotId, annexes }: Pick<BriefingDetail, 'snapshotId' | 'annexes'>, figure: Figure): Promise<Printed> {
  if (figure.nature === 'RATE') return { figure, text: `${rate(figure.numerator ?? 0, figure.denominator ?? 0, figure.digits)}（${figure.numerator}÷${figure.denominator}）`, listed: null }
  const [label, metric] = figure.metric.includes('/') ? figure.metric.split('/') : [null, figure.metric]
  const from = annexes.find((annex) => annex.label === label)?.snapshotId ?? snapshotId
  return { figure, text: `${figure.value}${figure.unit}`, listed: await lengthOf(client, `/snapshots/${from}/members?metric=${metric}&limit=${PAGE}`) }
}

/** How many rows the list has: a short one is read to its end, of a long one the length is asked. */
async function lengthOf(client: Client, path: string): Promise<number> {
  let rows = 0
  let cursor = ''
  for (;;) {
    const page = await client.read<{ rows: unknown[]; total: number; next?: string }>(PLANNER, `${path}${cursor}`)
    if (page.total > READ_WHOLE) return page.total
    rows += page.rows.length
    if (page.next === undefined) break
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
  return rows
}

function linesOf({ sentences, title, cutOff }: BriefingDetail, printed: readonly Printed[]): string[] {
  const text = sentences.map((s) => s.text).join('').split('\n').filter((line) => line.trim())
  const list = printed.map(({ figure, text: value, listed }) => `  ${figure.metric.padEnd(10)} ${figure.name}：${value}${listed === null ? '' : `，名单 ${listed} 条${listed === figure.value ? '' : '（与数不符）'}`}\n             口径：${figure.definition}`)
  return [`《${title}》（已发布，数据截至 ${cutOff}）`, '', ...text, '', '每个数和它后面的名单：', ...list]
}
