import { useRead } from '../../../kernel/web/client.ts'
import { operations } from '../../checklist/operations.ts'

const inUse = { state: 'PUBLISHED' as const, limit: 200 }

/** Checklists in use as people call them: a scheme stores codes. A list that is no longer in use keeps its code. */
export function useChecklists(): { nameOf: (code: string) => string; namesOf: (codes: readonly string[]) => string; options: readonly { value: string; label: string }[] } {
  const { data } = useRead(operations.list, inUse)
  const names = new Map((data?.rows ?? []).map((list) => [list.code, list.name]))
  const nameOf = (code: string) => names.get(code) ?? code
  return { nameOf, namesOf: (codes) => codes.map(nameOf).join('；') || '不限', options: [...names].map(([value, label]) => ({ value, label })) }
}
