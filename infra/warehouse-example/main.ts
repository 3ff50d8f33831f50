/** A warehouse that hears what is to be sent: a durable consumer of its own on the SHIPPING stream. */
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'

const DURABLE = 'warehouse'
const connection = await connect({ servers: process.env.NATS_URL ?? 'nats://127.0.0.1:4022' })
const manager = await jetstreamManager(connection)
await manager.consumers.add('SHIPPING', {
  durable_name: DURABLE,
  filter_subject: 'evt.shipping.*.ShipmentRequested.>',
  ack_policy: AckPolicy.Explicit,
})
const consumer = await jetstream(connection).consumers.get('SHIPPING', DURABLE)
console.log('Waiting for shipments; Ctrl-C ends it, and what comes meanwhile waits.')
for await (const message of await consumer.consume()) {
  const { id, data } = message.json<{ id: string; data: { shipmentId: string; number: string; lines: object[] } }>()
  // At least once: remember `id` with your own work, in one transaction, and drop what you have seen.
  console.log(`Pack ${data.number} (shipment ${data.shipmentId}, event ${id}):`, JSON.stringify(data.lines))
  message.ack()
}
