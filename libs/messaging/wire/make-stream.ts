import { JetStreamApiCodes, type JetStreamManager } from '@nats-io/jetstream'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { Log } from '../outage-log.ts'
import { durableConfig, isAsDeclared, streamConfig } from './declared.ts'
import { durablesOf, streamOf } from './topology.ts'

/** `replicas`: how many servers of a cluster keep each stream. */
type Options = { log: Log; ackWaitMs: number; replicas: number }

/**
 * Makes the stream of a service and its durables where they are absent, makes anew what is not as it must be, and takes
 * away durables that nobody declared. Throws what the broker says when it cannot.
 */
export async function makeStream(jsm: JetStreamManager, service: ServiceName, options: Options) {
  const name = streamOf(service)
  const declared = streamConfig(service, options.replicas)
  const found = await orAbsent(jsm.streams.info(name))
  const copies = found?.config.num_replicas
  const isForeign = found !== undefined && !isAsDeclared({ ...found.config, num_replicas: options.replicas }, declared)
  if (isForeign) {
    options.log.warn({ stream: name }, 'operator: a stream is not as it must be and is made anew')
    await jsm.streams.delete(name)
  }
  if (found === undefined || isForeign) {
    await jsm.streams.add(declared)
    options.log.info({ stream: name }, 'operator: a stream is made')
  } else if (copies !== options.replicas) {
    // It loses nothing by it, and those who read it go on.
    await jsm.streams.update(name, declared)
    options.log.info({ stream: name, from: copies, to: options.replicas }, 'operator: a stream has other copies now')
  }
  await makeDurables(jsm, service, options)
}

/** Deletes the stream of a service, if there is one. What it held comes back from the outbox. */
export const deleteStream = (jsm: JetStreamManager, service: ServiceName) =>
  orAbsent(jsm.streams.delete(streamOf(service)))

async function makeDurables(jsm: JetStreamManager, service: ServiceName, { log, ackWaitMs }: Options) {
  const stream = streamOf(service)
  const wanted = new Map(
    durablesOf(service).map((durable) => [durable.name, durableConfig(durable, ackWaitMs)] as const),
  )
  for await (const { name: durable, config } of jsm.consumers.list(stream)) {
    const declared = wanted.get(durable)
    if (declared !== undefined && isAsDeclared(config, declared)) wanted.delete(durable)
    else {
      log.warn({ stream, durable }, 'operator: a durable is not as it must be and goes')
      await jsm.consumers.delete(stream, durable)
    }
  }
  for (const config of wanted.values()) await jsm.consumers.add(stream, config)
}

const orAbsent = <T>(answer: Promise<T>) =>
  answer.catch((error: { code?: number }) => {
    if (error.code === JetStreamApiCodes.StreamNotFound) return undefined
    throw error
  })
