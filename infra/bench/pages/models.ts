import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { type Call, payAt } from '@vilkar/local/shopper.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { PRODUCTS } from '../catalogue.ts'

/** Where the services are that play along. */
export type Urls = { orders: string; shipping: string; returns: string; privacy: string }
/** An order that was played through the doors of the services, as those that look at pages know it. */
export type Model = { kind: Kind; id: string; number: string; name: string; email: string; tracking: string }
export type Kind = keyof typeof lives | 'large'

type Playing = { call: Call; urls: Urls; model: Model; lines: { lineId: string; quantity: number }[] }

/** What becomes of orders; each name is one model, of which `multiply` makes many. */
const lives = {
  unpaid: async () => {},
  waiting: async (playing: Playing) => void (await shipmentOf(playing)),
  onItsWay: async (playing: Playing) => void (await dispatch(playing)),
  delivered: async (playing: Playing) => deliver(playing),
  withdrawn: async (playing: Playing) => void (await withdraw(playing)),
  paidBack: async (playing: Playing) => {
    const { call, urls, lines } = playing
    const id = await withdraw(playing)
    const found = { complete: true, wear: 'none', seal: 'intact', fitForSale: true }
    const units = lines.map((line) => ({ ...line, ...found }))
    await call('warehouse', 'PUT', `${urls.returns}/returns/${id}/inspection`, { body: { units } })
    await eventually(`the refund of ${playing.model.number}`, async () => (await read(playing)).payment.refunded > 0)
  },
  complained: async (playing: Playing) => {
    await deliver(playing)
    const { call, urls, model, lines } = playing
    const body = { lines: lines.slice(0, 1), defect: 'It does not work any more.' }
    const path = `${urls.returns}/orders/${model.id}/complaints`
    const { body: made } = await knownToReturns(() => call('storefront', 'POST', path, { body }))
    const ofCase = `${urls.returns}/returns/${made.id}`
    await call('support', 'PUT', `${ofCase}/assignee`, { body: { assignee: 'support' } })
    await call('support', 'POST', `${ofCase}/notes`, { body: { text: 'Asked for pictures.' } })
  },
  offered: async (playing: Playing) => {
    await deliver(playing)
    const { call, urls, model } = playing
    const path = `${urls.returns}/orders/${model.id}`
    const amount = { amount: 2_000, why: 'For the trouble.' }
    await knownToReturns(() => call('support', 'PUT', `${path}/goodwill/${crypto.randomUUID()}`, { body: amount }))
    const agreed = { changes: { withdrawalDays: 60 }, text: 'Sixty days.', party: model.name }
    const body = { ...agreed, agreedAt: Temporal.Now.instant().toString() }
    await call('support', 'PUT', `${path}/agreements/${crypto.randomUUID()}`, { body })
  },
}
export const kinds = Object.keys(lives) as (keyof typeof lives)[]

/** Plays one order of each kind, and one with as many lines as an order may have, through the doors of the services. */
export async function playModels(call: Call, urls: Urls): Promise<Model[]> {
  const models = await Promise.all(kinds.map((kind) => play({ call, urls }, kind, 2)))
  return [...models, await play({ call, urls }, 'large', MAX_LINES)]
}

async function play({ call, urls }: Pick<Playing, 'call' | 'urls'>, kind: Kind, count: number): Promise<Model> {
  const who = { name: `Modell ${kind}`, email: `modell-${kind.toLowerCase()}@example.com` }
  const first = kind === 'large' ? 0 : 7 * kinds.indexOf(kind)
  const lines = Array.from({ length: count }, (_, n) => ({ sku: `P-${(first + n) % PRODUCTS}`, quantity: 1 + (n % 2) }))
  const wanted = { lines, currency: 'NOK', customerKind: 'consumer', country: 'NO', locale: 'nb' }
  const { body: quote } = await call('storefront', 'POST', `${urls.orders}/quotes`, { body: wanted })
  const { body: placed } = await call('storefront', 'POST', `${urls.orders}/orders`, {
    body: {
      ...{ quoteId: quote.id, acceptedTermsSha256: quote.terms.sha256, email: who.email, locale: 'nb' },
      customer: { kind: 'consumer', name: who.name },
      shippingAddress: { name: who.name, street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
    },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  const { id, number } = placed
  const model = { kind, id, number, ...who, tracking: `SPOR-${kind.toUpperCase()}` }
  const ordered = placed.lines as Playing['lines']
  const playing = { call, urls, model, lines: ordered.map(({ lineId, quantity }) => ({ lineId, quantity })) }
  if (kind !== 'unpaid') {
    await payAt(placed.payment.url)
    await eventually(`the contract of ${number}`, async () => (await read(playing)).status === 'formed')
  }
  await lives[kind === 'large' ? 'withdrawn' : kind](playing)
  return model
}

const read = async ({ call, urls, model }: Playing) =>
  (await call('support', 'GET', `${urls.orders}/orders/${model.id}`)).body

/** What is asked of an order that the service may not have heard of yet is asked again until it has. */
const knownToReturns = (ask: () => ReturnType<Call>) => eventually('the returns service to know of an order', ask)

const shipmentOf = ({ call, urls, model }: Playing) =>
  eventually(`the shipment of ${model.number}`, async () => {
    const { body } = await call('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${model.id}`)
    return body.items[0] as { id: string } | undefined
  })

async function dispatch(playing: Playing) {
  const { call, urls, model } = playing
  const url = `${urls.shipping}/shipments/${(await shipmentOf(playing)).id}`
  await call('warehouse', 'PUT', `${url}/dispatch`, { body: { carrier: 'Bud', trackingNumber: model.tracking } })
  await eventually(`the capture of ${model.number}`, async () => (await read(playing)).payment.captured > 0)
  return url
}

async function deliver(playing: Playing) {
  const { call, model } = playing
  const url = await dispatch(playing)
  await call('warehouse', 'PUT', `${url}/delivery`, { body: { receivedBy: model.name, takenBy: 'customer' } })
  await eventually(`the delivery of ${model.number}`, async () => (await read(playing)).status === 'delivered')
}

/** Delivered, withdrawn from as a whole, and on its way back; answers the id of the return. */
async function withdraw(playing: Playing): Promise<string> {
  await deliver(playing)
  const { call, urls, model, lines } = playing
  const path = `${urls.returns}/orders/${model.id}/withdrawals`
  await knownToReturns(() => call('storefront', 'POST', path, { body: { lines } }))
  const id = await eventually(`the return of ${model.number}`, async () => {
    const { body } = await call('support', 'GET', `${urls.returns}/orders/${model.id}/returns`)
    return body.items[0]?.id as string | undefined
  })
  const proof = { carrier: 'Posten', trackingNumber: `RETUR-${model.kind.toUpperCase()}` }
  const body = { ...proof, sentAt: Temporal.Now.instant().toString() }
  await call('storefront', 'PUT', `${urls.returns}/returns/${id}/proof-of-sending`, { body })
  return id
}
