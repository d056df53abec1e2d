import { z } from 'zod'

/**
 * The condition of a criteria clause as data. Leaves name facts of the dictionary:
 * a flag states the *bad* circumstance and is met when true; a comparison is met when it holds; a device is met when it
 * is missing, and also when it is there but failed or ineffective: that is the multiplier of 10号令§14.
 */
export type Logic = { all: Logic[] } | { any: Logic[] } | Leaf
export type Leaf = FlagLeaf | DeviceLeaf | CompareLeaf
export type FlagLeaf = { fact: string }
export type DeviceLeaf = { fact: string; device: true }
export type CompareLeaf = { fact: string; op: CompareOp; value: number | string }

export const COMPARE_OPS = ['>', '>=', '<', '<=', '=', '!='] as const
export type CompareOp = (typeof COMPARE_OPS)[number]

export const DEVICE_STATES = ['EFFECTIVE', 'ABSENT', 'INEFFECTIVE'] as const
export type DeviceState = (typeof DEVICE_STATES)[number]
/** How a device failed. INEFFECTIVE cites 10号令§14 beside the clause. */
export type FailureMode = 'ABSENT' | 'INEFFECTIVE'

export const Logic: z.ZodType<Logic> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Logic).min(2) }),
    z.strictObject({ any: z.array(Logic).min(2) }),
    z.strictObject({ fact: z.string(), op: z.enum(COMPARE_OPS), value: z.union([z.number(), z.string()]) }),
    z.strictObject({ fact: z.string(), device: z.literal(true) }),
    z.strictObject({ fact: z.string() }),
  ]),
)

/** An entry of the fact dictionary. The label of a flag reads as the bad circumstance (未设警示标志). */
export const FactDefinition = z.discriminatedUnion('kind', [
  z.strictObject({ name: z.string(), kind: z.literal('flag'), label: z.string() }),
  z.strictObject({ name: z.string(), kind: z.literal('device'), label: z.string() }),
  z.strictObject({ name: z.string(), kind: z.literal('number'), label: z.string(), unit: z.string() }),
  z.strictObject({ name: z.string(), kind: z.literal('choice'), label: z.string(), choices: z.record(z.string(), z.string()) }),
])
export type FactDefinition = z.infer<typeof FactDefinition>
export type FactDictionary = ReadonlyMap<string, FactDefinition>

/** What was found on the spot: flag → boolean, number → number, choice → its code, device → DeviceState. Absent = not looked at. */
export const FactValues = z.record(z.string(), z.union([z.boolean(), z.number(), z.string()]))
export type FactValues = z.infer<typeof FactValues>

/** true met, false not met, null cannot be said yet (Kleene). `missing` holds only facts that can still change the answer. */
export type Finding = { truth: boolean | null; mode: FailureMode | null; missing: string[]; phrase: string }

const OP_WORDS: Record<CompareOp, string> = { '>': '超过', '>=': '不少于', '<': '低于', '<=': '不超过', '=': '为', '!=': '不是' }

const unknown = (label: string, fact: string): Finding => ({ truth: null, mode: null, missing: [fact], phrase: `${label}（待查）` })
const known = (truth: boolean, phrase: string, mode: FailureMode | null = null): Finding => ({ truth, mode, missing: [], phrase })

function holds(op: CompareOp, left: number | string, right: number | string): boolean {
  if (op === '=') return left === right
  if (op === '!=') return left !== right
  if (typeof left !== 'number' || typeof right !== 'number') return false
  return op === '>' ? left > right : op === '>=' ? left >= right : op === '<' ? left < right : left <= right
}

