/** Installs and builds what is missing or stale, and nothing else. No dependencies of its own. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sealField } from './seal-field.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => join(root, ...parts)

/** Makes sure that packages, the server bundle and the pages are those of the sources. @throws with a Chinese sentence */
export async function prepare({ web, say }) {
  requireNode()
  installWhenNeeded(say)
  await buildServer(say)
  if (web) {
    await buildWeb(say)
    await buildField(say)
  }
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`安格需要 Node.js 20.19 或更高版本，现在是 ${process.versions.node}`)
}

/** Runs `npm ci` when packages are missing or are not those of the lockfile. */
export function installWhenNeeded(say) {
  if (installed()) return
  say('安装依赖（只在第一次或依赖变化时，约一分钟）…')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const { status } = spawnSync(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('依赖没有装上，请检查网络或 npm 源后重试')
}

/** npm keeps a list of what it installed; it is complete when every package of our lockfile stands in it. */
function installed() {
  const path = at('node_modules', '.package-lock.json')
  if (!existsSync(path)) return false
  const has = JSON.parse(readFileSync(path, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([name, entry]) => name === '' || entry.optional || entry.peer || has[name]?.version === entry.version)
}

const SERVER_SOURCES = ['apps/server', 'capabilities', 'kernel/core', 'kernel/server', 'seeds', 'scripts', 'house', 'package-lock.json']
const WEB_SOURCES = ['apps/console', 'capabilities', 'kernel/core', 'kernel/web', 'package-lock.json']
const FIELD_SOURCES = ['apps/field', 'apps/console/old-browser.ts', 'capabilities', 'kernel/core', 'kernel/web', 'scripts/seal-field.mjs', 'package-lock.json']
const webSource = (name) => !/\.test\.tsx?$/.test(name) && !/(^|\/)server\//.test(name)

/** Left outside the bundle: native parts, and packages that look for their own files. */
const OUTSIDE = ['@electric-sql/*', '@node-rs/*', 'sharp', 'pg-native', 'pinyin-pro', 'exceljs', 'docx']

/** zod brings its messages in fifty languages; ours are our own, so one is enough. */
const oneLanguage = {
  name: 'one-language',
  setup: (build) => build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export { default as en } from './en.js'", loader: 'js' })),
}

/** Bundles the server when its sources changed. */
export async function buildServer(say) {
  const stamp = hashOf(SERVER_SOURCES, (name) => !/\.test\.ts$|\.tsx$/.test(name) && !/(^|\/)web\//.test(name))
  if (fresh('dist/server', stamp)) return
  say('编译服务端…')
  const { build } = await import('esbuild')
  const built = beside('dist/server')
  const entries = { main: 'apps/server/main.ts', 'embedded-child': 'kernel/server/embedded-child.ts', seeds: 'seeds/load.ts', cast: 'house/demo.ts' }
  await build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).filter(([, path]) => existsSync(at(path))).map(([out, path]) => ({ in: path, out })),
    outdir: built,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // Shorter text starts faster; names stay, so that a trace can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    external: OUTSIDE,
    plugins: [oneLanguage],
    sourcemap: 'linked',
    logLevel: 'warning',
    banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
  })
  writeFileSync(at(built, 'package.json'), '{ "type": "module" }\n')
  takeOver(built, 'dist/server', stamp)
}

async function bundlePages(entry, configFile, built) {
  // A test runner's own setting would build pages for developers, with paths of this machine in them.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ root: at(entry), configFile, logLevel: 'error', build: { outDir: at(built), emptyOutDir: true } })
}

/** Builds the pages when their sources changed. */
export async function buildWeb(say) {
  const config = ['apps/console/vite.config.ts', 'apps/console/vite.config.mjs', 'vite.config.ts'].map((path) => at(path)).find(existsSync)
  if (!config || !existsSync(at('apps/console/index.html'))) return
  const stamp = hashOf(WEB_SOURCES, webSource)
  if (fresh('dist/console', stamp)) return
  say('编译页面（约半分钟）…')
  const built = beside('dist/console')
  await bundlePages('apps/console', config, built)
  takeOver(built, 'dist/console', stamp)
}

/** Builds the phone's pages when their sources changed, and the service worker over them. */
export async function buildField(say) {
  if (!existsSync(at('apps/field/index.html'))) return
  const stamp = hashOf(FIELD_SOURCES, webSource)
  if (fresh('dist/field', stamp)) return
  say('编译手机页面…')
  const built = beside('dist/field')
  await bundlePages('apps/field', at('apps/field/vite.config.ts'), built)
  await sealField({ folder: at(built), worker: at('apps/field/service-worker.ts'), icon: at('apps/field/public/icon.svg') })
  takeOver(built, 'dist/field', stamp)
}

const stampOf = (folder) => at(folder, '.sources')
const fresh = (folder, stamp) => existsSync(stampOf(folder)) && readFileSync(stampOf(folder), 'utf8') === stamp

/** Built beside and renamed: a build that is broken off, or two at once, never leave half a folder. */
const beside = (folder) => `${folder}-${process.pid}`

function takeOver(built, folder, stamp) {
  writeFileSync(stampOf(built), stamp)
  const old = `${beside(folder)}-old`
  if (existsSync(at(folder))) renameSync(at(folder), at(old))
  renameSync(at(built), at(folder))
  rmSync(at(old), { recursive: true, force: true })
}

/** One hash over names and contents, so that a copied or touched file does not build again. */
function hashOf(paths, wanted) {
  const hash = createHash('sha256')
  for (const path of paths) for (const file of filesIn(path)) if (wanted(file)) hash.update(file).update(readFileSync(at(file)))
  return hash.digest('hex')
}

function filesIn(path) {
  if (!existsSync(at(path))) return []
  if (!statSync(at(path)).isDirectory()) return [path]
  return readdirSync(at(path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
}
