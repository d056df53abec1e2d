import { z } from 'zod'
import type { Operation } from '../core/operation.ts'
import { kinds } from '../core/problem.ts'
import { type Capability, mount } from './capability.ts'

type Json = Record<string, unknown>

const convert = (schema: z.ZodType, io: 'input' | 'output', target: 'draft-7' | 'draft-2020-12'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target, unrepresentable: 'any', reused: 'inline' }) as Json
  return rest
}

/** The answer as JSON Schema for Fastify's serializer: fast, and it drops every field the contract does not name. */
export const responseSchema = (operation: Operation): Json => convert(operation.output, 'output', 'draft-7')

/** OpenAPI 3.1 of everything mounted; deterministic, so the committed file can be compared. */
export function openApi(capabilities: readonly Capability[]): Json {
  const paths: Record<string, Json> = {}
  for (const { name, operation } of mount(capabilities).values()) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][operation.method.toLowerCase()] = describe(name, operation)
  }
  return {
    openapi: '3.1.0',
    info: { title: '安格 AnGrid', version: '1', description: '区县应急管理工作系统的开放接口。改动类接口须带 Idempotency-Key（UUID）。' },
    servers: [{ url: '/api' }],
    tags: capabilities.map((c) => ({ name: c.name, description: c.zh.name })),
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'angrid_session' }, display: { type: 'apiKey', in: 'cookie', name: 'angrid_display', description: '大屏长期展示：只能看画面' } },
      schemas: { Problem: problemSchema },
    },
  }
}

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'code', 'status', 'title'],
  properties: {
    type: { type: 'string' },
    code: { type: 'string', description: '问题名，永不改名' },
    status: { type: 'integer' },
    title: { type: 'string', description: '中文说明' },
    requestId: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}

function describe(name: string, operation: Operation): Json {
  const input = convert(operation.input, 'input', 'draft-2020-12')
  const properties = (input.properties ?? {}) as Record<string, Json>
  const required = new Set((input.required as string[] | undefined) ?? [])
  const inPath = [...operation.path.matchAll(/:(\w+)/g)].map((m) => m[1]!)
  const rest = Object.keys(properties).filter((key) => !inPath.includes(key))
  const parameters = [
    ...inPath.map((key) => ({ name: key, in: 'path', required: true, schema: properties[key] ?? { type: 'string' } })),
    ...(operation.kind === 'query' ? rest.map((key) => ({ name: key, in: 'query', required: required.has(key), schema: properties[key] })) : []),
    ...(operation.kind === 'command' && !operation.keyless
      ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } }]
      : []),
  ]
  const body = { ...input, properties: Object.fromEntries(rest.map((key) => [key, properties[key]])), required: rest.filter((key) => required.has(key)) }
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary: operation.summary,
    'x-verb': operation.verb,
    'x-problems': operation.problems,
    ...(operation.verb === 'public' ? { security: [] } : { security: [{ session: [] }, ...(operation.display ? [{ display: [] }] : [])] }),
    ...(parameters.length ? { parameters } : {}),
    ...(operation.kind === 'command' ? { requestBody: requestBody(operation, body) } : {}),
    responses: { 200: okResponse(operation), default: problemResponse },
  }
}

const requestBody = (operation: Operation, schema: Json): Json =>
  operation.body === 'raw'
    ? { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
    : { required: true, content: { 'application/json': { schema } } }

const okResponse = (operation: Operation): Json =>
  operation.answer === 'file'
    ? { description: '文件', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
    : { description: '成功', content: { 'application/json': { schema: convert(operation.output, 'output', 'draft-2020-12') } } }

const problemResponse: Json = {
  description: `问题（RFC 9457），状态码 ${Object.values(kinds).join('、')}`,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}
