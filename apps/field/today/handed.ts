import type { VisitRow } from '../../../capabilities/sync/rows.ts'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'

const LIVE = ['waiting', 'sending', 'done'] as const satisfies readonly OutboxItem['state'][]

/** My handing back of this very arrangement, sent or on its way. Arranged anew (a newer version) it is mine again; a refused one counts for nothing. */
export const handedBack = (visit: Pick<VisitRow, 'id' | 'version'>, items: readonly Pick<OutboxItem, 'operation' | 'aggregate' | 'state' | 'input'>[]): boolean =>
  items.some((item) => item.operation === 'visit.handBack' && item.aggregate === `visit:${visit.id}` && item.input.baseVersion === visit.version && LIVE.some((state) => state === item.state))
