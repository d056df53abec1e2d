import type { Texts } from './problem.ts'

/** What a capability says in Chinese: its name, problems, fields, verbs, events. */
export interface ZhTexts {
  readonly name: string
  readonly problems: Texts
  readonly fields: Texts
  readonly verbs: Texts
  readonly events: Texts
}

/** Sentences and field names that every capability shares. */
export const commonZh = {
  name: '通用',
  problems: {
    'common.invalid': '填写有误，请看标出的栏目',
    'common.missing': '没有这条记录，或不在您的管辖范围内',
    'common.refused': '现在不能这样做',
    'common.stale': '这条记录刚被别人改过，请先看最新内容再决定',
    'common.unauthenticated': '请先登录',
    'common.session_ended': '登录已失效，请重新登录；已填写的内容仍在',
    'common.forbidden': '您的岗位没有这项权限',
    'common.change_password_first': '首次登录须先修改密码',
    'common.malformed': '请求内容不是有效的 JSON',
    'common.too_large': '内容过大，最多 {limit}',
    'common.cut_off': '传输中断，内容没有收全，请重试',
    'common.wrong_type': '不支持这种内容类型',
    'common.too_many': '操作过于频繁，请 {seconds} 秒后再试',
    'common.no_route': '没有这个地址',
    'common.key_required': '缺少幂等键（Idempotency-Key）',
    'common.key_altered': '同一幂等键的内容被改动过，未执行',
    'common.cross_site': '来源不明的请求，已拒绝',
    'common.database_away': '数据库暂时连不上，内容没有丢失，请稍后重试',
    'common.disk_full': '存储空间不足，未能保存，请联系系统管理员',
    'common.busy': '同时操作的人较多，请重试',
    'common.app_too_old': '手机应用版本过旧，内容没有丢失，请联网更新后再发送',
    'common.bug': '系统出错，请把请求号 {requestId} 告诉管理员',
    'common.reference': '所引用的记录不存在',
    'common.duplicate': '已有相同的记录',
    'common.bad_cursor': '翻页标记无效，请从第一页开始',
    'ledger.append_only': '经过记录只增不改',
    'field.required': '{label}：不能为空',
    'field.type': '{label}：类型不对',
    'field.unknown': '{label}：没有这个栏目',
    'field.short': '{label}：至少 {limit} 个字',
    'field.long': '{label}：最多 {limit} 个字',
    'field.small': '{label}：不能小于 {limit}',
    'field.big': '{label}：不能超过 {limit}',
    'field.few': '{label}：至少 {limit} 项',
    'field.choice': '{label}：不在可选范围内',
    'field.format': '{label}：格式不对',
    'field.format_uuid': '{label}：编号格式不对',
    'field.format_email': '{label}：邮箱格式不对',
  },
  fields: {
    id: '编号',
    baseVersion: '版本',
    reason: '理由',
    q: '关键词',
    cursor: '翻页标记',
    limit: '每页条数',
    sort: '排序',
    areaCode: '区划',
    gridId: '安格',
    enterpriseId: '监管对象',
    name: '名称',
    note: '备注',
    from: '开始日期',
    to: '结束日期',
    state: '状态',
    at: '时间',
    madeAt: '办理时间',
    phone: '电话',
    address: '地址',
    format: '格式',
    columns: '列',
  },
  verbs: {},
  events: {},
} as const satisfies ZhTexts
