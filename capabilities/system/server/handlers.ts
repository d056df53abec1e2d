import { createHash } from 'node:crypto'
import { inReach } from '../../../kernel/core/access.ts'
import { GENESIS } from '../../../kernel/core/merkle.ts'
import { missing, Problem, refuseAny, say, type Texts } from '../../../kernel/core/problem.ts'
import { shortDateTime } from '../../../kernel/core/time-zh.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { commonZh } from '../../../kernel/core/zh.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import { type Ctx, type FileAnswer, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { exportLedger, verifyLedger } from '../../../kernel/server/ledger-file.ts'
import { writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { operations } from '../operations.ts'
import type { SettingSpec } from '../settings.data.ts'
import { settingSpecs } from '../settings.data.ts'
import { refuseSetting, specOf, WHOLE } from '../settings.ts'
import { type AuditRow, auditKindZh } from '../system.ts'
import { zh } from '../zh.ts'
import { upkeepJobs } from './jobs.ts'
import * as store from './store.ts'

export interface SystemGiven {
  dataDir: string
  ledgerHash: string
  /** Chinese sentences of every capability: a result in the audit is the name of a problem. */
  texts: () => Texts
}

export function system(given: SystemGiven): Capability {
  const readable = (row: store.StoredAudit): AuditRow => ({ ...row, resultZh: row.result === 'ok' ? '成功' : say({ ...commonZh.problems, ...given.texts() }, row.result) })
  const handlers: Handlers<typeof operations> = {
    audit: async (ctx, { limit, cursor, ...filter }) => {
      const { rows, total } = await store.auditPage(ctx.tx, filter, limit, cursor)
      const last = rows.at(-1)
      const estimate = store.isEstimate(total) ? { totalIsEstimate: true } : {}
      return { rows: rows.map(readable), total, ...estimate, ...(last && rows.length === limit ? { next: store.cursorOf(last) } : {}) }
    },
    auditExport: async (ctx, filter) => {
      ctx.audit({ kind: 'EXPORT', subject: 'audit', result: 'ok', data: { filter } })
      return auditWorkbook(ctx, filter, readable)
    },
    ledger: async (ctx) => {
      const figures = await store.ledgerFigures(ctx.tx)
      return { ...figures, algorithm: figures.algorithm ?? given.ledgerHash, chain: figures.chain ?? GENESIS }
    },
    ledgerExport: async (ctx) => {
      const { batches, chain } = await store.ledgerFigures(ctx.tx)
      ctx.audit({ kind: 'EXPORT', subject: 'ledger', result: 'ok', data: { batches, chain } })
      return { file: { name: `账本_${localDate(ctx.now)}.ndjson`, type: 'application/x-ndjson', body: bytesOf(exportLedger(ctx.tx, ctx.now)) } }
    },
    ledgerVerify: async (ctx) => {
      const verdict = await verifyLedger(exportLedger(ctx.tx, ctx.now))
      ctx.audit({ kind: 'SECURITY', subject: 'system.ledger_verified', result: verdict.ok ? 'ok' : 'common.refused', data: { batches: verdict.batches, chain: verdict.chain, faults: verdict.faults.length } })
      return { ...verdict, faults: [...verdict.faults] }
    },
    settings: async (ctx, { areaCode }) => {
      mustReach(ctx, areaCode)
      const stored = new Map((await store.storedSettings(ctx.tx, areaCode)).map((row) => [row.key, row]))
      return { rows: settingSpecs.filter((spec) => spec.local || areaCode === WHOLE).map((spec) => settingRow(spec, stored.get(spec.key))) }
    },
    setSetting: async (ctx, input) => {
      const spec = specOf(input.key)
      if (!spec) throw missing()
      mustReach(ctx, input.areaCode)
      refuseAny(refuseSetting(spec, input.value, input.areaCode))
      const stored = (await store.storedSettings(ctx.tx, input.areaCode)).find((row) => row.key === spec.key)
      refuseStale(stored?.version ?? 0, input.baseVersion)
      const next = { key: spec.key, areaCode: input.areaCode, value: input.value, version: input.baseVersion + 1 }
      if (!(await store.putSetting(ctx.tx, next))) throw new Problem('conflict', 'common.stale')
      ctx.emit({ aggregate: 'setting', id: settingId(spec.key, input.areaCode), version: next.version, event: 'system.setting_changed', areaCode: input.areaCode, data: { key: spec.key, from: stored?.value ?? spec.value, to: input.value, reason: input.reason } })
      ctx.audit({ kind: 'ADMIN', subject: 'system.setting_changed', subjectId: spec.key, result: 'ok', data: { reason: input.reason } })
      return settingRow(spec, next)
    },
    jobs: async (ctx) => ({ rows: await store.jobRows(ctx.tx, ctx.now) }),
  }
  return serve({ name: 'system', operations, handlers, zh, jobs: upkeepJobs(given.dataDir) })
}

/** What an area sets for itself is its own affair: out of reach it is not there. */
function mustReach(ctx: Ctx, areaCode: string): void {
  if (areaCode !== WHOLE && !inReach(ctx.actor.reach, { areaCode })) throw missing()
}

async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line, 'utf8')
}

const settingRow = (spec: SettingSpec, stored: { value: unknown; version: number } | undefined) => ({
  key: spec.key,
  label: spec.label,
  help: spec.help,
  kind: spec.kind,
  parts: [...(spec.parts ?? [])],
  options: [...(spec.options ?? [])],
  unit: spec.unit ?? null,
  floor: spec.floor ?? null,
  ceiling: spec.ceiling ?? null,
  clause: spec.clause,
  local: spec.local,
  value: stored ? stored.value : spec.value,
  shipped: !stored,
  version: stored?.version ?? 0,
})

/** Settings have names, events want a UUID: the same name gives the same one. */
function settingId(key: string, areaCode: string): string {
  const hex = createHash('sha256').update(`${key}@${areaCode}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const EXPORT_BATCH = 1000

function auditWorkbook(ctx: Ctx, filter: Parameters<typeof store.auditPage>[1], readable: (row: store.StoredAudit) => AuditRow): FileAnswer {
  async function* rows() {
    let cursor: string | undefined
    for (;;) {
      const page = await store.auditPage(ctx.tx, filter, EXPORT_BATCH, cursor)
      for (const stored of page.rows) {
        const row = readable(stored)
        yield [shortDateTime(row.at), auditKindZh[row.kind], row.actorName, row.subject, row.resultZh, row.address, row.requestId, JSON.stringify(row.data)]
      }
      const last = page.rows.at(-1)
      if (!last || page.rows.length < EXPORT_BATCH) return
      cursor = store.cursorOf(last)
    }
  }
  const columns = ['时间', '类别', '人员', '对象', '结果', '来源地址', '请求号', '说明'].map((heading) => ({ heading, kind: 'text' as const }))
  const sheet = { name: '审计日志', title: [`审计日志 ${shortDateTime(ctx.now)} 导出`], columns, rows: rows(), spareRows: 0 }
  return { file: { name: `审计日志_${localDate(ctx.now)}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body: writeXlsx({ sheets: [sheet] }) } }
}
