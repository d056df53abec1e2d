import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/imports', title: '导入', element: lazy(() => import('./ImportList.tsx')), menu: { group: '监管对象', label: '导入', order: 90, verb: 'exchange.import' } },
  { path: '/imports/new', title: '新的导入', element: lazy(() => import('./NewImport.tsx')) },
  { path: '/imports/:id', title: '导入批次', element: lazy(() => import('./ImportPage.tsx')) },
]
