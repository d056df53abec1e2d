import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/statistics', title: '统计', element: lazy(() => import('./FiguresPage.tsx')), menu: { group: '统计简报', label: '统计指标', order: 10, verb: 'statistics.read' } },
  { path: '/statistics/facts', title: '明细', element: lazy(() => import('./FactsPage.tsx')) },
]
