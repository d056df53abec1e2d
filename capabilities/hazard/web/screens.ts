import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/hazards', title: '隐患台账', element: lazy(() => import('./HazardList.tsx')), menu: { group: '隐患闭环', label: '隐患台账', order: 10, verb: 'hazard.read' } },
  { path: '/hazards/new', title: '上报隐患', element: lazy(() => import('./ReportPage.tsx')), menu: { group: '隐患闭环', label: '上报隐患', order: 20, verb: 'hazard.report' } },
  { path: '/hazards/supervisions', title: '重大隐患督办', element: lazy(() => import('./SupervisionList.tsx')), menu: { group: '隐患闭环', label: '重大隐患督办', order: 30, verb: ['hazard.supervise', 'hazard.supervise_report'] } },
  { path: '/hazards/:id', title: '隐患', element: lazy(() => import('./HazardPage.tsx')) },
]
