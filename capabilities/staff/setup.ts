import { z } from 'zod'
import { wire } from '../../kernel/core/operation.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import { refusePassword } from './password.ts'

const Administrator = z.strictObject({
  name: z.string().trim().min(2).max(30),
  login: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{2,29}$/),
  password: z.string().min(1).max(200),
})

/** First use of an empty installation: the bureau and its three administrators (三员), who exclude each other. */
export const Setup = z.strictObject({
  token: z.string().min(20).max(100),
  areaCode: wire.area(),
  areaName: z.string().trim().min(2).max(30),
  bureau: z.string().trim().min(4).max(60),
  system: Administrator,
  security: Administrator,
  auditor: Administrator,
})
export type Setup = z.output<typeof Setup>

export const administrators = { system: 'SYS_ADMIN', security: 'SECURITY_ADMIN', auditor: 'AUDITOR' } as const
export type AdministratorKind = keyof typeof administrators
export const administratorKinds = Object.keys(administrators) as AdministratorKind[]

/** Every refusal: a weak password, one person for two desks, an area that is no district. 三员互斥 (conventions C15). */
export function refuseSetup(setup: Setup): Refusal[] {
  const weak = administratorKinds.flatMap((kind) => {
    const { password, login, name } = setup[kind]
    return refusePassword(password, login, name).map((refusal) => ({ ...refusal, field: `${kind}.password` }))
  })
  const twice = administratorKinds.flatMap((kind, i) => {
    const before = administratorKinds.slice(0, i).map((other) => setup[other])
    return before.some((other) => other.login === setup[kind].login || other.name === setup[kind].name)
      ? [{ code: 'staff.setup_same_person', field: `${kind}.login` }]
      : []
  })
  const district = /^\d{6}0{6}$/.test(setup.areaCode) && !/^\d{4}00/.test(setup.areaCode) ? [] : [{ code: 'staff.setup_area', field: 'areaCode' }]
  return [...district, ...twice, ...weak]
}
