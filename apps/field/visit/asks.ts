import type { ChecklistRow } from '../../../capabilities/sync/rows.ts'
import { refuseRecord } from '../../../capabilities/visit/recording.ts'
import { refuseBeginning, refuseGrounds } from '../../../capabilities/visit/rules.ts'
import { RecordVisit } from '../../../capabilities/visit/visit.ts'
import { problemText } from '../../../kernel/web/texts.ts'
import { toRecord, type VisitDraft, versionOf } from './draft.ts'

export interface Ask {
  readonly text: string
  /** Path into the command: says which step cures it. */
  readonly field: string
}

/** Everything that would be refused, said on the phone before it is sent: the same rules as the server's. */
export function asksOf(draft: VisitDraft, lists: readonly ChecklistRow[], now: string): Ask[] {
  const read = RecordVisit.safeParse(toRecord(draft, now))
  if (!read.success) return read.error.issues.slice(0, 8).map((issue) => ({ text: fieldAsk(issue.path.map(String)), field: issue.path.map(String).join('.') }))
  const versions = new Map(lists.map((list) => [list.id, versionOf(list)]))
  const { data } = read
  const beginning = refuseBeginning({ kind: draft.kind, state: draft.state, urgent: data.urgent, urgentReason: data.urgentReason, needsCooperation: data.needsCooperation })
  const grounds = draft.state === null ? refuseGrounds(data) : []
  const seen = new Set<string>()
  return [...beginning, ...grounds, ...refuseRecord(data, versions, now, draft.versionIds)].flatMap((refusal) => {
    const text = problemText(refusal.code, refusal.params)
    if (seen.has(text)) return []
    seen.add(text)
    return [{ text, field: refusal.field ?? '' }]
  })
}

/** A finding or a name that is not filled in yet. */
function fieldAsk(path: readonly string[]): string {
  const [head, index, name] = path
  if (head === 'findings') return `第 ${Number(index) + 1} 条隐患的${name === 'location' ? '部位' : name === 'requirement' ? '整改要求' : '情况'}还没有填写`
  if (head === 'people') return '参加人员还没有填写完整'
  return '填写有误，请逐步核对'
}
