import { createHash } from 'node:crypto'
import { createRandom } from '@vilkar/storm/random.ts'

const DAY = 24 * 3_600_000

/** A number that is the same for the same words. */
export const numberOf = (words: string) => createHash('sha256').update(words).digest().readUInt32BE(0)
/** An id that is the same for the same words, where one has to be a UUID. */
export function idOf(words: string) {
  const hex = createHash('sha256').update(words).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** When a system gets to it, and whether it says so twice. */
export type Mood = { after: number; again?: number }

/** Most systems act the night they are asked; some take days, some are off for weeks, some answer twice. */
export function moodOf(words: string, { slow }: { slow: boolean }): Mood {
  const random = createRandom(numberOf(words))
  if (!random.chance(0.12)) return { after: 0, ...(random.chance(0.08) && { again: DAY * random.between(1, 40) }) }
  if (random.chance(0.75)) return { after: DAY * (slow ? random.between(1, 6) : 0) }
  return { after: DAY * random.between(slow ? 8 : 2, slow ? 20 : 6) }
}
