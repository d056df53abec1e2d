import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { drawRandom } from './random.ts'

/**
 * Personal data at rest: AES-256-GCM under the configured key, "v1." + base64(iv | tag | text).
 * `blind` is a keyed hash for exact look-up without decrypting.
 */
export interface Secrets {
  seal(text: string): string
  open(sealed: string): string
  blind(text: string): string
}

export function secrets(keyBase64: string): Secrets {
  const key = Buffer.from(keyBase64, 'base64')
  return {
    seal(text) {
      const iv = drawRandom(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(3), 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    blind: (text) => createHmac('sha256', key).update(text).digest('hex').slice(0, 32),
  }
}
