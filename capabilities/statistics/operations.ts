import { z } from 'zod'
import { pageOf, paging, query, SIGNED_IN, wire } from '../../kernel/core/operation.ts'
import { Counted, Fact, Figures, scopeFields, splits } from './figures.ts'
import { periodKinds } from './period.ts'
import { reportOperations } from './operations-report.ts'
import { ScreenAnswer, ScreenInput } from './screen.ts'
import { Home, Recent } from './statistics.ts'

const ids = wire.list(z.string().regex(/^M\d{2}[A-Z]{0,2}$/)).refine((list) => list.length > 0 && list.length <= 120)
const by = wire.list(z.enum(splits)).refine((list) => list.length <= 2).optional()
const before = z.object({ from: z.string(), to: z.string(), figures: Figures })

const asked = { metrics: ids, ...scopeFields, splitBy: by }

export const operations = {
  home: query('GET /statistics/home', { summary: '我管辖范围内今天的数和现存的数，分街道', input: z.strictObject({}), output: Home, verb: 'statistics.read' }),
  recent: query('GET /statistics/recent', { summary: '我管辖范围内最近发生的事', input: z.strictObject({}), output: z.object({ rows: z.array(Recent) }), verb: SIGNED_IN }),
  figures: query('GET /statistics/figures', {
    summary: '指标的数，可按一两个维度分，可与上期、上年同期比',
    input: z.strictObject({ ...asked, compare: z.enum(periodKinds).optional() }),
    output: Counted.extend({ last: before.optional(), year: before.optional() }),
    verb: 'statistics.read', perMinute: 120, problems: ['statistics.unknown_metric', 'statistics.period_backwards'],
  }),
  facts: query('GET /statistics/facts', {
    summary: '一个数背后的每一条记录，条数等于这个数',
    input: z.strictObject({ metric: z.string().max(8), ...scopeFields, splitBy: by, cell: z.string().max(200).optional(), ...paging }),
    output: pageOf(Fact), verb: 'statistics.read', perMinute: 240, problems: ['statistics.unknown_metric', 'statistics.no_list', 'statistics.period_backwards'],
  }),
  export: query('GET /statistics/figures/export', {
    summary: '导出指标表，附数据截至时间和口径', input: z.strictObject(asked), output: z.object({}), verb: 'statistics.read', answer: 'file', perMinute: 20,
    problems: ['statistics.unknown_metric', 'statistics.period_backwards'],
  }),
  screen: query('GET /statistics/screen', { summary: '大屏：一次取回整幅画面，只带变了的部分', input: ScreenInput, output: ScreenAnswer, verb: 'statistics.read', perMinute: 2400, display: true }),
  ...reportOperations,
}
