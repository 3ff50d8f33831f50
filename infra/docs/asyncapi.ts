import { readFile } from 'node:fs/promises'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import { type EventSchema, envelopeProperties, type ServiceName } from '@vilkar/contracts/event.ts'
import { readers } from '@vilkar/contracts/listens-to.ts'
import { PARTITIONS } from '@vilkar/messaging/partition.ts'
import { reactions as ofOrders } from '@vilkar/orders/service.ts'
import { reactions as ofPrivacy } from '@vilkar/privacy/service.ts'
import { reactions as ofReturns } from '@vilkar/returns/service.ts'
import { reactions as ofShipping } from '@vilkar/shipping/service.ts'
import { Type } from 'typebox'
import { hoist } from './hoist.ts'
import { sorted } from './sorted.ts'

const EXAMPLES = new URL('../../libs/contracts/test/examples/', import.meta.url)
const CONTENT_TYPE = 'application/cloudevents+json'

const reactions: Record<ServiceName, object> = {
  orders: ofOrders,
  returns: ofReturns,
  shipping: ofShipping,
  privacy: ofPrivacy,
}
const services = Object.keys(allEvents) as ServiceName[]
const descriptionOf = (event: EventSchema) => (event as { description?: string }).description
const ref = (path: string) => ({ $ref: `#/${path}` })

/** The AsyncAPI 3.0 document of the house: who tells what on which subject, who acts on it, and what a message looks like. */
export async function asyncApi() {
  const events = Object.values(allEvents).flat()
  const parts: Record<string, unknown> = {}
  const payloads = events.map((event) => [nameOf(event), payloadOf(event, parts)] as const)
  const messages = await Promise.all(events.map(async (event) => [nameOf(event), await messageOf(event)] as const))
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Vilkår events',
      version: '0.1.0',
      description:
        'Facts that the services tell each other over NATS JetStream, as CloudEvents 1.0 in JSON (structured mode). ' +
        'Each is published at least once, in order within its aggregate; readers drop what they know by `id` and find ' +
        'gaps by `aggregateversion`. A stream is a copy of what its service keeps in PostgreSQL and may be rebuilt at any time.',
      license: { name: 'MIT' },
    },
    defaultContentType: CONTENT_TYPE,
    servers: {
      nats: {
        host: '{host}:{port}',
        protocol: 'nats',
        description: 'NATS with JetStream, one user per service.',
        variables: { host: { default: 'nats' }, port: { default: '4222' } },
        security: [ref('components/securitySchemes/user')],
        bindings: { nats: {} },
      },
    },
    channels: Object.fromEntries(services.map((service) => [service, channelOf(service)])),
    operations: sorted(Object.fromEntries([...services.flatMap(operationsOf), ...readers.map(readingOf)])),
    components: {
      securitySchemes: { user: { type: 'userPassword', description: "The service's own NATS user." } },
      messages: sorted(Object.fromEntries(messages)),
      schemas: sorted({ ...parts, ...Object.fromEntries(payloads), Envelope: envelope, Headers: headers }),
    },
  }
}

const channelOf = (service: ServiceName) => ({
  address: `evt.${service}.{partition}.{event}.{aggregateId}`,
  title: `What ${service} tells`,
  description:
    `JetStream stream \`${service.toUpperCase()}\` on \`evt.${service}.>\`. Each consuming service has one durable pull ` +
    `consumer per partition, named \`<consumer>-<partition>\`, which filters \`evt.${service}.<partition>.>\`.`,
  servers: [ref('servers/nats')],
  parameters: {
    partition: {
      description: 'Hash of the aggregate id, computed by the producer (FNV-1a).',
      enum: Array.from({ length: PARTITIONS }, (_, partition) => String(partition)),
    },
    event: { description: "The event's name, the same as `type`.", enum: allEvents[service].map(nameOf).sort() },
    aggregateId: { description: 'What it happened to, a UUID: the same as `subject`.' },
  },
  messages: sorted(
    Object.fromEntries(allEvents[service].map((event) => [nameOf(event), ref(`components/messages/${nameOf(event)}`)])),
  ),
})

