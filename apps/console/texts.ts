import { zh as staff } from '../../capabilities/staff/zh.ts'
import { setTexts } from '../../kernel/web/texts.ts'

/** The Chinese texts of every capability on a screen, one line each. */
export const loadTexts = (): void => setTexts([staff])
