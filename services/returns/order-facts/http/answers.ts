import { createBatcher } from '@vilkar/messaging/batcher.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import { LRUCache } from 'lru-cache'
import type { Deps } from '../../deps.ts'
import type { OrderPersonal } from '../projection.ts'
import { orderIn, type RowText, readRowTexts } from '../store.ts'
import { entitlementsJson } from './entitlements-json.ts'
import { visibleTo } from './visible-to.ts'

/** What all answers that are kept may take together, in bytes, a character of a row counted as one; what was asked for least recently is forgotten first. */
const KEPT_BYTES = 128 * 1024 * 1024

/** What was worked out from a row on a day, as the bytes that are sent. */
type Answer = { row: RowText; day: Temporal.PlainDate; personal: OrderPersonal; bytes: Buffer }

/**
 * What an order's customer may return now, as the bytes of JSON. Of one row an answer is constant until midnight in Oslo, since the
 * rules count days: it is worked out once, and then sent as long as the row reads as it did and the day is the same; `at` is when it was
 * worked out. Each question still reads the row, those of one moment in one statement, so that no answer outlives what was heard of the
 * order, in whatever process. Throws a 404 problem where there is no such order for whoever asks.
 */
export function createAnswers({ pool, clock }: Pick<Deps, 'pool' | 'clock'>) {
  const read = createBatcher({
    name: 'read of many orders',
    run: (ids: string[]) => readRowTexts(pool, ids),
    // Who asks is held back by the limits of callers, and no id can make a read of others fail.
    ...{ maxWaiting: Number.POSITIVE_INFINITY, repeatApart: false },
  })
  const kept = new LRUCache<string, Answer>({ maxSize: KEPT_BYTES, sizeCalculation: sizeOf })

  return async (orderId: string, caller: Caller): Promise<Buffer> => {
    const row = await read(orderId)
    const now = clock.now()
    const known = kept.get(orderId)
    if (known !== undefined && holds(known, row, now)) return visibleTo(caller, known).bytes
    const answer = visibleTo(caller, row && workOut(row, now))
    kept.set(orderId, answer)
    return answer.bytes
  }
}

const holds = ({ row, day }: Answer, read: RowText | undefined, now: Temporal.Instant) =>
  row.facts === read?.facts && row.personal === read.personal && day === osloDay(now)

/** The answer that follows from a row at a moment; undefined while the order is not known to be placed. */
function workOut(row: RowText, now: Temporal.Instant): Answer | undefined {
  const order = orderIn(row)
  if (order === undefined) return undefined
  const bytes = Buffer.from(entitlementsJson(eligibility(order.facts, now, 'all-known')), 'latin1')
  return { row, day: osloDay(now), personal: order.personal, bytes }
}

const sizeOf = ({ row, bytes }: Answer) => row.facts.length + row.personal.length + bytes.length
