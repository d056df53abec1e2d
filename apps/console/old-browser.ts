/** What browsers of kernel 88 to 97 lack and we or our parts use. */
function last<T>(this: ArrayLike<T>, index: number): T | undefined {
  const at = Math.trunc(index) || 0
  return this[at < 0 ? this.length + at : at]
}

const define = (target: object, name: string, value: unknown) => {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true })
}

for (const prototype of [Array.prototype, String.prototype, Object.getPrototypeOf(Uint8Array.prototype) as object]) define(prototype, 'at', last)
define(Object, 'hasOwn', (object: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(object, key))
define(Array.prototype, 'findLast', function findLast<T>(this: T[], wanted: (value: T, index: number, all: T[]) => boolean): T | undefined {
  for (let i = this.length - 1; i >= 0; i--) if (wanted(this[i] as T, i, this)) return this[i]
  return undefined
})
define(globalThis, 'structuredClone', (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown)
