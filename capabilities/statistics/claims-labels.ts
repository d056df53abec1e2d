import type { Piece } from './briefing-template.ts'
import type { Mark } from './claims.ts'
import type { Figure } from './snapshot.ts'
import { HAZARD_WORDS } from './wording.ts'

/** Words by which officials name a figure, and the figures that may stand behind them; the first is the one meant. Longer names come first. */
const names: readonly { readonly words: RegExp; readonly ids: readonly string[]; readonly rate?: true }[] = [
  { words: /现场整改率/, ids: ['M08R'], rate: true },
  { words: /按[期时]整改率/, ids: ['M10'], rate: true },
  { words: /重大(?:事故)?隐患(?:整改率|销号率)/, ids: ['M14R'], rate: true },
  { words: /整改(?:完成)?率|销号率/, ids: ['M11'], rate: true },
  { words: /规上(?:工业)?(?:企业)?复工率/, ids: ['M21A'], rate: true },
  { words: /复工率/, ids: ['M21'], rate: true },
  { words: /复查(?:及时)?率/, ids: ['M16'], rate: true },
  { words: /巡查覆盖率/, ids: ['M25R'], rate: true },
  { words: /检查覆盖率/, ids: ['M25'], rate: true },
  { words: /实地核查率/, ids: ['M23'], rate: true },
  { words: /逾期(?:未改|未整改)?(?:的)?(?:隐患)?/, ids: ['M15', 'M14L'] },
  { words: /(?:未|尚未|没有)(?:完成)?整改(?:的)?(?:隐患)?/, ids: ['M15O', 'M11O', 'M15'] },
  { words: /(?:现场|当场)(?:完成)?整改(?:隐患)?/, ids: ['M08'] },
  { words: /(?:排查|发现|查出)(?:出|了)?(?:各类|安全|事故)*隐患|隐患排查/, ids: ['M07'] },
  { words: /(?:完成)?整改(?:了)?(?:各类|安全)*(?:隐患)?(?!率)/, ids: ['M09C', 'M09', 'M08'] },
  { words: /重大(?:事故)?隐患/, ids: ['M14', 'M14C', 'M14L'] },
  { words: /出动(?:执法|检查|工作)*人员/, ids: ['M01', 'M02'] },
  { words: /指导(?:工业)?(?:企业)?复工/, ids: ['M22', 'M22V'] },
  { words: /查封(?:企业|场所)?/, ids: ['M12', 'M12N'] },
  { words: /检查(?:各类)?(?:企业|单位)/, ids: ['M05', 'M04'] },
  { words: /立案/, ids: ['M18'] },
  { words: /事故(?:起数|共)?/, ids: ['M51'] },
  { words: /死亡(?:人数)?/, ids: ['M51D'] },
]
const atEnd = names.map((name) => ({ ...name, ends: new RegExp(`(?:${name.words.source})[共达为约有了：:到计]*$`) }))

/** The figure that the words before a number name; a comma or a bracket ends what they may be about. */
export function nameBefore(before: string): (typeof names)[number] | undefined {
  const near = before.slice(-16).split(/[，、；。（]/).at(-1) ?? ''
  return atEnd.find((name) => name.ends.test(near))
}

/** A figure that is mistaken for a wider one unless its sentence says what narrows it (requirements A8). */
const narrowed: Readonly<Record<string, RegExp>> = {
  M08: /现场|当场|立行立改|即查即改|即知即改/, M08R: /现场|当场|立行立改|即查即改|即知即改/, M10: /按期|按时|如期|期限|到期/, M10N: /按期|按时|如期|期限|到期/,
  M14: /重大/, M14C: /重大/, M14R: /重大/, M14L: /重大/, M21A: /规上|规模以上/, M21AB: /规上|规模以上/, M21AN: /规上|规模以上/, M15: /逾期|超期/, M04P: /巡查/, M25P: /巡查/, M25R: /巡查/, M04R: /复查/, M16: /复查/, M36: /自查/, M36N: /自查/, M07W: /待核|未核|上报/,
}

const UNITS = /^\s*(家次|家|户|人次|组次|次|名|人|份|件|起|宗|处|个|条|项|组)/
const MAGNITUDE = /^\s*[\d.,，]*\d|^\s*[余多]?[万亿倍成%％]|^\s*[余多]/
const BENDING = /(?:近|接近|将近|不到|不足|逾|超过?|突破|多于|少于|大于|小于)\s*$/
/** Measure words of one kind of thing: an enterprise is a 家 or a 户, a person a 人 or a 名. */
const alike: Readonly<Record<string, readonly string[]>> = { 家: ['家', '户', '个'], 人: ['人', '名'], 宗: HAZARD_WORDS, 个: ['个', '家'] }

/** What the writer has put around a figure of the snapshot: a name, a measure word or a digit that makes another number of it. */
export function mislabelled(pieces: readonly Piece[], figures: ReadonlyMap<string, Figure>): Omit<Mark, 'items'>[] {
  const sentence = pieces.map((piece) => piece.text).join('')
  return pieces.flatMap((piece, i) => {
    const figure = piece.metric ? figures.get(piece.metric) : undefined
    if (!figure || piece.per) return []
    const before = pieces.slice(0, i).map((one) => one.text).join('')
    const after = pieces[i + 1]?.metric ? '' : (pieces[i + 1]?.text ?? '')
    const wrong = (code: string, said: string) => ({ kind: 'FALSE' as const, code, words: piece.text, params: { figure: figure.metric, name: figure.name, said } })
    return [...wrongDigits(piece, before, after, wrong), ...wrongUnit(piece, figure, after, wrong), ...wrongName(figure, before, sentence, wrong)]
  })
}

type Wrong = (code: string, said: string) => Omit<Mark, 'items'>

function wrongDigits(piece: Piece, before: string, after: string, wrong: Wrong): Omit<Mark, 'items'>[] {
  const bare = /[\d余多万亿]$/.test(piece.text)
  const behind = bare ? MAGNITUDE.exec(after)?.[0] : undefined
  const ahead = /[\d.]\s*$/.exec(before)?.[0]
  if (behind !== undefined || ahead !== undefined) return [wrong('claim.glued', `${ahead ?? ''}${piece.text}${behind ?? ''}`)]
  const bends = BENDING.exec(before)?.[0]
  return bends && /^\d/.test(piece.text) ? [wrong('claim.bent', `${bends}${piece.text}`)] : []
}

function wrongUnit(piece: Piece, figure: Figure, after: string, wrong: Wrong): Omit<Mark, 'items'>[] {
  const unit = /[\d余多万亿]$/.test(piece.text) ? UNITS.exec(after)?.[1] : undefined
  if (!unit || (alike[figure.unit] ?? [figure.unit]).includes(unit)) return []
  return [wrong('claim.other_unit', `${piece.text}${unit}`)]
}

function wrongName(figure: Figure, before: string, sentence: string, wrong: Wrong): Omit<Mark, 'items'>[] {
  const id = figure.metric.split('/').at(-1)!
  const named = nameBefore(before)
  if (named?.rate && !named.ids.includes(id)) return [wrong('claim.other_name', named.words.exec(before.slice(-16))?.[0] ?? '')]
  const needs = narrowed[id]
  return needs && !needs.test(sentence) ? [wrong('claim.name_missing', '')] : []
}
