/**
 * The worst week of a phone, again and again: `npx tsx bench/offline.ts [seeds=50] [visits=20] [photos=60] [first=1] [side=1280]`, after
 * `npm start` or `npm test` has built server and pages. Ends with 1 when anything was lost, doubled or changed.
 */
import { isBuilt, lineOf, prepared, week } from '../journeys/offline.ts'

const [seeds = 50, visits = 20, photos = 60, first = 1, side = 1280] = process.argv.slice(2).map(Number)
if (!isBuilt()) throw new Error('先运行一次 npm start，把服务端和页面编译出来')
const began = Date.now()
const place = await prepared()
let whole = 0
try {
  for (let seed = first; seed < first + seeds; seed++) {
    const result = await week(place, seed, { visits, photos, side })
    if (result.faults.length === 0) whole++
    console.log(lineOf(result))
  }
} finally {
  await place.close()
}
console.log(`${whole} of ${seeds} seeds whole: ${place.sum.visits} visits, ${place.sum.hazards} hazards, ${((Date.now() - began) / 60_000).toFixed(1)} min`)
process.exit(whole === seeds ? 0 : 1)
