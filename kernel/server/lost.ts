import type { FastifyReply, FastifyRequest } from 'fastify'
import { pagePolicy } from './headers.ts'

/** A built entry whose screens stand behind `#`, named by the first part of their addresses. */
export interface Entry {
  readonly base: '/' | `/${string}/`
  readonly screens: readonly string[]
}

/** A browser that opens a page, not a program that calls the interface. */
export const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && !/^\/api([/?]|$)/.test(url) && String(headers.accept ?? '').includes('text/html')

/** Somebody typed or was sent `/statistics?period=year`: led to `/#/statistics?period=year`; what is no screen gets a page that says so and leads back. */
export function leadBack(request: FastifyRequest, reply: FastifyReply, entries: readonly Entry[]): unknown {
  const [path = '/', query] = request.url.split('?', 2)
  const entry = [...entries].sort((a, b) => b.base.length - a.base.length).find(({ base }) => path.startsWith(base)) ?? { base: '/', screens: [] }
  const rest = path.slice(entry.base.length)
  // Relative, so that it stays inside of whatever path a gateway put before us.
  const home = '../'.repeat(rest.split('/').length - 1) || './'
  if (entry.screens.includes(rest.split('/')[0] ?? '')) return reply.status(302).header('cache-control', 'no-store').header('location', `${home}#/${rest.replace(/\/+$/, '')}${query ? `?${query}` : ''}`).send()
  const { nonce, policy } = pagePolicy()
  return reply.status(404).header('content-security-policy', policy).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(noSuchPage(nonce, home))
}

const noSuchPage = (nonce: string, home: string): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>没有这个页面 · 安格</title>
<style nonce="${nonce}">body{font:16px/1.8 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1b2733;background:#f3f5f8;margin:0;padding:12vh 24px;text-align:center}h1{font-size:22px;margin:0 0 8px}p{margin:0 0 20px;color:#5a6775}a{display:inline-block;padding:10px 24px;border-radius:6px;background:#1d5bb8;color:#fff;text-decoration:none}</style></head>
<body><h1>没有这个页面</h1><p>地址可能抄错了，或者页面已经改名。</p><a href="${home}">回到首页</a></body></html>`
