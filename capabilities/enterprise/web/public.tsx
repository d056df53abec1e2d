import type { ComponentType } from 'react'

/** A part of 一企一档 that another capability draws: open hazards, visits of the year, certificates. */
export interface EnterprisePart {
  readonly key: string
  readonly title: string
  /** Not shown to who lacks it. */
  readonly verb: string
  readonly order: number
  readonly Part: ComponentType<{ enterpriseId: string; name: string }>
}

let parts: readonly EnterprisePart[] = []

/** The console hands the parts over at its start: they stand above this capability and it may not ask for them by name. */
export function setEnterpriseParts(given: readonly EnterprisePart[]): void {
  parts = [...given].sort((a, b) => a.order - b.order)
}

export const enterpriseParts = (): readonly EnterprisePart[] => parts
