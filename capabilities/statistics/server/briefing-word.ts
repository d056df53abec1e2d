import type { FileAnswer } from '../../../kernel/server/context.ts'
import type { WordPicture } from '../../../kernel/server/word.ts'
import { sharp } from '../../../kernel/server/engines.ts'
import { type Edition, KIND_ZH } from '../briefing.ts'
import { blocksOf, CHART_ID } from '../briefing-page.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const [WIDTH, HEIGHT] = [840, 420]

/** The briefing as an official Word file, its chart as a picture. */
export async function wordOfBriefing(edition: Edition, given: { mark: string; code: string }): Promise<FileAnswer> {
  const pictures = new Map<string, WordPicture>()
  if (edition.daily.length > 1) pictures.set(CHART_ID, { bytes: await chartPng(edition.daily), type: 'png', width: WIDTH, height: HEIGHT })
  const { wordOf } = await import('../../../kernel/server/word.ts')
  return { file: { name: `${KIND_ZH[edition.kind]} ${edition.title}${given.mark}.docx`, type: WORD, body: await wordOf(blocksOf(edition, given), { title: edition.title, author: edition.agency, pictures }) } }
}

/** Drawn without a browser and without movement, in a face that has Chinese letters. */
export async function chartSvg(daily: Edition['daily']): Promise<string> {
  const echarts = await import('echarts')
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT })
  const few = daily.slice(-62)
  chart.setOption({
    animation: false, color: ['#3c6fb0', '#6a9a8b'], textStyle: { fontFamily: 'Noto Sans CJK SC, Microsoft YaHei, SimHei, sans-serif' }, backgroundColor: '#ffffff',
    legend: { top: 8, data: ['发现', '销号'] }, grid: { left: 56, right: 24, top: 48, bottom: 40 },
    xAxis: { type: 'category', data: few.map((day) => `${Number(day.day.slice(5, 7))}月${Number(day.day.slice(8))}日`) }, yAxis: { type: 'value', minInterval: 1, name: '隐患' },
    series: [{ name: '发现', type: 'bar', barMaxWidth: 28, data: few.map((day) => day.found) }, { name: '销号', type: 'bar', barMaxWidth: 28, data: few.map((day) => day.closed) }],
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

const chartPng = async (daily: Edition['daily']): Promise<Buffer> => sharp(Buffer.from(await chartSvg(daily)), { density: 144 }).resize(WIDTH * 2).png().toBuffer()
