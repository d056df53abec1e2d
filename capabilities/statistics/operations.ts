import { z } from 'zod'
import { query, SIGNED_IN } from '../../kernel/core/operation.ts'
import { Home, Recent } from './statistics.ts'

export const operations = {
  home: query('GET /statistics/home', { summary: '我管辖范围内今天的数和现存的数，分街道', input: z.strictObject({}), output: Home, verb: 'statistics.read' }),
  recent: query('GET /statistics/recent', { summary: '我管辖范围内最近发生的事', input: z.strictObject({}), output: z.object({ rows: z.array(Recent) }), verb: SIGNED_IN }),
}
