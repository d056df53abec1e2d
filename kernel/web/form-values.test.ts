import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { command } from '../core/operation.ts'
import { cleaned, isRequired, pathOf, withNulls } from './form-values.ts'

const act = command('POST /x', { summary: 'x', input: z.strictObject({ reason: z.string().min(2), note: z.string().optional(), files: z.array(z.string()).default([]), dueOn: z.string().nullable() }), output: z.object({}), verb: 'x' })

describe('form values', () => {
  it('a blank text is not sent; no and zero are', () => {
    expect(cleaned({ a: '  ', b: ' 字 ', c: undefined, d: null, e: false, f: 0, g: [] })).toEqual({ b: '字', e: false, f: 0, g: [] })
  })
  it.each([
    ['reason', true],
    ['note', false],
    ['files', false],
    ['dueOn', false],
    ['nothing', false],
  ])('the schema itself says whether %s is required: %s', (key, wanted) => {
    expect(isRequired(act, key)).toBe(wanted)
  })
  it('an empty field that the operation wants to hear of is sent as null, an optional one not at all', () => {
    expect(withNulls(act, ['note', 'dueOn', 'reason'], { reason: '理由' })).toEqual({ reason: '理由', dueOn: null })
  })
  it('a refusal deep in a list stands under the list', () => {
    expect(pathOf('items.3.dueOn')).toBe('items')
  })
})
