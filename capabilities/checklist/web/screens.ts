import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/checklists', title: '检查表', element: lazy(() => import('./ChecklistLibrary.tsx')), menu: { group: '检查任务', label: '检查表库', order: 80, verb: 'checklist.read' } },
  { path: '/checklists/new', title: '新建检查表', element: lazy(() => import('./ChecklistEditor.tsx')) },
  { path: '/checklists/:id', title: '检查表', element: lazy(() => import('./ChecklistPage.tsx')) },
  { path: '/checklists/:id/edit', title: '修改检查表', element: lazy(() => import('./ChecklistEditor.tsx')) },
  { path: '/criteria', title: '判定标准', element: lazy(() => import('./CriteriaPage.tsx')), menu: { group: '检查任务', label: '判定标准', order: 90, verb: 'checklist.read' } },
]
