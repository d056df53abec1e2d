/** Counts in the bar: what waits for me. */
export function Counts() {
  return null
}
