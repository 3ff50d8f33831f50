import { told } from '@vilkar/contracts/test/told.ts'
import t from 'tap'
import { factsOfShipment } from '../../risk/facts-of-shipment.ts'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import { deliver, dispatch, reported, request } from '../a-shipment.ts'

const at = Temporal.Instant.from('2026-06-05T12:00:00Z')
type Kind = 'consumer' | 'business'
/** Where a parcel is taken to be, in whose hands, after these. */
function placeOf(customerKind: Kind, ...commands: ShipmentCommand[]) {
  const events = told(decider, request({ customerKind }), ...commands)
  const state = events.reduce(decider.evolve, decider.initial) as RequestedShipment
  const { whereabouts, receivedBy } = factsOfShipment(state, [], at)
  return receivedBy === undefined ? whereabouts : `${whereabouts} ${receivedBy}`
}

t.test('where the terms take a parcel to be, by what was told of it last', async (t) => {
  for (const kind of ['consumer', 'business'] as const) {
    const after = (...commands: ShipmentCommand[]) => placeOf(kind, dispatch(), ...commands)
    t.equal(placeOf(kind), 'before-handover')
    t.equal(after(), 'with-carrier')
    t.equal(after(reported('in-transit')), 'with-carrier')
    t.equal(after(reported('at-pickup-point')), 'at-pickup-point')
    t.equal(after(reported('uncollected')), 'at-pickup-point', 'what is not fetched waits where it is')
    t.equal(after(reported('refused')), 'refused')
    t.equal(after(reported('lost')), 'lost-in-transit')
    t.equal(after(reported('damaged')), 'lost-in-transit')
    t.equal(after(reported('returned')), 'with-carrier', 'nobody was asked to take it')
    for (const before of ['refused', 'uncollected'] as const) {
      const later = { occurredAt: '2026-06-04T10:00:00Z', at: '2026-06-04T10:00:00Z' } as object
      t.equal(after(reported(before), reported('returned', later)), 'refused', `${before} and back`)
    }
    t.equal(after(deliver()), 'delivered customer')
    t.equal(after(deliver({ takenBy: 'named-by-customer' })), 'delivered named-by-customer')
  }
})

t.test('what somebody else has is not the customer’s, and to a business it was left', async (t) => {
  const left = (kind: Kind, takenBy: 'neighbour' | 'unknown' | 'left-with-leave' | 'left-without-leave') =>
    placeOf(kind, dispatch(), reported('left-elsewhere', { takenBy }))
  for (const taker of ['neighbour', 'unknown'] as const) {
    t.equal(left('consumer', taker), 'delivered somebody-else', taker)
    t.equal(left('business', taker), 'left-unattended', taker)
  }
  for (const taker of ['left-with-leave', 'left-without-leave'] as const)
    for (const kind of ['consumer', 'business'] as const) t.equal(left(kind, taker), 'left-unattended', taker)
})
