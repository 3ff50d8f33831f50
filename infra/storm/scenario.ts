import { setTimeout as pause } from 'node:timers/promises'
import type { Answer } from '@vilkar/local/shopper.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Random } from './random.ts'
import type { Choice } from './simulators.ts'
import type { Stage } from './stage.ts'

const POLL_MS = 150
const ATTEND_EVERY_MS = 500
const PATIENCE_MS = 180_000
/** When nothing comes of a decision, an approval has run out: the customer decides once more. */
const DECIDE_AGAIN_AFTER_MS = 20_000
/** Less than any shipment or return comes to, so that it is a part of one. */
const MOST_BY_HAND = 900
/** How often what the provider refuses is tried again before somebody looks why. */
const MOST_TRIES = 3
const SKUS = ['S-1', 'S-2', 'S-3', 'S-4', 'S-5', 'S-6'] as const

/** What a customer, a warehouse and support do to the orders of a storm; each keeps on until it is heard. */
export function createPeople({ call, urls, clock, simulator }: Stage) {
  const begunOn = osloDay(clock.now())
  /** The orders of which something was moved by hand, and that movement's name once the ledger knows it. */
  const byHand = new Map<string, { kind: string; providerId?: string }>()

  /** Says it again while nobody answers; `expect` are the answers that end it. */
  async function insist(
    role: string,
    method: string,
    url: string,
    options: Parameters<Stage['call']>[3] = {},
  ): Promise<Answer> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      try {
        const answer = await call(role, method, url, {
          expect: [200, 201, 202, 204, 400, 403, 404, 409, 422],
          ...options,
        })
        if (answer.status < 500) return answer
      } catch (error) {
        if (performance.now() > end) throw error
      }
      await pause(POLL_MS)
    }
  }
  async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
    const end = performance.now() + PATIENCE_MS
    while (performance.now() < end) {
      const found = await look()
      if (found !== undefined) return found
      await pause(POLL_MS)
    }
    throw new Error(`It never came to pass: ${what}.`)
  }

  async function stockUp() {
    for (const [n, sku] of SKUS.entries())
      await insist('warehouse', 'PUT', `${urls.orders}/products/${sku}`, {
        body: {
          name: { nb: sku, en: sku },
          priceNok: 9_999 + n * 3_333,
          priceEur: 999 + n * 333,
          vatRate: n % 2 ? 2500 : 1500,
          stock: 1_000_000,
          traits: {},
        },
      })
  }

  const statusOf = async (id: string) =>
    (await insist('support', 'GET', `${urls.orders}/orders/${id}`)).body.status as string

  /** Quotes and places an order and opens its payment page. */
  async function buy(n: number, random: Random) {
    const kind = random.chance(0.85) ? 'consumer' : 'business'
    const skus = SKUS.filter(() => random.chance(0.4))
    const lines = (skus.length > 0 ? skus : [SKUS[0]]).map((sku) => ({ sku, quantity: random.between(1, 3) }))
    const currency = random.chance(0.8) ? 'NOK' : 'EUR'
    const quote = await insist('storefront', 'POST', `${urls.orders}/quotes`, {
      body: { lines, currency, customerKind: kind, country: 'NO', locale: 'en' },
    })
    const { id: quoteId, terms } = quote.body
    const name = `Customer ${n}`
    const customer = kind === 'consumer' ? { kind, name } : { kind, name, organisationNumber: '999615147' }
    const { body: order } = await insist('storefront', 'POST', `${urls.orders}/orders`, {
      headers: { 'idempotency-key': `storm-${n}` },
      body: {
        ...{ quoteId, acceptedTermsSha256: terms.sha256, customer, email: `customer-${n}@example.com`, locale: 'en' },
        shippingAddress: { name, street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
      },
    })
    return { id: order.id as string, kind, paymentUrl: order.payment.url as string }
  }

  /**
   * Decides on the payment page, until the shop knows; `hurried` does not wait for that. Now and then the provider has a
   * look at the payment first, and says no to some.
   */
  async function pay(order: { id: string; paymentUrl: string }, choice: Choice, hurried: boolean, random: Random) {
    const review = choice === 'approve' && !hurried && random.chance(0.06)
    const verdict = random.chance(0.7) ? 'ACCEPTED' : 'REJECTED'
    const tells = random.chance(0.7)
    let decidedAt: number | undefined
    await until('the customer pays', async () => {
      const { body: seen } = await insist('support', 'GET', `${urls.orders}/orders/${order.id}`)
      if (seen.status !== 'awaiting-payment') return true
      if (decidedAt !== undefined && review) simulator.endReview(order.id, verdict)
      if (decidedAt !== undefined && performance.now() - decidedAt < DECIDE_AGAIN_AFTER_MS) return undefined
      const page = await pageOf(order.paymentUrl)
      if (page === undefined) return undefined
      const decided = await simulator.decide({ page, widget: seen.payment.widget }, choice, review).then(
        (approvalToken) => ({ approvalToken }),
        () => undefined,
      )
      if (decided === undefined) return undefined
      decidedAt = performance.now()
      const { approvalToken } = decided
      // The browser tells, or closes too soon: then the provider does.
      if (approvalToken !== undefined && tells)
        await insist('storefront', 'POST', `${order.paymentUrl}/approval`, { body: { approvalToken } })
      return hurried ? true : undefined
    })
  }

  /** Where the payment link leads; undefined while it leads nowhere. */
  async function pageOf(paymentUrl: string) {
    const hop = await fetch(paymentUrl, { redirect: 'manual' }).catch(() => undefined)
    return hop?.status === 303 ? hop.headers.get('location')! : undefined
  }

  /** Somebody takes or gives back a little in the provider's portal, once there is something, and says nothing of it. */
  async function moveByHand(kind: 'capture' | 'refund', id: string, random: Random) {
    const amount = random.between(100, MOST_BY_HAND)
    const moved = await until('there is something to move by hand', async () => {
      const { body } = await insist('support', 'GET', `${urls.orders}/orders/${id}/payments`)
      const [account] = body.accounts
      if (account?.left === 0 && kind === 'capture') return false
      try {
        simulator.moveByHand(kind, account.paymentId, amount)
        return true
      } catch {
        return undefined
      }
    })
    if (moved) byHand.set(id, { kind })
  }

  /** Support has the days compared with the provider's books, and takes into the ledger what is not ours. */
  async function compareBooks() {
    await until('all that was done by hand to be in the ledger', async () => {
      if (byHand.values().every(({ providerId }) => providerId !== undefined)) return true
      for (let day = begunOn; Temporal.PlainDate.compare(day, osloDay(clock.now())) <= 0; day = day.add({ days: 1 }))
        for (const { orderId, drift } of (await reportOf(day.toString())).drift)
          for (const { kind, providerId } of drift)
            if (kind === 'movement-not-in-ledger') await adopt(orderId, providerId)
      return undefined
    })
  }
  async function reportOf(date: string) {
    const askedAt = clock.now()
    await insist('support', 'POST', `${urls.orders}/payments/reconciliation`, { body: { date } })
    return until('the comparison', async () => {
      const { status, body } = await insist('support', 'GET', `${urls.orders}/payments/reconciliation?date=${date}`)
      return status === 200 && Temporal.Instant.compare(body.finishedAt, askedAt) > 0 ? body : undefined
    })
  }

  async function adopt(orderId: string, providerId: string) {
    const url = `${urls.orders}/orders/${orderId}/payments/movements/${providerId}`
    const { status } = await insist('support', 'PUT', url, { body: { reason: 'Done by hand.' } })
    if (status === 200) Object.assign(byHand.get(orderId) ?? {}, { providerId })
  }

  async function cancel(id: string) {
    await insist('storefront', 'PUT', `${urls.orders}/orders/${id}/cancellation`, { body: { by: 'customer' } })
  }

  type Shipment = { id: string; status: string; lines: { lineId: string; quantity: number }[] }
  const shipmentsOf = async (id: string): Promise<Shipment[]> =>
    (await insist('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${id}`)).body.items

  /** Sends an order in one to three parts and delivers each. False when it may not be sent. */
  async function send(id: string, random: Random) {
    let parts = random.between(1, 3)
    for (;;) {
      const open = await until('the shipment is asked for', async () => {
        const shipments = await shipmentsOf(id)
        if (shipments.length === 0) return undefined
        return shipments.filter(({ status }) => status === 'requested')
      })
      if (open.length === 0) return (await shipmentsOf(id)).some(({ status }) => status === 'delivered')
      for (const shipment of open) {
        const units = shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0)
        const part = parts > 1 && units > 1 ? { lines: someOf(shipment.lines, random) } : {}
        parts -= 1
        const url = `${urls.shipping}/shipments/${shipment.id}`
        const sent = await insist('warehouse', 'PUT', `${url}/dispatch`, {
          body: { carrier: 'Posten', trackingNumber: 'T1', ...part },
        })
        if (sent.status >= 400) return false
        await insist('warehouse', 'PUT', `${url}/delivery`, { body: { receivedBy: 'The customer' } })
      }
    }
  }

  /** Withdraws from some units, once or twice, and sends them back. */
  async function giveBack(id: string, random: Random) {
    for (let time = random.between(1, 2); time > 0; time -= 1) {
      const { body } = await insist('support', 'GET', `${urls.returns}/orders/${id}/eligibility`)
      const returnable = (body.lines ?? [])
        .filter((line: { returnable: number }) => line.returnable > 0)
        .map(({ lineId, returnable }: { lineId: string; returnable: number }) => ({ lineId, quantity: returnable }))
      if (returnable.length === 0) return
      const declared = await insist('storefront', 'POST', `${urls.returns}/orders/${id}/withdrawals`, {
        body: { lines: someOf(returnable, random) },
      })
      if (declared.status !== 201) continue
      await insist('warehouse', 'PUT', `${urls.returns}/returns/${declared.body.id}/receipt`, { body: {} })
    }
  }

  /**
   * What an order still asks of the provider, and was refused, is tried again. What is refused again and again, or waits, is
   * in part what was moved by hand.
   */
  async function seeTo(orderId: string) {
    const { body } = await call('support', 'GET', `${urls.orders}/orders/${orderId}/payments`)
    const hand = byHand.get(orderId)
    // What is refused since it was done by hand is not to be helped before the books are compared.
    if (hand !== undefined && hand.providerId === undefined) return
    for (const { id, kind, status, attempt, lastResult = '' } of body.operations) {
      const url = `${urls.orders}/payments/operations/${id}`
      const heldUp = (status === 'declined' && attempt > MOST_TRIES) || /waits/.test(lastResult)
      if (heldUp && hand?.providerId !== undefined && hand.kind === kind) {
        const verdict = { verdict: 'executed', providerId: hand.providerId, reason: 'It was done by hand.' }
        await call('support', 'PUT', `${url}/verdict`, { body: verdict, expect: [200, 409] })
      } else if (status === 'declined')
        await call('support', 'POST', `${url}/retry`, { body: { reason: 'Tried again.' }, expect: [202, 409] })
    }
  }

  /** Support sees to the alarms until `stop`. What nobody answers while the service is down is in the next round again. */
  function attend() {
    let attending = true
    const look = async () => {
      for (const kind of ['payment-declined-operation', 'payment-stuck-operation']) {
        const { body } = await call('support', 'GET', `${urls.orders}/alarms?kind=${kind}&limit=200`)
        for (const { orderId, resolvedAt } of body.items) if (resolvedAt === undefined) await seeTo(orderId)
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

  return { attend, stockUp, statusOf, until, buy, pay, cancel, send, giveBack, moveByHand, compareBooks }
}
export type People = ReturnType<typeof createPeople>

/** At least one unit of at least one line. */
function someOf(lines: { lineId: string; quantity: number }[], random: Random) {
  const some = lines.flatMap(({ lineId, quantity }) => {
    const units = random.between(0, quantity)
    return units > 0 ? [{ lineId, quantity: units }] : []
  })
  return some.length > 0 ? some : [{ lineId: lines[0]!.lineId, quantity: 1 }]
}

/** The life of one order, as the seed decides it. */
export async function live(people: People, n: number, random: Random): Promise<void> {
  const order = await people.buy(n, random)
  const declines = random.chance(0.08)
  const regrets = declines || random.chance(0.1)
  await people.pay(order, declines ? 'decline' : 'approve', regrets, random)
  if (regrets) return people.cancel(order.id)
  await people.until('the contract is formed', async () =>
    ['awaiting-payment', 'awaiting-confirmation'].includes(await people.statusOf(order.id)) ? undefined : true,
  )
  // Whose payment ran out before it was made has no order any more.
  if ((await people.statusOf(order.id)) === 'cancelled') return
  const byHand = random.chance(0.04) ? 'capture' : random.chance(0.05) ? 'refund' : undefined
  if (random.chance(0.15)) await people.cancel(order.id)
  else if (byHand === 'capture') await people.moveByHand(byHand, order.id, random)
  const sent = await people.send(order.id, random)
  if (sent && byHand === 'refund') await people.moveByHand(byHand, order.id, random)
  if (sent && order.kind === 'consumer' && random.chance(0.5)) await people.giveBack(order.id, random)
}
