import type { ZhTexts } from '../../kernel/core/zh.ts'
import type { AreaKindCode, Direction, MemberPost } from './district.ts'

export const AREA_KIND_ZH: Record<AreaKindCode, string> = {
  PROVINCE: '省', CITY: '市', DISTRICT: '区县', STREET: '街道（镇、乡）', COMMUNITY: '社区（村）', DEV_ZONE: '开发区', PARK_COMMITTEE: '园区管委会', BAY_AREA: '湾区',
}
export const MEMBER_POST_ZH: Record<MemberPost, string> = { LEADER: '格长', A: 'A岗', B: 'B岗', RESERVE: '机动' }
export const DIRECTION_ZH: Record<Direction, string> = { N: '北', NE: '东北', E: '东', SE: '东南', S: '南', SW: '西南', W: '西', NW: '西北' }
export const SWAP_STATE_ZH = { PENDING: '待批', APPROVED: '已批准', REFUSED: '未批准', WITHDRAWN: '已撤回' } as const

export const zh = {
  name: '区划与安格',
  problems: {
    'district.code_form': '区划代码应为 12 位数字，逐级补零',
    'district.code_taken': '代码 {code} 已有区划',
    'district.parent_wrong': '{name}：上级区划不对，按代码应为 {parent}',
    'district.functional': '{name}：{why}',
    'district.area_in_use': '还有 {count} 个下级区划或安格在用，不能撤销',
    'district.area_dates': '撤销日期不能早于启用日期',
    'district.order_incomplete': '次序须包含全部 {count} 个在用的下级区划，且不重复',
    'district.sheet_refused': '{why}',
    'district.sheet_heading': '没有找到“区划代码”“名称”两列',
    'district.not_geojson': '这不是 GeoJSON 面数据（FeatureCollection，Polygon 或 MultiPolygon）',
    'district.grid_code_unique': '安格码重复',
    'district.grid_needs_community': '安格须设在社区（村）或功能区之下',
    'district.grid_closed': '该安格已撤销',
    'district.grid_dates': '撤销日期不能早于启用日期',
    'district.person_unknown': '没有这个人，或已离职',
    'district.member_twice': '{name}已在本安格任职',
    'district.main_elsewhere': '{name}的主格已是“{grid}”，一人只有一个主格',
    'district.second_post': '{name}在主格之外只能再任一个安格的 B 岗',
    'district.leader_there': '本安格已有格长',
    'district.reserve_main': '机动人员不设主格',
    'district.member_ended': '该任职已经结束',
    'district.member_dates': '结束日期不能早于起始日期',
    'grid.member_dates': '结束日期不能早于起始日期',
    'grid.member_one_main': '此人已有主格，一人只有一个主格',
    'grid.code_unique': '安格码重复',
    'grid.dates': '撤销日期不能早于启用日期',
    'area.dates': '撤销日期不能早于启用日期',
    'grid.swap_two_people': '替班人不能是本人',
    'district.rota_too_long': '起止日期颠倒，或超过 {max} 天',
    'district.rota_past': '过去的排班不能改',
    'district.rota_uncovered': '{day} 无人值守',
    'district.rota_no_rest': '{name}从 {from} 到 {to} 连续七天没有休息（劳动法第三十八条：每周至少休息一日）',
    'district.rota_not_member': '{name}在 {day} 不是本安格的安格员',
    'district.few_officers': '安格员 {count} 名，不足 2 名',
    'district.no_leader': '没有格长',
    'district.no_boundary': '没有边界，按坐标无法自动归格',
    'district.swap_not_on_duty': '{name}在 {day} 没有排班',
    'district.swap_on_duty': '{name}在 {day} 本来就当值',
    'district.swap_not_yours': '只能替自己申请或撤回换班',
    'district.swap_not_leader': '换班由本安格格长或街道批准',
    'district.swap_own': '不能批准与自己有关的换班',
    'district.swap_decided': '这份换班申请已经办结',
  },
  fields: {
    code: '代码', kind: '种类', parentCode: '上级区划', areaKm2: '面积（平方公里）', hostCounties: '所在区县', validFrom: '起始日期', validTo: '截止日期', children: '下级次序',
    neighbours: '相邻区域', direction: '方位', neighbourCode: '相邻区划代码', contact: '移交联系单位', rows: '行', sortNo: '次序', datum: '坐标系', boundary: '边界', stamp: '边界版本',
    lon: '经度', lat: '纬度', broken: '不足两人', noBoundary: '没有边界', memberId: '任职编号', personId: '人员', post: '岗位', duty: '责任', isMain: '主格', on: '日期', day: '日期',
    gridIds: '安格', personIds: '值守人', swapId: '换班编号', fromPerson: '换出人', toPerson: '替班人', returnDay: '还班日期', approve: '批准', type: '类型', coordinates: '坐标',
  },
  verbs: {
    'district.read': '查看区划、安格和排班',
    'district.area': '维护区划、次序和边界',
    'district.manage': '维护安格和安格员',
    'district.rota': '排班、批准换班',
    'district.swap': '申请换班、格长批准换班',
  },
  events: {
    'area.created': '新设区划', 'area.changed': '区划变更', 'area.closed': '撤销区划', 'area.reordered': '调整次序', 'area.neighbours_set': '维护相邻区域', 'area.boundary_set': '更新边界',
    'grid.created': '新设安格', 'grid.changed': '安格变更', 'grid.closed': '撤销安格', 'grid.boundary_set': '更新安格边界', 'grid.member_added': '定岗', 'grid.member_ended': '撤岗',
    'grid.rota_made': '生成排班', 'grid.day_set': '调整值守', 'grid.swap_asked': '申请换班', 'grid.swap_approved': '批准换班', 'grid.swap_refused': '未批准换班', 'grid.swap_withdrawn': '撤回换班',
  },
} as const satisfies ZhTexts
