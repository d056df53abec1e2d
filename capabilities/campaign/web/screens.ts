import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/campaigns', title: '专项行动', element: lazy(() => import('./CampaignList.tsx')), menu: { group: '专项行动', label: '专项行动', order: 10, verb: 'campaign.read' } },
  { path: '/campaigns/new', title: '拟制专项行动', element: lazy(() => import('./NewCampaign.tsx')) },
  { path: '/campaigns/packs', title: '行动包', element: lazy(() => import('./PackList.tsx')) },
  { path: '/campaigns/packs/:code', title: '行动包', element: lazy(() => import('./PackPage.tsx')) },
  { path: '/campaigns/patrols', title: '到期应巡', element: lazy(() => import('./PatrolsPage.tsx')) },
  { path: '/campaigns/:id', title: '专项行动', element: lazy(() => import('./CampaignPage.tsx')) },
  { path: '/campaigns/:id/edit', title: '修改方案', element: lazy(() => import('./EditCampaign.tsx')) },
  { path: '/campaigns/:id/order', title: '行动命令', element: lazy(() => import('./OrderPage.tsx')) },
  { path: '/campaigns/:id/muster', title: '集结', element: lazy(() => import('./MusterPage.tsx')) },
  { path: '/campaigns/:id/board', title: '实时战报', element: lazy(() => import('./BoardPage.tsx')) },
  { path: '/campaigns/:id/chart', title: '挂图作战', element: lazy(() => import('./ChartPage.tsx')) },
  { path: '/campaigns/:id/draws/:drawId', title: '随机抽取', element: lazy(() => import('./DrawPage.tsx')) },
]
