import type { ServiceName } from '@vilkar/contracts/event.ts'
import { type createOutageLog, type Log, pause } from '../outage-log.ts'
import type { Progress } from '../progress.ts'
import { BROKER_FAULT_TOLD_AFTER_MS, type Delivery, isWireLost, type Wire } from '../wire/wire.ts'
import type { Applier } from './apply.ts'
import { isLeaseLost } from './batch.ts'
import { readEnvelope } from './store.ts'

const RETRY_MS = 200

type ListenerOptions = {
  wire: Wire
  service: ServiceName
  applier: Applier
  log: Log
  outage: ReturnType<typeof createOutageLog>
  progress: Progress
}

/** Answers what takes one partition of a producer's events from the wire and applies them, until the signal. */
export function createListener({ wire, service, applier, log, outage, progress }: ListenerOptions) {
  function readable(producer: ServiceName, { messages }: Delivery) {
    return messages.flatMap(({ eventNo, body }) => {
      try {
        return [{ pubNo: eventNo, envelope: readEnvelope(producer, body) }]
      } catch (error) {
        log.error({ err: error, producer, eventNo }, 'inbox: a message that cannot be read was left out')
        return []
      }
    })
  }

  /** Applies a delivery, however often it takes: giving it back would only bring it again. */
  async function insist(producer: ServiceName, partition: number, delivery: Delivery, signal: AbortSignal) {
    const arrived = readable(producer, delivery)
    const work = `inbox ${producer}-${partition}`
    progress.begin(work)
    using done = new DisposableStack()
    done.defer(() => progress.end(work))
    while (!signal.aborted) {
      try {
        await applier.apply(producer, partition, arrived)
        outage.end(`${producer}-${partition}`)
        return delivery.ack()
      } catch (error) {
        if (!isLeaseLost(error)) outage.begin(error, `${producer}-${partition}`)
        await pause(RETRY_MS, signal)
      }
    }
  }

  return async function listen(producer: ServiceName, partition: number, signal: AbortSignal) {
    let faultySince: number | undefined
    while (!signal.aborted) {
      try {
        await wire.ready(signal)
        if (signal.aborted) return
        for await (const delivery of wire.consume(producer, service, partition, signal)) {
          faultySince = undefined
          await insist(producer, partition, delivery, signal)
        }
        faultySince = undefined
      } catch (error) {
        if (isWireLost(error)) faultySince = undefined
        else faultySince ??= performance.now()
        const lastedMs = performance.now() - (faultySince ?? performance.now())
        if (lastedMs >= BROKER_FAULT_TOLD_AFTER_MS) outage.begin(error, `${producer}-${partition}`)
        await pause(RETRY_MS, signal)
      }
    }
  }
}
