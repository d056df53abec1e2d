import { describe, expect, it } from 'vitest'
import { sniff } from './sniff.ts'

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))

describe('what a file is, by its content', () => {
  it.each([
    ['a JPEG', bytes('\xff\xd8\xff\xe0....'), 'image/jpeg'],
    ['a PNG', bytes('\x89PNG\r\n\x1a\n....'), 'image/png'],
    ['a PDF', bytes('%PDF-1.7 ...'), 'application/pdf'],
    ['an iPhone picture', bytes('\0\0\0\x18ftypheic'), 'image/heic'],
    ['a phone video', bytes('\0\0\0\x18ftypmp42'), 'video/mp4'],
    ['a Word file', bytes('PK\x03\x04........word/document.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a web page', bytes('<!DOCTYPE html><script>'), undefined],
    ['a drawing that can carry scripts', bytes('<svg xmlns="http://www.w3.org/2000/svg">'), undefined],
    ['a program', bytes('MZ\x90\0'), undefined],
    ['a zip of anything', bytes('PK\x03\x04........evil.js'), undefined],
  ])('%s', (_, head, expected) => {
    expect(sniff(head)).toBe(expected)
  })
})
