declare module 'pg/lib/utils.js' {
  /** A value as PostgreSQL reads it: text, bytes or nothing. @throws what has no JSON */
  export function prepareValue(value: unknown): string | Buffer | null
}
