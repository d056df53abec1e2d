import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/audit', title: '审计日志', element: lazy(() => import('./AuditPage.tsx')), menu: { group: '系统', label: '审计日志', order: 60, verb: 'audit.read' } },
  { path: '/ledger', title: '账本', element: lazy(() => import('./LedgerPage.tsx')), menu: { group: '系统', label: '账本校验', order: 70, verb: 'ledger.read' } },
  { path: '/settings', title: '参数', element: lazy(() => import('./SettingsPage.tsx')), menu: { group: '系统', label: '参数', order: 80, verb: 'setting.write' } },
  { path: '/jobs', title: '后台任务', element: lazy(() => import('./JobsPage.tsx')), menu: { group: '系统', label: '后台任务', order: 90, verb: 'system.read' } },
]
