import type { ComponentType } from 'react'

interface FieldScreen {
  readonly path: string
  readonly load: () => Promise<{ default: ComponentType }>
}

/** Every address of the phone. The shell is small; each screen comes when it is first opened, from the phone's own store. */
export const screens: readonly FieldScreen[] = [
  { path: '/', load: () => import('./today/Today.tsx') },
  { path: '/map', load: () => import('./map/FieldMap.tsx') },
  { path: '/messages', load: () => import('./message/Messages.tsx') },
  { path: '/me', load: () => import('./own/Me.tsx') },
  { path: '/find', load: () => import('./site/Find.tsx') },
  { path: '/scan', load: () => import('./site/Scan.tsx') },
  { path: '/site/:id', load: () => import('./site/Site.tsx') },
  { path: '/report', load: () => import('./hazard/Report.tsx') },
  { path: '/report/:siteId', load: () => import('./hazard/Report.tsx') },
  { path: '/hazard/:id', load: () => import('./hazard/HazardPage.tsx') },
  { path: '/task/:id', load: () => import('./visit/Task.tsx') },
  { path: '/visit/:id', load: () => import('./visit/Visit.tsx') },
  { path: '/papers', load: () => import('./paper/Papers.tsx') },
  { path: '/paper/:id', load: () => import('./paper/PaperPage.tsx') },
  { path: '/visit-papers/:id', load: () => import('./paper/VisitPapers.tsx') },
  { path: '/write/:id', load: () => import('./paper/WritePaper.tsx') },
  { path: '/queue', load: () => import('./queue/Queue.tsx') },
]
