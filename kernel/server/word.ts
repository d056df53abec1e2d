import {
  AlignmentType, BorderStyle, Document, Footer, HorizontalPositionRelativeFrom, ImageRun, type IParagraphOptions, type IRunOptions, LineRuleType, Packer, PageNumber, Paragraph, type ParagraphChild, Table, TableCell, TableLayoutType, TableRow, TextRun,
  VerticalAlignTable, VerticalPositionRelativeFrom, WidthType,
} from 'docx'
import { strToU8, unzipSync, zipSync } from 'fflate'
import QRCode from 'qrcode'
import type { Block, GridCell, Run } from '../core/document.ts'

/** A picture as Word takes it. Width and height in pixels, for its proportions only. */
export interface WordPicture {
  readonly bytes: Uint8Array
  readonly type: 'png' | 'jpg'
  readonly width: number
  readonly height: number
}

/** GB/T 9704-2012 in twips: margins 37, 35, 28, 26 mm; text area 156 mm wide; lines of exactly 28 pt. */
export const official = { page: { width: 11906, height: 16838 }, margin: { top: 2098, bottom: 1984, left: 1587, right: 1474 }, line: 560 } as const
const TEXT_WIDTH = official.page.width - official.margin.left - official.margin.right

/**
 * Fonts by role. None is shipped: a machine without one falls back along `else` (written into the file's font table), so that
 * the page keeps its class of letter.
 */
export const faces = {
  text: { name: '仿宋_GB2312', else: '仿宋,FangSong,Noto Serif CJK SC' },
  title: { name: '方正小标宋简体', else: '方正小标宋_GBK,宋体,SimSun,Noto Serif CJK SC' },
  heading: { name: '黑体', else: 'SimHei,Noto Sans CJK SC' },
  note: { name: '楷体_GB2312', else: '楷体,KaiTi,Noto Serif CJK SC' },
  page: { name: '宋体', else: 'SimSun,Noto Serif CJK SC' },
} as const
type Face = keyof typeof faces

/** Half-points: 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt. */
const size = { title: 44, agency: 36, text: 32, grid: 28, note: 28, page: 28, caption: 24 } as const

const exact = { line: official.line, lineRule: LineRuleType.EXACT } as const
const CHARACTER = 320

/**
 * A .docx of these blocks: A4, official margins and lines, page number — 1 — at the outer edge. Pictures that are not in the
 * map are left out. The text is the blocks' own, nothing added but the page number.
 */
export async function wordOf(blocks: readonly Block[], given: { title: string; author: string; pictures: ReadonlyMap<string, WordPicture> }): Promise<Buffer> {
  const children = (await Promise.all(blocks.map((block) => draw(block, given.pictures)))).flat()
  const file = new Document({
    title: given.title, creator: given.author, evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: letters('text', size.text), paragraph: { spacing: exact } } } },
    sections: [{
      properties: { page: { size: { ...official.page }, margin: { ...official.margin, header: 850, footer: 1390 } } },
      footers: { default: pageFooter(AlignmentType.RIGHT), even: pageFooter(AlignmentType.LEFT) },
      children,
    }],
  })
  return withFallbacks(await Packer.toBuffer(file))
}

const letters = (face: Face, points: number): IRunOptions => ({ size: points, font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: faces[face].name } })
const words = (run: Run | string, face: Face = 'text', points: number = size.text): TextRun =>
  typeof run === 'string' ? new TextRun({ text: run, ...letters(face, points) }) : new TextRun({ text: run.text, ...letters(face, points), ...(run.strike ? { strike: true } : {}), ...(run.bold ? { bold: true } : {}) })
const line = (children: ParagraphChild[], options: IParagraphOptions = {}): Paragraph => new Paragraph({ spacing: exact, ...options, children })

