import { dateText, dayOf } from './calendar.ts'
import type { Certificate, Person, Post, Role } from './people.ts'
import type { Grid, Region } from './region.ts'

/**
 * The people of the stories, the same in seeds, tests and README. Logins are the pinyin of the family names.
 * Lin's grid lies in Zhou's street and holds Jiang's park, where Feng's plant polishes aluminium and Zhao keeps it
 * safe. Lu is the third officer of Wang's and He's team, the new eyes of a re-inspection. Han is Zhou's colleague of
 * another street, Qian comes from another district: neither may see any of it.
 */
export const castNames = {
  lin: '林禾安', wang: '王砚川', he: '何汀筠', zhao: '赵启澄', feng: '冯立勤', jiang: '蒋作舟', zhou: '周予宁', han: '韩晓棹',
  xu: '许听澜', lu: '陆问渠', chen: '陈岸平', wei: '魏持衡', sun: '孙既白', wu: '吴慎初', zheng: '郑鉴秋', qian: '钱牧野',
} as const

export type Login = keyof typeof castNames

const logins = Object.keys(castNames) as Login[]

/** Fixed numbers at the end of the fictional range, which names.ts never reaches by accident: 160 0099 99xx. */
export const castMobile = (login: Login): string => `160009999${String(10 + logins.indexOf(login)).padStart(2, '0')}`

/** Where the stories happen. */
export interface Anchors {
  readonly grid: Grid
  readonly enterpriseRef: string
  readonly parkRef: string
}

/** Names of Zhou's and Han's streets; the staff leaves their desks free. */
export const castStreets = { zhou: '望汀街道', han: '沅埠街道' } as const

/** Lin's grid: the first of Zhou's street. */
export function homeGrid(region: Region): Grid {
  const street = region.streets.find((s) => s.name === castStreets.zhou)
  const grid = region.grids.find((g) => g.streetCode === street?.code)
  if (!grid) throw new Error('no home for the cast')
  return grid
}

/** The sixteen people with posts and certificates as of `now`. */
export function buildCast(region: Region, anchors: Anchors, now: number): Person[] {
  const day = dayOf(now)
  const date = (daysAgo: number) => dateText(day - daysAgo)
  const district = region.district.code
  const street = (name: string) => region.streets.find((s) => s.name === name)?.code ?? district
  const { grid, enterpriseRef, parkRef } = anchors
  const officer = (no: string, from: number, left: number): Certificate => ({ kind: 'LAW_ENFORCEMENT', scope: null, no, from: date(from), to: date(-left) })
  const post = (role: Role, areaCode: string, department: string, from: number, rest: Partial<Post> = {}): Post => ({ role, areaCode, department, from: date(from), ...rest })
  const rows: Record<Login, { posts: Post[]; certificates?: Certificate[] }> = {
    lin: { posts: [post('GRID_OFFICER', grid.communityCode, `${castStreets.zhou}安格办`, 1320, { gridCode: grid.code })] },
    wang: { posts: [post('INSPECTOR', district, '执法监督一科', 2510)], certificates: [officer('990101001', 1100, 726)] },
    he: { posts: [post('INSPECTOR', district, '执法监督一科', 1480)], certificates: [officer('990101002', 760, 1066)] },
    zhao: { posts: [post('ENT_SAFETY', grid.communityCode, '安全管理部', 900, { enterpriseRef })], certificates: [{ kind: 'SAFETY_MANAGER', scope: '安全生产管理人员', no: '9901AQ20731', from: date(420), to: date(-675) }] },
    feng: { posts: [post('ENT_PRINCIPAL', grid.communityCode, '总经理室', 3100, { enterpriseRef })], certificates: [{ kind: 'SAFETY_MANAGER', scope: '主要负责人', no: '9901FZ10418', from: date(410), to: date(-685) }] },
    jiang: { posts: [post('PARK_MANAGER', grid.communityCode, '园区管理处', 1700, { parkRef })] },
    zhou: { posts: [post('STREET_ADMIN', street(castStreets.zhou), `${castStreets.zhou}应急办`, 2050)] },
    han: { posts: [post('STREET_ADMIN', street(castStreets.han), `${castStreets.han}应急办`, 1190)] },
    lu: { posts: [post('INSPECTOR', district, '执法监督一科', 930)], certificates: [officer('990101006', 500, 1326)] },
    xu: { posts: [post('TEAM_LEAD', district, '执法监督一科', 1890)], certificates: [officer('990101003', 640, 1186)] },
    chen: { posts: [post('BUREAU_LEADER', district, '局领导', 1010)], certificates: [officer('990101004', 300, 1526)] },
    wei: { posts: [post('LEGAL_REVIEWER', district, '政策法规科', 2260)], certificates: [officer('990101005', 980, 846)] },
    sun: { posts: [post('SYS_ADMIN', district, '信息中心', 1555)] },
    wu: { posts: [post('SECURITY_ADMIN', district, '信息中心', 1555)] },
    zheng: { posts: [post('AUDITOR', district, '机关纪委', 1555)] },
    qian: { posts: [post('INSPECTOR', region.neighbour.district.code, '宁川区应急管理局执法科', 1800)], certificates: [officer('990102001', 820, 1006)] },
  }
  return logins.map((login) => ({
    ref: login,
    login,
    name: castNames[login],
    mobile: castMobile(login),
    phone: null,
    posts: rows[login].posts,
    certificates: rows[login].certificates ?? [],
  }))
}
