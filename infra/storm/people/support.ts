import { setTimeout as pause } from 'node:timers/promises'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Stage } from '../stage.ts'
import type { MovedByHand } from './by-hand.ts'
import { type Insist, until } from './persist.ts'

const ATTEND_EVERY_MS = 500
/** How often what the provider refuses is tried again before somebody looks why. */
const MOST_TRIES = 3

type Desk = Pick<Stage, 'call' | 'urls' | 'clock'> & {
  insist: Insist
  byHand: MovedByHand
  unwilling: ReadonlySet<string>
}

/** What support does: see to alarms, and have the days compared with the provider's books. */
export function createSupport(desk: Desk) {
  const begunOn = osloDay(desk.clock.now())
  /** Support sees to the alarms until `stop`. What nobody answers while the service is down is in the next round again. */
  function attend() {
    let attending = true
    const look = async () => {
      for (const kind of ['payment-declined-operation', 'payment-stuck-operation']) {
        const { body } = await desk.call('support', 'GET', `${desk.urls.orders}/alarms?kind=${kind}&limit=200`)
        for (const { orderId, resolvedAt } of body.items) if (resolvedAt === undefined) await seeTo(desk, orderId)
      }
    }
    const ended = (async () => {
      for (; attending; await pause(ATTEND_EVERY_MS)) await look().catch(() => undefined)
    })()
    return {
      async stop() {
        attending = false
        await ended
      },
    }
  }

  return { attend, compareBooks: () => compareBooks(desk, begunOn) }
}

/** Support has the days compared with the provider's books, and takes into the ledger what is not ours. */
async function compareBooks(desk: Desk, begunOn: Temporal.PlainDate) {
  const { byHand, clock } = desk
  await until('all that was done by hand to be in the ledger', async () => {
    if (byHand.values().every(({ providerId }) => providerId !== undefined)) return true
    for (let day = begunOn; Temporal.PlainDate.compare(day, osloDay(clock.now())) <= 0; day = day.add({ days: 1 }))
      for (const { orderId, drift } of (await reportOf(desk, day.toString())).drift)
        for (const { kind, providerId } of drift)
          if (kind === 'movement-not-in-ledger') await adopt(desk, orderId, providerId)
    return undefined
  })
}

async function reportOf({ urls, clock, insist }: Desk, date: string) {
  const askedAt = clock.now()
  await insist('support', 'POST', `${urls.orders}/payments/reconciliation`, { body: { date } })
  return until('the comparison', async () => {
    const { status, body } = await insist('support', 'GET', `${urls.orders}/payments/reconciliation?date=${date}`)
    return status === 200 && Temporal.Instant.compare(body.finishedAt, askedAt) > 0 ? body : undefined
  })
}

async function adopt({ urls, insist, byHand }: Desk, orderId: string, providerId: string) {
  const url = `${urls.orders}/orders/${orderId}/payments/movements/${providerId}`
  const { status } = await insist('support', 'PUT', url, { body: { reason: 'Done by hand.' } })
  if (status === 200) Object.assign(byHand.get(orderId) ?? {}, { providerId })
}

/**
 * What an order still asks of the provider, and was refused, is tried again; what left and whose customer does not pay again is
 * claimed of them. What is refused again and again, or waits, is
 * in part what was moved by hand.
 */
async function seeTo({ call, urls, byHand, unwilling }: Desk, orderId: string) {
  const { body } = await call('support', 'GET', `${urls.orders}/orders/${orderId}/payments`)
  const hand = byHand.get(orderId)
  // What is refused since it was done by hand is not to be helped before the books are compared.
  if (hand !== undefined && hand.providerId === undefined) return
  for (const { id, kind, status, attempt } of body.operations) {
    const url = `${urls.orders}/payments/operations/${id}`
    const heldUp = (status === 'declined' && attempt > MOST_TRIES) || status === 'waiting-for-capture'
    if (heldUp && hand?.providerId !== undefined && hand.kind === kind) {
      const verdict = { verdict: 'executed', providerId: hand.providerId, reason: 'It was done by hand.' }
      await call('support', 'PUT', `${url}/verdict`, { body: verdict, expect: [200, 409] })
    } else if (status === 'declined' && kind === 'capture' && unwilling.has(orderId)) {
      const verdict = { verdict: 'claimed', reason: 'They do not pay again.' }
      const said = await call('support', 'PUT', `${url}/verdict`, { body: verdict, expect: [200, 409] })
      if (said.status === 409)
        await call('support', 'POST', `${url}/retry`, { body: { reason: 'Tried again.' }, expect: [202, 409] })
    } else if (status === 'declined' && kind !== 'extend')
      await call('support', 'POST', `${url}/retry`, { body: { reason: 'Tried again.' }, expect: [202, 409] })
  }
}
