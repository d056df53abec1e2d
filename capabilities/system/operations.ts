import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import { AuditExport, AuditFilter, AuditPage, JobRow, LedgerStatus, SetSetting, SettingRow, SettingsInput, Verification } from './system.ts'

const nothing = z.strictObject({})
const file = z.object({})

export const operations = {
  audit: query('GET /audit', { summary: '审计日志', input: AuditFilter, output: AuditPage, verb: 'audit.read', problems: ['common.bad_cursor'] }),
  auditExport: query('GET /audit/export', { summary: '导出审计日志', input: AuditExport, output: file, verb: 'audit.read', answer: 'file', perMinute: 10 }),
  ledger: query('GET /ledger', { summary: '账本封存情况', input: nothing, output: LedgerStatus, verb: 'ledger.read' }),
  ledgerExport: query('GET /ledger/export', { summary: '导出账本', input: nothing, output: file, verb: 'ledger.read', answer: 'file', perMinute: 6 }),
  ledgerVerify: query('GET /ledger/verification', { summary: '立即校验账本', input: nothing, output: Verification, verb: 'ledger.read', perMinute: 6 }),
  settings: query('GET /settings', { summary: '参数', input: SettingsInput, output: z.object({ rows: z.array(SettingRow) }), verb: 'setting.read' }),
  setSetting: command('POST /settings/:key', { summary: '修改参数', input: SetSetting, output: SettingRow, verb: 'setting.write', problems: ['common.stale', 'system.setting_not_local', 'system.setting_kind', 'system.setting_floor', 'system.setting_ceiling', 'system.calendar_wrong'] }),
  jobs: query('GET /system/jobs', { summary: '后台任务', input: nothing, output: z.object({ rows: z.array(JobRow) }), verb: 'system.read' }),
}
