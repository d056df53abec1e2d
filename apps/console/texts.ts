import { zh as campaign } from '../../capabilities/campaign/zh.ts'
import { zh as attachment } from '../../capabilities/attachment/zh.ts'
import { checklistZh as checklist } from '../../capabilities/checklist/zh.ts'
import { zh as district } from '../../capabilities/district/zh.ts'
import { zh as enforcement } from '../../capabilities/enforcement/zh.ts'
import { zh as enterprise } from '../../capabilities/enterprise/zh.ts'
import { zh as exchange } from '../../capabilities/exchange/zh.ts'
import { zh as hazard } from '../../capabilities/hazard/zh.ts'
import { zh as staff } from '../../capabilities/staff/zh.ts'
import { zh as statistics } from '../../capabilities/statistics/zh.ts'
import { zh as system } from '../../capabilities/system/zh.ts'
import { zh as todo } from '../../capabilities/todo/zh.ts'
import { zh as visit } from '../../capabilities/visit/zh.ts'
import { setTexts } from '../../kernel/web/texts.ts'

/** The Chinese texts of every capability; of two labels of one field name the later stands, so the reader of all comes first. */
export const loadTexts = (): void => setTexts([statistics, campaign, staff, district, enterprise, checklist, attachment, visit, hazard, enforcement, todo, exchange, system])
