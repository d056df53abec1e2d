import { Readable, pipeline } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** One file of the zip; its text comes in pieces and is never held whole. */
export interface ZipPart {
  name: string
  body: Iterable<string> | AsyncIterable<string>
}

interface Written {
  name: Buffer
  crc: number
  size: number
  compressed: number
  offset: number
}

/** Data descriptor follows (bit 3), name is UTF-8 (bit 11). */
const FLAGS = 0x0808
/** A fixed stamp, 1 January 2026, so that the same rows give the same bytes. */
const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1
const LIMIT = 0xffffffff

/**
 * Writes a zip as a stream (APPNOTE 4.3.9: sizes behind the data). Deflating runs in the thread pool at level 1: on sheet
 * XML the next levels save a few per cent and cost twice the time. Throws RangeError above 4 GB.
 */
export async function* zipStream(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  for (const part of parts) {
    const name = Buffer.from(part.name, 'utf8')
    const entry: Written = { name, crc: 0, size: 0, compressed: 0, offset }
    const head = localHeader(name)
    yield head
    for await (const piece of deflated(part.body, entry)) {
      entry.compressed += piece.length
      yield piece
    }
    const tail = descriptor(entry)
    yield tail
    offset += head.length + entry.compressed + tail.length
    if (offset > LIMIT || entry.size > LIMIT) throw new RangeError('zip beyond 4 GB')
    written.push(entry)
  }
  yield directory(written, offset)
}

async function* deflated(body: ZipPart['body'], entry: Written): AsyncGenerator<Buffer> {
  const deflater = createDeflateRaw({ level: 1, chunkSize: 64 * 1024 })
  // An error of the rows reaches the loop below through the deflater; leaving the loop ends the rows.
  pipeline(Readable.from(counted(body, entry), { objectMode: false }), deflater, () => undefined)
  for await (const piece of deflater) yield piece as Buffer
}

async function* counted(body: ZipPart['body'], entry: Written): AsyncGenerator<Buffer> {
  for await (const text of body) {
    const bytes = Buffer.from(text, 'utf8')
    entry.crc = crc32(bytes, entry.crc)
    entry.size += bytes.length
    if (bytes.length > 0) yield bytes
  }
}

function localHeader(name: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(8, 8)
  head.writeUInt16LE(DOS_DATE, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function descriptor(entry: Written): Buffer {
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(entry.crc, 4)
  tail.writeUInt32LE(entry.compressed, 8)
  tail.writeUInt32LE(entry.size, 12)
  return tail
}

function directory(written: readonly Written[], offset: number): Buffer {
  const entries = written.map((entry) => {
    const head = Buffer.alloc(46)
    head.writeUInt32LE(0x02014b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(20, 6)
    head.writeUInt16LE(FLAGS, 8)
    head.writeUInt16LE(8, 10)
    head.writeUInt16LE(DOS_DATE, 14)
    head.writeUInt32LE(entry.crc, 16)
    head.writeUInt32LE(entry.compressed, 20)
    head.writeUInt32LE(entry.size, 24)
    head.writeUInt16LE(entry.name.length, 28)
    head.writeUInt32LE(entry.offset, 42)
    return Buffer.concat([head, entry.name])
  })
  const body = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(written.length, 8)
  end.writeUInt16LE(written.length, 10)
  end.writeUInt32LE(body.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([body, end])
}
