/** Lines by the byte 0x0A alone: readline would also break at U+2028, which is an ordinary character inside a text. */
export async function* linesOf(source: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  for await (const chunk of source) {
    let bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10)) {
      yield Buffer.concat([...rest, bytes.subarray(0, at)])
      rest = []
      bytes = bytes.subarray(at + 1)
    }
    if (bytes.length) rest.push(Buffer.from(bytes))
  }
  if (rest.length) yield Buffer.concat(rest)
}
