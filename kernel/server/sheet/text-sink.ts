import { BANG, GT, LT } from './tag-bytes.ts'
import { isXmlChar } from './xml.ts'

/** Where decoded text is gathered, as UTF-8. The owner keeps room for as many bytes as it is about to copy. */
export interface TextSink {
  bytes: Buffer
  length: number
}

const AMP = 38
const CR = 13
const LF = 10
const SEMICOLON = 59
const CDATA = Buffer.from('<![CDATA[')
const CDATA_END = Buffer.from(']]>')
const COMMENT_END = Buffer.from('-->')
const named: Record<string, number> = { amp: 38, lt: 60, gt: 62, quot: 34, apos: 39 }

/**
 * Copies character data from `at` up to the next tag into the sink, with entities decoded and CDATA taken in.
 * Returns the index of that tag's `<`, or -1 when the source ends first.
 */
export function copyText(source: Buffer, at: number, sink: TextSink): number {
  const out = sink.bytes
  const end = source.length
  let p = at
  let o = sink.length
  while (p < end) {
    const c = source[p] as number
    if (c !== LT && c !== AMP && c !== CR) {
      out[o++] = c
      p++
    } else if (c === CR) {
      if (source[p + 1] !== LF) out[o++] = LF
      p++
    } else {
      sink.length = o
      if (c === LT && source[p + 1] !== BANG) return p
      p = c === LT ? copyMarked(source, p, sink) : copyEntity(source, p, sink)
      if (p < 0) return -1
      o = sink.length
    }
  }
  return -1
}

/** A CDATA section is text, a comment is not; both may be followed by more text. */
function copyMarked(source: Buffer, at: number, sink: TextSink): number {
  const isCdata = source.subarray(at, at + CDATA.length).equals(CDATA)
  const close = source.indexOf(isCdata ? CDATA_END : source[at + 2] === 45 ? COMMENT_END : GT, at + 3)
  if (close < 0) return -1
  if (isCdata) sink.length += source.copy(sink.bytes, sink.length, at + CDATA.length, close)
  return source.indexOf(GT, close) + 1
}

/** The five predefined entities and numeric references; anything else is copied as written, never looked up. */
function copyEntity(source: Buffer, at: number, sink: TextSink): number {
  const semicolon = source.subarray(at, at + 12).indexOf(SEMICOLON)
  const name = semicolon < 0 ? '' : source.toString('latin1', at + 1, at + semicolon)
  const code = named[name] ?? numeric(name)
  if (code === undefined || !isXmlChar(code)) {
    sink.bytes[sink.length++] = AMP
    return at + 1
  }
  sink.length += sink.bytes.write(String.fromCodePoint(code), sink.length, 'utf8')
  return at + semicolon + 1
}

function numeric(name: string): number | undefined {
  if (/^#\d{1,7}$/.test(name)) return Number(name.slice(1))
  if (/^#x[0-9a-fA-F]{1,6}$/.test(name)) return Number.parseInt(name.slice(2), 16)
  return undefined
}
