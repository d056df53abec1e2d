const special = /["\\]/
const specials = /["\\]/g

/**
 * A column of many rows as the text of one PostgreSQL array, for `unnest`: the cheapest way of many rows into one statement, since
 * neither side builds objects.
 */
export function arrayLiteral(values: readonly unknown[]): string {
  let text = ''
  for (const value of values) {
    if (text !== '') text += ','
    if (value === null || value === undefined) text += 'NULL'
    else if (typeof value === 'string') text += special.test(value) ? `"${value.replace(specials, '\\$&')}"` : `"${value}"`
    else text += String(value)
  }
  return `{${text}}`
}
