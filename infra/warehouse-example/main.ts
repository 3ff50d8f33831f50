/** A warehouse that hears what is to be sent, by the durable consumer that is kept for it on the SHIPPING stream. */
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'

const { host, username, password } = new URL(process.env.NATS_URL ?? 'nats://warehouse:local-only@127.0.0.1:4022')
const connection = await connect({ servers: host, user: username, pass: password })
// The streams are in an account of their own; this prefix leads to what of them the warehouse may use.
const consumer = await jetstream(connection, { apiPrefix: 'BROKER.API' }).consumers.get('SHIPPING', 'warehouse')
console.log('Waiting for shipments; Ctrl-C ends it, and what comes meanwhile waits.')
for await (const message of await consumer.consume()) {
  const { id, type, data } = message.json<{ id: string; type: string; data: { orderId: string; lines?: object[] } }>()
  // At least once: remember `id` with your own work, in one transaction, and drop what you have seen. What is held, stopped or
  // sent elsewhere comes here too, in the order in which it happened to an order.
  const say = type === 'ShipmentRequested' ? `Pack for order ${data.orderId}` : `${type} of order ${data.orderId}`
  console.log(`${say} (event ${id}):`, JSON.stringify(data.lines ?? []))
  message.ack()
}
