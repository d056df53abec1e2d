import { zh as attachment } from '../../capabilities/attachment/zh.ts'
import { checklistZh as checklist } from '../../capabilities/checklist/zh.ts'
import { zh as enterprise } from '../../capabilities/enterprise/zh.ts'
import { zh as hazard } from '../../capabilities/hazard/zh.ts'
import { zh as todo } from '../../capabilities/todo/zh.ts'
import { zh as visit } from '../../capabilities/visit/zh.ts'
import { setTexts } from '../../kernel/web/texts.ts'

/** The sentences that rules say on the phone itself; what the server refuses comes with its own. */
export const loadTexts = (): void => setTexts([enterprise, checklist, attachment, visit, hazard, todo])
