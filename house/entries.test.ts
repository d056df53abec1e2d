import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { entries } from '../apps/server/entries.ts'
import { root } from './sources.ts'

const deskLists = ['apps/console/screens.ts', ...readdirSync(join(root, 'capabilities')).flatMap((slice) => ['screens.ts', 'report-screens.ts'].map((file) => `capabilities/${slice}/web/${file}`))].filter((file) => existsSync(join(root, file)))

/** Screens are of the web's zone, which nothing here may import: their addresses are read from their lists. */
function firstParts(files: readonly string[]): string[] {
  const text = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
  return [...new Set([...text.matchAll(/path: '\/([\w-]+)/g)].map(([, part]) => part!))].sort()
}

it('the server knows every screen of desk and phone: an address without # leads to it', () => {
  expect(entries.map(({ base, screens }) => [base, [...screens].sort()])).toEqual([['/', firstParts(deskLists)], ['/field/', firstParts(['apps/field/screens.ts'])]])
})
