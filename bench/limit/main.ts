/**
 * The limit: what one Node process can do when it does nothing but the work itself. node:http, pg with prepared
 * statements, the same tables and indexes; no sign-in, no reach, no audit, no validation, no ledger.
 */
import { createServer, type IncomingMessage } from 'node:http'
import pg from 'pg'
import { bigrams } from '../../kernel/core/search-text.ts'
import { reads } from './reads.ts'
import { insertVisit, takeTemplate } from './visit.ts'

pg.types.setTypeParser(pg.types.builtins.INT8, Number)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16, options: '-c timezone=UTC' })

const query = (name: keyof typeof reads, values: unknown[]) => pool.query({ name, text: reads[name], values })

const answers: Record<string, (url: URL, request: IncomingMessage) => Promise<unknown>> = {
  '/healthz': async () => ({ ok: true }),
  '/list': async (url) => {
    const p = url.searchParams
    const q = p.get('q') ?? ''
    const { rows } = await query('list', [p.get('from'), p.get('to'), Number(p.get('division')), bigrams(q)])
    return paged(rows)
  },
  '/search': async (url) => {
    const q = url.searchParams.get('q') ?? ''
    const { rows } = await query('search', [bigrams(q), q])
    return { rows }
  },
  '/hazards': async (url) => {
    const p = url.searchParams
    const { rows } = await query('hazards', [p.get('from'), p.get('to'), p.get('state'), p.get('day')])
    return paged(rows)
  },
  '/home': async (url) => {
    const day = url.searchParams.get('day')
    const [streets, trend] = await Promise.all([query('homeStreets', []), query('homeTrend', [day])])
    return { streets: streets.rows, trend: trend.rows }
  },
  '/cross': async () => ({ rows: (await query('cross', [])).rows }),
  '/board': async (url) => {
    const campaign = url.searchParams.get('campaign')
    const [counts, stream] = await Promise.all([query('board', [campaign]), query('boardStream', [campaign])])
    const sum = (metric: string) => counts.rows.reduce((n, row) => (row.metric === metric ? n + row.n : n), 0)
    return { found: sum('FOUND'), closed: sum('CLOSED'), cells: counts.rows, stream: stream.rows }
  },
  '/facts': async (url) => {
    const p = url.searchParams
    const at = [p.get('street'), p.get('industry')]
    const [total, page] = await Promise.all([query('factsTotal', at), query('facts', [...at, p.get('from'), p.get('to')])])
    return { total: total.rows[0]?.total ?? 0, rows: page.rows.slice(0, 50) }
  },
  '/visit-template': async (url) => takeTemplate(pool, url.searchParams.get('visit') ?? ''),
  '/visit': async (_url, request) => {
    await bodyOf(request)
    return insertVisit(pool)
  },
}

const paged = (rows: { total?: number }[]) => {
  const total = rows[0]?.total ?? 0
  for (const row of rows) delete row.total
  return { rows, total }
}

function bodyOf(request: IncomingMessage): Promise<unknown> {
  return new Promise((done) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => done(JSON.parse(Buffer.concat(parts).toString() || '{}')))
  })
}

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://limit')
  const answer = answers[url.pathname]
  const reply = (status: number, body: unknown) => {
    const text = JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) }).end(text)
  }
  if (!answer) return reply(404, {})
  answer(url, request).then(
    (body) => reply(200, body),
    (error: unknown) => reply(500, { error: String(error) }),
  )
}).listen(Number(process.env.PORT), '127.0.0.1')