async function draw(block: Block, pictures: ReadonlyMap<string, WordPicture>): Promise<(Paragraph | Table)[]> {
  switch (block.kind) {
    case 'agency':
      return [line([words(block.text, 'title', size.agency)], { alignment: AlignmentType.CENTER })]
    case 'title':
      return [line([words(block.text, 'title', size.title)], { alignment: AlignmentType.CENTER, spacing: { ...exact, line: 640, before: 120, after: 140 } })]
    case 'number':
      return [line([words(block.text)], { alignment: AlignmentType.CENTER, spacing: { ...exact, after: 160 } })]
    case 'heading':
      return [line([words(block.text, 'heading')], { indent: { firstLine: 2 * CHARACTER }, keepNext: true })]
    case 'para':
      return [line(block.runs.map((run) => words(run)), { alignment: AlignmentType.BOTH, ...(block.flush ? {} : { indent: { firstLine: 2 * CHARACTER } }) })]
    case 'grid':
      return [gridOf(block.rows), line([], { spacing: { line: 120, lineRule: LineRuleType.EXACT } })]
    case 'signature':
      return signatureOf(block, pictures)
    case 'closing':
      return block.lines.map((text, i) => line([words(text)], { alignment: AlignmentType.RIGHT, indent: { right: 4 * CHARACTER }, keepNext: i < block.lines.length - 1, ...(i === 0 ? { spacing: { ...exact, before: official.line } } : {}) }))
    case 'note':
      return [line([words(block.text, 'note', size.note)], { indent: { firstLine: 2 * CHARACTER } })]
    case 'code':
      return codeOf(block.value, block.caption)
    case 'pictures':
      return picturesOf(block, pictures)
    case 'break':
      return [new Paragraph({ pageBreakBefore: true, spacing: { line: 20, lineRule: LineRuleType.EXACT }, children: [] })]
  }
}

const columns = [2420, 2980, 1580, TEXT_WIDTH - 6980] as const

/** Label and value in black frames; a row of one pair takes the whole width. */
function gridOf(rows: readonly (readonly GridCell[])[]): Table {
  const cell = (text: string, face: Face, width: number, span = 1) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA }, columnSpan: span, verticalAlign: VerticalAlignTable.CENTER, margins: { left: 80, right: 80, top: 40, bottom: 40 },
      children: [new Paragraph({ spacing: { line: 400, lineRule: LineRuleType.AT_LEAST }, children: [words(text, face, size.grid)] })],
    })
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA }, columnWidths: [...columns], layout: TableLayoutType.FIXED,
    rows: rows.map((cells) => {
      const [one, two] = cells
      const last = two ? [cell(two.label, 'heading', columns[2]), cell(two.value, 'text', columns[3])] : []
      return new TableRow({ cantSplit: true, children: [cell(one!.label, 'heading', columns[0]), cell(one!.value, 'text', two ? columns[1] : TEXT_WIDTH - columns[0], two ? 1 : 3), ...last] })
    }),
  })
}

const image = (picture: WordPicture, width: number, height: number, alt: string) =>
  new ImageRun({ type: picture.type, data: picture.bytes, transformation: fit(picture, width, height), altText: { name: alt, title: alt, description: alt } })

function fit(picture: WordPicture, width: number, height: number): { width: number; height: number } {
  const scale = Math.min(width / picture.width, height / picture.height)
  return { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) }
}

/** A picture would be cut by an exact line: lines that hold one grow with it. */
const grows = { line: 240, lineRule: LineRuleType.AUTO } as const

/** Who signs and the signature on one line (an empty rule to sign on when there is none yet), name and day below it. Kept together. */
function signatureOf(block: Extract<Block, { kind: 'signature' }>, pictures: ReadonlyMap<string, WordPicture>): Paragraph[] {
  const picture = block.picture ? pictures.get(block.picture) : undefined
  const below = [block.text, block.on].filter((t): t is string => !!t).join('　')
  const mark = picture ? [image(picture, 150, 44, '签名')] : block.open ? [new TextRun({ text: '　'.repeat(8), underline: {}, ...letters('text', size.text) })] : []
  const oneLine = mark.length === 0
  const head = line([words(block.label), ...mark, ...(oneLine ? [words(below)] : [])], { indent: { firstLine: 2 * CHARACTER }, keepNext: true, ...(picture ? { spacing: { ...grows, before: 60 } } : {}) })
  return oneLine || below === '' ? [head] : [head, line([words(below, 'text', size.grid)], { indent: { firstLine: 4 * CHARACTER }, keepNext: true, spacing: { ...exact, line: 480 } })]
}

