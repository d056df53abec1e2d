import { operations as campaigns } from '../../capabilities/campaign/operations.ts'
import { KIND_ZH } from '../../capabilities/campaign/scheme.ts'
import { operations as papers } from '../../capabilities/enforcement/operations.ts'
import { enterpriseSearch } from '../../capabilities/enterprise/web/public.tsx'
import { operations as hazards } from '../../capabilities/hazard/operations.ts'
import { stateZh } from '../../capabilities/hazard/zh.ts'
import { operations as visits } from '../../capabilities/visit/operations.ts'
import { kinds } from '../../capabilities/visit/kinds.ts'
import { zhDate } from '../../kernel/core/time-zh.ts'
import { call } from '../../kernel/web/client.ts'
import type { SearchProvider } from '../../kernel/web/screen.ts'

const FEW = 6

/** What the search box asks, in the order of its answers, one entry for each kind of record. */
export const providers: readonly SearchProvider[] = [
  enterpriseSearch,
  {
    kind: '隐患',
    verb: 'hazard.read',
    search: async (q, signal) => {
      const { rows } = await call(hazards.list, { q, limit: FEW }, { signal })
      return rows.map((row) => ({ key: row.id, title: `${row.no} ${row.title}`, note: `${stateZh[row.state]} · ${row.enterpriseName}`, to: `/hazards/${row.id}` }))
    },
  },
  {
    kind: '文书号',
    verb: 'enforcement.read',
    search: async (q, signal) => {
      const { rows } = await call(papers.list, { q, limit: FEW }, { signal })
      return rows.map((row) => ({ key: row.id, title: [row.title, row.no].filter(Boolean).join(' '), note: row.enterpriseName, to: `/papers/${row.id}` }))
    },
  },
  {
    kind: '检查编号',
    verb: 'visit.read',
    search: async (q, signal) => {
      const { rows } = await call(visits.list, { q, limit: FEW }, { signal })
      return rows.map((row) => ({ key: row.id, title: `${row.no} ${row.enterpriseName}`, note: `${kinds[row.kind].short} · ${zhDate(row.businessDate)}`, to: `/visits/${row.id}` }))
    },
  },
  {
    kind: '专项行动',
    verb: 'campaign.read',
    search: async (q, signal) => {
      const { rows } = await call(campaigns.list, { q, limit: FEW }, { signal })
      return rows.map((row) => ({ key: row.id, title: row.name, note: `${KIND_ZH[row.kind]} · ${zhDate(row.businessDate)}`, to: `/campaigns/${row.id}` }))
    },
  },
]
