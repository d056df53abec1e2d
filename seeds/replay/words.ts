import { deflateSync } from 'node:zlib'
import { crc32 } from './crc.ts'
import { shippedChecklist } from '../../capabilities/checklist/library.ts'
import { phrases } from '../phrases.data.ts'

const lists = { YC: shippedChecklist('YC'), YQ: shippedChecklist('YQ'), JX: shippedChecklist('JX'), FG: shippedChecklist('FG') }
export type ListCode = keyof typeof lists

/** What may be put right by the firm itself or on the spot: general, and shown by a photo. */
const general = (code: ListCode) => lists[code].items.filter((item) => item.severity === 'GENERAL' && item.evidence === 'PHOTO')
const seen: Record<ListCode, ReturnType<typeof general>> = { YC: general('YC'), YQ: general('YQ'), JX: general('JX'), FG: general('FG') }

/** What an inspector writes; the place stands beside it. */
function findingOf(itemCode: string): string {
  const phrase = phrases[itemCode]
  if (!phrase) throw new RangeError(`no finding is worded for ${itemCode}`)
  return phrase.replace('#', '')
}

/** A hazard as it is found by an item of a checklist; without `item` it is a remark and no answer stands behind it. */
export function hazardText(code: ListCode, n: number) {
  const item = seen[code][n % seen[code].length]!
  return { item, category: item.hazardCategory, description: findingOf(item.code), requirement: item.defaultRequirement }
}

export const versionOf = (code: ListCode): string => lists[code].id

/** Every item 符合 but the one named. */
export const answersOf = (code: ListCode, failing?: { code: string; answer: 'FAILS' | 'FIXED' }) =>
  lists[code].items.map((item) => ({ versionId: lists[code].id, itemCode: item.code, ...(item.code === failing?.code ? { answer: failing.answer } : { answer: 'COMPLIES', byRest: true }) }))

const WIDTH = 48
const HEIGHT = 36

/** A small picture of its own for every number: coloured blocks, as PNG. */
export function picture(n: number): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3))
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH * 3; x++) rows[y * (1 + WIDTH * 3) + 1 + x] = Math.imul(((y >> 2) * 97 + Math.floor(x / 12) * 31 + (x % 3) * 7 + n * 977) | 1, 2654435761) >>> 24
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
