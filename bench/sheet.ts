/**
 * Reading and writing 28,000 × 20 cells beside exceljs (streaming both ways), each leg in a process of its own so that
 * peak memory is its own. Run: npx tsx bench/sheet.ts [rows]
 */
import { fork } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import ExcelJS from 'exceljs'
import { openTable } from '../kernel/server/sheet/head.ts'
import { readSheet } from '../kernel/server/sheet/read.ts'
import type { SheetColumn } from '../kernel/server/sheet/sheet-xml.ts'
import { writeXlsx } from '../kernel/server/sheet/write.ts'

type Leg = (file: string, rows: number) => Promise<number>

const headings = ['企业名称', '统一社会信用代码', '所属街道', '社区', '地址', '监管类别', '负责人', '电话', '从业人数', '面积', '成立日期', '风险等级', '规模以上', '网格', '备注', '隐患数', '经度', '纬度', '经营范围', '状态']
const numeric = new Set([8, 9, 15, 16, 17])
const columns = headings.map((heading, i): SheetColumn => ({ heading, kind: i === 10 ? 'date' : numeric.has(i) ? 'number' : 'text' }))

/** Fictional and the same in every run. */
function* cells(count: number): Generator<(string | number)[]> {
  let seed = 7
  const below = (n: number): number => {
    seed = (seed * 48271) % 2147483647
    return seed % n
  }
  for (let i = 0; i < count; i++) {
    const address = `虚构路${below(999)}号${below(20)}栋${below(9)}楼`
    const day = `${2010 + below(16)}-0${1 + below(9)}-1${below(10)}`
    const scope = `${i}号许可：五金制品、塑胶制品的生产与销售；货物进出口`
    yield [
      `虚构示例${i}号精密五金有限公司`, `99120300MA${String(10_000_000 + i)}`, `虚构${below(11)}街道`, `某某社区${below(111)}`, address, `类别${below(8)}`, `张某${i}`, `139${String(10_000_000 + i)}`,
      below(500), below(100_000) / 100, day, `等级${below(4)}`, below(2) ? '是' : '否', `网格${below(900)}`, `备注${below(50)}`, below(3), 114 + below(1e6) / 1e6, 22 + below(1e6) / 1e6, scope, `状态${below(3)}`,
    ]
  }
}

const legs: Record<string, Leg> = {
  'write, ours': async (file, rows) => {
    await pipeline(writeXlsx({ sheets: [{ name: '企业', columns, rows: cells(rows) }] }), createWriteStream(file))
    return rows
  },
  'write, exceljs': async (file, rows) => {
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings: true, useStyles: true })
    const sheet = book.addWorksheet('企业')
    sheet.addRow(headings).commit()
    for (const row of cells(rows)) sheet.addRow(row.map((cell, i) => (i === 10 ? new Date(String(cell)) : cell))).commit()
    await book.commit()
    return rows
  },
  'read, ours': async (file) => {
    let count = 0
    for await (const batch of (await readSheet(file)).rows()) count += batch.rows.length
    return count - 1
  },
  'read + heading + row roles, ours': async (file) => {
    const hints = Object.fromEntries(headings.map((zh) => [zh, { zh }]))
    let count = 0
    for await (const batch of (await openTable(await readSheet(file), hints)).rows()) count += batch.rows.length
    return count
  },
  'read, exceljs': async (file) => {
    let count = 0
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, { sharedStrings: 'cache', styles: 'cache', worksheets: 'emit' })) {
      for await (const row of sheet) count += (row.values as unknown[]).length > 0 ? 1 : 0
    }
    return count - 1
  },
}

interface Result {
  ms: number
  again: number
  mb: number
  blocked: number
  rows: number
}

/** Twice in the same process: a server has the code warm, a script has not. */
async function runLeg(name: string, file: string, rows: number): Promise<Result> {
  const leg = legs[name]
  if (!leg) throw new Error(`no leg ${name}`)
  const loop = monitorEventLoopDelay({ resolution: 1 })
  const times: number[] = []
  let count = 0
  loop.enable()
  for (let i = 0; i < 2; i++) {
    const began = performance.now()
    count = await leg(file, rows)
    times.push(performance.now() - began)
  }
  loop.disable()
  return { ms: times[0] ?? 0, again: times[1] ?? 0, mb: process.resourceUsage().maxRSS / 1024, blocked: loop.max / 1e6, rows: count }
}

function inOwnProcess(name: string, file: string, rows: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [String(rows), name, file])
    child.once('message', (result) => resolve(result as Result))
    child.once('exit', (code) => (code === 0 ? undefined : reject(new Error(`${name} ended with ${code}`))))
  })
}

async function main(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sheet-bench-'))
  const ours = join(folder, 'ours.xlsx')
  const theirs = join(folder, 'exceljs.xlsx')
  const plan: [string, string][] = [
    ['write, ours', ours],
    ['write, exceljs', theirs],
    ['read, ours', theirs],
    ['read + heading + row roles, ours', theirs],
    ['read, exceljs', theirs],
    ['read, ours', ours],
    ['read, exceljs', ours],
  ]
  console.log(`${rows} rows × ${headings.length} columns, Node ${process.version}`)
  for (const [name, file] of plan) {
    const { ms, again, mb, blocked, rows: count } = await inOwnProcess(name, file, rows)
    if (count !== rows) throw new Error(`${name}: ${count} rows instead of ${rows}`)
    const size = ((await stat(file)).size / 2 ** 20).toFixed(1)
    const figures = [`${ms.toFixed(0).padStart(6)} ms`, `warm ${again.toFixed(0).padStart(5)} ms`, `peak ${mb.toFixed(0).padStart(4)} MB`, `longest block ${blocked.toFixed(0).padStart(4)} ms`]
    console.log(`${name.padEnd(34)}${(file === ours ? 'our file' : 'exceljs file').padEnd(14)}${size.padStart(5)} MB  ${figures.join('  ')}`)
  }
  await rm(folder, { recursive: true })
}

const [rows = '28000', name, file] = process.argv.slice(2)
if (name !== undefined && file !== undefined) {
  process.send?.(await runLeg(name, file, Number(rows)))
  process.disconnect()
} else {
  await main(Number(rows))
}
