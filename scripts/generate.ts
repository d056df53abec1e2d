/** Writes what is generated and committed: docs/openapi.json, docs/problems.json, docs/data-dictionary.md. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capabilities } from '../apps/server/capabilities.ts'
import { dictionary } from '../house/dictionary.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { openDb } from '../kernel/server/db.ts'
import { allTexts } from '../kernel/server/answer.ts'
import { migrate } from '../kernel/server/migrate.ts'
import { openApi } from '../kernel/server/openapi.ts'
import { projectRoot } from '../kernel/server/root.ts'

const root = projectRoot()
const folder = mkdtempSync(join(tmpdir(), 'angrid-generate-'))
const config = loadConfig({ mode: 'test', dataDir: folder, databaseUrl: '' }, {})
const all = capabilities(config)
writeFileSync(join(root, 'docs/openapi.json'), `${JSON.stringify(openApi(all), null, 1)}\n`)

// Names are only ever added: a name that integrators know is never taken away here.
const path = join(root, 'docs/problems.json')
const published = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {}
const problems = Object.entries({ ...published, ...allTexts(all).problems }).sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(path, `${JSON.stringify(Object.fromEntries(problems), null, 1)}\n`)

const db = await openDb(config)
await migrate(db, join(root, 'migrations'))
writeFileSync(join(root, 'docs/data-dictionary.md'), await dictionary(db.pool))
await db.close()
rmSync(folder, { recursive: true })
console.log(`docs/openapi.json, docs/problems.json (${problems.length}), docs/data-dictionary.md`)
