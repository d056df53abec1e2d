import { timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../core/problem.ts'
import type { Db } from './db.ts'
import type { Metrics } from './metrics.ts'
import { pendingMigrations } from './migrate.ts'

export interface HealthGiven {
  db: Db
  metrics: Metrics
  migrations: string
  /** Who may read the figures from outside this machine; empty: nobody. */
  token: string
}

/** For the proxy, the watchman and the curious: alive, ready to serve, figures in the Prometheus format. */
export function serveHealth(app: FastifyInstance, given: HealthGiven): void {
  let migrated = false
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await sql`select 1`.execute(given.db.all)
      migrated ||= (await pendingMigrations(given.db, given.migrations)).length === 0
    } catch {
      return reply.status(503).send({ ok: false, why: '数据库连不上' })
    }
    return migrated ? { ok: true } : reply.status(503).send({ ok: false, why: '数据库结构待升级' })
  })
  app.get('/metrics', async (request, reply) => {
    if (!fromHere(request) && !hasToken(request, given.token)) throw new Problem('missing', 'common.no_route')
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(given.metrics.text())
  })
  given.metrics.gauge('angrid_db_connections', 'Connections of this process to the database', () => given.db.pool.totalCount)
  given.metrics.gauge('angrid_db_waiting', 'Requests that wait for a connection', () => given.db.pool.waitingCount)
  given.metrics.gauge('angrid_sql_statements', 'Statements sent to the database since the start', () => given.db.sent.count)
  given.metrics.gauge('angrid_memory_bytes', 'Resident memory of this process', () => process.memoryUsage.rss())
}

/** The peer itself, not a forwarded address: a proxy on this machine would make everybody local, so a proxied request is not. */
const fromHere = (request: FastifyRequest): boolean =>
  request.headers['x-forwarded-for'] === undefined && /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '')

function hasToken(request: FastifyRequest, token: string): boolean {
  const given = Buffer.from(String(request.headers.authorization ?? '').replace(/^Bearer /, ''))
  const wanted = Buffer.from(token)
  return token.length >= 16 && given.length === wanted.length && timingSafeEqual(given, wanted)
}
