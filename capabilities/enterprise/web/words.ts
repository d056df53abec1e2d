import type { Tone } from '../../../kernel/web/tokens.ts'
import { gongmaoSectorZh } from '../gongmao.ts'
import { type IndustryNode, industriesBelow } from '../industry.ts'
import { type OperatingState, operatingStateZh } from '../lifecycle.ts'
import { identityKindZh, riskColorZh, standardLevelZh } from '../enterprise.ts'
import { siteKinds, siteKindZh } from '../site-kinds.ts'
import { sizeGradeZh } from '../size.ts'
import { tagZh } from '../tags.ts'

export interface Option {
  value: string
  label: string
}

const optionsOf = (table: Readonly<Record<string, string>>): Option[] => Object.entries(table).map(([value, label]) => ({ value, label }))

export const stateOptions = optionsOf(operatingStateZh)
export const sizeOptions = optionsOf(sizeGradeZh)
export const standardOptions = optionsOf(standardLevelZh)
export const riskOptions = optionsOf(riskColorZh)
export const tagOptions = optionsOf(tagZh)
export const sectorOptions = optionsOf(gongmaoSectorZh)
export const identityOptions = optionsOf(identityKindZh)
/** Parks are places of their own; an enterprise is none. */
export const siteKindOptions = Object.entries(siteKinds).filter(([, fact]) => fact.group !== 'PARK').map(([value, fact]) => ({ value, label: fact.zh }))

export const stateTone: Readonly<Record<OperatingState, Tone>> = { ACTIVE: 'done', VOLUNTARY_STOP: 'plain', ORDERED_STOP: 'late', RESUMING: 'wait', LONG_STOP: 'plain', CANCELLED: 'plain', MOVED: 'plain' }

export const siteKindName = (code: string): string => (siteKindZh as Readonly<Record<string, string>>)[code] ?? code
export const tagName = (code: string): string => (tagZh as Readonly<Record<string, string>>)[code] ?? code

export interface TreeOption {
  value: string
  title: string
  children?: TreeOption[]
}

let tree: TreeOption[] | undefined

/** Sections, divisions, groups and classes for a tree choice; made when first asked, since it has nearly 2,000 nodes. */
export function industryTree(): TreeOption[] {
  const grow = (nodes: readonly IndustryNode[]): TreeOption[] =>
    nodes.map(({ code, name }) => {
      const below = grow(industriesBelow(code))
      return { value: code, title: `${code} ${name}`, ...(below.length ? { children: below } : {}) }
    })
  tree ??= grow(industriesBelow(null))
  return tree
}
