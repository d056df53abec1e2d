import { lazy, Suspense } from 'react'
import { setEnterpriseParts } from '../../capabilities/enterprise/web/public.tsx'

const Hazards = lazy(() => import('../../capabilities/hazard/web/public.tsx').then((m) => ({ default: m.OpenHazardsOf })))
const Visits = lazy(() => import('../../capabilities/visit/web/public.tsx').then((m) => ({ default: m.VisitsOf })))
const Papers = lazy(() => import('../../capabilities/enforcement/web/public.tsx').then((m) => ({ default: m.PapersOf })))

interface Of {
  enterpriseId: string
}

/** What stands beside the file of an enterprise: parts of capabilities that the register does not know. */
export const loadEnterpriseParts = (): void =>
  setEnterpriseParts([
    { key: 'hazards', title: '未销号隐患', verb: 'hazard.read', order: 1, Part: ({ enterpriseId }: Of) => <Suspense><Hazards enterpriseId={enterpriseId} /></Suspense> },
    { key: 'visits', title: '最近走访', verb: 'visit.read', order: 2, Part: ({ enterpriseId }: Of) => <Suspense><Visits enterpriseId={enterpriseId} /></Suspense> },
    { key: 'papers', title: '执法文书', verb: 'enforcement.read', order: 3, Part: ({ enterpriseId }: Of) => <Suspense><Papers enterpriseId={enterpriseId} /></Suspense> },
  ])
