import { sql } from 'kysely'
import type { Tx } from '../../../kernel/server/db.ts'
import { shippedRoles } from '../roles.ts'
import './tables.ts'

/**
 * Writes the shipped roles as rows of verbs; runs at every start and in every seed. A shipped role follows the release:
 * its name, verbs and grants are set again and its version rises only when they differ. Roles made by a security
 * administrator are never touched.
 */
export async function ensureRoles(tx: Tx): Promise<void> {
  await tx
    .insertInto('role')
    .values(shippedRoles.map((role) => ({ code: role.code, name: role.name, verbs: [...role.verbs], grants: [...(role.grants ?? [])], shipped: true, exclusive: role.exclusive ?? false })))
    .onConflict((conflict) =>
      conflict
        .column('code')
        .doUpdateSet((row) => ({
          name: row.ref('excluded.name'), verbs: row.ref('excluded.verbs'), grants: row.ref('excluded.grants'),
          exclusive: row.ref('excluded.exclusive'), version: sql<number>`role.version + 1`,
        }))
        .where(sql<boolean>`role.shipped and (role.name, role.verbs, role.grants, role.exclusive) is distinct from (excluded.name, excluded.verbs, excluded.grants, excluded.exclusive)`),
    )
    .execute()
}
