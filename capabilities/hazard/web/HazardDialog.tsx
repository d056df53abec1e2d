import type { HazardAction } from '../lifecycle.ts'
import type { HazardDetail } from '../views.ts'
import { ElsewhereDialog, ReinspectionDialog, RectifyingDialog } from './dialogs-closing.tsx'
import { FindingDialog } from './dialogs-finding.tsx'

const finding = new Set<HazardAction>(['confirm', 'giveOpinion', 'void', 'voidMajor', 'appeal', 'fixOnSite', 'verifyFix', 'reopen', 'raise', 'lower'])
const rectifying = new Set<HazardAction>(['start', 'acknowledge', 'askExtension', 'decideExtension', 'submit'])
const closing = new Set<HazardAction>(['assignReinspection', 'pass', 'fail', 'review', 'closeMajor'])

/** The dialog of one act: what it does in law, to whom, until when, and the reason. */
export function HazardDialog({ h, action, close }: { h: HazardDetail; action: HazardAction; close: () => void }) {
  const props = { h, action, shared: { onClose: close, draft: `hazard-${action}-${h.id}` }, input: { id: h.id, baseVersion: h.version } }
  if (finding.has(action)) return <FindingDialog {...props} />
  if (rectifying.has(action)) return <RectifyingDialog {...props} />
  return closing.has(action) ? <ReinspectionDialog {...props} /> : <ElsewhereDialog {...props} />
}
