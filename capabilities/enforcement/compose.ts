import { localDate } from '../../kernel/core/time.ts'
import { sha256 } from '../../kernel/core/sha256.ts'
import { canonicalJson } from '../../kernel/core/canonical-json.ts'
import type { LegalBasis } from '../checklist/checklist.ts'
import { clauseById, fullCitation } from '../checklist/criteria.ts'
import { confirmedBasis, governmentOf } from './content.ts'
import type { DocType } from './doc-type.ts'
import { type Marks, pageOf } from './layout.ts'
import type { Choices, ItemChoice, PaperContent } from './paper.ts'

/** What a paper says of a hazard. Without a line `no` is empty: the register of hazards gives it. */
export interface HazardWords {
  readonly id: string
  readonly no: string
  readonly location: string
  readonly description: string
  readonly requirement: string
  readonly level: 'GENERAL' | 'MAJOR'
  readonly clauseId: string | null
  readonly legalBasis: readonly LegalBasis[]
}

/** Everything a page is made of, wherever it was read: the server's tables or the phone's store. */
export interface Ingredients {
  readonly doc: DocType
  readonly agency: string
  readonly site: { readonly enterpriseName: string; readonly creditCode: string | null; readonly address: string; readonly siteName: string; readonly principalName: string | null }
  readonly visit: {
    readonly no: string; readonly kindZh: string; readonly arrivedAt: string | null; readonly leftAt: string | null; readonly businessDate: string; readonly companionName: string | null; readonly companionDuty: string | null
    readonly counts: { readonly items: number; readonly complies: number; readonly notApplicable: number; readonly findings: number; readonly fixed: number }
  } | null
  readonly refers: PaperContent['refers']
  readonly officers: readonly { readonly id: string; readonly name: string; readonly certificateNo: string | null }[]
  readonly items: readonly { readonly choice: ItemChoice; readonly hazard: HazardWords; readonly fixed: boolean; readonly photos: PaperContent['items'][number]['photos'] }[]
  readonly choices: Choices
}

/**
 * The composition: which words, in which order, contentOf and pageOf make of the same record. Phones carry it in the command, since they
 * may hold signed papers for days. Whoever changes a word of either raises it, keeps the former beside it in `pages` for as long as phones
 * of its releases are understood, and leaves the hashes of compose.test.ts as they are.
 */
export const COMPOSITION = 1
const pages: Readonly<Record<number, typeof pageOf>> = { 1: pageOf }
export const isKnownComposition = (composition: number): boolean => Object.hasOwn(pages, composition)

/** The page in the composition it was signed in; in today's where it was signed in none, or in one that is gone. */
export const pageIn = (composition: number | undefined, content: PaperContent, marks: Marks): ReturnType<typeof pageOf> => (pages[composition ?? COMPOSITION] ?? pageOf)(content, marks)

/** The content of a paper: the same function where it is written on the spot and where it is kept. */
export function contentOf({ doc, agency, site, visit, refers, officers, items, choices }: Ingredients): PaperContent {
  const { type, title, copies, copyHolders, rights, sections, effect } = doc
  return {
    form: { type, title, copies, copyHolders, rights, sections, effect },
    agency, government: governmentOf(agency),
    party: { name: site.enterpriseName, creditCode: site.creditCode ?? '', address: site.address, siteName: site.siteName, principal: site.principalName ?? '', companion: visit?.companionName ?? '', companionDuty: visit?.companionDuty ?? '' },
    visit: visit && { no: visit.no, kind: visit.kindZh, startedAt: visit.arrivedAt ?? '', endedAt: visit.leftAt ?? '' },
    checkedOn: visit?.businessDate ?? (choices.checkedAt ? localDate(choices.checkedAt) : ''),
    officers: officers.map(({ id, name, certificateNo }) => ({ id, name, certificateNo: doc.certificates ? certificateNo : null })),
    answers: visit && { asked: visit.counts.items, complies: visit.counts.complies, notApplicable: visit.counts.notApplicable, found: visit.counts.findings, fixed: visit.counts.fixed },
    items: items.map(({ choice, hazard, fixed, photos }) => ({
      hazardId: hazard.id, no: hazard.no, location: hazard.location, problem: hazard.description, major: hazard.level === 'MAJOR', requirement: hazard.requirement,
      fixed: type === 'D04' && fixed, basis: citedFor(choice, hazard), dueOn: choice.dueOn ?? null, passed: choice.passed ?? null, note: choice.note,
      newDueOn: choice.newDueOn ?? null, stopLifted: choice.stopLifted ?? false, photos: [...photos],
    })),
    refers,
    measures: choices.measures, checked: choices.checked, handling: choices.handling, scope: choices.scope, until: choices.until, opinion: choices.opinion,
  }
}

/** What the officer confirmed; the criteria clause of a major hazard was confirmed when it was graded (T2), stands first and once. */
function citedFor(choice: ItemChoice, hazard: HazardWords): string[] {
  const clause = hazard.level === 'MAJOR' && hazard.clauseId ? clauseById(hazard.clauseId) : undefined
  const graded = clause ? fullCitation(clause) : ''
  const confirmed = confirmedBasis(hazard.legalBasis, choice.basis).cited.filter((text) => text !== graded.replace(/》（[^）]*）/, '》'))
  return graded ? [graded, ...confirmed] : confirmed
}

/**
 * The words somebody signed under on the spot, as one hash: everything on the page but its numbers (given by a register the phone
 * cannot ask), its marks and its pictures. The server takes a signed paper only when it would write the same.
 */
export function wordsOf(content: PaperContent, issuedOn: string, composition: number = COMPOSITION): string {
  const bare = { ...content, items: content.items.map((item) => ({ ...item, no: '', photos: [] })) }
  return sha256(canonicalJson(pageIn(composition, bare, { no: null, numbered: false, issuedOn, signatures: [], service: null, link: '', voided: false })))
}
