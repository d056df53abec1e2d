import { readFileSync } from 'node:fs'
import { type DrawFile, verifyDraw } from '../capabilities/campaign/draw.ts'

/** Does a draw again from its exported file and says whether the result follows: `npm run verify-draw -- file.json`. Exit code 1 when it does not. */
const [path] = process.argv.slice(2)
if (!path) {
  console.error('用法：npm run verify-draw -- 文件.json')
  process.exit(2)
}
const file = JSON.parse(readFileSync(path, 'utf8')) as DrawFile
if (file.format !== 'angrid-draw-1') {
  console.error('不是抽取文件')
  process.exit(2)
}
const findings = verifyDraw(file)
console.log(`${file.no} ${file.title}：名单 ${file.pool.sites.length} 家，抽中 ${file.result.filter((r) => !r.reserve).length} 家，承诺方 ${file.parties.length} 个`)
console.log(`摘要 ${file.poolHash}\n种子 ${file.seed}`)
for (const finding of findings) console.log(`不符：${finding.text}`)
console.log(findings.length ? `有 ${findings.length} 处不符，结果不可信` : '重算一致：结果由冻结的名单、各方承诺和公共随机值得出')
process.exit(findings.length ? 1 : 0)
