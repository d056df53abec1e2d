import { say } from '../../core/problem.ts'
import { sheetTexts } from './zh.ts'
import type { SheetCode } from './zh.ts'

/** A file that is not read, with the name of the reason. Anything else thrown while reading is a bug. */
export class SheetRefusal extends Error {
  readonly code: SheetCode
  readonly params: Record<string, string | number>

  constructor(code: SheetCode, params: Record<string, string | number> = {}) {
    super(say(sheetTexts, code, params))
    this.name = 'SheetRefusal'
    this.code = code
    this.params = params
  }
}
