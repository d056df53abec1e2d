import { useQuery } from '@tanstack/react-query'
import type { Area, FeatureCollection } from '../../../kernel/core/geometry.ts'
import { fileUrl, useRead } from '../../../kernel/web/client.ts'
import type { MapArea } from '../../../kernel/web/map.tsx'
import { operations } from '../operations.ts'

interface Named {
  code: string
  name: string
  kind: string
  areaCode: string
}

/**
 * Boundaries of an area and all below it, for any map: one answer that the browser keeps until a boundary changes. Without a
 * code the person's own district. Communities are left out: their borders are those of their grids.
 */
export function useBoundaries(areaCode?: string): readonly MapArea[] {
  const { data } = useRead(operations.areas, {})
  const code = areaCode ?? data?.areas.find((area) => area.kind === 'DISTRICT')?.code
  const stamp = data?.stamp
  const shapes = useQuery({
    queryKey: ['boundaries', code, stamp],
    enabled: !!code && !!stamp,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const answer = await fetch(fileUrl(operations.boundaries, { areaCode: code ?? '', stamp }), { signal })
      return answer.ok ? ((await answer.json()) as FeatureCollection<Area, Named>) : { type: 'FeatureCollection' as const, features: [] }
    },
  })
  return (shapes.data?.features ?? []).flatMap(({ id, geometry, properties }): MapArea[] => {
    const level = properties.kind === 'DISTRICT' ? 'district' : properties.kind === 'GRID' ? 'grid' : properties.kind === 'COMMUNITY' ? undefined : 'street'
    return level ? [{ id: String(id), name: properties.name, level, geometry }] : []
  })
}
