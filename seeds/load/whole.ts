import type pg from 'pg'
import type { Db } from '../../kernel/server/db.ts'

/** Rows written past the product's own door, in one transaction: all of them or none. */
export async function whole<T>(db: Db, write: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const written = await write(client)
    await client.query('commit')
    return written
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
