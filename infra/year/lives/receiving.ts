import type { Truth } from '@vilkar/carrier-simulator/fates.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import type { Bought } from './buying.ts'

type Units = { lineId: string; quantity: number }
type Receiving = {
  order: Bought
  shipmentId: string
  trackingNumber: string
  lines: Units[]
  truth: Truth
  random: Random
}

/** How often somebody who waits looks, in days, and for how long the most patient does before they ask. */
const LOOKS_EVERY = 2
const PATIENCE = [6, 16] as const

/**
 * Somebody waits for a parcel of which its carrier tells what it likes: they contradict what is not true, ask for what does not come, and say
 * that they have what nobody says they have. What went back the warehouse takes in.
 */
export async function* receive(world: World, parcel: Receiving): Life {
  const { truth } = parcel
  if (truth.shopHasAt !== undefined) return yield* comeBack(world, parcel, truth.shopHasAt)
  const isAsked = yield* wait(world, parcel)
  if (truth.customerHasAt === undefined) return
  // By what was asked for meanwhile others may be on their way; these came all the same.
  yield 1
  if ((await statusOf(world, parcel)) !== 'delivered') await sayThatItCame(world, parcel, truth.customerHasAt)
  if (truth.fate === 'damaged' && !isAsked) yield* tell(world, parcel, 'damaged')
}

const hasPassed = ({ clock }: World, moment: string) => Temporal.Instant.compare(clock.now(), moment) >= 0

const statusOf = async ({ ask, urls }: World, { shipmentId }: Receiving): Promise<string> =>
  (await ask('warehouse', 'GET', `${urls.shipping}/shipments/${shipmentId}`)).body.status

/** Waits until it is here, or until what became of it is settled; whether it was. */
async function* wait(world: World, parcel: Receiving): AsyncGenerator<number, boolean> {
  const { customerHasAt } = parcel.truth
  const patience = parcel.random.between(...PATIENCE)
  let isAsked = false
  for (let waited = 0; customerHasAt === undefined || !hasPassed(world, customerHasAt); waited += LOOKS_EVERY) {
    yield waited === 0 && customerHasAt !== undefined ? 1 : LOOKS_EVERY
    const status = await statusOf(world, parcel)
    if (customerHasAt !== undefined && hasPassed(world, customerHasAt)) break
    if (status === 'delivered') await contradict(world, parcel)
    if (isAsked || (status !== 'lost' && waited < patience)) continue
    yield* tell(world, parcel, 'lost')
    isAsked = true
    if (customerHasAt === undefined) break
  }
  return isAsked
}

/** The customer has it not, whoever is said to have given it to them. */
const contradict = ({ ask, urls }: World, { shipmentId }: Receiving) =>
  ask('support', 'PUT', `${urls.shipping}/shipments/${shipmentId}/delivery/correction`, {
    why: 'The customer has not got it, and did not sign.',
  })

/** The customer wrote that they have it. */
const sayThatItCame = ({ ask, urls }: World, { shipmentId, order }: Receiving, receivedAt: string) =>
  ask('warehouse', 'PUT', `${urls.shipping}/shipments/${shipmentId}/delivery`, {
    ...{ receivedAt, receivedBy: order.name, takenBy: 'customer' },
  })

/**
 * It has not come, or is damaged: who has the link of a mail at hand says so there, and for who calls somebody writes it down. Of a loss they
 * choose what is to become of it once the shop has asked the carrier; a choice before that is not taken.
 */
async function* tell(world: World, parcel: Receiving, kind: 'lost' | 'damaged'): Life {
  const { ask, urls } = world
  const { order, shipmentId, random } = parcel
  const [isByLink, isHasty] = [random.chance(0.6), random.chance(0.3)]
  const link = isByLink ? linkOf(world, order) : undefined
  const id = crypto.randomUUID()
  const about = { shipmentId, kind, what: kind === 'lost' ? 'It has not come.' : 'The box was crushed.' }
  const url = `${urls.shipping}/linked-order/damage-reports/${id}`
  if (link !== undefined) await ask('storefront', 'PUT', url, { link, ...about })
  else await ask('warehouse', 'PUT', `${urls.shipping}/damage-reports/${id}`, { ...about, reportedBy: 'customer' })
  if (kind === 'damaged') return
  const choose = (choice: string) =>
    link !== undefined
      ? ask('storefront', 'PUT', `${url}/choice`, { link, choice })
      : ask('support', 'PUT', `${urls.shipping}/damage-reports/${id}/choice`, { choice })
  const choice = random.pick(['replacement', 'refund', 'replacement'])
  if (link !== undefined && isHasty) await choose(choice)
  yield 1
  const { status } = await choose(choice)
  // Of what was sent for a complaint nothing is paid back.
  if (status >= 400) await choose('replacement')
}

/** What stands behind `link=` in the newest mail about an order. */
const linkOf = ({ mailbox, urls }: World, { email, number }: Bought) =>
  mailbox
    .to(email)
    .filter(({ text }) => text.includes(number))
    .flatMap(({ text }) => [...text.matchAll(new RegExp(`${urls.console}/customer/order\\?link=([\\w.-]+)`, 'g'))])
    .at(-1)?.[1]

/**
 * It goes back to the shop; who refused it, and some of the others, withdraw, and to the rest it is sent again. Where the one cannot be, such as
 * for a business that does not take it, it is the other.
 */
async function* comeBack(world: World, parcel: Receiving, shopHasAt: string): Life {
  const { ask, urls } = world
  const { order, shipmentId, truth, lines, random } = parcel
  const isUnwanted = truth.fate === 'refused' || random.chance(0.3)
  const url = `${urls.shipping}/shipments/${shipmentId}`
  const isSentAgain = async () => (await ask('support', 'PUT', `${url}/failed-delivery/sending`)).status < 300
  while (!hasPassed(world, shopHasAt)) yield 1
  await ask('warehouse', 'PUT', `${url}/whereabouts`, { report: 'returned' })
  yield 1
  if (!isUnwanted && (await isSentAgain())) return
  const units = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  const { status, body } = await ask('support', 'POST', `${urls.returns}/orders/${order.id}/withdrawals`, {
    ...{ lines: units, channel: 'phone' },
  })
  if (status < 300) return yield* takeBack(world, body.id)
  if (isUnwanted && (await isSentAgain())) return
  await ask('support', 'PUT', `${url}/failed-delivery/closing`, {
    why: 'They were asked, and want none of it sent again.',
  })
}

/** What came back unopened is looked at, as whatever comes back. */
async function* takeBack({ ask, urls }: World, returnId: string): Life {
  yield 1
  const url = `${urls.returns}/returns/${returnId}`
  const { body } = await ask('warehouse', 'GET', url)
  const units = ((body.left ?? body.lines ?? []) as Units[]).map(({ lineId, quantity }) => ({
    ...{ lineId, quantity, complete: true, fitForSale: true, wear: 'none', seal: 'intact' },
  }))
  if (units.length > 0) await ask('warehouse', 'PUT', `${url}/inspection`, { units })
}
