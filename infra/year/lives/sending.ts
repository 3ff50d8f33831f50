import { someOf } from '@vilkar/storm/people/some-of.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import type { Bought } from './buying.ts'

type Shipment = { id: string; status: string; lines: { lineId: string; quantity: number }[] }
/** What a warehouse and its carriers make of one shipment. */
const fates = [
  'signed',
  'signed',
  'signed',
  'carrier',
  'carrier',
  'left',
  'wrong',
  'lost',
  'damaged',
  'uncollected',
] as const

const shipmentsOf = async ({ ask, urls }: World, { id }: Bought): Promise<Shipment[]> =>
  (await ask('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${id}`)).body.items

/** Sends an order in one to three parts, each on another day and to another fate, until nothing of it waits. */
export async function* send(world: World, order: Bought, random: Random): Life {
  let parts = random.between(1, 3)
  yield random.between(0, 3)
  for (let round = 0; round < 12; round += 1) {
    const open = (await shipmentsOf(world, order)).filter(({ status }) => status === 'requested')
    if (open.length === 0) return
    for (const shipment of open) {
      yield* sendOne(world, shipment, { order, random, part: parts > 1 })
      parts -= 1
    }
    yield 1
  }
}

type Sending = { order: Bought; random: Random; part: boolean }

async function* sendOne(world: World, { id, lines }: Shipment, { order, random, part }: Sending): Life {
  const { ask, urls } = world
  const url = `${urls.shipping}/shipments/${id}`
  const fate = random.pick(fates)
  const trackingNumber = `Y${id.replaceAll('-', '').slice(-12).toUpperCase()}`
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const sent = await ask('warehouse', 'PUT', `${url}/dispatch`, {
    ...{ carrier: fate === 'carrier' ? 'Posten' : 'Bud', trackingNumber },
    ...(part && units > 1 && { lines: someOf(lines, random) }),
  })
  // What was cancelled meanwhile does not leave.
  if (sent.status >= 400) return
  yield random.between(1, 6)
  yield* arrive(world, { url, fate, trackingNumber, name: order.name, shipmentId: id, random })
}

type Arriving = {
  url: string
  fate: (typeof fates)[number]
  trackingNumber: string
  name: string
  shipmentId: string
  random: Random
}

async function* arrive(world: World, { url, fate, trackingNumber, name, shipmentId, random }: Arriving): Life {
  const { ask, urls } = world
  const delivery = (takenBy: string) => ask('warehouse', 'PUT', `${url}/delivery`, { receivedBy: name, takenBy })
  const happens = (code: string) =>
    ask('warehouse', 'POST', `${urls.carriers}/__sim/parcels/bring/${trackingNumber}`, { code, signedBy: name })
  if (fate === 'signed') await delivery('customer')
  else if (fate === 'carrier') {
    await happens('IN_TRANSIT')
    yield random.between(1, 3)
    await happens('DELIVERED')
  } else if (fate === 'left') {
    await ask('warehouse', 'PUT', `${url}/whereabouts`, { report: 'left-elsewhere' })
    yield random.between(1, 2)
    await delivery('customer')
  } else if (fate === 'wrong') {
    await delivery('neighbour')
    yield 2
    const receivedAt = world.clock.now().subtract('PT1H').toString()
    const why = 'The neighbour gave it to the customer today.'
    const delivered = { receivedAt, receivedBy: name, takenBy: 'customer' }
    await ask('support', 'PUT', `${url}/delivery/correction`, { delivered, why })
  } else if (fate === 'uncollected') {
    await ask('warehouse', 'PUT', `${url}/whereabouts`, { report: 'at-pickup-point' })
    yield 5
    await delivery('customer')
  } else {
    if (fate === 'damaged') await delivery('customer')
    await report(world, shipmentId, fate)
    yield random.between(1, 9)
  }
}

/** Somebody tells that goods were damaged or lost; the desk does the rest. */
const report = ({ ask, urls }: World, shipmentId: string, kind: 'lost' | 'damaged') =>
  ask('warehouse', 'PUT', `${urls.shipping}/damage-reports/${crypto.randomUUID()}`, {
    ...{ shipmentId, kind, reportedBy: kind === 'lost' ? 'carrier' : 'customer' },
    what: kind === 'lost' ? 'It has not been seen for days.' : 'The box was crushed.',
  })
