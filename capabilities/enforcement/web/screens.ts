import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/papers', title: '执法文书', element: lazy(() => import('./PaperList.tsx')), menu: { group: '执法文书', label: '全部文书', order: 10, verb: 'enforcement.read' } },
  { path: '/papers/new', title: '起草文书', element: lazy(() => import('./DraftPage.tsx')), menu: { group: '执法文书', label: '起草文书', order: 20, verb: 'enforcement.draft' } },
  { path: '/measures', title: '查封扣押', element: lazy(() => import('./MeasureList.tsx')), menu: { group: '执法文书', label: '查封扣押', order: 25, verb: 'enforcement.read' } },
  { path: '/measures/:id', title: '查封扣押', element: lazy(() => import('./MeasurePage.tsx')) },
  { path: '/papers/forms', title: '文书样式', element: lazy(() => import('./FormsPage.tsx')), menu: { group: '执法文书', label: '文书样式', order: 30, verb: 'enforcement.form' } },
  { path: '/papers/:id', title: '执法文书', element: lazy(() => import('./PaperPage.tsx')) },
  { path: '/papers/:id/edit', title: '修改文书', element: lazy(() => import('./EditPage.tsx')) },
]
