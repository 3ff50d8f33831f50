import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { STREAM_DAYS } from '../retention.ts'
import { type Durable, streamOf, subjectsOf } from './topology.ts'
import { DEDUPE_WINDOW_MS } from './wire.ts'

const MAX_AGE_MS = STREAM_DAYS * 24 * 60 * 60 * 1000
const MAX_ACK_PENDING = 2_000

/** What a stream must not have: by these messages get into it, or out of it, past those who may tell and hear. */
const NEVER = ['republish', 'sources', 'mirror', 'subject_transform'] as const

/** The stream of a service, as it must be, kept by so many servers of a cluster; its durables are kept by the same. */
export const streamConfig = (service: ServiceName, replicas: number) => ({
  name: streamOf(service),
  subjects: [subjectsOf(service)],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  max_age: nanos(MAX_AGE_MS),
  duplicate_window: nanos(DEDUPE_WINDOW_MS),
  // A purge under a running server leaves no trace that the relay could see; a deleted stream does.
  deny_delete: true,
  deny_purge: true,
  num_replicas: replicas,
})

/** A durable, as it must be. `ackWaitMs`: how long a message stays with a reader that does not answer. */
export const durableConfig = ({ name, filter }: Durable, ackWaitMs: number) => ({
  durable_name: name,
  filter_subject: filter,
  deliver_policy: DeliverPolicy.All,
  ack_policy: AckPolicy.Explicit,
  ack_wait: nanos(ackWaitMs),
  max_ack_pending: MAX_ACK_PENDING,
  // Poison is the inbox's business: the broker never gives up on a message.
  max_deliver: -1,
})

/** Is a stream or a durable as it must be, whatever else the broker fills in? */
export function isAsDeclared(found: Partial<StreamConfig & ConsumerConfig>, declared: object) {
  const same = Object.entries(declared).every(
    ([key, value]) => JSON.stringify(found[key as keyof typeof found]) === JSON.stringify(value),
  )
  return same && NEVER.every((key) => found[key] === undefined) && found.deliver_subject === undefined
}
