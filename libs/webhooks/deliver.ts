import type { Envelope } from '@vilkar/contracts/event.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Log } from '@vilkar/server/log.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { isTracing, span } from '@vilkar/tracing/tracing.ts'
import { type Claimed, claimDeliveries, recordAttempt } from './deliveries.ts'
import { planDeliveries, signing } from './endpoints.ts'
import { whyNoAnswer } from './no-answer.ts'
import type { Sender } from './send.ts'
import type { WebhookDb } from './tables.ts'

/** `db` is that of a service with the tables of webhooks. */
export type Delivering = { db: unknown; clock: Clock; log: Log; sender: Sender }
/** A look does not go on for ever while there is always more. */
const MAX_ROUNDS = 50
const LOOK_EVERY_MS = 1_000

/** Sends what is told, for as long as the service runs. However many processes do, each event is in flight at one of them. */
export const watchWebhooks = (delivering: Delivering) =>
  startWatcher({
    look: () => deliver(delivering),
    log: delivering.log,
    clock: delivering.clock,
    complaint: 'webhooks could not be sent',
    everyMs: LOOK_EVERY_MS,
  })

/** Plans what is new and sends what is due, until nothing is; claimed first, sent after the commit, noted then. */
export async function deliver({ db, clock, sender }: Delivering) {
  const webhooks = db as WebhookDb
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    await planDeliveries(webhooks)
    const claimed = await claimDeliveries(webhooks)
    if (claimed.length === 0) return
    await Promise.all(claimed.map(async (each) => recordAttempt(webhooks, each, await attempt(each))))
  }

  /** What cannot be told apart from a failure is one: it is sent again, under the same id. */
  async function attempt({ url, event_id: id, body, secrets }: Claimed) {
    const at = clock.now()
    try {
      const signed = { url, id, body, at, secrets: signing(secrets, at).map(({ secret }) => secret) }
      return { status: await span(sending(url, body), () => sender.send(signed)) }
    } catch (error) {
      return { error: whyNoAnswer(error) }
    }
  }
}

/** The span of a try: of the trace of the event that it brings. */
const sending = (url: string, body: string) => ({
  name: 'send webhook',
  kind: 'client' as const,
  parent: isTracing() ? ((JSON.parse(body) as Envelope).traceparent ?? null) : null,
  attributes: { 'server.address': URL.parse(url)?.hostname ?? '' },
})
