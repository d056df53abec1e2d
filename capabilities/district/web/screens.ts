import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/areas', title: '区划与安格', element: lazy(() => import('./AreasPage.tsx')), menu: { group: '系统', label: '区划与边界', order: 10, verb: 'district.read' } },
  { path: '/grids', title: '安格', element: lazy(() => import('./GridList.tsx')), menu: { group: '系统', label: '安格和安格员', order: 11, verb: ['district.manage', 'district.rota', 'district.area', 'statistics.read'] } },
  { path: '/grids/:id', title: '安格', element: lazy(() => import('./GridPage.tsx')) },
  { path: '/rota', title: '安格排班', element: lazy(() => import('./CoveragePage.tsx')), menu: { group: '系统', label: '排班与全勤', order: 12, verb: ['district.rota', 'district.swap', 'statistics.read'] } },
]
