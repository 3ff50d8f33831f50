import { setTimeout as pause } from 'node:timers/promises'
import { PARTITIONS, partitionOf } from '@vilkar/messaging/partition.ts'
import type { World } from '../world.ts'

const LOOK_EVERY_MS = 3
const PATIENCE_MS = 60_000
type Teller = 'orders' | 'shipping' | 'returns'
type Envelope = { id: string; type: string; subject: string; time: string; data: object }

/** What the privacy service asks of the shop's own services, as they hear it. */
export type Due = { erasureId: string; orderIds: string[]; keeps: string[]; cause: string; askedAt: number }

/** Publishes as the shop's services do, hears `ErasureDue` as one of them, and waits until all of it is applied. */
export function openShopWire({ wire, rows }: Pick<World, 'wire' | 'rows'>) {
  const numbers = { orders: 0, shipping: 0, returns: 0 }
  const told = new Set<string>()
  const inbox: Due[] = []
  let heardInAll = 0
  const stopping = new AbortController()

  async function listen(partition: number) {
    for await (const { messages, ack } of wire.consume('privacy', 'orders', partition, stopping.signal)) {
      for (const { body } of messages) {
        const { type, time, data } = JSON.parse(body) as Envelope
        heardInAll += 1
        if (type === 'ErasureDue')
          inbox.push({ ...(data as Due), askedAt: Temporal.Instant.from(time).epochMilliseconds })
      }
      ack()
    }
  }
  const listening = Array.from({ length: PARTITIONS }, (_, partition) => listen(partition))

  /** What is neither applied there nor heard here. */
  async function underWay() {
    const ids = [...told]
    const [row] = await rows<{ applied: string[]; dead: number; told: number }>(
      `select (select coalesce(array_agg(event_id::text), '{}') from inbox where event_id = any($1::uuid[]) and applied) as applied,
        (select count(*)::int from inbox where not applied and (dead_at is not null or attempts > 0)) as dead,
        (select count(*)::int from outbox) as told`,
      [ids],
    )
    const { applied, dead, told: toldThere } = row!
    if (dead > 0) throw new Error('The privacy service could not act on an event.')
    for (const id of applied) told.delete(id)
    return told.size + toldThere - heardInAll
  }

  return {
    async publish(by: Teller, envelope: Envelope) {
      numbers[by] += 1
      told.add(envelope.id)
      const subject = `evt.${by}.${partitionOf(envelope.subject)}.${envelope.type}.${envelope.subject}`
      const body = JSON.stringify(envelope)
      await wire.publish(by, [{ subject, id: envelope.id, eventNo: numbers[by], body }])
    },
    heard: () => inbox.splice(0),
    /** Waits until every event was applied, and every one of the privacy service heard. Throws when that takes too long. */
    async quiet() {
      for (const end = performance.now() + PATIENCE_MS; (await underWay()) > 0; await pause(LOOK_EVERY_MS))
        if (performance.now() > end) throw new Error('Events were under way for too long.')
    },
    async close() {
      stopping.abort()
      await Promise.all(listening)
    },
  }
}
