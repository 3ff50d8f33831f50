import { randomUUID } from 'node:crypto'

/** A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, so that it sorts by time, then random bits. */
export function uuidv7(now = Date.now()) {
  const time = now.toString(16).padStart(12, '0')
  // The random part sits in the same place in versions 4 and 7; only the time and the version digit differ.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
