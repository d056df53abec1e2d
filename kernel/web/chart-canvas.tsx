import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { ChartProps } from './chart.tsx'
import { colour, fontFamily } from './tokens.ts'

echarts.use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

/** Muted series colours; none of them is a risk colour. */
const series = ['#3c6fb0', '#6a9a8b', '#8b7fb3', '#9aa7b5', '#b08d6a', '#5b8ba0']

/** The chart itself with a small set of kinds; screens take `Chart` of chart.tsx, which fetches this when it is wanted. */
export default function ChartCanvas({ option, height = 240, say, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<echarts.ECharts | undefined>(undefined)
  useEffect(() => {
    if (!box.current) return undefined
    const made = echarts.init(box.current)
    chart.current = made
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const legend = option.legend ? { legend: { top: 0, itemWidth: 14, itemHeight: 8, ...(option.legend as object) } } : {}
    chart.current?.setOption({ color: series, animation: !still, animationDuration: 300, textStyle: { fontFamily, color: colour.textSoft }, grid: { left: 44, right: 16, top: 28, bottom: 28 }, ...option, ...legend }, { notMerge: true })
  }, [option])
  useEffect(() => {
    const made = chart.current
    if (!made || !onPick) return undefined
    const pressed = (event: { name: string; seriesName?: string | undefined }) => onPick(event.name, event.seriesName ?? '')
    made.on('click', pressed as never)
    return () => {
      made.off('click', pressed as never)
    }
  }, [onPick])
  return <div ref={box} role="img" aria-label={say} style={{ height, width: '100%' }} />
}
