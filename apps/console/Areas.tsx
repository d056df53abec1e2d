import { type ReactNode, useMemo } from 'react'
import type { AreaView } from '../../capabilities/district/district.ts'
import { operations } from '../../capabilities/district/operations.ts'
import { type AreaNode, AreasContext } from '../../kernel/web/areas.tsx'
import { useRead } from '../../kernel/web/client.ts'
import { useCan } from '../../kernel/web/me.ts'

/** The area tree for every picker, read once a day at most. */
export function Areas({ children }: { children: ReactNode }) {
  const { data } = useRead(operations.areas, {}, { enabled: useCan('district.read') })
  const tree = useMemo(() => treeOf(data?.areas ?? []), [data])
  return <AreasContext value={tree}>{children}</AreasContext>
}

/** Parents first, in the bureau's order; an area whose parent is out of reach stands at the top. */
function treeOf(areas: readonly AreaView[]): AreaNode[] {
  const codes = new Set(areas.map((area) => area.code))
  const childrenOf = (parent: string | null): AreaNode[] =>
    areas
      .filter((area) => (parent === null ? area.parentCode === null || !codes.has(area.parentCode) : area.parentCode === parent))
      .sort((a, b) => a.sortNo - b.sortNo || (a.code < b.code ? -1 : 1))
      .map((area) => ({ code: area.code, name: area.name, children: childrenOf(area.code) }))
  // A province with one city with one district is no choice: the tree begins where it branches, at the district at the latest,
  // so that whoever has one grid still sees the name of its street.
  let roots = childrenOf(null)
  while (roots.length === 1 && roots[0]?.children?.length === 1 && roots[0].children[0]?.code.endsWith('000000')) roots = [...roots[0].children]
  return roots
}
