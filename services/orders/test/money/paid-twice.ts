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

/** Three sensors that were sent, and could not be taken since the authorisation had run out by then: the customer is asked. */
export async function sentUnpaid(t: Test, wanted: Parameters<typeof formed>[1] = {}) {
  const { house, id, order, read, pageOf } = await formed(t, { watch: true, ...wanted })
  house.klarna.portal.expire(house.klarna.orders()[0]!.order_id)
  await dispatch(house, id)
  const { payment } = await eventually('the page to pay again', async () => {
    const seen = await read()
    return seen.payment.url !== undefined && seen
  })
  const [operation] = (await house.call('support', 'GET', `/orders/${id}/payments`)).body.operations.filter(
    ({ kind }: { kind: string }) => kind === 'capture',
  )
  const claim = (reason = 'They do not answer.') =>
    house.call('support', 'PUT', `/payments/operations/${operation.id}/verdict`, { verdict: 'claimed', reason })
  return { house, id, order, read, pageOf, payUrl: payment.url as string, operation, claim }
}
