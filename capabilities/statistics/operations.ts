import { z } from 'zod'
import { query } from '../../kernel/core/operation.ts'
import { Home } from './statistics.ts'

export const operations = {
  home: query('GET /statistics/home', { summary: '我管辖范围内今天的数和现存的数，分街道', input: z.strictObject({}), output: Home, verb: 'statistics.read' }),
}
