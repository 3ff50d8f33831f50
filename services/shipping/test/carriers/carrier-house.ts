import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { startCarrierSimulator } from '@vilkar/carrier-simulator/simulator.ts'
import t from 'tap'
import { followParcels } from '../../carriers/jobs/watch-parcels.ts'
import { startShippingForTest } from '../shipping-service.ts'

export const SECRET = 'a-secret-of-carriers-a-secret-of-carriers'
const SIGNING_SECRET = Buffer.from('a secret of the local courier, long').toString('base64')
export const LEFT = '2026-06-02T12:00:00Z'

/** The shipping service with Bring, UPS and DHL of the simulator, and a courier that signs; nothing is read unless a test looks. */
export async function startCarrierHouse() {
  const clock = { now: () => Temporal.Instant.from(LEFT) }
  const carriers = await startCarrierSimulator({ now: () => clock.now() })
  t.teardown(() => carriers.stop())
  const house = await startShippingForTest({
    ...{ PUBLIC_URL: 'http://127.0.0.1:1', CARRIER_SECRETS: `${SECRET},${SECRET}-of-before` },
    ...{ BRING_URL: carriers.url, BRING_UID: 'kari@example.com', BRING_KEY: 'k' },
    BRING_CUSTOMER_NUMBER: 'PARCELS_NORWAY-1',
    ...{ UPS_URL: carriers.url, UPS_CLIENT_ID: 'i', UPS_CLIENT_SECRET: 's', DHL_URL: carriers.url, DHL_KEY: 'k' },
    SIGNING_CARRIERS: `oslo-bud=whsec_${SIGNING_SECRET}`,
  })
  clock.now = house.clock.now
  const look = () => followParcels(house.deps)
  const at = (moment: string) => {
    house.clock.at = moment
  }
  let count = 0

  /** A shipment of two sensors for Kari Eksempel that left with a carrier, and its tracking number. */
  async function dispatched(carrier: string, named?: string) {
    count += 1
    const trackingNumber = named ?? `NO${count}`
    at(LEFT)
    const { id, orderId } = await house.requested()
    const answer = await house.call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier, trackingNumber })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    const address = answer.body.address.name as string
    return { id, orderId, trackingNumber, addressee: address }
  }
  const read = async (id: string) => (await house.call('warehouse', 'GET', `/shipments/${id}`)).body
  const eventsOf = async (trackingNumber: string) =>
    (await house.call('warehouse', 'GET', `/carrier-events?trackingNumber=${trackingNumber}`)).body.items as {
      code: string
      status: string
      outcome?: string
    }[]
  /** What a carrier with an API says when it calls. */
  const callOf = (carrier: string, body: unknown, headers: Record<string, string>) =>
    house.app.inject({
      ...{ method: 'POST', url: `/carriers/${carrier}/notifications` },
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    })
  /** What a carrier that signs says, at a moment of its clock. */
  function signed(body: unknown, { id = randomUUID(), at: moment = house.clock.at, secret = SIGNING_SECRET } = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const timestamp = String(Math.floor(Temporal.Instant.from(moment).epochMilliseconds / 1_000))
    const mac = createHmac('sha256', Buffer.from(secret, 'base64'))
      .update(`${id}.${timestamp}.${text}`)
      .digest('base64')
    return callOf('oslo-bud', text, {
      ...{ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` },
    })
  }
  return { ...house, carriers, look, at, dispatched, read, eventsOf, callOf, signed }
}
