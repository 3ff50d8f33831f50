import { acquireLease, createLeadership } from '@vilkar/messaging/outbox/relay-store.ts'
import t from 'tap'
import type { startShippingForTest } from './shipping-service.ts'

/** Gives what is committed its number, as the relay does; whoever asks at the same time waits for its turn. */
export async function createNumbering({ pool }: Pick<Awaited<ReturnType<typeof startShippingForTest>>, 'pool'>) {
  const relay = await pool.connect()
  t.teardown(() => relay.release())
  const fence = await acquireLease(relay, 'test', 600_000)
  const leadership = createLeadership(relay, fence!, 600_000)
  return async () => {
    while ((await leadership.turn()).events.length > 0);
  }
}
