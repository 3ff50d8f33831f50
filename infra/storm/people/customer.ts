import type { Random } from '../random.ts'
import type { Choice } from '../simulators.ts'
import type { Stage } from '../stage.ts'
import { type Insist, until } from './persist.ts'
import { home, type Place, places } from './places.ts'
import { SKUS } from './warehouse.ts'

/** When nothing comes of a decision, an approval has run out: the customer decides once more. */
const DECIDE_AGAIN_AFTER_MS = 20_000

/** The longest of the authorisations that end early, in minutes of the shop's. */
const LONGEST_LIFE = 8

/** What customers do: buy, decide on the payment page, cancel. */
export function createCustomer(
  { urls, simulator, lives }: Pick<Stage, 'urls' | 'simulator' | 'lives'>,
  insist: Insist,
) {
  const statusOf = async (id: string) =>
    (await insist('support', 'GET', `${urls.orders}/orders/${id}`)).body.status as string

  const buy = createBuyer({ urls }, insist)

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

  /** Pays again after an authorisation ran out, if there is a page for that. */
  async function payAgain(id: string) {
    const { payment } = (await insist('support', 'GET', `${urls.orders}/orders/${id}`)).body
    const page = payment.url === undefined ? undefined : await pageOf(payment.url)
    if (page === undefined) return
    const decided = await simulator.decide({ page, widget: payment.widget }, 'approve', false).catch(() => undefined)
    if (decided !== undefined)
      await insist('storefront', 'POST', `${payment.url}/approval`, { body: { approvalToken: decided } })
  }

  /** What the customer authorises first will end early. */
  const endSoon = (id: string, random: Random) =>
    lives.set(id, { minutes: random.between(1, LONGEST_LIFE), extensible: random.chance(0.4) })

  return { statusOf, buy, pay, payAgain, endSoon, ...createCancelling(urls.orders, insist) }
}

/** Quotes and places an order. */
function createBuyer({ urls }: Pick<Stage, 'urls'>, insist: Insist) {
  const quoteSomewhere = createQuoter(urls.orders, insist)

  return async (n: number, random: Random) => {
    const kind = random.chance(0.85) ? 'consumer' : 'business'
    const skus = SKUS.filter(() => random.chance(0.4))
    const lines = (skus.length > 0 ? skus : [SKUS[0]]).map((sku) => ({ sku, quantity: random.between(1, 3) }))
    const locale = random.pick(['nb', 'en'] as const)
    const cart = { lines, customerKind: kind, locale }
    const { from, quote } = await quoteSomewhere(cart, random)
    const { id: quoteId, terms } = quote
    const name = `Customer ${n}`
    const { organisationNumber, address } = from
    const customer = kind === 'consumer' ? { kind, name } : { kind, name, organisationNumber }
    const { body: order } = await insist('storefront', 'POST', `${urls.orders}/orders`, {
      headers: { 'idempotency-key': `storm-${n}` },
      body: {
        ...{ quoteId, acceptedTermsSha256: terms.sha256, customer, email: `customer-${n}@example.com`, locale },
        shippingAddress: { name, ...address },
      },
    })
    const id = order.id as string
    return { id, kind, paymentUrl: order.payment.url as string }
  }
}

/**
 * Asks for a quote from somewhere in the world. Whom the provider takes nothing from is told so at the quote, and has a
 * friend at home buy it.
 */
const createQuoter = (orders: string, insist: Insist) => async (cart: object, random: Random) => {
  const ask = ({ country }: Place, currency: string) =>
    insist('storefront', 'POST', `${orders}/quotes`, { body: { ...cart, country, currency } })
  const from = random.chance(0.5) ? home : random.pick(places)
  const { status, body } = await ask(from, random.chance(0.6) ? 'NOK' : 'EUR')
  if (status !== 409 || body.type !== '/problems/payment-impossible') return { from, quote: body }
  return { from: home, quote: (await ask(home, 'NOK')).body }
}

/** Where the payment link leads; undefined while it leads nowhere. */
async function pageOf(paymentUrl: string) {
  const hop = await fetch(paymentUrl, { redirect: 'manual' }).catch(() => undefined)
  return hop?.status === 303 ? hop.headers.get('location')! : undefined
}

type Line = { lineId: string; quantity: number }

/** How customers cancel what they ordered, as far as it has not left. */
function createCancelling(orders: string, insist: Insist) {
  const linesOf = async (id: string): Promise<Line[]> =>
    (await insist('support', 'GET', `${orders}/orders/${id}`)).body.lines
  const cancelUnits = (id: string, { lineId, quantity }: Line) =>
    insist('storefront', 'PUT', `${orders}/orders/${id}/lines/${lineId}/cancellation`, {
      body: { by: 'customer', quantity },
    })

  /** Cancels some units of a line, or all of them; whether they had left is for the shop to find out. */
  async function cancelSome(id: string, random: Random) {
    const { lineId, quantity } = random.pick(await linesOf(id))
    await cancelUnits(id, { lineId, quantity: random.between(1, quantity) })
  }

  /** Cancels every unit that has not left. */
  async function cancelAll(id: string) {
    for (const { lineId, quantity } of await linesOf(id)) {
      let most = quantity
      while (most > 0 && (await cancelUnits(id, { lineId, quantity: most })).status >= 400) most -= 1
    }
  }

  async function cancel(id: string) {
    await insist('storefront', 'PUT', `${orders}/orders/${id}/cancellation`, { body: { by: 'customer' } })
  }

  return { cancel, cancelSome, cancelAll }
}
