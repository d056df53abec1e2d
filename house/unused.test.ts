import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

/** What nobody uses in the package in this folder, as `knip` prints it: files, exports, dependencies, and settings of its own that hit nothing. */
function unused(folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/knip/bin/knip.js'), '--directory', folder, '--treat-config-hints-as-errors', '--no-progress'], { encoding: 'utf8' })
  return `${stdout}${stderr}`.trim()
}

describe('unused', () => {
  it('no file, export, type or dependency is there for nobody', { timeout: 120_000 }, () => {
    expect(unused(root)).toBe('')
  })
  it('one that is there for nobody is seen', { timeout: 60_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'angrid-unused-'))
    try {
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'small', type: 'module', dependencies: { nobody: '1.0.0' } }))
      writeFileSync(join(folder, 'knip.json'), JSON.stringify({ entry: ['main.js'], project: ['*.js'] }))
      writeFileSync(join(folder, 'main.js'), `import { used } from './words.js'\nused()\n`)
      writeFileSync(join(folder, 'words.js'), 'export const used = () => 1\nexport const forgotten = () => 2\n')
      expect(unused(folder)).toMatch(/nobody[\s\S]*forgotten/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
