import { eventually } from '@vilkar/testing/eventually.ts'
import type { Test } from 'tap'
import { dispatch, formed } from '../alarming.ts'

export const AFTER_EXPIRY = 'P29D'
export const EXTEND = { method: 'POST', path: '/extend-authorization-time' }
export const refused = { type: 'status', status: 403, code: 'NOT_ALLOWED' } as const

/** An order whose first part was taken of a payment that then ran out, and the rest of another. */
export async function paidTwice(t: Test) {
  const { house, id, order, read, pageOf } = await formed(t, { watch: true })
  await dispatch(house, id, 1)
  const first = await eventually('the first capture', async () => (await read()).payment.captured || undefined)
  house.klarna.faults.add({ match: EXTEND, phase: 'before', action: refused })
  house.clock.advance(AFTER_EXPIRY)
  const { payment } = await eventually('the page to pay again', async () => {
    const seen = await read()
    return seen.payment.url !== undefined && seen
  })
  house.klarna.approve(await pageOf(payment.url))
  await eventually('the new authorisation', async () => (await read()).payment.expiredAt === undefined)
  await dispatch(house, id, 2)
  await eventually('all of it', async () => (await read()).payment.captured === order.totals.total)
  return { house, id, order, read, first }
}
