import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import type { Gauge, Row } from './gauge.ts'

/** However often somebody asks, the database is read no oftener than this. */
export const READ_EVERY_MS = 5_000
/** Whoever asks waits for the database no longer than this, and is then told the rest without it. */
export const READ_WITHIN_MS = 4_000
const LIMITS = { statement_timeout: 2_000, query_timeout: 3_000 }

type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
export type Reading = { gauge: Gauge; rows: Row[] }

/**
 * Reads gauges on a connection of its own, so that a service whose pool is used up still tells so. Those who ask while it reads, or
 * soon after, share an answer, which is undefined when there is none.
 */
export function createReadings({ databaseUrl, gauges, now, log }: ReadingOptions) {
  const pool = createPool(databaseUrl, { max: 1, limits: LIMITS, log })
  const db = createDatabase<never>(pool)
  let last: { at: number; answer: Promise<Reading[] | undefined> } | undefined

  async function read() {
    const readings: Reading[] = []
    try {
      for (const gauge of gauges) readings.push({ gauge, rows: (await gauge.find(now()).execute(db)).rows })
    } catch (error) {
      log.warn({ err: error }, 'what waits could not be read for the metrics')
      return undefined
    }
    return readings
  }

  return {
    read() {
      if (last === undefined || performance.now() - last.at > READ_EVERY_MS)
        last = { at: performance.now(), answer: read() }
      return Promise.race([last.answer, after(READ_WITHIN_MS)])
    },
    close: () => pool.end(),
  }
}

export type ReadingOptions = { databaseUrl: string; gauges: Gauge[]; now: () => string; log: Log }

const after = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined).unref())
