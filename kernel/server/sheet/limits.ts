/** Bounds a foreign file must keep. Sizes in bytes, counted while inflating: what the headers claim is never believed. */
export interface SheetLimits {
  /** The file as it arrives. */
  compressedBytes: number
  /** Sum over the parts that are read. */
  uncompressedBytes: number
  /** Uncompressed : compressed of one part. Asked only above 16 MB, because small parts of blank rows are legal and shrink well. */
  ratio: number
  /** Rows with content below the first. */
  rows: number
  columns: number
  /** UTF-16 units of one cell; 32,767 is Excel's own bound. */
  cellLength: number
  /** Different texts in the workbook's string table. */
  strings: number
}

export const sheetLimits: SheetLimits = {
  compressedBytes: 60 * 2 ** 20,
  uncompressedBytes: 600 * 2 ** 20,
  ratio: 200,
  rows: 200_000,
  columns: 512,
  cellLength: 32_767,
  strings: 5_000_000,
}
