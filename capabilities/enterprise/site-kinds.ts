/** Kinds of place (domain.md §1.5). The limits of 三小 and 九小 are local usage and hints only: a person decides the kind. */

interface SiteKindFact {
  readonly zh: string
  readonly group: 'INDUSTRY' | 'PARK' | 'SMALL' | 'NINE_SMALL' | 'PUBLIC' | 'SPECIAL'
  /** How to tell it, for the form's hint. */
  readonly hint?: string
}

const facts = {
  PRODUCTION_SITE: { zh: '生产企业', group: 'INDUSTRY' },
  INDUSTRIAL_PARK: { zh: '工业园区', group: 'PARK', hint: '同一业主租给两家以上生产单位' },
  CHEMICAL_PARK: { zh: '化工园区（集聚区）', group: 'PARK', hint: '经省级认定' },
  FACTORY_IN_FACTORY: { zh: '厂中厂', group: 'INDUSTRY', hint: '租用或承包他人厂区，须指明所在厂区' },
  PARK_IN_PARK: { zh: '园中园', group: 'PARK', hint: '园区内由另一运营方管理，须指明上级园区' },
  SMALL_SHOP: { zh: '小档口', group: 'SMALL', hint: '建筑面积 300 平方米以下的商铺、服务场所' },
  SMALL_WORKSHOP: { zh: '小作坊', group: 'SMALL', hint: '楼高 24 米以下、每层 250 平方米以下的加工场所' },
  SMALL_ENTERTAINMENT: { zh: '小娱乐场所', group: 'SMALL', hint: '200 平方米以下的休闲娱乐场所' },
  NINE_SMALL_MALL: { zh: '小商场', group: 'NINE_SMALL', hint: '建筑面积 300 平方米以下' },
  NINE_SMALL_CATERING: { zh: '小饭店', group: 'NINE_SMALL', hint: '就餐 100 人以下' },
  NINE_SMALL_HOTEL: { zh: '小旅馆', group: 'NINE_SMALL', hint: '床位 50 张以下' },
  NINE_SMALL_ENTERTAINMENT: { zh: '小公共娱乐场所', group: 'NINE_SMALL', hint: '200 平方米以下且在一至三层' },
  NINE_SMALL_LEISURE: { zh: '小休闲健身场所', group: 'NINE_SMALL', hint: '200 平方米以下的足疗、美发、酒吧、茶社、棋牌等' },
  NINE_SMALL_MEDICAL: { zh: '小医院、养老机构', group: 'NINE_SMALL', hint: '床位 30 张以下' },
  NINE_SMALL_SCHOOL: { zh: '小学校、幼儿园', group: 'NINE_SMALL', hint: '寄宿床位 50 张以下、走读 500 人以下、幼托 100 人以下' },
  NINE_SMALL_WORKSHOP: { zh: '小生产加工企业', group: 'NINE_SMALL', hint: '职工 50 人以下或宿舍 30 人以下' },
  NINE_SMALL_HAZGOODS: { zh: '小危险品销售储存场所', group: 'NINE_SMALL', hint: '100 平方米以下' },
  STREET_STORE: { zh: '沿街商铺', group: 'SMALL' },
  QUARANTINE_SITE: { zh: '隔离观察点', group: 'SPECIAL' },
  SCHOOL: { zh: '学校', group: 'PUBLIC' },
  MALL: { zh: '大型商超', group: 'PUBLIC' },
  AUTO_4S: { zh: '汽车4S店', group: 'PUBLIC' },
  WAREHOUSE: { zh: '仓库', group: 'INDUSTRY' },
  CONSTRUCTION_SITE: { zh: '建筑工地', group: 'SPECIAL' },
  GAS_STATION: { zh: '加油站', group: 'SPECIAL' },
  FIREWORKS_OUTLET: { zh: '烟花爆竹网点', group: 'SPECIAL' },
  LPG_STATION: { zh: '液化气站', group: 'SPECIAL' },
  OTHER: { zh: '其他', group: 'SPECIAL' },
} as const satisfies Record<string, SiteKindFact>

export type SiteKind = keyof typeof facts
export const siteKinds: Readonly<Record<SiteKind, SiteKindFact>> = facts
export const siteKindCodes = Object.keys(facts) as [SiteKind, ...SiteKind[]]
export const siteKindZh = Object.fromEntries(siteKindCodes.map((code) => [code, facts[code].zh])) as Readonly<Record<SiteKind, string>>

/** Lies inside somebody else's plant, so the plant must be named (domain.md §1.5, 厂中厂). */
export const needsParentSite = (kind: string): boolean => kind === 'FACTORY_IN_FACTORY'
