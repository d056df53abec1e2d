import type { FastifyInstance } from 'fastify'
import { type Capability, mount } from './capability.ts'
import { escaped } from './html.ts'
import { openApi } from './openapi.ts'
import { allTexts } from './answer.ts'

type Json = Record<string, unknown>

/** /api/openapi.json for machines, /api/docs for people: one page without any script or outside host. */
export function serveDocs(app: FastifyInstance, capabilities: readonly Capability[]): void {
  // Made when first asked for: most servers never are.
  let file: string | undefined
  let page: string | undefined
  app.get('/api/openapi.json', (_request, reply) => {
    file ??= JSON.stringify(openApi(capabilities))
    return reply.type('application/json; charset=utf-8').send(file)
  })
  app.get('/api/docs', (_request, reply) => {
    page ??= docsPage(capabilities)
    return reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'").type('text/html; charset=utf-8').send(page)
  })
}

const STYLE = `body{font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1f2329;margin:0 auto;max-width:1040px;padding:24px}
nav a{margin-right:16px}h2{border-bottom:1px solid #dee0e3;margin-top:40px;padding-bottom:4px}details{border:1px solid #dee0e3;border-radius:6px;margin:8px 0;padding:6px 12px}
summary{cursor:pointer}code{font-family:ui-monospace,Consolas,monospace;font-size:13px}table{border-collapse:collapse;width:100%}td,th{border:1px solid #dee0e3;padding:3px 8px;text-align:left;vertical-align:top}
b.m{display:inline-block;min-width:56px;color:#1664ff}small{color:#646a73}@media print{details{break-inside:avoid}}`

function docsPage(capabilities: readonly Capability[]): string {
  const api = openApi(capabilities) as { paths: Record<string, Record<string, Json>> }
  const byName = new Map(Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, it]) => [String(it.operationId), { path, method, it }] as const)))
  const { problems, fields } = allTexts(capabilities)
  const part = (capability: Capability) => {
    const rows = [...mount([capability]).keys()].map((name) => operationHtml(byName.get(name)!, { problems, fields }))
    return `<h2 id="${capability.name}">${escaped(capability.zh.name)} <small>${capability.name}</small></h2>${rows.join('')}`
  }
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>安格 接口文档</title><style>${STYLE}</style></head><body>
<h1>安格 接口文档</h1>
<p>所有地址都在 <code>/api</code> 之下。改动类接口须带请求头 <code>Idempotency-Key</code>（UUID）：同号重发返回原结果，同号异文拒绝执行。失败时返回 <code>application/problem+json</code>，其中 <code>code</code> 是永不改名的问题名，<code>title</code> 是中文说明，<code>fields</code> 指出可改的栏目。机器可读的文件：<a href="/api/openapi.json">openapi.json</a>。</p>
<nav>${capabilities.map((c) => `<a href="#${c.name}">${escaped(c.zh.name)}</a>`).join(' ')}</nav>${capabilities.map(part).join('')}</body></html>`
}

function operationHtml({ path, method, it }: { path: string; method: string; it: Json }, texts: { problems: Record<string, string>; fields: Record<string, string> }): string {
  const named = it['x-problems'] as string[]
  const verb = String(it['x-verb'])
  const who = verb === 'public' ? '任何人' : verb === 'signed_in' ? '已登录' : verb
  const problems = named.length ? `<p>可能的问题：</p><ul>${named.map((code) => `<li><code>${code}</code> ${escaped(texts.problems[code] ?? '')}</li>`).join('')}</ul>` : ''
  return `<details><summary><b class="m">${method.toUpperCase()}</b> <code>${escaped(path)}</code> ${escaped(String(it.summary))} <small>${escaped(who)}</small></summary>
${inputHtml(it, texts.fields)}${problems}<p><small>操作名 <code>${String(it.operationId)}</code></small></p></details>`
}

function inputHtml(it: Json, labels: Record<string, string>): string {
  const parameters = ((it.parameters ?? []) as Json[]).map((p) => ({ name: String(p.name), where: String(p.in), required: !!p.required, schema: (p.schema ?? {}) as Json }))
  const content = ((it.requestBody as Json | undefined)?.content ?? {}) as Record<string, { schema: Json }>
  const body = content['application/json']?.schema
  const required = new Set((body?.required as string[] | undefined) ?? [])
  const inBody = Object.entries((body?.properties ?? {}) as Record<string, Json>).map(([name, schema]) => ({ name, where: 'body', required: required.has(name), schema }))
  const rows = [...parameters, ...inBody]
  if (!rows.length) return '<p>没有参数。</p>'
  const places: Record<string, string> = { path: '地址', query: '查询', header: '请求头', body: '内容' }
  return `<table><tr><th>参数</th><th>含义</th><th>位置</th><th>必填</th><th>格式</th></tr>${rows
    .map((r) => `<tr><td><code>${escaped(r.name)}</code></td><td>${escaped(labels[r.name] ?? '')}</td><td>${places[r.where]}</td><td>${r.required ? '是' : ''}</td><td>${escaped(formOf(r.schema))}</td></tr>`)
    .join('')}</table>`
}

/** A schema in a few Chinese words. */
function formOf(schema: Json): string {
  const choices = schema.enum as unknown[] | undefined
  if (choices) return `可选：${choices.join('、')}`
  const kinds: Record<string, string> = { string: '文字', integer: '整数', number: '数', boolean: '是否', array: '列表', object: '对象' }
  const bounds = [schema.minLength !== undefined && `至少 ${schema.minLength} 字`, schema.maxLength !== undefined && `至多 ${schema.maxLength} 字`, schema.minimum !== undefined && `≥ ${schema.minimum}`, schema.maximum !== undefined && `≤ ${schema.maximum}`]
  const formats: Record<string, string> = { uuid: '编号（UUID）', date: '日期', 'date-time': '时间', email: '邮箱' }
  return [formats[String(schema.format)] ?? kinds[String(schema.type)] ?? '见 openapi.json', ...bounds.filter(Boolean)].join('，')
}