function findComparison(leaf: CompareLeaf, definition: FactDefinition, given: unknown): Finding {
  if (definition.kind === 'choice') {
    if (typeof given !== 'string' || !Object.hasOwn(definition.choices, given)) return unknown(definition.label, leaf.fact)
    const truth = holds(leaf.op, given, leaf.value)
    const limit = definition.choices[String(leaf.value)] ?? String(leaf.value)
    const rule = truth ? '' : `，须${OP_WORDS[leaf.op]}${limit}`
    return known(truth, `${definition.label}为“${definition.choices[given]}”${rule}`)
  }
  const unit = definition.kind === 'number' ? definition.unit : ''
  if (typeof given !== 'number' || !Number.isFinite(given)) return unknown(definition.label, leaf.fact)
  const truth = holds(leaf.op, given, leaf.value)
  return known(truth, `${definition.label}${given}${unit}，${truth ? '' : '未达到“'}${OP_WORDS[leaf.op]}${leaf.value}${unit}${truth ? '' : '”的界限'}`)
}

function findLeaf(leaf: Leaf, facts: FactValues, dictionary: FactDictionary): Finding {
  const definition = dictionary.get(leaf.fact)
  if (definition === undefined) throw new RangeError(`fact not in the dictionary: ${leaf.fact}`)
  const given = facts[leaf.fact]
  if ('op' in leaf) return findComparison(leaf, definition, given)
  const { label } = definition
  if ('device' in leaf) {
    if (given === 'ABSENT') return known(true, `${label}缺失`, 'ABSENT')
    if (given === 'INEFFECTIVE') return known(true, `${label}失效或者无效`, 'INEFFECTIVE')
    return given === 'EFFECTIVE' ? known(false, `${label}有效`) : unknown(label, leaf.fact)
  }
  return typeof given === 'boolean' ? known(given, `“${label}”${given ? '成立' : '不成立'}`) : unknown(label, leaf.fact)
}

/** §14 is needed only when no other ground carries the clause. */
function modeOfAny(met: readonly Finding[]): FailureMode | null {
  if (met.some((f) => f.mode === null)) return null
  return met.some((f) => f.mode === 'ABSENT') ? 'ABSENT' : 'INEFFECTIVE'
}

function modeOfAll(met: readonly Finding[]): FailureMode | null {
  if (met.some((f) => f.mode === 'INEFFECTIVE')) return 'INEFFECTIVE'
  return met.some((f) => f.mode === 'ABSENT') ? 'ABSENT' : null
}

const list = (findings: readonly Finding[]) => findings.map((f) => f.phrase).join('；')
const missingOf = (findings: readonly Finding[]) => [...new Set(findings.flatMap((f) => f.missing))]

function findAll(children: readonly Finding[]): Finding {
  const failed = children.filter((f) => f.truth === false)
  if (failed.length > 0) return known(false, `须同时具备各项条件，其中${list(failed)}`)
  const open = children.filter((f) => f.truth === null)
  if (open.length > 0) return { truth: null, mode: null, missing: missingOf(open), phrase: `须同时具备各项条件，尚待查明：${list(open)}` }
  return known(true, `各项条件同时具备：${list(children)}`, modeOfAll(children))
}

function findAny(children: readonly Finding[]): Finding {
  const met = children.filter((f) => f.truth === true)
  if (met.length > 0) return known(true, `任一情形即构成，现有：${list(met)}`, modeOfAny(met))
  const open = children.filter((f) => f.truth === null)
  if (open.length > 0) return { truth: null, mode: null, missing: missingOf(open), phrase: `任一情形即构成，尚待查明：${list(open)}` }
  return known(false, `任一情形即构成，但均不具备：${list(children)}`)
}

/**
 * Evaluates a condition against what was found. A fact of the wrong type counts as not looked at.
 * Throws RangeError for a fact the dictionary does not hold: that is broken data, not a finding.
 */
export function find(logic: Logic, facts: FactValues, dictionary: FactDictionary): Finding {
  if ('all' in logic) return findAll(logic.all.map((l) => find(l, facts, dictionary)))
  if ('any' in logic) return findAny(logic.any.map((l) => find(l, facts, dictionary)))
  return findLeaf(logic, facts, dictionary)
}

/** Every leaf of a condition, in reading order. */
export function leavesOf(logic: Logic): Leaf[] {
  if ('all' in logic) return logic.all.flatMap(leavesOf)
  if ('any' in logic) return logic.any.flatMap(leavesOf)
  return [logic]
}
