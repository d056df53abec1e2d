import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import { registerFields, registerNotes } from '../register-fields.ts'
import { aboveScaleImport } from './above-scale.ts'
import { applyRegister, undoRegister } from './register-apply.ts'
import { openRegisterCheck, type RegisterStyle } from './register-check.ts'
import { insertRegister } from './register-insert.ts'

/** New entries wait in a list of the index until it is tidied; searching is right before that, and fast after. */
async function tidy(ctx: Ctx): Promise<void> {
  await sql`select gin_clean_pending_list('enterprise_words'), gin_clean_pending_list('enterprise_tags')`.execute(ctx.tx)
  await sql`analyze enterprise (credit_code, name, area_code, grid_id, park_id, state, site_kind, division, above_scale, risk_color)`.execute(ctx.tx)
}

const register = (code: string, name: string, style: RegisterStyle, notes: readonly string[]): ImportKind => ({
  code, name, verb: 'enterprise.edit', fields: registerFields, needs: [['name'], ['address'], ['area', 'street', 'grid', 'areaCode']], options: [], notes,
  openCheck: (ctx) => openRegisterCheck(ctx, style), applyNew: insertRegister, apply: applyRegister, undo: undoRegister, tidy,
})

/** What this capability can import; the server hands it to the import machinery. */
export const enterpriseImports: readonly ImportKind[] = [
  register('enterprise', '企业名册', { siteKind: 'PRODUCTION_SITE', unlicensed: false }, registerNotes),
  register('shop', '小场所名册', { siteKind: 'SMALL_SHOP', unlicensed: true }, ['填写说明', '三小、九小场所和沿街商铺用本表，一行一家。没有执照的可不填信用代码。', ...registerNotes.slice(1, 3)]),
  aboveScaleImport,
]
