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

/** Does the operation refuse an input without this key? */
export function isRequired(operation: Operation, key: string): boolean {
  if (!(operation.input instanceof z.ZodObject)) return false
  const field = (operation.input.shape as Record<string, z.ZodType>)[key]
  return field !== undefined && !field.safeParse(undefined).success
}
