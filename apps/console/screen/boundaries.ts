import { useEffect, useState } from 'react'
import { operations } from '../../../capabilities/district/operations.ts'
import type { Area, FeatureCollection } from '../../../kernel/core/geometry.ts'
import { call } from '../../../kernel/web/call.ts'
import { fetchFile } from '../../../kernel/web/file.ts'
import type { MapArea } from '../../../kernel/web/map.tsx'

type Shapes = FeatureCollection<Area | null, { code: string; name: string; kind: string }>

const HOUR_MS = 3_600_000
const AGAIN_MS = 15_000

/** Streets of one's district, asked again each hour by the stamp of the tree: a boundary that moved reaches the wall without a reload. */
export function useBoundaries(ready: boolean): readonly MapArea[] {
  const [areas, setAreas] = useState<readonly MapArea[]>([])
  useEffect(() => {
    if (!ready) return undefined
    let timer: ReturnType<typeof setTimeout>
    let have: string | undefined
    const stop = new AbortController()
    const load = async () => {
      let again = HOUR_MS
      try {
        const tree = await call(operations.areas, {}, { signal: stop.signal, quiet: true })
        const district = tree.areas.find((area) => area.kind === 'DISTRICT')?.code ?? `${tree.areas[0]?.code.slice(0, 6) ?? ''}000000`
        if (tree.stamp !== have && district.length === 12) {
          const file = await fetchFile(operations.boundaries, { areaCode: district, stamp: tree.stamp }, stop.signal)
          const shapes = (await file.json()) as Shapes
          have = tree.stamp
          setAreas(shapes.features.flatMap(({ geometry, properties: { code, name, kind } }): MapArea[] => (!geometry || kind === 'COMMUNITY' || kind === 'GRID' ? [] : [{ id: code, name: kind === 'DISTRICT' ? '' : name, level: kind === 'DISTRICT' ? 'district' : 'street', geometry }])))
        }
      } catch {
        // Without boundaries the points stand alone; asked again soon.
        again = AGAIN_MS
      }
      if (!stop.signal.aborted) timer = setTimeout(() => void load(), again)
    }
    void load()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [ready])
  return areas
}
