import type { Split } from './figures.ts'
import type { Dimension } from './metrics.ts'

export const splitZh: Readonly<Record<Split, string>> = {
  county: '区县', street: '街道', community: '社区', grid: '安格', industry: '行业大类', section: '行业门类', size: '企业规模', aboveScale: '规上规下', campaign: '专项行动', kind: '走访方式', level: '隐患等级',
  source: '隐患来源', tag: '类别标签', day: '日', week: '周', month: '月',
}

export const dimensionZh: Readonly<Record<Dimension, string>> = { area: '区划', industry: '行业', size: '规模', aboveScale: '规上规下', campaign: '专项行动', kind: '方式', level: '等级', source: '来源', tag: '标签', time: '时间' }

/** The chapters of the dictionary as a page shows them. */
export const chapters: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  { title: '出动与检查', ids: ['M01', 'M02', 'M03', 'M04', 'M04P', 'M04R', 'M04T', 'M04Q', 'M05', 'M06P', 'M06S'] },
  { title: '隐患与整改', ids: ['M07', 'M07W', 'M11', 'M11O', 'M08R', 'M09', 'M10', 'M15O', 'M15', 'M16', 'M36'] },
  { title: '重大隐患', ids: ['M14', 'M14R', 'M14L'] },
  { title: '执法', ids: ['M17', 'M12', 'M12N', 'M13', 'M18', 'M18P', 'M18A', 'M18C', 'M19', 'M19E', 'M20', 'M20R', 'M52', 'M52A'] },
  { title: '复工与指导', ids: ['M21', 'M21A', 'M22', 'M22N', 'M22V', 'M23'] },
  { title: '覆盖与抽查', ids: ['M25', 'M25R', 'M26', 'M26F', 'M26G', 'M27', 'M27O'] },
  { title: '其他', ids: ['M24', 'M28', 'M28P', 'M29', 'M30', 'M35', 'M51', 'M51D'] },
]
