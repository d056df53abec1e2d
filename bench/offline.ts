/**
 * The worst week of a phone, again and again: `npx tsx bench/offline.ts [seeds=50] [visits=20] [photos=60] [first=1] [side=1280]`, after
 * `npm start` or `npm test` has built server and pages. Ends with 1 when anything was lost, doubled or changed.
 */
import { isBuilt, lineOf, prepared, week } from '../journeys/offline.ts'

const [seeds = 50, visits = 20, photos = 60, first = 1, side = 1280] = process.argv.slice(2).map(Number)
if (!isBuilt()) throw new Error('先运行一次 npm start，把服务端和页面编译出来')
const began = Date.now()
const total = { whole: 0, faults: 0, brokenOff: 0, visits: 0, hazards: 0 }
let place = await prepared()
const put = async () => {
  total.visits += place.sum.visits
  total.hazards += place.sum.hazards
  await place.close()
}
for (let seed = first; seed < first + seeds; seed++) {
  try {
    const result = await week(place, seed, { visits, photos, side })
    if (result.faults.length === 0) total.whole++
    else total.faults++
    console.log(lineOf(result))
  } catch (thrown) {
    // The machine was too slow, or the page did not do what it should: it says nothing about the data, and is no pass.
    total.brokenOff++
    console.log(`seed ${seed}: BROKEN OFF, ${String(thrown).slice(0, 300)}`)
    await put()
    place = await prepared()
  }
}
await put()
console.log(`${total.whole} of ${seeds} seeds whole, ${total.faults} with faults, ${total.brokenOff} broken off: ${total.visits} visits, ${total.hazards} hazards, ${((Date.now() - began) / 60_000).toFixed(1)} min`)
process.exit(total.whole === seeds ? 0 : 1)
