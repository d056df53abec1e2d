import { basisOf } from '../../../capabilities/checklist/checklist.ts'
import { cite, isUnnamedLocalRule } from '../../../capabilities/checklist/laws.ts'
import { contentOf, type HazardWords, type Ingredients } from '../../../capabilities/enforcement/compose.ts'
import type { PaperType } from '../../../capabilities/enforcement/doc-type.ts'
import { agencyAt, formAt, type Kit } from '../../../capabilities/enforcement/kit.ts'
import type { PaperContent } from '../../../capabilities/enforcement/paper.ts'
import type { ChecklistRow, PersonRow, SiteRow } from '../../../capabilities/sync/rows.ts'
import { isInspection, kinds, type VisitKind } from '../../../capabilities/visit/kinds.ts'
import { countsOf } from '../../../capabilities/visit/recording.ts'
import { RecordVisit } from '../../../capabilities/visit/visit.ts'
import { businessDate } from '../../../kernel/core/time.ts'
import { certifiedOn } from '../hazard/officers.ts'
import { papersFollow, versionOf } from '../visit/draft.ts'
import type { FieldStore } from '../data/work.ts'
import type { PaperDraft } from './draft.ts'

/** A visit that was recorded on this phone, sent or not: what its papers are written from. */
export interface VisitHere {
  readonly record: RecordVisit
  readonly site: SiteRow
  readonly findings: readonly Finding[]
  /** Who took part as an officer, with the certificate of that day. */
  readonly officers: readonly { readonly id: string; readonly name: string; readonly certificateNo: string | null }[]
  readonly sent: boolean
}
export interface Finding extends HazardWords {
  readonly fixed: boolean
  readonly days: number
  readonly photos: PaperContent['items'][number]['photos']
}

/** Undefined: it was not recorded here, or so long ago that it left the list. */
export async function visitHere(store: FieldStore, visitId: string): Promise<VisitHere | undefined> {
  const made = (await store.outbox.where('aggregate').equals(`visit:${visitId}`).toArray()).filter((item) => item.operation === 'visit.record' && item.state !== 'held').sort((a, b) => b.seq - a.seq)[0]
  const read = RecordVisit.safeParse(made?.input)
  if (!made || !read.success) return undefined
  const record = read.data
  const site = await store.site.get(record.siteId)
  if (!site) return undefined
  const lists = (await store.checklist.bulkGet([...record.versionIds])).flatMap((list) => list ?? [])
  const photos = new Map((await store.photos.bulkGet(record.findings.flatMap((f) => [...f.photosBefore, ...f.photosAfter]))).flatMap((photo) => (photo ? [[photo.id, photo.sha256] as const] : [])))
  const day = businessDate(record.arrivedAt)
  const people = (await store.person.bulkGet(record.people.flatMap((person) => (person.personId && (isInspection(record.kind) ? person.part === 'OFFICER' : person.part !== 'COMPANION') ? [person.personId] : [])))).flatMap((person) => person ?? [])
  return { record, site, sent: made.state === 'done', officers: people.map((person) => officerOf(person, day)), findings: record.findings.map((finding) => findingOf(finding, lists, photos)) }
}

const officerOf = (person: PersonRow, day: string) => ({ id: person.id, name: person.name, certificateNo: certifiedOn(person, day) ? person.certificateNo : null })

function findingOf(finding: RecordVisit['findings'][number], lists: readonly ChecklistRow[], hashes: ReadonlyMap<string, string>): Finding {
  const list = lists.find((one) => one.id === finding.versionId)
  const item = list?.items.find((one) => one.code === finding.itemCode)
  const pictures = (ids: readonly string[], role: string) => ids.slice(0, 2).map((id) => ({ id, role, sha256: hashes.get(id) ?? '' }))
  return {
    id: finding.id, no: '', location: finding.location, description: finding.description, requirement: finding.requirement, level: finding.level, clauseId: finding.clauseId ?? null, legalBasis: list && item ? basisOf(versionOf(list), item) : [],
    fixed: finding.fixed, days: finding.days ?? item?.defaultDays ?? 7, photos: [...pictures(finding.photosBefore, 'BEFORE'), ...pictures(finding.photosAfter, 'AFTER')],
  }
}

/** What may be cited of a finding; a local rule that nobody has named is no rule on a paper. */
export const basesOf = (finding: HazardWords): { text: string; cited: string }[] => finding.legalBasis.filter((basis) => !isUnnamedLocalRule(basis)).map((basis) => ({ text: basis.text, cited: cite(basis) }))

/** Findings a paper of this type lists: a record everything, an order what is general and open; a suspected major hazard is graded first. */
export const listable = (type: PaperType, findings: readonly Finding[]): Finding[] => (type === 'D06' ? findings.filter((finding) => !finding.fixed && finding.level === 'GENERAL') : [...findings])

/** Papers that may follow from a visit of this kind, in their order (domain §3.1, §3.4). */
export function papersAfter(visit: VisitHere): PaperType[] {
  if (!papersFollow(visit.record)) return []
  return isInspection(visit.record.kind) ? ['D04', ...(listable('D06', visit.findings).length > 0 ? (['D06'] as const) : [])] : ['D30']
}

/** The page as it stands now; undefined where the phone holds no form for it. */
export function contentHere(visit: VisitHere, kit: Kit, draft: Pick<PaperDraft, 'type' | 'choices'>): PaperContent | undefined {
  const doc = formAt(kit, visit.site.areaCode, draft.type)
  const agency = agencyAt(kit, visit.site.areaCode)
  return doc && agency ? contentOf({ ...ingredients(visit, draft.choices), doc, agency, choices: draft.choices }) : undefined
}

function ingredients({ record, site, findings, officers }: VisitHere, choices: PaperDraft['choices']): Omit<Ingredients, 'doc' | 'agency' | 'choices'> {
  const { answers, complied, notApplicable, findings: found, fixed } = countsOf(record)
  return {
    site: { enterpriseName: site.name, creditCode: site.creditCode, address: site.address, siteName: site.siteName, principalName: site.principal },
    visit: {
      no: '', kindZh: kinds[record.kind as VisitKind].zh, arrivedAt: iso(record.arrivedAt), leftAt: iso(record.leftAt), businessDate: businessDate(record.arrivedAt), companionName: record.companion?.name ?? null, companionDuty: record.companion?.duty ?? null,
      counts: { items: answers, complies: complied, notApplicable, findings: found, fixed },
    },
    refers: null,
    officers: choices.officers.flatMap((id) => officers.find((officer) => officer.id === id) ?? []),
    items: choices.items.flatMap((choice) => {
      const hazard = findings.find((finding) => finding.id === choice.hazardId)
      return hazard ? [{ choice, hazard, fixed: hazard.fixed, photos: hazard.photos }] : []
    }),
  }
}

const iso = (at: string): string => new Date(at).toISOString()
