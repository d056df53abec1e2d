import { z } from 'zod'
import type { Operation } from '../core/operation.ts'

/** The input key a refusal belongs to: "items.3.dueOn" is shown under `items`. */
export const pathOf = (path: string): string => path.split('.')[0] ?? path

/** Empty text is no text: the server would read it as a wrong value, not as a missing one. */
export function cleaned(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]): [string, unknown] => [key, typeof value === 'string' ? value.trim() : value])
      .filter(([, value]) => value !== undefined && value !== null && value !== ''),
  )
}

const schemaOf = (operation: Operation, key: string): z.ZodType | undefined =>
  operation.input instanceof z.ZodObject ? (operation.input.shape as Record<string, z.ZodType>)[key] : undefined

/** Must something be typed here? Not when the operation does without the key, or takes “none”. */
export function isRequired(operation: Operation, key: string): boolean {
  const schema = schemaOf(operation, key)
  return schema !== undefined && !schema.safeParse(undefined).success && !schema.safeParse(null).success
}

/** Says “none” for the empty fields that the operation wants to hear of. */
export function withNulls(operation: Operation, keys: readonly string[], values: Record<string, unknown>): Record<string, unknown> {
  const silent = keys.filter((key) => values[key] === undefined && schemaOf(operation, key)?.safeParse(undefined).success === false)
  return { ...values, ...Object.fromEntries(silent.filter((key) => schemaOf(operation, key)?.safeParse(null).success).map((key) => [key, null])) }
}

/** The keys an operation takes; none when its input is not one plain object. */
export const inputKeys = (operation: Operation): string[] => (operation.input instanceof z.ZodObject ? Object.keys(operation.input.shape) : [])
