import { Skeleton } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense } from 'react'

export interface ChartProps {
  /** ECharts option; lines, bars and pies. */
  readonly option: EChartsCoreOption
  readonly height?: number
  /** The sentence read aloud to who cannot see it. */
  readonly say: string
  /** A pressed mark, so that a number opens its list. */
  readonly onPick?: (name: string, seriesName: string) => void
}

const Canvas = lazy(() => import('./chart-canvas.tsx'))

/** A chart; its code is fetched when the first one is wanted. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: props.height ?? 240 }} />}>
      <Canvas {...props} />
    </Suspense>
  )
}
