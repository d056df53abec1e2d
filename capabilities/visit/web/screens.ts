import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/visits', title: '检查任务', element: lazy(() => import('./VisitList.tsx')), menu: { group: '检查任务', label: '全部任务', order: 10, verb: 'visit.read' } },
  { path: '/visits/approvals', title: '审批', element: lazy(() => import('./ApprovalPage.tsx')), menu: { group: '检查任务', label: '待我审批', order: 20, verb: 'visit.approve' } },
  { path: '/visits/new', title: '安排检查', element: lazy(() => import('./PlanPage.tsx')), menu: { group: '检查任务', label: '安排任务', order: 30, verb: 'visit.plan' } },
  { path: '/visits/record', title: '登记走访', element: lazy(() => import('./NewRecordPage.tsx')), menu: { group: '检查任务', label: '登记走访', order: 40, verb: ['visit.patrol', 'visit.selfcheck', 'visit.phone', 'visit.inspect'] } },
  { path: '/visits/caps', title: '频次上限', element: lazy(() => import('./CapsPage.tsx')), menu: { group: '检查任务', label: '频次上限', order: 50, verb: ['visit.cap', 'visit.approve'] } },
  { path: '/visits/:id', title: '检查任务', element: lazy(() => import('./VisitPage.tsx')) },
  { path: '/visits/:id/edit', title: '修改任务', element: lazy(() => import('./EditPage.tsx')) },
  { path: '/visits/:id/record', title: '检查记录', element: lazy(() => import('./RecordPage.tsx')) },
]
