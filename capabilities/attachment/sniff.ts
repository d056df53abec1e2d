import type { MediaType } from './attachment.ts'

const starts = (head: Uint8Array, bytes: readonly number[], at = 0) => bytes.every((byte, i) => head[at + i] === byte)
const ascii = (head: Uint8Array, from: number, to: number) => String.fromCharCode(...head.slice(from, to))

/**
 * What a file is by its first bytes, never by its name. Office files are told apart by the entries named in the first
 * kilobytes of the zip. `undefined` means: not a kind this house stores (scripts, html, archives, programs …).
 */
export function sniff(head: Uint8Array): MediaType | undefined {
  if (starts(head, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'image/webp'
  if (ascii(head, 0, 5) === '%PDF-') return 'application/pdf'
  if (ascii(head, 4, 8) === 'ftyp') return brand(ascii(head, 8, 12))
  if (starts(head, [0x50, 0x4b, 0x03, 0x04])) return office(ascii(head, 0, head.length))
  return undefined
}

function brand(name: string): MediaType | undefined {
  if (['heic', 'heix', 'mif1', 'msf1'].includes(name)) return 'image/heic'
  if (name === 'M4A ') return 'audio/mp4'
  return ['isom', 'mp41', 'mp42', 'avc1', 'iso2'].includes(name) ? 'video/mp4' : undefined
}

function office(text: string): MediaType | undefined {
  if (text.includes('word/')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  return text.includes('xl/') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : undefined
}

export const isPicture = (type: string): boolean => type.startsWith('image/') && type !== 'image/heic'
