import { SheetRefusal } from './refusal.ts'

/** One tag of a small part: local name (prefix dropped), attributes with their prefix dropped too. */
export interface Tag {
  name: string
  /** `</x>`; a self-closed tag comes once, with `closing` false. */
  closing: boolean
  attributes: Record<string, string>
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five predefined entities and numeric references. Anything else stays as it is written: nothing is ever expanded. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return isXmlChar(code) ? String.fromCodePoint(code) : whole
  })
}

/** Char production of XML 1.0. */
export function isXmlChar(code: number): boolean {
  return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code <= 0x10ffff && (code & 0xfffe) !== 0xfffe)
}

/** `_x000D_` is how a workbook writes a control character, and `_x005F_` an underscore before such a group (ECMA-376 ST_Xstring). */
export function decodeControls(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).replace(/\r\n?/g, '\n')
}

/** Tags of a small part in order. A DOCTYPE is forbidden in a workbook (ECMA-376 part 2) and refuses the file. */
export function* tags(xml: string): Generator<Tag> {
  let at = 0
  for (;;) {
    const open = xml.indexOf('<', at)
    if (open < 0) return
    if (xml.startsWith('<!--', open)) {
      at = after(xml, '-->', open)
    } else if (xml.startsWith('<!', open)) {
      throw new SheetRefusal('sheet.unsafe')
    } else if (xml.startsWith('<?', open)) {
      at = after(xml, '?>', open)
    } else {
      const close = tagEnd(xml, open)
      yield parseTag(xml.slice(open + 1, close))
      at = close + 1
    }
  }
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from)
  if (found < 0) throw new SheetRefusal('sheet.corrupt')
  return found + mark.length
}

/** Index of the `>` that ends the tag; one inside a quoted value does not count. */
function tagEnd(xml: string, open: number): number {
  for (let i = open + 1; i < xml.length; i++) {
    const c = xml[i]
    if (c === '>') return i
    if (c === '"' || c === "'") {
      i = xml.indexOf(c, i + 1)
      if (i < 0) break
    }
  }
  throw new SheetRefusal('sheet.corrupt')
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Walks from `=` to `=`, so that no input makes it look at a character more than a few times. */
function parseTag(body: string): Tag {
  const name = /^\/?([^\s/]*)/.exec(body)?.[1] ?? ''
  const attributes = Object.create(null) as Record<string, string>
  let from = name.length
  for (;;) {
    const equals = body.indexOf('=', from)
    if (equals < 0) break
    let open = equals + 1
    while (body[open] === ' ') open++
    const quote = body[open]
    const close = quote === '"' || quote === "'" ? body.indexOf(quote, open + 1) : -1
    if (close < 0) break
    const key = body.slice(from, equals).trim()
    attributes[local(key.slice(key.lastIndexOf(' ') + 1))] = decodeEntities(body.slice(open + 1, close))
    from = close + 1
  }
  return { name: local(name), closing: body.startsWith('/'), attributes }
}
