import { z } from 'zod'
import { pageOf, paging, wire } from '../../kernel/core/operation.ts'

export const auditKinds = ['SIGN_IN', 'SIGN_OUT', 'REFUSED', 'EXPORT', 'REVEAL', 'ADMIN', 'SECURITY'] as const
export const auditKindZh = { SIGN_IN: '登录', SIGN_OUT: '退出', REFUSED: '越权被拒', EXPORT: '导出', REVEAL: '查看个人信息', ADMIN: '账号与权限', SECURITY: '安全事件' } as const satisfies Record<(typeof auditKinds)[number], string>

const filter = {
  kind: z.enum(auditKinds).optional(),
  /** 'ok', or everything else. */
  outcome: z.enum(['ok', 'refused']).optional(),
  q: z.string().trim().max(60).optional(),
  from: wire.date().optional(),
  to: wire.date().optional(),
}
export const AuditFilter = z.strictObject({ ...filter, ...paging })
export const AuditExport = z.strictObject(filter)

export const AuditRow = z.object({
  id: z.uuid(),
  at: z.string(),
  requestId: z.string(),
  actorId: z.uuid().nullable(),
  actorName: z.string(),
  kind: z.enum(auditKinds),
  subject: z.string(),
  subjectId: z.string().nullable(),
  result: z.string(),
  /** The result in Chinese. */
  resultZh: z.string(),
  address: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type AuditRow = z.infer<typeof AuditRow>
export const AuditPage = pageOf(AuditRow)

export const LedgerStatus = z.object({
  batches: z.number().int(),
  sealed: z.number().int(),
  /** Events not sealed yet; a few seconds' worth when all is well. */
  waiting: z.number().int(),
  oldestWaitingAt: z.string().nullable(),
  algorithm: z.string(),
  lastSealedAt: z.string().nullable(),
  /** To be written down elsewhere: proves later that nothing before it was cut or changed. */
  chain: z.string(),
})

export const Verification = z.object({
  ok: z.boolean(),
  batches: z.number().int(),
  sealed: z.number().int(),
  unsealed: z.number().int(),
  chain: z.string(),
  faults: z.array(z.object({ kind: z.string(), batch: z.number().int(), line: z.number().int(), why: z.string() })),
})

export const SettingRow = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  kind: z.enum(['integer', 'text', 'choice', 'calendar', 'numbers']),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  parts: z.array(z.object({ name: z.string(), label: z.string(), unit: z.string(), floor: z.number(), ceiling: z.number() })),
  unit: z.string().nullable(),
  floor: z.number().nullable(),
  ceiling: z.number().nullable(),
  clause: z.string(),
  local: z.boolean(),
  value: z.unknown(),
  /** Not set by anybody: the shipped value. */
  shipped: z.boolean(),
  version: z.number().int(),
})
/** Values as one area has set them itself; local ones only where it is not the whole. */
export const SettingsInput = z.strictObject({ areaCode: wire.area().default('000000000000') })
export const SetSetting = z.strictObject({
  key: z.string().max(80),
  areaCode: wire.area().default('000000000000'),
  value: z.json(),
  baseVersion: z.number().int().min(0),
  reason: z.string().trim().min(2).max(200),
})

export const JobRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  runAt: z.string(),
  everySeconds: z.number().int().nullable(),
  attempts: z.number().int(),
  failed: z.string().nullable(),
  running: z.boolean(),
  givenUp: z.boolean(),
})
