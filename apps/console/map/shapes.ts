import { useQuery } from '@tanstack/react-query'
import { operations } from '../../../capabilities/district/operations.ts'
import type { Area, FeatureCollection } from '../../../kernel/core/geometry.ts'
import { fetchFile, useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'

export type Shapes = FeatureCollection<Area | null, { code: string; name: string; kind: string; areaCode?: string }>

/** The boundaries below the district of one's post; kept by the browser until one of them changes. */
export function useShapes(): Shapes | undefined {
  const { posts, can } = useMe()
  const { data: tree } = useRead(operations.areas, {}, { enabled: can('district.read') })
  // Whoever has a grid or a community has no area of his own post above it: the tree tells him his district.
  const post = posts.find((p) => p.areaCode)?.areaCode ?? tree?.areas.find((area) => area.kind === 'DISTRICT')?.code ?? ''
  const district = post.slice(0, 6).padEnd(12, '0')
  const stamp = tree?.stamp
  const { data } = useQuery({
    queryKey: ['boundaries', district, stamp],
    enabled: post !== '' && stamp !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await (await fetchFile(operations.boundaries, { areaCode: district, stamp }, signal)).json()) as Shapes,
  })
  return data
}
