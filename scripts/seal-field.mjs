/** After the phone pages are built: icons, and the service worker that knows every built file and its hash. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** @param folder where the pages were built @param worker source of the service worker @param icon an SVG */
export async function sealField({ folder, worker, icon }) {
  const { default: sharp } = await import('sharp')
  for (const size of [192, 512]) writeFileSync(join(folder, `icon-${size}.png`), await sharp(readFileSync(icon), { density: 72 * (size / 32) }).resize(size, size).png().toBuffer())
  const files = listOf(folder)
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(join(folder, file)))
  const version = hash.digest('hex').slice(0, 16)
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [worker], bundle: true, write: false, minify: true, format: 'iife', target: 'chrome88', charset: 'utf8', logLevel: 'warning', define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) },
  })
  writeFileSync(join(folder, 'sw.js'), outputFiles[0].text)
  return { version, files }
}

const listOf = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.map') && entry.name !== 'sw.js')
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
