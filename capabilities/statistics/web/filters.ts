import { sizeGradeZh } from '../../enterprise/size.ts'
import { industriesBelow } from '../../enterprise/industry.ts'
import { tagZh } from '../../enterprise/tags.ts'
import { levelZh, sourceZh } from '../../hazard/zh.ts'
import { kinds } from '../../visit/kinds.ts'
import type { Filter } from '../../../kernel/web/table.tsx'

const options = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const divisions = industriesBelow(null).flatMap((section) => industriesBelow(section.code)).map(({ code, name }) => ({ value: code.replace(/^[A-Z]/, ''), label: `${code.replace(/^[A-Z]/, '')} ${name}` }))

export const filters: readonly Filter[] = [
  { key: 'areas', label: '区划', kind: 'area', width: 190 },
  { key: 'industries', label: '行业', kind: 'choices', options: divisions, width: 190 },
  { key: 'sizes', label: '规模', kind: 'choices', options: options(sizeGradeZh), width: 130 },
  { key: 'aboveScale', label: '规上规下', kind: 'choice', options: [{ value: 'YES', label: '规上' }, { value: 'NO', label: '规下' }], width: 110 },
  { key: 'kinds', label: '走访方式', kind: 'choices', options: Object.entries(kinds).map(([value, kind]) => ({ value, label: kind.short })), more: true, width: 170 },
  { key: 'level', label: '隐患等级', kind: 'choice', options: options(levelZh), more: true, width: 120 },
  { key: 'sources', label: '隐患来源', kind: 'choices', options: options(sourceZh), more: true, width: 170 },
  { key: 'tag', label: '类别标签', kind: 'choice', options: options(tagZh), more: true, width: 170 },
]
