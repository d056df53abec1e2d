import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { readSheet } from './read.ts'
import { rawWorkbook } from './sheet-fixtures.ts'
import type { SheetRow } from './sheet-xml.ts'
import { writeXlsx } from './write.ts'

const ROWS = 200_000
const COLUMNS = 10
const MB = 2 ** 20

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What is really held, without garbage: heap and buffers. The turn lets finished streams go. */
async function live(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve))
  collectGarbage()
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / MB
}

/** Most that is held while `batches` are taken, above what was held before; asked twenty times. */
async function held(batches: AsyncIterable<unknown>, every: number): Promise<number> {
  const before = await live()
  let most = 0
  let n = 0
  for await (const _ of batches) if (n++ % every === 0) most = Math.max(most, (await live()) - before)
  return most
}

function* rows(): Generator<SheetRow> {
  for (let i = 0; i < ROWS; i++) yield Array.from({ length: COLUMNS }, (_, c) => (c % 4 === 0 ? i * c : `虚构第${i}行第${c}列的内容`))
}

test('200,000 rows are written and read without being held', async () => {
  const columns = Array.from({ length: COLUMNS }, (_, i) => ({ heading: `列${i}`, kind: i % 4 === 0 ? ('number' as const) : ('text' as const) }))
  const chunks: Uint8Array[] = []
  let size = 0
  async function* writing(): AsyncGenerator<void> {
    for await (const chunk of writeXlsx({ sheets: [{ name: '大表', columns, rows: rows() }] })) {
      chunks.push(chunk)
      size += chunk.length
      yield
    }
  }
  // The file itself stays, because the test keeps it.
  const whileWriting = (await held(writing(), 15)) - size / MB
  const file = Buffer.concat(chunks)
  chunks.length = 0

  let count = 0
  async function* reading(): AsyncGenerator<void> {
    for await (const batch of (await readSheet(file)).rows()) {
      count += batch.rows.length
      yield
    }
  }
  const whileReading = await held(reading(), 40)
  expect(count).toBe(ROWS + 1)
  // Held as strings the cells would take more than 100 MB.
  expect(whileWriting).toBeLessThan(20)
  expect(whileReading).toBeLessThan(20)
}, 60_000)

function manyTexts(texts: number): Promise<Buffer> {
  const strings = `<sst>${Array.from({ length: texts }, (_, i) => `<si><t>虚构企业${i}</t></si>`).join('')}</sst>`
  return rawWorkbook({ sheet: `<row><c t="s"><v>${texts - 1}</v></c></row>`, strings })
}

test('a string table of a million texts takes little more than its characters', async () => {
  const texts = 1_000_000
  const file = await manyTexts(texts)
  let last: string | undefined
  async function* reading(): AsyncGenerator<void> {
    for await (const batch of (await readSheet(file)).rows()) {
      last = batch.rows[0]?.[0]
      yield
    }
  }
  expect(await held(reading(), 1)).toBeLessThan(40)
  expect(last).toBe(`虚构企业${texts - 1}`)
}, 60_000)
