/**
 * The hazard dictionary: two classes (基础管理, 现场管理) with their sub-categories, as bureaus and their national
 * platform use them. The ten of 现场管理 are the common set; those of 基础管理 are ours and editable with the data.
 */
export const HAZARD_CATEGORY_CODES = [
  'JC-01', 'JC-02', 'JC-03', 'JC-04', 'JC-05', 'JC-06', 'JC-07', 'JC-08', 'JC-09', 'JC-10', 'JC-11', 'JC-12', 'JC-13', 'JC-99',
  'XC-01', 'XC-02', 'XC-03', 'XC-04', 'XC-05', 'XC-06', 'XC-07', 'XC-08', 'XC-09', 'XC-99',
] as const
export type HazardCategoryCode = (typeof HAZARD_CATEGORY_CODES)[number]

export const HAZARD_CLASSES = { JC: '基础管理', XC: '现场管理' } as const
export type HazardClass = keyof typeof HAZARD_CLASSES

export type HazardCategory = { code: HazardCategoryCode; name: string; words: readonly string[] }

/** `words` are the headings under which local checklists file such items; they give a first guess on import. */
export const HAZARD_CATEGORIES: readonly HazardCategory[] = [
  { code: 'JC-01', name: '资质证照', words: ['证照', '资质', '许可'] },
  { code: 'JC-02', name: '安全生产管理机构及人员', words: ['机构', '人员配备'] },
  { code: 'JC-03', name: '安全生产责任制', words: ['责任'] },
  { code: 'JC-04', name: '安全生产管理制度', words: ['制度', '值班'] },
  { code: 'JC-05', name: '安全操作规程', words: ['规程'] },
  { code: 'JC-06', name: '教育培训', words: ['培训', '教育'] },
  { code: 'JC-07', name: '安全生产管理档案', words: ['档案', '台账', '信息化'] },
  { code: 'JC-08', name: '安全生产投入', words: ['投入', '费用', '保险'] },
  { code: 'JC-09', name: '应急管理', words: ['应急', '预案', '演练'] },
  { code: 'JC-10', name: '特种设备基础管理', words: ['特种设备'] },
  { code: 'JC-11', name: '职业卫生基础管理', words: ['职业卫生', '职业健康'] },
  { code: 'JC-12', name: '相关方基础管理', words: ['相关方', '承包', '承租', '出租'] },
  { code: 'JC-13', name: '风险管控与隐患治理', words: ['隐患', '风险', '清零'] },
  { code: 'JC-99', name: '其他基础管理', words: [] },
  { code: 'XC-01', name: '作业场所', words: ['通道', '场所', '疏散', '现场', '住宿', '粉尘'] },
  { code: 'XC-02', name: '设备设施', words: ['设备', '设施', '电气', '用电', '燃气'] },
  { code: 'XC-03', name: '防护、保险、信号等装置装备', words: ['防护', '报警', '消防器材', '联锁'] },
  { code: 'XC-04', name: '原辅物料、产品', words: ['物料', '危化', '气瓶', '锂电'] },
  { code: 'XC-05', name: '职业病危害', words: ['职业病'] },
  { code: 'XC-06', name: '相关方作业', words: ['外包', '施工队'] },
  { code: 'XC-07', name: '安全技能', words: ['持证', '技能'] },
  { code: 'XC-08', name: '个体防护', words: ['劳保', '个体防护', '防护用品'] },
  { code: 'XC-09', name: '作业许可', words: ['作业', '动火', '有限空间'] },
  { code: 'XC-99', name: '其他现场管理', words: [] },
]

/** 基础管理 or 现场管理. */
export function classOf(code: HazardCategoryCode): HazardClass {
  return code.startsWith('JC') ? 'JC' : 'XC'
}

/** "现场管理 / 作业场所": the path a user sees. */
export function categoryPath(code: HazardCategoryCode): string {
  const found = HAZARD_CATEGORIES.find((c) => c.code === code)
  return `${HAZARD_CLASSES[classOf(code)]} / ${found?.name ?? code}`
}

/** A category from its code, its name or its path; null when none of them is known. */
export function readCategory(text: string): HazardCategoryCode | null {
  const wanted = text.normalize('NFKC').trim()
  const found = HAZARD_CATEGORIES.find((c) => c.code === wanted || c.name.normalize('NFKC') === wanted || categoryPath(c.code).normalize('NFKC') === wanted)
  return found?.code ?? null
}

/** First guess from the heading of a local list; the longest matching word wins, 其他现场管理 when nothing matches. */
export function guessCategory(heading: string): HazardCategoryCode {
  let best: { code: HazardCategoryCode; length: number } = { code: 'XC-99', length: 0 }
  for (const category of HAZARD_CATEGORIES) {
    for (const word of category.words) {
      if (heading.includes(word) && word.length > best.length) best = { code: category.code, length: word.length }
    }
  }
  return best.code
}
