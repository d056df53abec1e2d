import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

/** 统计简报 → 简报, 快照. */
export const reportScreens: readonly Screen[] = [
  { path: '/briefings', title: '简报', element: lazy(() => import('./BriefingList.tsx')), menu: { group: '统计简报', label: '简报', order: 30, verb: ['statistics.write', 'statistics.approve', 'statistics.publish'] } },
  { path: '/briefings/new', title: '起草简报', element: lazy(() => import('./BriefingNew.tsx')) },
  { path: '/briefings/:id', title: '简报', element: lazy(() => import('./BriefingPage.tsx')) },
  { path: '/briefings/:id/edit', title: '修改简报', element: lazy(() => import('./BriefingEditor.tsx')) },
  { path: '/snapshots', title: '快照', element: lazy(() => import('./SnapshotList.tsx')), menu: { group: '统计简报', label: '快照', order: 40, verb: ['statistics.freeze', 'statistics.write', 'statistics.approve'] } },
  { path: '/snapshots/new', title: '冻结快照', element: lazy(() => import('./SnapshotNew.tsx')) },
  { path: '/snapshots/:id', title: '快照', element: lazy(() => import('./SnapshotPage.tsx')) },
]
