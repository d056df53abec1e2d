import { holidayYearProblems } from '../../kernel/core/holidays.ts'
import type { HolidayYear } from '../../kernel/core/deadline.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import { type SettingSpec, settingSpecs } from './settings.data.ts'

/** Area code under which a setting holds for the whole installation. */
export const WHOLE = '000000000000'

export const specOf = (key: string): SettingSpec | undefined => settingSpecs.find((spec) => spec.key === key)

/** Every refusal of a new value: wrong kind, below the floor, above the ceiling, a local value where none may differ. */
export function refuseSetting(spec: SettingSpec, value: unknown, areaCode: string): Refusal[] {
  const refusals: Refusal[] = []
  if (!spec.local && areaCode !== WHOLE) refusals.push({ code: 'system.setting_not_local', field: 'areaCode' })
  if (spec.kind === 'integer') refusals.push(...refuseInteger(spec, value))
  if (spec.kind === 'text' && (typeof value !== 'string' || value.trim() === '' || value.length > 500)) refusals.push({ code: 'system.setting_kind', field: 'value' })
  if (spec.kind === 'choice' && !spec.options?.some((option) => option.value === value)) refusals.push({ code: 'system.setting_kind', field: 'value' })
  if (spec.kind === 'numbers') refusals.push(...refuseNumbers(spec, value))
  if (spec.kind === 'calendar') refusals.push(...refuseCalendar(value))
  return refusals
}

function refuseInteger(spec: SettingSpec, value: unknown): Refusal[] {
  if (typeof value !== 'number' || !Number.isInteger(value)) return [{ code: 'system.setting_kind', field: 'value' }]
  if (spec.floor !== undefined && value < spec.floor) return [{ code: 'system.setting_floor', field: 'value', params: { floor: spec.floor, unit: spec.unit ?? '' }, clause: spec.clause }]
  if (spec.ceiling !== undefined && value > spec.ceiling) return [{ code: 'system.setting_ceiling', field: 'value', params: { ceiling: spec.ceiling, unit: spec.unit ?? '' }, clause: spec.clause }]
  return []
}

/** Only known parts, each a whole number within its bounds; what is left out follows the area above. */
function refuseNumbers(spec: SettingSpec, value: unknown): Refusal[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ code: 'system.setting_kind', field: 'value' }]
  return Object.entries(value).flatMap(([name, number]): Refusal[] => {
    const known = spec.parts?.find((each) => each.name === name)
    if (!known || typeof number !== 'number' || !Number.isInteger(number)) return [{ code: 'system.setting_kind', field: `value.${name}` }]
    if (number < known.floor) return [{ code: 'system.setting_floor', field: `value.${name}`, params: { floor: known.floor, unit: known.unit }, clause: spec.clause }]
    return number > known.ceiling ? [{ code: 'system.setting_ceiling', field: `value.${name}`, params: { ceiling: known.ceiling, unit: known.unit }, clause: spec.clause }] : []
  })
}

const isDays = (days: unknown): days is string[] => Array.isArray(days) && days.length <= 120 && days.every((day) => typeof day === 'string')

function refuseCalendar(value: unknown): Refusal[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ code: 'system.setting_kind', field: 'value' }]
  return Object.entries(value).flatMap(([year, days]): Refusal[] => {
    const entered = days as Partial<HolidayYear> | null
    if (!/^20\d\d$/.test(year) || !isDays(entered?.offDays) || !isDays(entered?.workDays)) return [{ code: 'system.setting_kind', field: 'value' }]
    return holidayYearProblems(year, entered as HolidayYear).map((why) => ({ code: 'system.calendar_wrong', field: 'value', params: { year, why } }))
  })
}
