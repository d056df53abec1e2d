import type { HazardRow, PersonRow } from '../../../capabilities/sync/rows.ts'

export type OfficerRow = Pick<PersonRow, 'id' | 'name' | 'certificateNo' | 'certificateFrom' | 'certificateTo'>

/** A certificate in force on the day of the act. */
export const certifiedOn = (person: OfficerRow, day: string): boolean =>
  person.certificateNo !== null && (person.certificateFrom === null || person.certificateFrom <= day) && (person.certificateTo === null || day <= person.certificateTo)

/** 罚法§42: two officers with certificates in force; of a major hazard one was not at the last re-inspection (T10). */
export function refuseTwoOfficers(officers: readonly OfficerRow[], hazard: Pick<HazardRow, 'lastReinspectors' | 'level'>, day: string): string[] {
  if (officers.filter((officer) => certifiedOn(officer, day)).length < 2) return ['须有两名持有效执法证的人员']
  return hazard.level === 'MAJOR' && hazard.lastReinspectors.length > 0 && officers.every((officer) => hazard.lastReinspectors.includes(officer.id)) ? ['其中一名须是上次复查以外的人员'] : []
}
