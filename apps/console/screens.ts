import { lazy } from 'react'
import { screens as campaign } from '../../capabilities/campaign/web/screens.ts'
import { screens as enforcement } from '../../capabilities/enforcement/web/screens.ts'
import { screens as enterprise } from '../../capabilities/enterprise/web/screens.ts'
import { screens as exchange } from '../../capabilities/exchange/web/screens.ts'
import { screens as system } from '../../capabilities/system/web/screens.ts'
import { screens as hazard } from '../../capabilities/hazard/web/screens.ts'
import { screens as visit } from '../../capabilities/visit/web/screens.ts'
import { screens as district } from '../../capabilities/district/web/screens.ts'
import { screens as staff } from '../../capabilities/staff/web/screens.ts'
import { screens as statistics } from '../../capabilities/statistics/web/screens.ts'
import { reportScreens } from '../../capabilities/statistics/web/report-screens.ts'
import { screens as checklist } from '../../capabilities/checklist/web/screens.ts'
import type { Screen } from '../../kernel/web/screen.ts'

/** Every address of the console: its own, then those of each capability, one line each. */
export const screens: readonly Screen[] = [
  { path: '/', title: '工作台', element: lazy(() => import('./home/Home.tsx')), menu: { group: '工作台', label: '工作台', order: 0, verb: 'signed_in' } },
  { path: '/map', title: '一张图', element: lazy(() => import('./map/MapPage.tsx')), menu: { group: '一张图', label: '一张图', order: 0, verb: 'statistics.read' } },
  { path: '/me/password', title: '修改口令', element: lazy(() => import('./person/Password.tsx')) },
  { path: '/me/sessions', title: '登录会话', element: lazy(() => import('./person/Sessions.tsx')) },
  ...campaign,
  ...visit,
  ...hazard,
  ...enterprise,
  ...enforcement,
  ...statistics,
  ...exchange,
  ...system,
  ...district,
  ...staff,
  ...checklist,
  ...reportScreens,
]
