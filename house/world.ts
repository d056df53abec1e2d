import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import pg from 'pg'
import { type App, compose } from '../apps/server/app.ts'
import { shippedRoles } from '../capabilities/staff/roles.ts'
import type { InputOf, Operation, OutputOf } from '../kernel/core/operation.ts'
import type { ProblemBody } from '../kernel/core/problem.ts'
import { type Config, loadConfig } from '../kernel/server/config.ts'
import { openDb } from '../kernel/server/db.ts'
import { migrate } from '../kernel/server/migrate.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { castIds, type CastName, castPassword, loadCast } from './cast.ts'

/**
 * A small world for stories: the real server on a real, freshly migrated database with the cast in it. Embedded by
 * default; PostgreSQL when ANGRID_TEST_PG names a server, where each world gets a database of its own.
 */
export interface World {
  readonly app: App
  /** Speaks HTTP as one of the cast; signs in on first use. */
  as(name: CastName): Person
  /** Nobody signed in. */
  readonly nobody: Person
  /** Moves the server's clock. */
  advance(duration: { days?: number; hours?: number; minutes?: number }): void
  /** Runs every job that is due at the server's clock, timers included; fails when one of them fails. */
  runJobs(): Promise<number>
  close(): Promise<void>
}

export interface Answer<T> {
  readonly status: number
  readonly ok: T
  readonly problem: ProblemBody
  readonly headers: Record<string, string | string[] | number | undefined>
  readonly bytes: Buffer
}

export interface Person {
  readonly name: CastName | undefined
  readonly id: string
  call<T extends Operation>(operation: T, input: InputOf<T>, options?: { key?: string; headers?: Record<string, string>; body?: Buffer }): Promise<Answer<OutputOf<T>>>
  /** The same, but the answer must be a success; fails with the problem's text otherwise. */
  do<T extends Operation>(operation: T, input: InputOf<T>, options?: { key?: string; headers?: Record<string, string>; body?: Buffer }): Promise<OutputOf<T>>
}

export async function world(start = new Date('2026-03-05T01:00:00Z'), more: Partial<Config> = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'angrid-test-'))
  const database = await freshDatabase()
  const config = loadConfig({ mode: 'test', dataDir: folder, databaseUrl: database?.url ?? '', movableClock: true, logLevel: 'silent', ...more }, {})
  const db = await openDb(config)
  await migrate(db, join(projectRoot(), 'migrations'))
  const app = await compose(config, db)
  app.clock.advance(start.getTime() - Date.now())
  await loadCast(db, app.runtime, { roles: shippedRoles, passwordHash: await hash(castPassword), now: start })
  const people = new Map<CastName, Person>()
  return {
    app,
    nobody: speaker(app, undefined),
    as(name) {
      const person = people.get(name) ?? speaker(app, name)
      people.set(name, person)
      return person
    },
    advance: ({ days = 0, hours = 0, minutes = 0 }) => app.clock.advance(((days * 24 + hours) * 60 + minutes) * 60_000),
    runJobs: () => app.jobs.runDue(),
    close: async () => {
      await app.close()
      await database?.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> } | undefined> {
  const server = process.env.ANGRID_TEST_PG
  if (!server) return undefined
  const name = `angrid_test_${randomUUID().replace(/-/g, '').slice(0, 16)}`
  const admin = async (text: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await admin(`create database ${name} template template0 encoding 'UTF8'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.toString(), drop: () => admin(`drop database ${name} with (force)`) }
}

function speaker(app: App, name: CastName | undefined): Person {
  let cookie: string | undefined
  const signIn = async () => {
    const answer = await app.http.inject({ method: 'POST', url: '/api/sign-in', headers: { 'x-angrid': '1' }, payload: { login: name, password: castPassword } })
    if (answer.statusCode !== 200) throw new Error(`${name} cannot sign in: ${answer.body}`)
    cookie = String(answer.headers['set-cookie']).split(';')[0]
  }
  const call: Person['call'] = async (operation, input, options = {}) => {
    if (name && !cookie) await signIn()
    const request = toRequest(operation, input as Record<string, unknown>, options)
    const send = () => app.http.inject({ ...request, headers: { ...request.headers, ...(cookie ? { cookie } : {}) } })
    let answer = await send()
    // A moved clock ends idle sessions; the person signs in again, as people do.
    if (answer.statusCode === 401 && name) {
      await signIn()
      answer = await send()
    }
    const json = /^application.(problem.)?json/.test(String(answer.headers['content-type'] ?? ''))
    const body = json ? answer.json() : undefined
    return { status: answer.statusCode, ok: body, problem: body, headers: answer.headers, bytes: answer.rawPayload }
  }
  return {
    name,
    id: name ? castIds[name] : '',
    call,
    do: async (operation, input, options) => {
      const answer = await call(operation, input, options)
      if (answer.status !== 200) throw new Error(`${name ?? 'nobody'} ${operation.method} ${operation.path}: ${answer.status} ${JSON.stringify(answer.problem)}`)
      return answer.ok
    },
  }
}

function toRequest(operation: Operation, input: Record<string, unknown>, options: { key?: string; headers?: Record<string, string>; body?: Buffer }) {
  const rest = { ...input }
  const path = operation.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = encodeURIComponent(String(rest[key]))
    delete rest[key]
    return value
  })
  const headers: Record<string, string> = { 'x-angrid': '1', ...options.headers }
  if (operation.kind === 'query') {
    const entries = Object.entries(rest).filter(([, value]) => value !== undefined).map(([key, value]): [string, string] => [key, Array.isArray(value) ? value.join(',') : String(value)])
    return { method: operation.method, url: `/api${path}?${new URLSearchParams(entries)}`, headers }
  }
  headers['idempotency-key'] = options.key ?? randomUUID()
  if (options.body) return { method: operation.method, url: `/api${path}?${new URLSearchParams(rest as Record<string, string>)}`, headers: { ...headers, 'content-type': 'application/octet-stream' }, payload: options.body }
  return { method: operation.method, url: `/api${path}`, headers: { ...headers, 'content-type': 'application/json' }, payload: JSON.stringify(rest) }
}
