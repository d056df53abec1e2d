import { lifecycle } from '../../kernel/core/lifecycle.ts'
import type { ChecklistState } from './checklist.ts'

export type ChecklistAction = 'edit' | 'publish' | 'retire' | 'revise'

/**
 * A published list never changes: hazards, papers and comparisons between visits point at its items.
 * A change is a new draft with the next number; publishing it retires its predecessor.
 */
export const checklistLifecycle = lifecycle<ChecklistState, ChecklistAction>({
  DRAFT: {
    edit: { id: 'K1', to: 'same', verb: 'checklist.edit', label: '修改', clause: 'domain §14' },
    publish: { id: 'K2', to: 'PUBLISHED', verb: 'checklist.publish', label: '发布', clause: 'domain §14' },
    retire: { id: 'K3', to: 'RETIRED', verb: 'checklist.publish', label: '作废草稿', clause: 'house §4' },
  },
  PUBLISHED: {
    revise: { id: 'K4', to: 'same', verb: 'checklist.edit', label: '修订（生成新版草稿）', clause: 'domain §14' },
    retire: { id: 'K5', to: 'RETIRED', verb: 'checklist.publish', label: '停用', clause: 'domain §14' },
  },
  RETIRED: {
    revise: { id: 'K6', to: 'same', verb: 'checklist.edit', label: '据此修订', clause: 'domain §14' },
  },
})
