import type { Refusal } from '../../kernel/core/problem.ts'

/** Numbers assessors ask for (conventions C14); settings may raise, never lower them. */
export const passwordPolicy = { minLength: 8, minKinds: 3, maxAgeDays: 90, remembered: 5, failuresBeforeLock: 5, idleMinutes: 30 } as const

const usual = ['password', 'qwerty', 'admin', '123456', 'abc123', 'iloveyou', '88888888', 'angrid', 'anquan']

/** Every refusal of a new password, each with what would cure it. */
export function refusePassword(password: string, login: string, name: string): Refusal[] {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length
  const lower = password.toLowerCase()
  const refusals: Refusal[] = []
  if (password.length < passwordPolicy.minLength) refusals.push({ code: 'staff.password_short', field: 'next', params: { min: passwordPolicy.minLength } })
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
