import { ownMoment, pastMoment } from '@vilkar/decider/own-moment.ts'
import { httpError } from '@vilkar/server/problems.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { departuresOf } from './expected.ts'

type Trx = Transaction<Database>
type Whose = { orderId?: string; trackingNumber?: string }

/**
 * When a parcel came in, by our clock: not later than now, nor before the goods of its order left, since from the receipt the days to pay
 * back are counted (angrerettloven § 24). Refused else. Of a parcel that is nobody's yet the second is asked once somebody says whose it is.
 */
export async function receiptMoment(trx: Trx, stated: string, whose: Whose, now: string) {
  const moment = pastMoment(stated, now)
  if (moment === undefined) {
    const detail = `receivedAt (${stated}) is later than now (${now}).`
    throw httpError(409, 'receipt-in-the-future', detail)
  }
  return notBeforeItLeft(trx, moment, whose, now)
}

/** The same of a parcel that is here, of which somebody says whose it or a unit in it is. */
export async function notBeforeItLeft(trx: Trx, received: string, whose: Whose, now: string) {
  const { moment, left } = await ordered(trx, received, whose, now)
  if (left === undefined) return moment
  const detail = `It is said to have come back at ${moment}, and the goods left at ${left}.`
  throw httpError(409, 'receipt-before-handover', detail)
}

/** Whether a parcel came in before the goods of an order left: it is none of theirs, and a person sees to it. */
export async function cameBeforeItLeft(trx: Trx, received: string, whose: Whose, now: string) {
  return (await ordered(trx, received, whose, now)).left !== undefined
}

/** When it came in, and when the goods left if that was later. */
async function ordered(trx: Trx, received: string, whose: Whose, now: string) {
  const [left] = (await departuresOf(trx, whose)).sort(Temporal.Instant.compare)
  const moment = left === undefined ? received : ownMoment(received, now, left)
  const isEarly = left !== undefined && Temporal.Instant.compare(moment, left) < 0
  return { moment, ...(isEarly && { left }) }
}