/** What a service sends on its own channel, and what it receives on each of the others that it acts on. */
function operationsOf(service: ServiceName): [string, object][] {
  const operation = (action: 'send' | 'receive', producer: ServiceName, names: string[], text: object) => ({
    action,
    channel: ref(`channels/${producer}`),
    ...text,
    messages: names.sort().map((name) => ref(`channels/${producer}/messages/${name}`)),
  })
  const sends = operation('send', service, allEvents[service].map(nameOf), {
    summary: `The ${service} service tells what happened.`,
    description: 'From its outbox, in order, after the commit of the change that it tells of.',
  })
  const receives = services.flatMap((producer): [string, object][] => {
    const names = allEvents[producer].map(nameOf).filter((name) => Object.hasOwn(reactions[service], name))
    if (names.length === 0) return []
    const summary = `The ${service} service acts on what ${producer} tells.`
    const description = `Durable consumers \`${service}-0\` … \`${service}-${PARTITIONS - 1}\` of the stream \`${producer.toUpperCase()}\`. Other events of the stream are heard and let pass.`
    return [[`${service}.hears.${producer}`, operation('receive', producer, names, { summary, description })]]
  })
  return [[`${service}.tells`, sends], ...receives]
}

/** What a program of the shop's own receives by the durable that is kept for it. */
const readingOf = ({ name, producer, filter }: (typeof readers)[number]): [string, object] => [
  `${name}.hears.${producer}`,
  {
    action: 'receive',
    channel: ref(`channels/${producer}`),
    summary: `A ${name} hears what ${producer} tells.`,
    description:
      `Durable pull consumer \`${name}\` of the stream \`${producer.toUpperCase()}\`, which the operator makes and which filters \`${filter}\`. ` +
      'Each message is acknowledged once the work of it is kept; until then it comes again, and it may come twice: keep `id` with your own ' +
      'work, in one transaction. Messages come in the order in which it happened; who takes one at a time has every order in its own. ' +
      `The same is told over HTTP as webhooks (\`PUT /webhooks/{id}\`)${producer === 'shipping' ? ' and by `GET /shipments/feed`' : ''}.`,
    messages: allEvents[producer]
      .map(nameOf)
      .sort()
      .map((event) => ref(`channels/${producer}/messages/${event}`)),
  },
]

async function messageOf(event: EventSchema) {
  const name = nameOf(event)
  const example = await readFile(new URL(`${name}.json`, EXAMPLES), 'utf8').catch(() => undefined)
  return {
    name,
    title: name,
    summary: descriptionOf(event),
    contentType: CONTENT_TYPE,
    headers: ref('components/schemas/Headers'),
    payload: ref(`components/schemas/${name}`),
    ...(example !== undefined && { examples: [{ name: `${name}Example`, payload: JSON.parse(example) }] }),
  }
}

const payloadOf = (event: EventSchema, parts: Record<string, unknown>) => ({
  title: nameOf(event),
  description: descriptionOf(event),
  allOf: [
    ref('components/schemas/Envelope'),
    { type: 'object', required: event.required, properties: hoist(event.properties, parts) },
  ],
})

const envelope = {
  title: 'Envelope',
  description: 'CloudEvents 1.0 in JSON. Readers ignore fields that they do not know.',
  type: 'object',
  required: [...Type.Object(envelopeProperties).required!, 'type', 'data'],
  properties: {
    ...envelopeProperties,
    type: { type: 'string', description: "The event's name." },
    data: { type: 'object', description: 'What the event says; `personal` in it can be erased.' },
  },
}

const headers = {
  title: 'Headers',
  type: 'object',
  required: ['Nats-Msg-Id', 'Event-No'],
  properties: {
    'Nats-Msg-Id': {
      type: 'string',
      description:
        '`<id>:<publish epoch>`. The broker drops duplicates by it for two minutes; readers must not use it.',
    },
    'Event-No': { type: 'string', pattern: '^[1-9][0-9]*$', description: 'Dense number of the event in its stream.' },
    'content-type': { const: CONTENT_TYPE },
  },
}
