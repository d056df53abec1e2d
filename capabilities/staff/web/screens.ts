import { lazy } from 'react'
import type { Screen } from '../../../kernel/web/screen.ts'

export const screens: readonly Screen[] = [
  { path: '/people', title: '人员', element: lazy(() => import('./PeopleList.tsx')), menu: { group: '系统', label: '人员和账号', order: 20, verb: 'staff.read' } },
  { path: '/people/:id', title: '人员', element: lazy(() => import('./PersonPage.tsx')) },
  { path: '/roles', title: '角色', element: lazy(() => import('./RolesPage.tsx')), menu: { group: '系统', label: '角色和权限', order: 21, verb: ['staff.role', 'staff.grant', 'staff.account', 'audit.read'] } },
  { path: '/administrators', title: '三员', element: lazy(() => import('./OfficesPage.tsx')), menu: { group: '系统', label: '三员', order: 24, verb: 'staff.office' } },
  { path: '/certificates', title: '证件', element: lazy(() => import('./CertificateList.tsx')), menu: { group: '系统', label: '执法证件', order: 22, verb: 'staff.read' } },
  { path: '/organisations', title: '单位', element: lazy(() => import('./OrganisationList.tsx')), menu: { group: '系统', label: '单位和科室', order: 23, verb: 'staff.account' } },
]
