/** How a value of a setting is checked. `floor` and `ceiling` are the law's or the assessor's: nobody may pass them. */
export interface SettingSpec {
  readonly key: string
  readonly label: string
  readonly help: string
  readonly kind: 'integer' | 'text' | 'calendar'
  readonly value: unknown
  readonly floor?: number
  readonly ceiling?: number
  readonly unit?: string
  /** Whether an area below may differ from the whole. */
  readonly local: boolean
  /** Law, standard or habit behind the default and the bounds. */
  readonly clause: string
}

/** Every setting that has an effect. A value nobody reads is not a setting. */
export const settingSpecs: readonly SettingSpec[] = [
  {
    key: 'calendar.years',
    label: '节假日与调休',
    help: '按年录入国务院办公厅公布的放假日与调休上班日；期限的工作日按此计算',
    kind: 'calendar',
    value: {},
    local: false,
    clause: '每年国务院办公厅放假通知；中国节假日内置至最近公布的一年',
  },
  {
    key: 'audit.keep_days',
    label: '审计日志在库天数',
    help: '超过天数的审计日志压缩存入数据目录 archive 后移出数据库；不得少于 180 天',
    kind: 'integer',
    value: 1095,
    floor: 180,
    ceiling: 36500,
    unit: '天',
    local: false,
    clause: '网络安全法：网络日志留存不少于六个月',
  },
  {
    key: 'command.keep_days',
    label: '防重记录保留天数',
    help: '手机离线积压的记录在此天数内补发不会重复入库',
    kind: 'integer',
    value: 180,
    floor: 30,
    ceiling: 3650,
    unit: '天',
    local: false,
    clause: '设计约定：离线补录最长 30 日',
  },
]
