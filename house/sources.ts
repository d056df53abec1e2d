import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { projectRoot } from '../kernel/server/root.ts'

export const root = projectRoot()

export interface Source {
  /** Path from the root, with slashes. */
  readonly path: string
  readonly text: string
}

/** Files of the project: what git knows or would add. */
export function filesOf(endings: readonly string[]): string[] {
  const out = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return out.split('\n').filter((path) => path !== '' && endings.some((ending) => path.endsWith(ending)) && existsSync(join(root, path)))
}

/** Our TypeScript, read once. */
export const sources: readonly Source[] = filesOf(['.ts', '.tsx']).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** Tests, and the fixtures that only tests import. */
export const isTest = (path: string): boolean => /\.test\.tsx?$|\/fixtures\.ts$/.test(path)

export interface Import {
  readonly from: string
  /** Path from the root, or the package's name. */
  readonly to: string
  readonly line: number
}

const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)'([^']+)'/g

/** Every import of a file; relative ones as paths from the root. */
export function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(pattern)].map((found) => {
    const asked = found[1]!
    const to = asked.startsWith('.') ? posix.normalize(posix.join(dirname(path), asked)) : asked
    return { from: path, to, line: text.slice(0, found.index).split('\n').length }
  })
}

/** `file:line` for a failure's list. */
export const place = (path: string, line: number): string => `${path}:${line}`
