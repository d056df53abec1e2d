import { z } from 'zod'
import { areas, castIds, ids } from './cast.ts'

type Json = { [key: string]: unknown }

/** The cast's own things by the name of the field that asks for one. */
const known: Readonly<Record<string, string>> = {
  enterpriseId: ids.enterprise,
  siteId: ids.site,
  gridId: ids.grid,
  parkId: ids.park,
  personId: castIds.lin,
  organisationId: ids.bureau,
  areaCode: areas.street,
  aggregateId: ids.enterprise,
}

/** An input that the schema takes and that asks for the cast's things: what a curious stranger would send. */
export function plausible(schema: z.ZodType, id: string): Json {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return sampleOf(json, json, 'input', id) as Json
}

function sampleOf(node: Json, whole: Json, name: string, id: string): unknown {
  if (typeof node.$ref === 'string') return sampleOf(((whole.$defs ?? {}) as Record<string, Json>)[node.$ref.replace('#/$defs/', '')] ?? {}, whole, name, id)
  if (node.const !== undefined) return node.const
  if (Array.isArray(node.enum)) return node.enum[0]
  const choices = (node.anyOf ?? node.oneOf ?? node.allOf) as Json[] | undefined
  if (choices) return sampleOf(choices.find((c) => c.type !== 'null') ?? choices[0]!, whole, name, id)
  if (node.type === 'object' || node.properties) return objectOf(node, whole, id)
  if (node.type === 'array') return Array.from({ length: Math.max(1, Number(node.minItems ?? 0)) }, () => sampleOf((node.items ?? {}) as Json, whole, name.replace(/s$/, ''), id))
  if (node.type === 'integer' || node.type === 'number') return Math.max(Number(node.minimum ?? 1), 1)
  if (node.type === 'boolean') return true
  return textOf(node, name, id)
}

function objectOf(node: Json, whole: Json, id: string): Json {
  const required = new Set((node.required ?? []) as string[])
  const properties = (node.properties ?? {}) as Record<string, Json>
  return Object.fromEntries(Object.entries(properties).filter(([key]) => required.has(key)).map(([key, value]) => [key, sampleOf(value, whole, key, id)]))
}

function textOf(node: Json, name: string, id: string): string {
  if (node.format === 'uuid') return known[name] ?? id
  if (name in known) return known[name]!
  if (/areaCode|street/i.test(name) || node.pattern === '^\\d{12}$') return areas.street
  if (node.format === 'date-time') return '2026-03-05T01:00:00.000Z'
  if (String(node.pattern ?? '').startsWith('^\\d{4}-\\d{2}-\\d{2}') || node.format === 'date') return '2026-03-06'
  if (/sha256|hash/i.test(name)) return 'a'.repeat(64)
  return '问一问看一看写一写'.repeat(3).slice(0, Math.max(Number(node.minLength ?? 4), 4)).slice(0, Number(node.maxLength ?? 100))
}

