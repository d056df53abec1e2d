import { localTime } from '../../../kernel/core/time.ts'

/** 21:40:05 on the clock of the wall. */
export const clockOf = (at: string): string => {
  const seconds = new Date(at).getUTCSeconds()
  return `${localTime(at)}:${String(seconds).padStart(2, '0')}`
}

/** 40秒, 12分钟, 3小时5分, 2天. */
export function spanZh(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds}秒`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}分钟`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours}小时${minutes % 60 ? `${minutes % 60}分` : ''}` : `${Math.floor(hours / 24)}天${hours % 24 ? `${hours % 24}小时` : ''}`
}
