import { addDays } from '../../kernel/core/time.ts'
import type { Client } from './client.ts'
import { dates } from './plan.ts'
import type { Stage } from './registry.ts'
import { LEADER, nightId } from './setup.ts'

export interface Check {
  readonly what: string
  readonly expected: number
  readonly counted: number | null
}
export interface LedgerVerdict {
  readonly ok: boolean
  readonly batches: number
  readonly sealed: number
  readonly unsealed: number
  readonly chain: string
  readonly faults: number
}

const whole = { M01: 'persons', M07: 'found', M09C: 'closed', M22: 'resumed', M21B: 'firms', M21N: 'resumed', M21AB: 'above', M21AN: 'aboveResumed' } as const
const zh: Readonly<Record<string, string>> = { M01: '出动人次', M07: '排查隐患', M09C: '整改隐患', M22: '指导企业家数', M21B: '工业企业', M21N: '已复工', M21AB: '规上企业', M21AN: '规上已复工', M06P: '夜查园区', M05: '夜查企业', M06S: '夜查场所', M08: '现场整改', M12: '查封企业', M12N: '查封次数' }
const night = { M01: 'nightPersons', M06P: 'nightParks', M05: 'nightFirms', M06S: 'nightPlaces', M07: 'nightFound', M08: 'nightFixed', M12: 'nightSealed', M12N: 'nightSealed' } as const

/** The figures of the statistics slice over the campaign and over the night, and the campaign's own overview of the night. */
export async function checksOf({ stage, client }: { stage: Stage; client: Client }): Promise<Check[]> {
  const { expected } = stage
  const window = { from: dates[0]!, to: addDays(dates.at(-1)!, 1) }
  const count = async (ids: object, more: Record<string, string> = {}): Promise<Record<string, number | null>> => {
    const { total } = await client.read<{ total: Record<string, { value: number | null }> }>(LEADER, `/statistics/figures?${new URLSearchParams({ metrics: Object.keys(ids).join(','), ...window, ...more })}`)
    return Object.fromEntries(Object.entries(total).map(([id, figure]) => [id, figure.value]))
  }
  const all = await count({ ...whole, M15O: '' })
  const dark = await count(night, { campaignId: nightId })
  const { sealed } = await client.read<{ sealed: number }>(LEADER, `/campaigns/${nightId}/report`)
  const { totals } = await client.read<{ totals: Record<string, number> }>(LEADER, `/campaigns/${nightId}/overview`)
  const board = { people: 'nightPersons', parks: 'nightParks', firms: 'nightFirms', places: 'nightPlaces', found: 'nightFound', fixed: 'nightFixed' } as const
  return [
    ...Object.entries(whole).map(([id, name]) => ({ what: `${id} ${zh[id]}`, expected: expected[name], counted: all[id] ?? null })),
    { what: 'M15O 未整改', expected: expected.found - expected.closed, counted: all.M15O ?? null },
    ...Object.entries(night).map(([id, name]) => ({ what: `夜间 ${id} ${zh[id]}`, expected: expected[name], counted: dark[id] ?? null })),
    ...Object.entries(board).map(([id, name]) => ({ what: `夜间总览 ${id}`, expected: expected[name], counted: totals[id] ?? null })),
    { what: '夜间总结 sealed', expected: expected.nightSealed, counted: sealed },
  ]
}
