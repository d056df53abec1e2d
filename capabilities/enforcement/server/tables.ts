import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'
import type { PaperState, PaperType } from '../doc-type.ts'
import type { Choices, Correction, PaperContent, RecallKind, Service } from '../paper.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    paper: PaperTable
    paper_block: PaperBlockTable
    seal_measure: { id: string; area_code: string; grid_id: string | null; enterprise_id: string }
  }
  /** Children are read by the id of a paper that was found through its reach. */
  interface OpenTables {
    doc_type: DocTypeTable
    paper_hazard: PaperHazardTable
    paper_signature: PaperSignatureTable
    paper_sequence: PaperSequenceTable
    paper_number: PaperNumberTable
    paper_recall: PaperRecallTable
  }
}

type Json<T> = ColumnType<T, string, string>
type MaybeInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>

/** The hash of the words that were signed on the spot, what composed them, and whether they could be compared with the record. */
export interface SignedWords {
  sha256: string
  composition: number
  checked: boolean
}

export interface PaperTable {
  id: string
  no: string | null
  type: PaperType
  title: string
  state: PaperState
  agency_id: string
  enterprise_id: string
  enterprise_name: string
  site_id: string
  site_name: string
  visit_id: string | null
  refer_id: string | null
  area_code: string
  grid_id: string | null
  officers: string[]
  choices: Json<Choices>
  content: Json<PaperContent>
  content_sha256: string | null
  drafted_by: string
  drafted_by_name: string
  drafted_at: Instant
  submitted_at: MaybeInstant
  approved_by: string | null
  approved_by_name: string | null
  approved_at: MaybeInstant
  approval_note: string | null
  leader_approved: Generated<boolean>
  issued_by: string | null
  issued_by_name: string | null
  issued_at: MaybeInstant
  issued_on: string | null
  signed_at: MaybeInstant
  service: ColumnType<Service | null, string | null | undefined, string | null>
  served_on: string | null
  served_at: MaybeInstant
  voided_at: MaybeInstant
  void_reason: string | null
  signed_words: ColumnType<SignedWords | null, string | null | undefined, string | null>
  version: Generated<number>
}
export interface DocTypeTable {
  area_code: string
  type: PaperType
  title: string
  word_code: string | null
  copies: number
  copy_holders: string
  rights: string | null
  rules: Json<Record<string, unknown>>
  sections: Json<unknown[]>
  version: Generated<number>
}
export interface PaperHazardTable {
  paper_id: string
  hazard_id: string
  ordinal: number
  due_on: string | null
  passed: boolean | null
  new_due_on: string | null
}
export interface PaperSignatureTable {
  paper_id: string
  part: 'OFFICER' | 'RECIPIENT' | 'WITNESS'
  ordinal: number
  person_id: string | null
  name: string
  duty: string
  attachment_id: string | null
  refused: 'REFUSED' | 'ABSENT' | null
  reason: string
  at: Instant
}
export interface PaperSequenceTable {
  agency_id: string
  type: PaperType
  year: number
  last: number
}
export interface PaperNumberTable {
  agency_id: string
  type: PaperType
  year: number
  seq: number
  paper_id: string | null
  state: 'RESERVED' | 'USED' | 'VOIDED'
  block_id: ColumnType<string | null, string | null | undefined, string | null>
  voided_at: ColumnType<string | null, Date | null | undefined, Date | null>
  voided_why: ColumnType<string | null, string | null | undefined, string | null>
}
export interface PaperBlockTable {
  id: string
  person_id: string
  device: string
  agency_id: string
  type: PaperType
  year: number
  prefix: string
  word_code: string
  first_seq: number
  last_seq: number
  state: 'OPEN' | 'RETURNED' | 'VOIDED' | 'EXPIRED'
  taken_at: Instant
  expires_at: Instant
  closed_at: ColumnType<string | null, Date | null, Date | null>
  closed_by: string | null
  closed_why: string | null
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  version: Generated<number>
}
export interface PaperRecallTable {
  id: string
  paper_id: string
  kind: RecallKind
  state: 'ASKED' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN' | 'SERVED'
  reason: string
  corrections: Json<Correction[]>
  asked_by: string
  asked_by_name: string
  asked_at: Instant
  decided_by: ColumnType<string | null, string | null | undefined, string | null>
  decided_by_name: ColumnType<string | null, string | null | undefined, string | null>
  decided_at: MaybeInstant
  decision_note: ColumnType<string | null, string | null | undefined, string | null>
  service: ColumnType<Service | null, string | null | undefined, string | null>
  served_on: ColumnType<string | null, string | null | undefined, string | null>
  served_at: MaybeInstant
}
