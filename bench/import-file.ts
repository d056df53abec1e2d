/** A register as a bureau sends it: 20 columns, fictional, the same in every run; every `wrongEvery`th row has a wrong code; firms are numbered on from `from`. */
import { makeCreditCode } from '../kernel/core/credit-code.ts'
import { collect, writeXlsx } from '../kernel/server/sheet/write.ts'

export const headings = ['单位名称', '统一社会信用代码', '生产经营地址', '所属街道', '所在社区', '网格', '主要负责人', '联系电话', '法人代表', '从业人数', '营业收入', '资产总额', '行业类别', '成立日期', '经营状态', '标准化等级', '风险等级', '标签', '经度', '纬度']
const words = ['澄江', '云帆', '锐达', '启元', '青崖', '远汀', '和沅', '朗川', '恒砚', '知行']
const trades = [['C3311', '钣金制品'], ['C2922', '塑料制品'], ['C3824', '电力电子'], ['C1352', '肉制品'], ['C2110', '木质家具'], ['C3841', '锂电池']] as const

export function* rows(count: number, wrongEvery: number, from: number): Generator<string[]> {
  let seed = 11
  const below = (n: number): number => (seed = (seed * 48271) % 2147483647) % n
  for (let i = from; i < from + count; i++) {
    const [industry, trade] = trades[below(trades.length)]!
    const code = makeCreditCode('91', '990101', `MB${String(i).padStart(6, '0')}`)
    yield [
      `安川${words[below(10)]}${words[below(10)]}${i}号${trade}有限公司`, wrongEvery && i % wrongEvery === 0 ? `${code.slice(0, 17)}O` : code, `望汀街道虚构路${below(999)}号${below(20)}栋${below(9)}楼`, '望汀街道', '汀前社区', '汀前01安格',
      `柳闻${words[below(10)]![0]}`, `1600${String(1_000_000 + i)}`, `阮知${words[below(10)]![1]}`, String(below(500)), String(below(90000) / 10), String(below(90000) / 10), industry, `20${10 + below(16)}-0${1 + below(9)}-1${below(10)}`,
      '正常生产', ['三级', '未定级'][below(2)]!, ['红', '橙', '黄', '蓝'][below(4)]!, ['粉尘涉爆、有限空间', '', '特种设备'][below(3)]!, String(82.4 + below(9999) / 1e5), String(39.5 + below(9999) / 1e5),
    ]
  }
}

export const registerFile = (count: number, wrongEvery: number, from = 0): Promise<Buffer> =>
  collect(writeXlsx({ sheets: [{ name: '企业', columns: headings.map((heading) => ({ heading })), rows: rows(count, wrongEvery, from) }] }))
