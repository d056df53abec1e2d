import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { isTest, place, sources } from './sources.ts'

const MAX_FILE = 400
const MAX_FUNCTION = 60

const data = (path: string) => path.endsWith('.data.ts') || path.endsWith('.d.ts')

/** Functions longer than the house likes. A `describe` block holds cases and is no function in that sense. */
function longFunctions(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const line = (at: number) => file.getLineAndCharacterOfPosition(at).line + 1
  const found: string[] = []
  const walk = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && !isDescribe(node)) {
      const first = line(node.getStart(file))
      const length = line(node.end) - first + 1
      if (length > MAX_FUNCTION) found.push(`${place(path, first)} ${length} lines`)
    }
    ts.forEachChild(node, walk)
  }
  walk(file)
  return found
}

const isDescribe = (node: ts.Node): boolean => ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText())

describe('size', () => {
  it(`no file over ${MAX_FILE} lines`, () => {
    const long = sources.filter(({ path }) => !data(path)).flatMap(({ path, text }) => (text.split('\n').length - 1 > MAX_FILE ? [`${path} ${text.split('\n').length - 1}`] : []))
    expect(long).toEqual([])
  })
  it(`no function over ${MAX_FUNCTION} lines`, () => {
    expect(sources.filter(({ path }) => !data(path)).flatMap(({ path, text }) => longFunctions(path, text))).toEqual([])
  })
  it('a long function is seen, a long describe is not', () => {
    const body = '  x()\n'.repeat(MAX_FUNCTION)
    expect(longFunctions('a.ts', `function f() {\n${body}}\n`)).toHaveLength(1)
    expect(longFunctions('a.ts', `describe('x', () => {\n${body}})\n`)).toEqual([])
  })
})

/** A line without its comment. */
const code = (line: string): string => line.replace(/(^|\s)\/\/ .*|^\s*\/?\*.*/, '')

/** Written apart, so that this file does not hold what it looks for. */
const loose: readonly [string, RegExp][] = [
  ['any', /(?::\s*|\bas\s+|<)any\b(?!['\w-])/],
  ['ts-ignore', new RegExp(`@ts-(${['ignore', 'nocheck', 'expect-error'].join('|')})`)],
  ['skipped or focused test', /\b(?:it|test|describe)\.(?:skip|todo|only)\b/],
  ['unfinished', new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X'.repeat(3)].join('|')})\\b`)],
]

/** Folders and files whose name says nothing. */
const emptyNames = /(^|\/)(utils?|common|helpers?|misc|index)\.tsx?$|(^|\/)(utils?|common|helpers?|misc)\//

describe('words', () => {
  it.each(loose)('no %s', (name, wanted) => {
    const found = sources.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => (wanted.test(name === 'any' ? code(line) : line) && path !== 'house/size.test.ts' ? [`${place(path, i + 1)} ${line.trim().slice(0, 100)}`] : [])),
    )
    expect(found).toEqual([])
  })
  it('no file is called utils, common, helpers or index', () => {
    expect(sources.map(({ path }) => path).filter((path) => emptyNames.test(path))).toEqual([])
  })
  it('the pure zone asks no clock and throws no dice', () => {
    const pure = sources.filter(({ path }) => !isTest(path) && (path.startsWith('kernel/core/') || /^capabilities\/[^/]+\/[^/]+\.ts$/.test(path)))
    const found = pure.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => (/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.|\bfetch\(|\bdocument\.(?:body|cookie|create|get|query)|\bwindow\.\w/.test(code(line)) ? [`${place(path, i + 1)} ${line.trim().slice(0, 100)}`] : [])),
    )
    expect(found).toEqual([])
  })
  it('the demo calls nobody: mobile numbers of seeds and cast lie in 16000, which no operator gives out', () => {
    const told = sources.filter(({ path }) => /^(seeds|house)\//.test(path))
    const found = told.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => [...line.matchAll(/(?<![\d.])1[3-9]\d{9}(?!\d)/g)].filter(([n]) => !n.startsWith('16000')).map(([n]) => `${place(path, i + 1)} ${n}`)),
    )
    expect(found).toEqual([])
  })
})