// English Metric Units, 36,000 to the millimetre.
const mm = (n: number): number => Math.round(n * 36_000)

/** 18 mm in the right upper corner, above the text area: it takes no line from the text. */
async function codeOf(value: string, caption: string): Promise<Paragraph[]> {
  const bytes = await QRCode.toBuffer(value, { errorCorrectionLevel: 'M', margin: 1, width: 240 })
  const place = { horizontalPosition: { relative: HorizontalPositionRelativeFrom.PAGE, offset: mm(210 - 26 - 18) }, verticalPosition: { relative: VerticalPositionRelativeFrom.PAGE, offset: mm(15) } }
  const code = new ImageRun({ type: 'png', data: bytes, transformation: { width: 68, height: 68 }, floating: place, altText: { name: caption, title: caption, description: caption } })
  return [new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT }, children: [code] })]
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const frameless = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }

/** Two beside each other, before and after, with a caption under each. */
function picturesOf(block: Extract<Block, { kind: 'pictures' }>, pictures: ReadonlyMap<string, WordPicture>): (Paragraph | Table)[] {
  const there = block.pictures.flatMap((p) => (pictures.has(p.id) ? [{ picture: pictures.get(p.id)!, caption: p.caption }] : []))
  const pairs = Array.from({ length: Math.ceil(there.length / 2) }, (_, i) => there.slice(2 * i, 2 * i + 2))
  const half = Math.floor(TEXT_WIDTH / 2)
  const cell = (shown: (typeof there)[number] | undefined) =>
    new TableCell({
      width: { size: half, type: WidthType.DXA }, margins: { top: 60, bottom: 60, left: 60, right: 60 },
      children: shown
        ? [new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: grows, children: [image(shown.picture, 280, 210, shown.caption)] }), line([words(shown.caption, 'note', size.caption)], { alignment: AlignmentType.CENTER, spacing: { line: 360, lineRule: LineRuleType.EXACT } })]
        : [new Paragraph({})],
    })
  const rows = pairs.map((pair) => new TableRow({ cantSplit: true, children: [cell(pair[0]), cell(pair[1])] }))
  const caption = line([words(block.caption, 'text', size.grid)], { keepNext: true, spacing: { line: 440, lineRule: LineRuleType.AT_LEAST, before: 160 } })
  return [caption, ...(rows.length ? [new Table({ width: { size: TEXT_WIDTH, type: WidthType.DXA }, columnWidths: [half, half], layout: TableLayoutType.FIXED, borders: frameless, rows })] : [])]
}

/** — 1 — at the outer edge, one character in. */
function pageFooter(alignment: (typeof AlignmentType)['LEFT' | 'RIGHT']): Footer {
  const side = alignment === AlignmentType.RIGHT ? { right: 280 } : { left: 280 }
  return new Footer({ children: [new Paragraph({ alignment, indent: side, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: size.page, font: { ascii: '宋体', hAnsi: '宋体', eastAsia: faces.page.name } })] })] })
}

/** The font table names what to use when a machine lacks a face. */
function withFallbacks(docx: Uint8Array): Buffer {
  const parts = unzipSync(docx)
  const fonts = Object.values(faces).map((face) => `<w:font w:name="${face.name}"><w:altName w:val="${face.else}"/><w:charset w:val="86"/></w:font>`).join('')
  parts['word/fontTable.xml'] = strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts}</w:fonts>`)
  return Buffer.from(zipSync(parts, { level: 6 }))
}
