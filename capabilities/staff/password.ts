import type { Refusal } from '../../kernel/core/problem.ts'

/** Numbers assessors ask for (conventions C14); settings may raise, never lower them. */
export const passwordPolicy = { minLength: 8, minKinds: 3, maxAgeDays: 90, remembered: 5, failuresBeforeLock: 5, idleMinutes: 30 } as const

const usual = ['password', 'qwerty', 'admin', '123456', 'abc123', 'iloveyou', '88888888', 'angrid', 'anquan']

/** What a bureau may make stricter: settings `password.min_length`, `password.max_age_days`, `password.remembered`. */
export interface PasswordRules {
  readonly minLength: number
  readonly maxAgeDays: number
  readonly remembered: number
}

/** The bureau's settings over the least that assessors ask for; a looser value, wherever it came from, does not count. */
export const strictest = (set: Readonly<Record<string, unknown>>): PasswordRules => {
  const number = (key: string, usual: number) => (typeof set[key] === 'number' ? (set[key] as number) : usual)
  return {
    minLength: Math.max(passwordPolicy.minLength, number('password.min_length', passwordPolicy.minLength)),
    maxAgeDays: Math.min(passwordPolicy.maxAgeDays, number('password.max_age_days', passwordPolicy.maxAgeDays)),
    remembered: Math.max(passwordPolicy.remembered, number('password.remembered', passwordPolicy.remembered)),
  }
}

/** Every refusal of a new password, each with what would cure it. */
export function refusePassword(password: string, login: string, name: string, rules: PasswordRules = passwordPolicy): Refusal[] {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length
  const lower = password.toLowerCase()
  const refusals: Refusal[] = []
  if (password.length < rules.minLength) refusals.push({ code: 'staff.password_short', field: 'next', params: { min: rules.minLength } })
  if (kinds < passwordPolicy.minKinds) refusals.push({ code: 'staff.password_simple', field: 'next', params: { kinds: passwordPolicy.minKinds } })
  if (login.length > 2 && lower.includes(login.toLowerCase())) refusals.push({ code: 'staff.password_has_login', field: 'next' })
  if (name && password.includes(name)) refusals.push({ code: 'staff.password_has_login', field: 'next' })
  if (usual.some((word) => lower.includes(word)) || /(.)\1{3}/.test(password)) refusals.push({ code: 'staff.password_usual', field: 'next' })
  return refusals
}

/** Seconds to wait after the n-th failure in a row: none before the fifth, then 1 min, doubling to an hour. */
export function lockSeconds(failures: number): number {
  if (failures < passwordPolicy.failuresBeforeLock) return 0
  return Math.min(3600, 60 * 2 ** (failures - passwordPolicy.failuresBeforeLock))
}
