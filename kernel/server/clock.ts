/** The only source of "now" on the server. A test may move it; production may not. */
export interface Clock {
  now(): Date
  /** Moves forward by milliseconds; refused where the clock is real. */
  advance(ms: number): void
}

export function clock(movable: boolean, start?: Date): Clock {
  let offset = start ? start.getTime() - Date.now() : 0
  return {
    now: () => new Date(Date.now() + offset),
    advance: (ms) => {
      if (!movable) throw new Error('时钟不可拨动')
      offset += ms
    },
  }
}
