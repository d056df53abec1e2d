import { zhDate, zhDateTime } from '../../kernel/core/time-zh.ts'
import { zhNumeral } from '../../kernel/core/zh-number.ts'
import { type LegalBasis } from '../checklist/checklist.ts'
import { cite, isUnnamedLocalRule } from '../checklist/laws.ts'
import { SEAL_ZH } from './measure.ts'
import type { PaperContent } from './paper.ts'
import { TALK_REASON_ZH, TALK_ZH } from './talk.ts'

/** The confirmed part of a hazard's legal basis: what may be cited, what the record does not hold, what names no rule yet. */
export function confirmedBasis(record: readonly LegalBasis[], confirmed: readonly string[]): { cited: string[]; unknown: string[]; unnamed: string[] } {
  const chosen = record.filter((basis) => confirmed.includes(basis.text))
  return {
    cited: chosen.map(cite),
    unknown: confirmed.filter((text) => !record.some((basis) => basis.text === text)),
    unnamed: chosen.filter(isUnnamedLocalRule).map((basis) => basis.text),
  }
}

/** The government of an agency's own level, where a review is asked for (行政复议法 §24); named from the agency. */
export function governmentOf(agency: string): string {
  const place = /^(.+[省市区县旗])应急管理局/.exec(agency)?.[1]
  return place ? `${place}人民政府` : '本级人民政府'
}

/** What a form may ask for in braces. */
export const PLACES = [
  'partyName', 'siteName', 'companion', 'companionDuty', 'agency', 'government', 'officers', 'checkDate', 'startTime', 'endTime', 'visitKind', 'countZh', 'foundZh', 'fixedZh', 'passedZh', 'failedZh', 'asked', 'complies',
  'notApplicable', 'referNo', 'referTitle', 'referDate', 'copiesZh',
  'sealKind', 'sealReason', 'sealHeard', 'sealPresent', 'extensionReason', 'releaseReason', 'releaseReturned', 'talkKind', 'talkReasons', 'talkAt', 'talkPlace',
] as const
export type Values = Record<(typeof PLACES)[number], string>

/** Places in a text that no record fills. */
export const unknownPlaces = (text: string): string[] => [...text.matchAll(/\{(\w*)\}/g)].map((m) => m[1] ?? '').filter((name) => !(PLACES as readonly string[]).includes(name))

/** What a form's places are filled with. Empty values print ／: a blank on a signed paper invites later writing. */
export function valuesOf(content: PaperContent): Values {
  const { visit, party, items, answers, refers } = content
  const count = (n: number) => (n === 0 ? '零' : zhNumeral(n))
  return {
    partyName: party.name, siteName: party.siteName, companion: party.companion, companionDuty: party.companionDuty,
    agency: content.agency, government: content.government,
    officers: content.officers.map((o) => (o.certificateNo ? `${o.name}（证号${o.certificateNo}）` : o.name)).join('、'),
    checkDate: content.checkedOn && zhDate(content.checkedOn), startTime: moment(visit?.startedAt), endTime: moment(visit?.endedAt), visitKind: visit?.kind ?? '',
    countZh: count(items.length), foundZh: count(answers?.found ?? 0), fixedZh: count(answers?.fixed ?? 0), passedZh: count(items.filter((i) => i.passed === true).length), failedZh: count(items.filter((i) => i.passed === false).length),
    asked: numeral(answers?.asked), complies: numeral(answers?.complies), notApplicable: numeral(answers?.notApplicable),
    referNo: refers?.no ?? '', referTitle: refers?.title ?? '', referDate: refers ? zhDate(refers.servedOn) : '',
    copiesZh: content.form.copies === 2 ? '两' : zhNumeral(content.form.copies),
    ...ownValues(content),
  }
}

const bare = (text: string): string => text.replace(/[。；，\s]+$/, '')

function ownValues({ sealing, extension, release, talk }: PaperContent) {
  return {
    sealKind: sealing ? SEAL_ZH[sealing.sealKind] : '', sealReason: bare(sealing?.sealReason ?? ''), sealHeard: bare(sealing?.heard || '无'), sealPresent: sealing ? (sealing.present ? '当事人到场' : `当事人未到场，见证人${sealing.sealWitness}`) : '',
    extensionReason: bare(extension?.extensionReason ?? ''), releaseReason: bare(release?.releaseReason ?? ''), releaseReturned: bare(release?.returned ?? ''),
    talkKind: talk ? TALK_ZH[talk.talkKind] : '', talkReasons: talk ? talk.reasons.map((r) => TALK_REASON_ZH[r]).join('；') : '', talkAt: talk ? zhDateTime(talk.heldAt) : '', talkPlace: talk?.talkPlace ?? '',
  }
}

const moment = (at: string | undefined): string => (at ? zhDateTime(at) : '')
const numeral = (n: number | undefined): string => (n === undefined ? '' : String(n))

/** Fills the places of a form's text. @throws RangeError on a place that no record fills: the form itself is wrong */
export function fill(text: string, values: Partial<Values>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = (values as Record<string, string | undefined>)[name]
    if (value === undefined) throw new RangeError(`form has an unknown place {${name}}`)
    return value === '' ? '／' : value
  })
}

/** 一、二、四: the items of a paper named by their number. */
export const ordinals = (numbers: readonly number[]): string => numbers.map(zhNumeral).join('、')
