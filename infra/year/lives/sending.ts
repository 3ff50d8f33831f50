import type { Fate } from '@vilkar/carrier-simulator/fates.ts'
import type { MisbehavingCarrier } from '@vilkar/carrier-simulator/parcels.ts'
import { SIGNING_CARRIER } from '@vilkar/local/stack.ts'
import { someOf } from '@vilkar/storm/people/some-of.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import type { Bought } from './buying.ts'
import { receive } from './receiving.ts'

type Shipment = { id: string; status: string; lines: { lineId: string; quantity: number }[] }
/** Carriers that the shop hears, as its warehouse spells them. */
const heard: readonly { carrier: MisbehavingCarrier; spelling: string }[] = [
  { carrier: 'bring', spelling: 'Posten' },
  { carrier: 'ups', spelling: 'UPS' },
  { carrier: 'signed', spelling: SIGNING_CARRIER.name },
  { carrier: 'dhl', spelling: 'DHL' },
]
/** What becomes of a shipment with a courier that tells nothing: all is said by people. */
const byHand = ['signed', 'signed', 'left', 'wrong', 'waiting'] as const
/** From so many rounds on all that is sent comes. */
const PATIENT_ROUNDS = 4
const MOST_ROUNDS = 12

const shipmentsOf = async ({ ask, urls }: World, { id }: Bought): Promise<Shipment[]> =>
  (await ask('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${id}`)).body.items

/** Sends an order in one to three parts, each on another day and to another fate, until nothing of it waits; some are given theirs. */
export async function* send(world: World, order: Bought, random: Random, ...given: Fate[]): Life {
  let parts = given.length > 0 ? given.length : random.between(1, 3)
  yield random.between(0, 3)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const open = (await shipmentsOf(world, order)).filter(({ status }) => status === 'requested')
    if (open.length === 0) return
    for (const shipment of open) {
      // Most parcels simply come.
      const fate = given.shift() ?? (random.chance(0.55) || round >= PATIENT_ROUNDS ? 'delivered' : undefined)
      yield* sendOne(world, shipment, { order, random, part: parts > 1, fate })
      parts -= 1
    }
    yield 1
  }
}

type Sending = { order: Bought; random: Random; part: boolean; fate: Fate | undefined }

async function* sendOne(world: World, { id, lines }: Shipment, { order, random, part, fate }: Sending): Life {
  const { ask, urls, clock, carriers } = world
  const url = `${urls.shipping}/shipments/${id}`
  const isHeard = random.chance(0.7)
  const { carrier, spelling } = random.pick(heard)
  const trackingNumber = `Y${id.replaceAll('-', '').slice(-12).toUpperCase()}`
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const sent = await ask('warehouse', 'PUT', `${url}/dispatch`, {
    ...{ carrier: isHeard ? spelling : 'Bud', trackingNumber },
    ...(part && units > 1 && { lines: someOf(lines, random) }),
  })
  // What was cancelled meanwhile does not leave.
  if (sent.status >= 400) return
  if (!isHeard) return yield* arriveByHand(world, { url, name: order.name, random })
  const truth = carriers.setOut({
    ...{ carrier, number: trackingNumber, seed: String(random.next()), fate },
    ...{ from: clock.now().toString(), addressee: order.name },
    hook: { url: `${urls.shipping}/carriers/${SIGNING_CARRIER.name}/notifications`, secret: SIGNING_CARRIER.secret },
  })
  yield* receive(world, { order, shipmentId: id, trackingNumber, lines: sent.body.lines, truth, random: random.fork() })
}

type Arriving = { url: string; name: string; random: Random }

async function* arriveByHand(world: World, { url, name, random }: Arriving): Life {
  const { ask } = world
  const delivery = (takenBy: string) => ask('warehouse', 'PUT', `${url}/delivery`, { receivedBy: name, takenBy })
  const fate = random.pick(byHand)
  yield random.between(1, 6)
  if (fate === 'signed') await delivery('customer')
  else if (fate === 'left') {
    await ask('warehouse', 'PUT', `${url}/whereabouts`, { report: 'left-elsewhere' })
    yield random.between(1, 2)
    await delivery('customer')
  } else if (fate === 'wrong') {
    // By mistake it is said that the customer has it; days later they do, from the neighbour.
    await delivery('customer')
    yield 2
    const receivedAt = world.clock.now().subtract('PT1H').toString()
    const why = 'The neighbour gave it to the customer today.'
    const delivered = { receivedAt, receivedBy: name, takenBy: 'customer' }
    await ask('support', 'PUT', `${url}/delivery/correction`, { delivered, why })
  } else {
    await ask('warehouse', 'PUT', `${url}/whereabouts`, { report: 'at-pickup-point' })
    yield 5
    await delivery('customer')
  }
}
