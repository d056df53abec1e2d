import { type Ask, load, median, memoryMb, type Result, type Target } from './load.ts'

/** One piece of work, asked of AnGrid and of the limit program. */
export interface Work {
  readonly name: string
  readonly aim: number
  readonly angrid: () => Ask
  readonly limit: () => Ask
}

export interface Pair {
  readonly angrid: Target
  readonly limit: Target
  /** Statements the AnGrid server has sent to the database so far. */
  statements(): Promise<number>
}

const ROUNDS = 3

/** Measures interleaved (A B, B A, A B) so that the machine's mood falls on both, and prints medians and the ratio. @param within milliseconds that p95 may take; above, the aim is missed whatever the ratio */
export async function compare(pair: Pair, work: Work, concurrency: number, seconds: number, within = Number.POSITIVE_INFINITY): Promise<number> {
  const results: { angrid: Result[]; limit: Result[] } = { angrid: [], limit: [] }
  await load(pair.angrid, work.angrid, concurrency, 1)
  await load(pair.limit, work.limit, concurrency, 1)
  const before = await pair.statements()
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 ? (['limit', 'angrid'] as const) : (['angrid', 'limit'] as const)
    for (const side of order) results[side].push(await load(pair[side], work[side], concurrency, seconds))
  }
  const statements = (await pair.statements()) - before
  const calls = results.angrid.reduce((n, r) => n + r.count, 0)
  const of = (side: 'angrid' | 'limit', key: keyof Result) => median(results[side].map((r) => r[key]))
  const ratio = of('angrid', 'perSecond') / of('limit', 'perSecond')
  for (const side of ['angrid', 'limit'] as const) {
    const errors = results[side].reduce((n, r) => n + r.errors, 0)
    console.log(
      `  ${side.padEnd(7)} c=${String(concurrency).padEnd(3)} ${of(side, 'perSecond').toFixed(0).padStart(7)} req/s  p50 ${of(side, 'p50').toFixed(2)} ms  p95 ${of(side, 'p95').toFixed(2)} ms  p99 ${of(side, 'p99').toFixed(2)} ms  ` +
        `cpu ${of(side, 'cpu').toFixed(3)} ms/req  rss ${memoryMb(pair[side].pid)} MB  errors ${errors}${side === 'angrid' ? `  sql ${(statements / calls).toFixed(2)}/req` : ''}`,
    )
  }
  const soon = of('angrid', 'p95') < within
  console.log(`  ratio ${ratio.toFixed(2)} (aim ≥ ${work.aim.toFixed(2)}${Number.isFinite(within) ? `, p95 < ${within} ms` : ''}) ${ratio >= work.aim && soon ? 'reached' : 'not reached'}`)
  return soon ? ratio : 0
}
