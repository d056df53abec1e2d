import type { Ctx } from '../../../kernel/server/context.ts'
import { settleTodos, type TodoDraft } from '../../todo/server/public.ts'
import { RECALL_KIND_ZH } from '../paper.ts'
import type { Seen } from './detail.ts'
import { openOf } from './recall-store.ts'

/** Makes the todos of a paper what its state asks for: approve, issue, sign, serve. `how` says how the old ones ended. */
export const settle = (ctx: Ctx, all: Seen, how: string): void => settleTodos(ctx, [all.row.id], waitingFor(all), how)

function waitingFor({ row, signatures, doc, recalls }: Seen): TodoDraft[] {
  const name = `《${row.title}》${row.no ?? ''}（${row.enterprise_name}）`
  const draft = (step: string, title: string, who: { verb: string } | { personId: string }): TodoDraft => ({
    kind: `enforcement.${step}`, dedupeKey: `paper:${row.id}:${step}:${'personId' in who ? who.personId : ''}`, subject: { aggregate: 'paper', id: row.id }, title: `${title}${name}`, why: '执法文书流程',
    verb: 'verb' in who ? who.verb : null, personId: 'personId' in who ? who.personId : null, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, dueAt: null, link: `/papers/${row.id}`,
  })
  switch (row.state) {
    case 'PENDING':
      return [draft('approve', '审批', { verb: doc.approver === 'HEAD' ? 'enforcement.seal' : 'enforcement.approve' })]
    case 'RETURNED':
      return [draft('edit', '修改后重报', { personId: row.drafted_by })]
    case 'APPROVED':
      return [draft('issue', '签发', { personId: row.drafted_by })]
    case 'ISSUED':
      return row.officers.filter((id) => !signatures.some((s) => s.personId === id)).map((personId) => draft('sign', '签名', { personId }))
        .concat(signatures.some((s) => s.part === 'RECIPIENT') ? [] : [draft('receive', '请当事人签收', { personId: row.officers[0]! })])
    case 'SIGNED':
      return doc.service ? [draft('serve', '送达', { personId: row.officers[0]! })] : []
    case 'SERVED': {
      const open = openOf(recalls)
      if (!open) return []
      const what = RECALL_KIND_ZH[open.kind]
      return open.state === 'ASKED' ? [draft('recall_decide', `决定${what}`, { verb: 'enforcement.revoke' })] : [draft('recall_serve', `送达${what}决定`, { personId: row.officers[0]! })]
    }
    default:
      return []
  }
}
