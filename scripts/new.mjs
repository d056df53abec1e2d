/**
 * A new slice with the standard files, one table, a list and a command; it compiles and passes the house.
 *   npm run new -- training 教育培训
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slice } from './slice.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [name, zh = name] = process.argv.slice(2)

function fail(why) {
  console.error(why)
  process.exit(1)
}

if (!name || !/^[a-z]{3,20}$/.test(name)) fail('用法：npm run new -- <英文名，3–20 个小写字母> [中文名]')
const folder = join(root, 'capabilities', name)
if (existsSync(folder)) fail(`capabilities/${name} 已经存在`)

/** Changes one file; the place is found or nothing is written at all. */
function change(path, find, put) {
  const text = readFileSync(join(root, path), 'utf8')
  if (!find.test(text)) fail(`在 ${path} 里找不到插入的位置`)
  return () => writeFileSync(join(root, path), text.replace(find, put))
}

const changes = [
  change('apps/server/capabilities.ts', /(import type \{ Capability \})/, `import { ${name} } from '../../capabilities/${name}/server/handlers.ts'\n$1`),
  change('house/arrows.ts', /(\n {2}checklist: \[\],)/, `$1\n  ${name}: [],`),
  change('capabilities/staff/roles.ts', /(const inspector = \[\n)/, `$1  '${name}.read', '${name}.write',\n`),
]
const minute = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '')

mkdirSync(join(folder, 'server'), { recursive: true })
for (const [path, text] of Object.entries(slice(name, zh))) writeFileSync(join(root, path.replace('MINUTE', minute)), text)
for (const write of changes) write()
// The list of mounted capabilities is changed after its imports.
change('apps/server/capabilities.ts', /(\n {4}system\()/, `\n    ${name},$1`)()
console.log(`已建立 capabilities/${name}（${zh}）。接着：`)
console.log('  1. 在 operations.ts 里写出它要做的事，在 README.md 里写清用词和条款')
console.log('  2. npm run generate')
console.log(`  3. npx vitest run capabilities/${name} house`)
