import { uuidv7 } from '../core/id.ts'

/** A UUIDv7 made in the page. `crypto.randomUUID` is missing on plain http in an office network, so it is not used. */
export const newId = (): string => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
