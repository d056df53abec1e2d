import { ChecklistVersion } from './checklist.ts'
import bc from './bc.data.json' with { type: 'json' }
import fg from './fg.data.json' with { type: 'json' }
import gl from './gl.data.json' with { type: 'json' }
import jx from './jx.data.json' with { type: 'json' }
import yc from './yc.data.json' with { type: 'json' }
import yq from './yq.data.json' with { type: 'json' }

/**
 * The lists shipped with the system, version 1, under fixed ids so that seeding twice changes nothing:
 * FG 复工自查, YC 夜查工贸, JX 九小商铺, YQ 园区验收 (the ids P01–P42 of the acceptance standard), GL 隔离点,
 * BC 50项必查 (what every plant is asked, drawn from FG and YC).
 */
export const shippedChecklists: readonly ChecklistVersion[] = [fg, yc, jx, yq, gl, bc].map((data) => ChecklistVersion.parse(data))

/** A shipped list by its code (FG); RangeError for a code that is not shipped. */
export function shippedChecklist(code: string): ChecklistVersion {
  const found = shippedChecklists.find((c) => c.code === code)
  if (found === undefined) throw new RangeError(`no shipped checklist ${code}`)
  return found
}
