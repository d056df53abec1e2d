import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/enterprises', title: '监管对象', element: lazy(() => import('./EnterpriseList.tsx')), menu: { group: '监管对象', label: '企业和场所', order: 10, verb: 'enterprise.read' } },
  { path: '/enterprises/new', title: '新建监管对象', element: lazy(() => import('./NewEnterprise.tsx')) },
  { path: '/enterprises/:id', title: '一企一档', element: lazy(() => import('./EnterprisePage.tsx')) },
  { path: '/enterprises/:id/edit', title: '修改资料', element: lazy(() => import('./EditEnterprise.tsx')) },
  { path: '/parks', title: '园区', element: lazy(() => import('./ParkList.tsx')), menu: { group: '监管对象', label: '园区', order: 20, verb: 'enterprise.read' } },
  { path: '/parks/new', title: '新建园区', element: lazy(() => import('./NewPark.tsx')) },
  { path: '/parks/:id', title: '园区档案', element: lazy(() => import('./ParkPage.tsx')) },
]
