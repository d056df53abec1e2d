export interface SettingPart {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly floor: number
  readonly ceiling: number
}

const part = (name: string, label: string, unit: string, floor: number, ceiling: number): SettingPart => ({ name, label, unit, floor, ceiling })

/** How a value of a setting is checked. `floor` and `ceiling` are the law's or the assessor's: nobody may pass them. */
export interface SettingSpec {
  readonly key: string
  readonly label: string
  readonly help: string
  readonly kind: 'integer' | 'text' | 'choice' | 'calendar' | 'numbers'
  /** Of `numbers`: each whole number with its bounds. */
  readonly parts?: readonly SettingPart[]
  /** Of `choice`: what may be chosen. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
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
  {
    key: 'password.min_length', label: '口令最短长度', help: '新口令至少这么长；只能更严', kind: 'integer', value: 8, floor: 8, ceiling: 64, unit: '位', local: false, clause: '等级保护基本要求：口令复杂度',
  },
  {
    key: 'password.max_age_days', label: '口令有效天数', help: '超过天数须改口令才能继续；只能更短', kind: 'integer', value: 90, floor: 7, ceiling: 90, unit: '天', local: false, clause: '等级保护基本要求：定期更换',
  },
  {
    key: 'password.remembered', label: '不得重复的口令个数', help: '新口令不能与最近这么多次用过的相同；只能更多', kind: 'integer', value: 5, floor: 5, ceiling: 24, unit: '次', local: false, clause: '等级保护基本要求',
  },
  {
    key: 'attachment.keep_original', label: '保留相机原图', help: '保留时，手机在压缩照片之外另存一份未改动的相机文件，在记录和照片都送达之后补传；手机存储不足时先不保留原图，并记明', kind: 'choice',
    options: [{ value: 'OFF', label: '不保留（只传压缩照片）' }, { value: 'ON', label: '保留' }], value: 'OFF', local: true, clause: '设计约定：默认节省流量',
  },
  {
    key: 'enforcement.spare_numbers', label: '手机预留文号个数', help: '持证人员的手机联网时，每种可当场出具的文书各预留这么多文号，离线时用；未用的交回或作废，都有登记', kind: 'integer', value: 5, floor: 1, ceiling: 20, unit: '个', local: false, clause: '设计约定：每台设备每种文书最多 20 个',
  },
  {
    key: 'hazard.limits',
    label: '隐患期限与督办',
    help: '核定、复查、延期、移送、冻结核查和挂牌督办的期限；街道可另设，只填与上级不同的几项。法定最长期限不能突破',
    kind: 'numbers',
    value: {},
    parts: [
      part('confirmWorkdays', '一般隐患核定', '工作日', 1, 3), part('confirmHoursMajor', '重大隐患核定', '小时', 1, 24), part('fixVerifyHours', '当场整改核实', '小时', 1, 72), part('generalMaxDays', '一般隐患最长期限', '日', 1, 30),
      part('majorMaxDays', '重大隐患最长期限（无负责人批准）', '日', 1, 90), part('majorAbsoluteDays', '重大隐患最长期限', '日', 1, 180), part('extensionBeforeDays', '延期须提前', '日', 0, 30), part('extensionAnswerDays', '延期答复', '日', 1, 10),
      part('maxExtensions', '最多延期', '次', 0, 2), part('reinspectDays', '复查', '日', 1, 10), part('receiptWorkdays', '移送回执', '工作日', 1, 10), part('receiptWorkdaysMajor', '重大隐患移送回执', '工作日', 1, 5), part('reopenDays', '销号后可重新打开', '日', 30, 365),
      part('frozenCheckDays', '冻结核查间隔', '日', 7, 30), part('orderWorkdays', '核定后下达责令', '工作日', 1, 5), part('superviseProposeWorkdays', '提请挂牌督办', '工作日', 1, 3), part('supervisePublishWorkdays', '挂牌并公示', '工作日', 1, 5),
      part('superviseMaxDays', '督办最长期限', '日', 30, 365), part('superviseReportDays', '督办进展报告间隔', '日', 1, 30),
    ],
    local: true,
    clause: '安全生产法第41条；旧15号令第17、18条；挂牌督办依地方规定',
  },
  {
    key: 'statistics.hazard_word', label: '简报中隐患的量词', help: '新起草的简报按此写“排查隐患118572宗”；每份简报还可另选', kind: 'choice', options: ['宗', '处', '个', '条', '项'].map((word) => ({ value: word, label: word })), value: '宗', local: true, clause: '各地报送习惯',
  },
  {
    key: 'statistics.number_style', label: '简报中数字的写法', help: '新起草的简报按此写数字；“余、多、近”只在写法成立时使用，精确数始终附在数据说明里', kind: 'choice',
    options: [{ value: 'EXACT', label: '精确：118572' }, { value: 'YU', label: '余：11.8万余' }, { value: 'JIN', label: '近：近11.9万' }, { value: 'WAN', label: '万：11.86万' }, { value: 'DUO', label: '多：11.8万多' }], value: 'EXACT', local: true, clause: '各地报送习惯',
  },
]
