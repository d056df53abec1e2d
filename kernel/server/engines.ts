import { createRequire } from 'node:module'
import type Pinyin from 'pinyin-pro'
import type Sharp from 'sharp'

/*
 * Libraries that are large and seldom needed are loaded with their first use: a server at rest has neither their memory
 * (sharp 24 MB, pinyin-pro 18 MB) nor their time at its start.
 */
const load = createRequire(import.meta.url)

let pinyinLoaded: typeof Pinyin.pinyin | undefined

/** Readings of Chinese characters, see pinyin-pro. */
export const pinyin: typeof Pinyin.pinyin = ((text: string, options: Parameters<typeof Pinyin.pinyin>[1]) => {
  pinyinLoaded ??= (load('pinyin-pro') as typeof Pinyin).pinyin
  return pinyinLoaded(text, options as never)
}) as typeof Pinyin.pinyin

let sharpLoaded: typeof Sharp | undefined

/** Pictures, see sharp: one thread a picture and no cache of opened files, which are temporary. */
export function sharp(...given: Parameters<typeof Sharp>): ReturnType<typeof Sharp> {
  if (!sharpLoaded) {
    sharpLoaded = load('sharp') as typeof Sharp
    sharpLoaded.cache(false)
    sharpLoaded.concurrency(1)
  }
  return sharpLoaded(...given)
}
