import type { Entry } from '../../kernel/server/lost.ts'

/** First parts of the addresses of desk and phone; `house/entries.test.ts` holds them against the screens themselves. */
export const entries: readonly Entry[] = [
  {
    base: '/',
    screens: [
      'administrators', 'areas', 'audit', 'briefings', 'campaigns', 'certificates', 'checklists', 'criteria', 'enterprises', 'grids', 'hazards', 'imports', 'jobs', 'ledger', 'map', 'me', 'measures', 'organisations', 'papers', 'parks',
      'people', 'roles', 'rota', 'settings', 'snapshots', 'statistics', 'visits',
    ],
  },
  { base: '/field/', screens: ['find', 'hazard', 'map', 'me', 'messages', 'paper', 'papers', 'queue', 'report', 'scan', 'site', 'task', 'visit', 'visit-papers', 'write'] },
]
