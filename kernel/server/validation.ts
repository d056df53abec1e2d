import type { z } from 'zod'
import { type FieldRefusal, Problem } from '../core/problem.ts'

/** Parses input; every wrong field becomes a named refusal, so the screen can put the sentence under the field. */
export function parseInput<T extends z.ZodType>(schema: T, raw: unknown): z.output<T> {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  throw new Problem('invalid', 'common.invalid', { fields: result.error.issues.slice(0, 50).flatMap(refusalsOf) })
}

type Issue = z.core.$ZodIssue

function refusalsOf(issue: Issue): FieldRefusal[] {
  const path = issue.path.map(String).join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, code: 'field.unknown' }))
    case 'invalid_type':
      return [{ path, code: issue.input === undefined || /received undefined/.test(issue.message) ? 'field.required' : 'field.type' }]
    case 'too_small':
      return [{ path, code: tooSmall(issue), params: { limit: Number(issue.minimum) } }]
    case 'too_big':
      return [{ path, code: issue.origin === 'string' ? 'field.long' : 'field.big', params: { limit: Number(issue.maximum) } }]
    case 'invalid_value':
      return [{ path, code: 'field.choice' }]
    case 'invalid_format':
      return [{ path, code: `field.format_${issue.format}` in formats ? `field.format_${issue.format}` : 'field.format' }]
    case 'custom':
      return [{ path, code: typeof issue.params?.code === 'string' ? issue.params.code : 'field.format' }]
    default:
      return [{ path, code: 'field.format' }]
  }
}

const formats: Record<string, true> = { 'field.format_uuid': true, 'field.format_email': true }

const tooSmall = (issue: z.core.$ZodIssueTooSmall) =>
  issue.origin === 'string' ? (Number(issue.minimum) <= 1 ? 'field.required' : 'field.short') : issue.origin === 'array' ? 'field.few' : 'field.small'
