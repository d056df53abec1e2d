import type { Diagram, Spot } from './voronoi.ts'

/** Directions in which a set of cells may be cut; whole numbers, so that no trigonometry is needed. */
const directions: readonly Spot[] = [
  [1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2], [2, -1], [1, -2], [3, 1], [1, 3], [3, -1], [1, -3],
]

/**
 * Splits cells into connected groups of the given sizes by cutting again and again across the longest side, as the
 * bureau's streets were once cut from one county. The sum of the sizes must be the number of cells.
 * Returns the groups in the order of the sizes, or throws when no cut keeps every group in one piece.
 */
export function partition(diagram: Diagram, cells: readonly number[], sizes: readonly number[]): number[][] {
  const groups = divide(diagram, cells, sizes)
  if (!groups) throw new Error(`no connected partition into ${sizes.join(', ')}`)
  return groups
}

function divide(diagram: Diagram, cells: readonly number[], sizes: readonly number[]): number[][] | null {
  if (sizes.length === 1) return [cells.slice()]
  const middle = sizes.length >> 1
  const left = sizes.slice(0, middle)
  const right = sizes.slice(middle)
  const count = left.reduce((a, b) => a + b, 0)
  const place = (cell: number, [dx, dy]: Spot) => {
    const [x, y] = diagram.spots[cell] as Spot
    return x * dx + y * dy
  }
  const extent = (direction: Spot) => {
    const along = cells.map((cell) => place(cell, direction))
    return (Math.max(...along) - Math.min(...along)) / Math.sqrt(direction[0] ** 2 + direction[1] ** 2)
  }
  const ordered = directions.map((d) => ({ d, length: extent(d) })).sort((a, b) => b.length - a.length)
  for (const { d } of ordered) {
    const sorted = cells.slice().sort((a, b) => place(a, d) - place(b, d))
    const [near, far] = [sorted.slice(0, count), sorted.slice(count)]
    if (!isConnected(diagram, near) || !isConnected(diagram, far)) continue
    const first = divide(diagram, near, left)
    const second = first && divide(diagram, far, right)
    if (second) return [...first, ...second]
  }
  return null
}

/** Can one walk between any two of the cells without leaving the set? */
export function isConnected(diagram: Diagram, cells: readonly number[]): boolean {
  const [start] = cells
  if (start === undefined) return false
  const left = new Set(cells)
  left.delete(start)
  const queue = [start]
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    for (const neighbour of diagram.cells[cell] ?? []) if (left.delete(neighbour)) queue.push(neighbour)
  }
  return left.size === 0
}
