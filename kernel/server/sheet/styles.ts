/** Index of each cell style in `stylesXml`. */
export const styles = {
  plain: 0,
  heading: 1,
  requiredHeading: 2,
  errorHeading: 3,
  text: 4,
  /** Text that begins like a formula: stays text even when a person edits the cell (quotePrefix). */
  guarded: 5,
  number: 6,
  date: 7,
  datetime: 8,
  error: 9,
  /** A cell that a row's error points at. */
  marked: 10,
  title: 11,
  note: 12,
} as const

const TEXT = 49
const DATE = 164
const DATETIME = 165
const RED = 'FFC00000'

const font = (size: number, bold = false, color = ''): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/>${color === '' ? '' : `<color rgb="${color}"/>`}<name val="宋体"/><charset val="134"/></font>`
const fonts = [font(11), font(11, true), font(14, true), font(11, false, RED), font(11, true, RED)]

const fill = (rgb: string): string => `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`
// Excel keeps the first two fills for itself.
const fills = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>', fill('FFE8EDF3'), fill('FFFDE7E6')]

const edge = (side: string): string => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`
const borders = ['<border><left/><right/><top/><bottom/><diagonal/></border>', `<border>${['left', 'right', 'top', 'bottom'].map(edge).join('')}<diagonal/></border>`]

interface Look {
  format?: number
  font?: number
  fill?: number
  border?: number
  align?: string
  quote?: boolean
}

const centred = 'horizontal="center" vertical="center" wrapText="1"'
const wrapped = 'vertical="top" wrapText="1"'

/** In the order of `styles`. */
const looks: Look[] = [
  {},
  { format: TEXT, font: 1, fill: 2, border: 1, align: centred },
  { format: TEXT, font: 4, fill: 2, border: 1, align: centred },
  { format: TEXT, font: 4, fill: 3, border: 1, align: centred },
  { format: TEXT },
  { format: TEXT, quote: true },
  {},
  { format: DATE },
  { format: DATETIME },
  { format: TEXT, font: 3, align: wrapped },
  { format: TEXT, font: 3, fill: 3 },
  { font: 2, align: 'horizontal="center" vertical="center"' },
  { format: TEXT, align: wrapped },
]

function xf({ format = 0, font = 0, fill = 0, border = 0, align, quote }: Look): string {
  const apply = `${format ? ' applyNumberFormat="1"' : ''}${font ? ' applyFont="1"' : ''}${fill ? ' applyFill="1"' : ''}${border ? ' applyBorder="1"' : ''}${align ? ' applyAlignment="1"' : ''}`
  const open = `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${quote ? ' quotePrefix="1"' : ''}${apply}`
  return align === undefined ? `${open}/>` : `${open}><alignment ${align}/></xf>`
}

const list = (name: string, items: readonly string[]): string => `<${name} count="${items.length}">${items.join('')}</${name}>`

export const stylesXml = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  `<numFmts count="2"><numFmt numFmtId="${DATE}" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="${DATETIME}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>`,
  list('fonts', fonts),
  list('fills', fills),
  list('borders', borders),
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  list('cellXfs', looks.map(xf)),
  '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('')
