import type { ComponentType } from 'react'
import { call } from '../../../kernel/web/client.ts'
import type { SearchProvider } from '../../../kernel/web/screen.ts'
import { operations } from '../operations.ts'

export { type FoundSite, SiteSelect } from './SiteSelect.tsx'

/** A part of 一企一档 that another capability draws: open hazards, visits of the year, certificates. */
export interface EnterprisePart {
  readonly key: string
  readonly title: string
  /** Not shown to who lacks it. */
  readonly verb: string
  readonly order: number
  readonly Part: ComponentType<{ enterpriseId: string; name: string }>
}

let parts: readonly EnterprisePart[] = []

/** The console hands the parts over at its start: they stand above this capability and it may not ask for them by name. */
export function setEnterpriseParts(given: readonly EnterprisePart[]): void {
  parts = [...given].sort((a, b) => a.order - b.order)
}

export const enterpriseParts = (): readonly EnterprisePart[] => parts

/** The search box: two characters, pinyin initials, code or its fragment, last digits of a telephone, address. */
export const enterpriseSearch: SearchProvider = {
  kind: '企业',
  verb: 'enterprise.read',
  search: async (text, signal) => {
    const { rows } = await call(operations.find, { q: text, limit: 8 }, { signal })
    return rows.map((row) => ({ key: row.id, title: row.name, note: [row.areaName, row.address].filter(Boolean).join(' · '), to: `/enterprises/${row.id}` }))
  },
}
