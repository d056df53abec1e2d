import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import type { Resolved } from '../sync.ts'

type Found = z.infer<typeof Resolved>
const columns = sql.raw('s.id as "siteId", s.enterprise_id as "enterpriseId", e.name, s.name as "siteName", s.code, s.address, s.area_code as "areaCode"')

/** The site code inside whatever was scanned: the bare code, or an address that carries it. */
export function codeIn(text: string): string | undefined {
  return /SITE-[0-9A-Z]{1,32}-\d{1,4}/.exec(decoded(text).toUpperCase())?.[0]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The site of a scanned code; else sites whose code or credit code contains what was typed, in reach. */
export async function resolveCode(ctx: Ctx, text: string): Promise<Found> {
  const code = codeIn(text)
  if (code) {
    const { rows } = await sql<Found['rows'][number]>`select ${columns} from site s join enterprise e on e.id = s.enterprise_id where s.code = ${code} and s.voided_at is null and ${reachSql(ctx.actor, 's')}`.execute(ctx.tx)
    if (rows.length) return { exact: true, rows }
  }
  // A licence's own code is an address with the credit code in it.
  const part = /[0-9A-Z]{18}/.exec(decoded(text).toUpperCase())?.[0] ?? text.toUpperCase().replace(/[^0-9A-Z]/g, '').slice(0, 24)
  if (part.length < 4) return { exact: false, rows: [] }
  const { rows } = await sql<Found['rows'][number]>`select ${columns} from site s join enterprise e on e.id = s.enterprise_id
    where s.voided_at is null and (replace(s.code, '-', '') like ${`%${part}%`} or e.credit_code like ${`%${part}%`}) and ${reachSql(ctx.actor, 's')} order by s.code limit 12`.execute(ctx.tx)
  return { exact: false, rows }
}
