import type { ServiceName } from '@vilkar/contracts/event.ts'
import { listensTo, readers } from '@vilkar/contracts/listens-to.ts'
import { PARTITIONS } from '../partition.ts'

/** A place in a stream that is kept for one reader; `filter` says which of its subjects it is given. */
export type Durable = { producer: ServiceName; reader: string; name: string; filter: string }

/**
 * Under this prefix a service's own account finds the few requests to JetStream that it may make. `$JS.API`, as JetStream
 * calls it, is in every account the way to that account's own streams, and services have none.
 */
export const API_PREFIX = 'BROKER.API'

export const services = Object.keys(listensTo) as ServiceName[]

export const streamOf = (service: ServiceName) => service.toUpperCase()
export const subjectsOf = (service: ServiceName) => `evt.${service}.>`
export const durableOf = (consumer: ServiceName, partition: number) => `${consumer}-${partition}`

/** What a service asks the operator for: that its stream is there, or that it is made anew. */
export const requests = ['open', 'rebuild'] as const
export type Request = (typeof requests)[number]
export const requestSubject = (request: Request | '*', service: ServiceName | '*') =>
  `operator.${request}.${service === '*' ? service : streamOf(service)}`

/** Every durable on the stream of a service: one per service that hears it and partition, and those of other readers. */
export const durablesOf = (producer: ServiceName): Durable[] => [
  ...services
    .filter((service) => listensTo[service].includes(producer))
    .flatMap((reader) =>
      Array.from({ length: PARTITIONS }, (_, partition) => ({
        producer,
        reader,
        name: durableOf(reader, partition),
        filter: `evt.${producer}.${partition}.>`,
      })),
    ),
  ...readers
    .filter((reader) => reader.producer === producer)
    .map(({ name, filter }) => ({ producer, reader: name, name, filter })),
]
