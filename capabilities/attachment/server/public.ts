import { sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { Linked } from '../attachment.ts'
import { originalKey } from './pictures.ts'
import * as store from './store.ts'

export type { LinkDraft } from './store.ts'

const pictureRoles = new Set(['BEFORE', 'AFTER', 'OUTCOME', 'SIGNATURE'])

/**
 * Links uploaded files to a record. They must exist in reach (or be one's own), pictures where pictures are asked, and
 * a before/after pair must be two pictures. Reuse of an older picture is no refusal: it is returned, to be shown.
 * One statement whatever the number; a refusal rolls it back. `at` gives files without a site the record's jurisdiction.
 */
export async function useAttachments(
  ctx: Ctx,
  links: readonly store.LinkDraft[],
  at?: { areaCode: string; gridId: string | null; enterpriseId: string | null },
): Promise<{ reused: string[] }> {
  if (!links.length) return { reused: [] }
  const found = new Map((await store.link(ctx.tx, ctx.actor, links, ctx.now, at)).map((row) => [row.id, row]))
  for (const link of links) {
    const row = found.get(link.attachmentId)
    if (!row) throw new Problem('refused', 'attachment.not_there', { fields: [{ path: 'photos', code: 'attachment.not_there' }] })
    if (pictureRoles.has(link.role) && !row.media_type.startsWith('image/')) throw new Problem('refused', 'attachment.not_picture', { fields: [{ path: 'photos', code: 'attachment.not_picture' }] })
  }
  refuseSamePair(links, found)
  return { reused: [...found.values()].filter((row) => row.look_alike_of).map((row) => row.id) }
}

function refuseSamePair(links: readonly store.LinkDraft[], found: Map<string, store.Usable>): void {
  const hashes = (role: string, id: string) => links.filter((l) => l.role === role && l.aggregateId === id).map((l) => found.get(l.attachmentId)?.sha256)
  for (const id of new Set(links.map((l) => l.aggregateId))) {
    const before = new Set(hashes('BEFORE', id))
    if (hashes('AFTER', id).some((hash) => before.has(hash))) throw new Problem('refused', 'attachment.same_photo_pair', { fields: [{ path: 'photos', code: 'attachment.same_photo_pair' }] })
  }
}

/** Attachments by record, oldest first. The caller has already found the records in reach. */
export const attachmentsOf = (tx: Tx, aggregateIds: readonly string[]): Promise<Map<string, Linked[]>> => store.linked(tx, aggregateIds)

/** Whether this person's phone keeps the camera's own file beside a photo: setting `attachment.keep_original`, the nearest area above the person's own decides. */
export async function keepsOriginals(ctx: Ctx): Promise<boolean> {
  const { areas, grids, enterprises } = ctx.actor.reach
  const { rows } = await sql<{ value: unknown }>`
    with home as (select coalesce(${areas[0]?.[0].slice(0, 12) ?? null}::text, (select area_code from grid where id = ${grids[0] ?? null}::uuid), (select area_code from enterprise where id = ${enterprises[0] ?? null}::uuid)) as code)
    select s.value from setting s, home h where s.key = 'attachment.keep_original'
      and s.area_code in (h.code, left(h.code, 9) || '000', left(h.code, 6) || '000000', left(h.code, 4) || '00000000', left(h.code, 2) || '0000000000', '000000000000') order by s.area_code desc limit 1`.execute(ctx.tx)
  return rows[0]?.value === 'ON'
}

/** The untouched bytes of an original, by its hash, for files that embed it. The caller has found the record in reach. @throws missing */
export const originalBytes = (files: FileStore, sha256: string): Promise<Buffer> => files.bytes(originalKey(sha256))
