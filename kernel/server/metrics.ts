const bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000]

/** Counters in the Prometheus text format; one process's view. */
export interface Metrics {
  request(operation: string, status: number, ms: number): void
  gauge(name: string, help: string, read: () => number): void
  text(): string
}

interface Series {
  buckets: number[]
  sum: number
  count: number
}

export function metrics(): Metrics {
  const durations = new Map<string, Series>()
  const totals = new Map<string, number>()
  const gauges: { name: string; help: string; read: () => number }[] = []
  return {
    request(operation, status, ms) {
      const label = `operation="${operation}",status="${status}"`
      totals.set(label, (totals.get(label) ?? 0) + 1)
      const series = durations.get(operation) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 }
      durations.set(operation, series)
      series.sum += ms
      series.count++
      const at = bounds.findIndex((bound) => ms <= bound)
      if (at >= 0) series.buckets[at]!++
    },
    gauge: (name, help, read) => void gauges.push({ name, help, read }),
    text: () => [...totalLines(totals), ...durationLines(durations), ...gauges.flatMap(gaugeLines), ''].join('\n'),
  }
}

const totalLines = (totals: Map<string, number>) => [
  '# HELP angrid_requests_total Requests answered',
  '# TYPE angrid_requests_total counter',
  ...[...totals].map(([label, n]) => `angrid_requests_total{${label}} ${n}`),
]

function durationLines(durations: Map<string, Series>): string[] {
  const lines = ['# HELP angrid_request_ms Time to answer in milliseconds', '# TYPE angrid_request_ms histogram']
  for (const [operation, series] of durations) {
    let sum = 0
    bounds.forEach((bound, i) => {
      sum += series.buckets[i]!
      lines.push(`angrid_request_ms_bucket{operation="${operation}",le="${bound}"} ${sum}`)
    })
    lines.push(`angrid_request_ms_bucket{operation="${operation}",le="+Inf"} ${series.count}`)
    lines.push(`angrid_request_ms_sum{operation="${operation}"} ${series.sum.toFixed(3)}`, `angrid_request_ms_count{operation="${operation}"} ${series.count}`)
  }
  return lines
}

const gaugeLines = (gauge: { name: string; help: string; read: () => number }) => [
  `# HELP ${gauge.name} ${gauge.help}`,
  `# TYPE ${gauge.name} gauge`,
  `${gauge.name} ${gauge.read()}`,
]
