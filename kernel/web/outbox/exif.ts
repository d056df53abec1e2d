import { instantOf, isLocalDate } from '../../core/time.ts'

/** When a JPEG says it was taken (EXIF 0x9003, local time without zone, read as Shanghai), ISO; undefined when it says nothing. */
export async function takenAtOf(file: Blob): Promise<string | undefined> {
  return readTakenAt(new DataView(await file.slice(0, 128 * 1024).arrayBuffer()))
}

export function readTakenAt(view: DataView): string | undefined {
  const tiff = exifStart(view)
  if (tiff === undefined) return undefined
  try {
    const little = view.getUint16(tiff) === 0x4949
    const first = tiff + view.getUint32(tiff + 4, little)
    const exif = tagValue(view, first, 0x8769, little)
    const at = exif === undefined ? undefined : tagValue(view, tiff + exif, 0x9003, little)
    return at === undefined ? undefined : instantIn(view, tiff + at)
  } catch (thrown) {
    // Notes that point outside of the file: the picture is fine without them.
    if (thrown instanceof RangeError) return undefined
    throw thrown
  }
}

/** Where the TIFF block of the APP1 segment begins. */
function exifStart(view: DataView): number | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at)
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) return undefined
  }
  return undefined
}

/** Value or offset of a tag in one directory. */
function tagValue(view: DataView, directory: number, tag: number, little: boolean): number | undefined {
  const entries = view.getUint16(directory, little)
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * 12
    if (view.getUint16(at, little) === tag) return view.getUint32(at + 8, little)
  }
  return undefined
}

function instantIn(view: DataView, at: number): string | undefined {
  const text = Array.from({ length: 19 }, (_, i) => String.fromCharCode(view.getUint8(at + i))).join('')
  const found = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2})(:\d{2})$/.exec(text)
  if (!found) return undefined
  const day = `${found[1]}-${found[2]}-${found[3]}`
  if (!isLocalDate(day)) return undefined
  return new Date(instantOf(day, found[4]!).getTime() + Number(found[5]!.slice(1)) * 1000).toISOString()
}
