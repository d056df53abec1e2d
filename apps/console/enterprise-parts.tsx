import { lazy, Suspense } from 'react'
import { setEnterpriseParts } from '../../capabilities/enterprise/web/public.tsx'

const LazyHazards = lazy(() => import('../../capabilities/hazard/web/public.tsx').then((m) => ({ default: m.OpenHazardsOf })))
const LazyVisits = lazy(() => import('../../capabilities/visit/web/public.tsx').then((m) => ({ default: m.VisitsOf })))
const LazyPapers = lazy(() => import('../../capabilities/enforcement/web/public.tsx').then((m) => ({ default: m.PapersOf })))

interface Of {
  enterpriseId: string
}
const Hazards = ({ enterpriseId }: Of) => <Suspense><LazyHazards enterpriseId={enterpriseId} /></Suspense>
const Visits = ({ enterpriseId }: Of) => <Suspense><LazyVisits enterpriseId={enterpriseId} /></Suspense>
const Papers = ({ enterpriseId }: Of) => <Suspense><LazyPapers enterpriseId={enterpriseId} /></Suspense>

/** What stands beside the file of an enterprise: parts of capabilities that the register does not know. */
export const loadEnterpriseParts = (): void =>
  setEnterpriseParts([
    { key: 'hazards', title: '未销号隐患', verb: 'hazard.read', order: 1, Part: Hazards },
    { key: 'visits', title: '最近走访', verb: 'visit.read', order: 2, Part: Visits },
    { key: 'papers', title: '执法文书', verb: 'enforcement.read', order: 3, Part: Papers },
  ])
