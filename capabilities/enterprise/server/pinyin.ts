import { pinyin } from '../../../kernel/server/engines.ts'

const known = new Map<string, string>()

/** Pinyin initials of a name, lower case, Latin letters and digits kept: 安川澜湖 → aclh. */
export function initialsOf(name: string): string {
  let out = ''
  for (const run of name.normalize('NFKC').toLowerCase().match(/\p{Script=Han}+|[a-z0-9]+/gu) ?? []) out += /^[a-z0-9]/.test(run) ? run : initialsOfHan(run)
  return out
}

/** Readings depend on neighbours (重庆, 重工), so runs are remembered whole: words of a trade repeat a thousand times. */
function initialsOfHan(run: string): string {
  const found = known.get(run)
  if (found !== undefined) return found
  const initials = pinyin(run, { pattern: 'first', toneType: 'none', type: 'array', v: true }).join('')
  if (known.size > 50_000) known.clear()
  known.set(run, initials)
  return initials
}
