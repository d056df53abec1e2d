/** One row of a spreadsheet as columns of the register: pure, every fault named with its field. */
import { assessCreditCode } from '../../kernel/core/credit-code.ts'
import { parseDate } from '../../kernel/core/time-zh.ts'
import { readIndustry, readPhone } from './rules.ts'
import { type RegisterField, readFlag, readNumber, readRiskColor, readSiteKind, readStandard, readState, registerFields } from './register-fields.ts'
import { readTags } from './tags.ts'
import { assessRegistrationNumber } from '../../kernel/core/registration-number.ts'

export interface Fault {
  field: RegisterField | null
  message: string
}

/** Columns that have a value in the row; a blank cell says nothing. */
export interface RowDraft {
  set: Record<string, unknown>
  /** Open until it is sealed. */
  phone: { full: string; masked: string; tail: string } | null
  floorArea: number | null
  tags: string[]
  faults: Fault[]
  /** For a person to decide. */
  doubts: Fault[]
}

type Cells = Readonly<Partial<Record<string, string>>>

/** What was read before: the same words stand in thousands of rows. */
const industries = new Map<string, ReturnType<typeof readIndustry>>()
const dates = new Map<string, string | null>()

export function readRow(cells: Cells, rounded: readonly string[]): RowDraft {
  const draft: RowDraft = { set: {}, phone: null, floorArea: null, tags: [], faults: [], doubts: [] }
  for (const field of rounded) draft.faults.push({ field: field as RegisterField, message: `${registerFields[field as RegisterField]?.zh ?? field}：超过 15 位的数字已被表格改动，请改为文本格式后重填` })
  readName(cells, draft)
  if (!rounded.includes('creditCode')) readCodes(cells, draft)
  readContact(cells, draft)
  readFigures(cells, draft)
  readChoices(cells, draft)
  readPosition(cells, draft)
  return draft
}

const fault = (draft: RowDraft, field: RegisterField, message: string) => void draft.faults.push({ field, message: `${registerFields[field].zh}：${message}` })

function readName(cells: Cells, draft: RowDraft): void {
  for (const [field, column, most] of [['name', 'name', 80], ['address', 'address', 200]] as const) {
    const text = cells[field]
    if (!text) fault(draft, field, '不能为空')
    else if (text.length > most) fault(draft, field, `最多 ${most} 个字`)
    else draft.set[column] = text
  }
}

function readCodes(cells: Cells, draft: RowDraft): void {
  if (cells.creditCode && cells.creditCode !== '无') {
    const verdict = assessCreditCode(cells.creditCode)
    const why = verdict.notes.map((note) => note.zh).join('；')
    if (verdict.verdict === 'wrong' && !verdict.confirmable) fault(draft, 'creditCode', why)
    else draft.set.credit_code = verdict.normalised
    if (verdict.confirmable) draft.doubts.push({ field: 'creditCode', message: `统一社会信用代码：${why}` })
  }
  if (!cells.registrationNo) return
  const number = assessRegistrationNumber(cells.registrationNo)
  if (number.verdict === 'wrong') fault(draft, 'registrationNo', number.zh ?? '')
  else draft.set.registration_no = number.normalised
}

function readContact(cells: Cells, draft: RowDraft): void {
  for (const [field, column] of [['legalRep', 'legal_rep'], ['principalName', 'principal_name']] as const) {
    const text = cells[field]
    if (text && text.length > 40) fault(draft, field, '最多 40 个字')
    else if (text) draft.set[column] = text
  }
  // Several numbers in one cell: the first that is one.
  const numbers = cells.principalPhone?.split(/[/;；、,，|]/).map((part) => part.trim()).filter(Boolean) ?? []
  if (!numbers.length) return
  const phone = numbers.map((text) => readPhone(text)).find((read) => read && !('refusal' in read))
  if (phone && !('refusal' in phone)) draft.phone = phone
  else fault(draft, 'principalPhone', '手机为 11 位，固定电话须带区号')
}

function readFigures(cells: Cells, draft: RowDraft): void {
  for (const [field, column, most] of [['employees', 'employees', 1_000_000], ['revenueWan', 'revenue_wan', 1e9], ['assetsWan', 'assets_wan', 1e9]] as const) {
    const text = cells[field]
    if (!text) continue
    const value = readNumber(text)
    if (value === undefined || value < 0 || value > most || (column === 'employees' && !Number.isInteger(value))) fault(draft, field, `“${text}”不是${column === 'employees' ? '整数' : '数字'}`)
    else draft.set[column] = value
  }
  if (cells.floorArea) {
    const area = readNumber(cells.floorArea)
    if (area === undefined || area < 0 || area > 1e7) fault(draft, 'floorArea', `“${cells.floorArea}”不是面积`)
    else draft.floorArea = area
  }
  if (!cells.establishedOn) return
  const date = dates.get(cells.establishedOn) ?? parseDate(cells.establishedOn)
  if (dates.size < 20_000) dates.set(cells.establishedOn, date)
  if (date === null) fault(draft, 'establishedOn', `“${cells.establishedOn}”不是日期`)
  else draft.set.established_on = date
}

function readChoices(cells: Cells, draft: RowDraft): void {
  const choose = (field: RegisterField, column: string, read: (text: string) => unknown) => {
    const text = cells[field]
    if (!text) return
    const value = read(text)
    if (value === undefined) fault(draft, field, `不认得“${text}”`)
    else draft.set[column] = value
  }
  choose('state', 'state', readState)
  choose('siteKind', 'site_kind', readSiteKind)
  choose('standardLevel', 'standard_level', readStandard)
  choose('riskColor', 'risk_color', readRiskColor)
  choose('highRisk', 'high_risk', readFlag)
  if (cells.industry) {
    const read = industries.get(cells.industry) ?? readIndustry(cells.industry)
    if (industries.size < 20_000) industries.set(cells.industry, read)
    if ('refusal' in read) fault(draft, 'industry', `“${cells.industry}”不在国民经济行业分类中`)
    else Object.assign(draft.set, { industry_code: read.code, division: read.division, gongmao_sector: read.sector })
  }
  if (!cells.tags) return
  const { codes, unknown } = readTags(cells.tags)
  if (unknown.length) fault(draft, 'tags', `不认得“${unknown.join('、')}”`)
  draft.tags = codes
}

function readPosition(cells: Cells, draft: RowDraft): void {
  if (!cells.lon && !cells.lat) return
  const [lon, lat] = [readNumber(cells.lon ?? ''), readNumber(cells.lat ?? '')]
  if (lon === undefined || lat === undefined || lon < 70 || lon > 140 || lat < 3 || lat > 54) fault(draft, 'lon', '经度、纬度须成对且在国内范围')
  else Object.assign(draft.set, { lon, lat })
}
