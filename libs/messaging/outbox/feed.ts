import { setTimeout as pause } from 'node:timers/promises'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { type Kysely, sql } from 'kysely'
import type { MessagingTables } from '../tables.ts'
import { ENVELOPE } from './outbox.ts'

/** An event with the number under which the relay publishes it: dense, and in the order of what happened to an aggregate. */
export type Numbered = { cursor: number; event: Envelope }

/** How often the database is asked while somebody waits, however many do. */
const LOOK_EVERY_MS = 250

/**
 * What this service told after a number, in its order, and the number to go on from. Numbers are given in the order in which
 * transactions that waited for each other committed, so that nothing appears behind a cursor.
 */
export async function readFeed<Tables extends MessagingTables>(
  db: Kysely<Tables>,
  { after, limit }: { after: number; limit: number },
): Promise<{ items: Numbered[]; cursor: number }> {
  const { rows } = await sql<{ pub_no: string; body: string }>`
    select pub_no, ${sql.raw(ENVELOPE)}::text as body from outbox where pub_no > ${after} order by pub_no limit ${limit}`.execute(
    db,
  )
  const items = rows.map(({ pub_no, body }) => ({ cursor: Number(pub_no), event: JSON.parse(body) as Envelope }))
  return { items, cursor: items.at(-1)?.cursor ?? after }
}

/**
 * Lets many wait for what comes after a number. One loop asks for all of them, and only while there are any; `stop` lets all go at
 * once.
 */
export function createFeedWatch<Tables extends MessagingTables>(db: Kysely<Tables>) {
  const stopping = new AbortController()
  const waiting = new Set<{ after: number; go: () => void }>()
  let looking: Promise<void> | undefined

  async function look() {
    while (waiting.size > 0 && !stopping.signal.aborted) {
      const last = await lastNumber(db).catch(() => 0)
      for (const each of waiting) if (each.after < last) each.go()
      if (waiting.size > 0) await pause(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
    looking = undefined
  }
  return {
    /** Comes back when there may be something after the number, when the time is over or when the watch stops. */
    async until(after: number, ms: number) {
      if (stopping.signal.aborted || ms === 0) return
      const { promise, resolve: go } = Promise.withResolvers<void>()
      const one = { after, go }
      const timer = setTimeout(go, ms)
      waiting.add(one)
      looking ??= look()
      await promise
      clearTimeout(timer)
      waiting.delete(one)
    },
    stop() {
      stopping.abort()
      for (const { go } of waiting) go()
      return looking
    },
  }
}
export type FeedWatch = ReturnType<typeof createFeedWatch>

/** The last number that was given: no honest cursor is ahead of it. */
export async function lastNumber<Tables extends MessagingTables>(db: Kysely<Tables>) {
  const { rows } = await sql<{ last_no: string }>`select last_no from relay`.execute(db)
  return Number(rows[0]!.last_no)
}
