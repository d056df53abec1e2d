import { Problem } from '../core/problem.ts'
import { noRoom } from './files.ts'

/** Errors of the connection, not of the statement. */
const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08000', '08003', '08006', '53300'])

/** A value that no column takes: a NUL character, half a surrogate pair, a number or date beyond the type. */
const unfit = new Set(['22021', '22P05', '22P02', '22003', '22007', '22008'])

/**
 * A database error as a named problem, by SQLSTATE and constraint name, never by message text. A constraint
 * `hazard_due_after_found` is the problem `hazard.due_after_found`. Anything unknown comes back as it was: a bug.
 */
export function toProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : ''
  if (away.has(code) || isPoolTimeout(error)) return new Problem('unavailable', 'common.database_away')
  if (code === '40001' || code === '40P01' || code === '57014') return new Problem('unavailable', 'common.busy')
  if (code === '53100' || noRoom.has(code)) return new Problem('unavailable', 'common.disk_full')
  if (unfit.has(code)) return new Problem('invalid', 'common.invalid')
  if (code === 'AN001') return new Problem('refused', 'ledger.append_only')
  if (code === '23505') return new Problem('conflict', named(constraint) ?? 'common.duplicate')
  if (code === '23514') return named(constraint) ? new Problem('refused', named(constraint)!) : error
  if (code === '23503') return new Problem('refused', named(constraint) ?? 'common.reference')
  return error
}

let known: (code: string) => boolean = () => false

/** The server tells which problem names exist; a constraint without a Chinese sentence falls back to a common one. */
export function knowProblems(isKnown: (code: string) => boolean): void {
  known = isKnown
}

const named = (constraint: string): string | undefined => {
  const code = constraint.replace('_', '.')
  return constraint && known(code) ? code : undefined
}

// pg-pool and pg give these two no code, only a text; they are the driver's words, not the database's.
const isPoolTimeout = (error: Error) => /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(error.message)
