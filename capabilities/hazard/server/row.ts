import { sql } from 'kysely'
import { bigrams } from '../../../kernel/core/search-text.ts'
import type { Hazard } from '../hazard.ts'

/** Field, column, type: the one place where a hazard and its row are laid side by side. */
const fields: readonly (readonly [keyof Hazard, string, string])[] = [
  ['id', 'id', 'uuid'], ['no', 'no', 'text'], ['enterpriseId', 'enterprise_id', 'uuid'], ['enterpriseName', 'enterprise_name', 'text'], ['siteId', 'site_id', 'uuid'], ['siteName', 'site_name', 'text'],
  ['areaCode', 'area_code', 'text'], ['gridId', 'grid_id', 'uuid'], ['parkId', 'park_id', 'uuid'], ['source', 'source', 'text'], ['sourceId', 'source_id', 'uuid'], ['campaignId', 'campaign_id', 'uuid'], ['teamId', 'team_id', 'uuid'], ['itemCode', 'item_code', 'text'],
  ['versionId', 'version_id', 'uuid'], ['category', 'category', 'text'], ['location', 'location', 'text'], ['description', 'description', 'text'], ['level', 'level', 'text'],
  ['immediateStop', 'immediate_stop', 'boolean'], ['stopInForce', 'stop_in_force', 'boolean'], ['clauseId', 'clause_id', 'text'], ['clauseMode', 'clause_mode', 'text'], ['requirement', 'requirement', 'text'],
  ['legalBasis', 'legal_basis', 'jsonb'], ['defaultDays', 'default_days', 'int'], ['evidence', 'evidence', 'text'], ['foundAt', 'found_at', 'timestamptz'], ['foundOn', 'found_on', 'date'], ['foundBy', 'found_by', 'uuid[]'],
  ['confirmDueAt', 'confirm_due_at', 'timestamptz'], ['confirmedAt', 'confirmed_at', 'timestamptz'], ['confirmedBy', 'confirmed_by', 'uuid[]'], ['opinions', 'opinions', 'jsonb'], ['fixClaimed', 'fix_claimed', 'boolean'],
  ['verifyDueAt', 'verify_due_at', 'timestamptz'], ['dueOn', 'due_on', 'date'], ['originalDueOn', 'original_due_on', 'date'], ['runsTo', 'runs_to', 'date'], ['late', 'late', 'boolean'], ['state', 'state', 'text'],
  ['round', 'round', 'int'], ['extensions', 'extensions', 'int'], ['orderId', 'order_id', 'uuid'], ['orderNo', 'order_no', 'text'], ['orderedAt', 'ordered_at', 'timestamptz'], ['plan', 'plan', 'jsonb'],
  ['submittedAt', 'submitted_at', 'timestamptz'], ['reinspectDueOn', 'reinspect_due_on', 'date'], ['reinspectors', 'reinspectors', 'uuid[]'], ['lastReinspectors', 'last_reinspectors', 'uuid[]'],
  ['pending', 'pending', 'jsonb'], ['transfer', 'transfer', 'jsonb'], ['transferDueOn', 'transfer_due_on', 'date'], ['frozen', 'frozen', 'jsonb'], ['nextCheckOn', 'next_check_on', 'date'],
  ['closedAt', 'closed_at', 'timestamptz'], ['closedOn', 'closed_on', 'date'], ['closedHow', 'closed_how', 'text'], ['closedBy', 'closed_by', 'uuid[]'], ['recurrenceOf', 'recurrence_of', 'uuid'],
  ['recurrence', 'recurrence', 'boolean'], ['dedupeKey', 'dedupe_key', 'text'], ['sightings', 'sightings', 'int'], ['escalation', 'escalation', 'int'], ['remindedOn', 'reminded_on', 'date'],
  ['voidCode', 'void_code', 'text'], ['appealed', 'appealed', 'boolean'], ['version', 'version', 'int'],
]

/** What never changes after the report: not written again. */
const fixed = new Set<string>(['id', 'no', 'source', 'source_id', 'campaign_id', 'team_id', 'found_at', 'found_on', 'found_by', 'dedupe_key', 'enterprise_id', 'site_id', 'area_code', 'grid_id', 'park_id'])

const names = fields.map(([, column]) => column)
export const columns = (alias: string) => sql.raw(names.map((name) => `${alias}.${name}`).join(', '))
export const insertColumns = sql.raw(names.join(', '))
export const insertShape = sql.raw([...fields.map(([, column, type]) => `${column} ${type}`), 'words text[]'].join(', '))

type Field = (typeof fields)[number]

/** What these moves change, of all that may change; the version always, so that there is something to write. */
export const movedFields = (moves: readonly { readonly before: Hazard; readonly after: Hazard }[]): Field[] =>
  fields.filter(([field, column]) => column === 'version' || (!fixed.has(column) && moves.some(({ before, after }) => before[field] !== after[field])))

/** The columns of a move beside the id and the version it starts from. */
export const movedShape = (moved: readonly Field[]) => sql.raw(['id uuid', ...moved.map(([, column, type]) => `${column} ${type}`), 'base int'].join(', '))
export const movedSet = (moved: readonly Field[]) => sql.raw(moved.map(([, column]) => `${column} = n.${column}`).join(', '))
export const movedRow = (moved: readonly Field[], { before, after }: { readonly before: Hazard; readonly after: Hazard }): Record<string, unknown> =>
  ({ id: after.id, ...Object.fromEntries(moved.map(([field, column]) => [column, after[field]])), base: before.version })

export const toRow = (h: Hazard): Record<string, unknown> => Object.fromEntries(fields.map(([field, column]) => [column, h[field]]))
export const toHazard = (row: Record<string, unknown>): Hazard => Object.fromEntries(fields.map(([field, column]) => [field, row[column]])) as unknown as Hazard

/** What a person may type to find it: description, spot, enterprise. */
export const wordsOf = (h: Hazard): string[] => [...new Set([...bigrams(h.description), ...bigrams(h.location), ...bigrams(h.enterpriseName)])]
