import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import { Id, Instant, type ServiceName } from '@vilkar/contracts/event.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import { deliveriesOf, replayDeliveries } from './deliveries.ts'
import { endpoints, putEndpoint, removeEndpoint, rotateSecret } from './endpoints.ts'
import { faultOfUrl } from './send.ts'
import type { WebhookDb } from './tables.ts'

const strict = { additionalProperties: false }
const config = { access: 'staff' } as const
const tags = ['webhooks']
const params = Type.Object({ id: Id })
const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
const Secret = Type.String({ description: 'Shown this once. Verify signatures with it (Standard Webhooks).' })
const DeliveryStatus = Type.Union([Type.Literal('waiting'), Type.Literal('delivered'), Type.Literal('failed')], {
  description: 'failed: it was given up after three days; it can be replayed.',
})
const unknown = () => httpError(404, 'webhook-unknown', 'There is no such webhook.')

type Options = { db: unknown; clock: Clock; service: ServiceName; insecure?: boolean }

/** Who is told what over HTTP, the log of it, replay and the change of secrets. */
export function webhookRoutes(server: Server, options: Options) {
  endpointRoutes(server, options)
  changeRoutes(server, options)
  logRoutes(server, options)
}

function endpointRoutes(server: Server, { db: database, clock, service, insecure = false }: Options) {
  const db = database as WebhookDb
  const names = allEvents[service].map(nameOf)
  const types = Type.Optional(
    Type.Array(Type.String({ enum: names }), { minItems: 1, maxItems: names.length, description: 'All if left out.' }),
  )
  const url = Type.String({ minLength: 1, maxLength: 2_000, examples: ['https://warehouse.example.com/vilkar'] })
  const WebhookView = Type.Object(
    { id: Id, url, types, createdAt: Instant, createdBy: Type.String(), secret: Type.Optional(Secret) },
    { title: 'Webhook' },
  )

  server.put(
    '/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'putWebhook',
        summary: 'Have events sent to an address, or change it',
        description:
          'The id is the caller’s to choose. A new webhook hears what is told from now on and is answered with its secret. Each event is sent until it is answered with 2xx, for three days, of one order in its order; it may come twice, under the same `webhook-id`.',
        tags,
        params,
        body: Type.Object({ url, types }, { ...strict, title: 'WebhookBody' }),
        response: { 200: WebhookView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: { id }, body, caller: { subject: by } }) => {
      const fault = faultOfUrl(body.url, insecure)
      if (fault) throw httpError(409, 'webhook-url-refused', `The URL ${fault}.`)
      const at = clock.now().toString()
      const secret = await putEndpoint(db, { id, url: body.url, types: body.types ?? null, by, at })
      return { id, ...body, createdAt: at, createdBy: by, ...(secret && { secret }) }
    },
  )
  server.get(
    '/webhooks',
    {
      config,
      schema: {
        operationId: 'listWebhooks',
        summary: 'Who is told over HTTP',
        tags,
        response: { 200: Type.Object({ items: Type.Array(WebhookView) }), ...problems(401, 403) },
      },
    },
    async () => ({
      items: (await endpoints(db)).map(({ created_at, created_by: createdBy, types: heard, ...rest }) => ({
        ...{ ...rest, createdBy, createdAt: Temporal.Instant.from(created_at).toString() },
        ...(heard && { types: heard }),
      })),
    }),
  )
}

function changeRoutes(server: Server, { db: database, clock }: Options) {
  const db = database as WebhookDb
  server.put(
    '/webhooks/:id/removal',
    {
      config,
      schema: {
        operationId: 'removeWebhook',
        summary: 'Send nothing there any more',
        tags,
        params,
        response: { 200: Type.Object({ id: Id }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      if (!(await removeEndpoint(db, id, clock.now().toString()))) throw unknown()
      return { id }
    },
  )
  server.post(
    '/webhooks/:id/secret',
    {
      config,
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Give it another secret',
        description: 'What is sent is signed with the new and with those of before until `until`, a day later.',
        tags,
        params,
        response: { 200: Type.Object({ secret: Secret, until: Instant }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const rotated = await rotateSecret(db, id, clock.now())
      if (rotated === undefined) throw unknown()
      return rotated
    },
  )
}

function logRoutes(server: Server, { db: database }: Options) {
  const db = database as WebhookDb
  const Cursor = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
  const DeliveryView = Type.Object(
    {
      ...{ cursor: Cursor, eventId: Id, type: Type.String(), about: Id, status: DeliveryStatus },
      ...{ attempts: Type.Integer(), lastAttemptAt: Type.Optional(Instant), deliveredAt: Type.Optional(Instant) },
      lastStatus: Type.Optional(Type.Integer({ description: 'HTTP status of the last answer.' })),
      lastError: Type.Optional(Type.String({ description: 'Why there was no answer.' })),
      dueAt: Type.Optional(Type.String({ ...Instant, description: 'When it is tried next.' })),
    },
    { title: 'WebhookDelivery' },
  )
  server.get(
    '/webhooks/:id/deliveries',
    {
      config,
      schema: {
        operationId: 'listDeliveries',
        summary: 'What was sent and what became of it, newest first',
        tags,
        params,
        querystring: Type.Object(
          {
            status: Type.Optional(DeliveryStatus),
            before: Type.Optional(Type.Integer({ ...Cursor, description: '`cursor` of the last of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(DeliveryView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ params: { id }, query: { status, before, limit = PAGE_SIZE } }) => ({
      items: (await deliveriesOf(db, id, { status, before, limit })).map((each) => ({
        ...{ cursor: Number(each.pub_no), eventId: each.event_id, type: each.type, about: each.about },
        ...{ status: each.status, attempts: each.attempts },
        ...(each.last_attempt_at && { lastAttemptAt: instant(each.last_attempt_at) }),
        ...(each.delivered_at && { deliveredAt: instant(each.delivered_at) }),
        ...(each.last_status !== null && { lastStatus: each.last_status }),
        ...(each.last_error !== null && { lastError: each.last_error }),
        ...(each.status === 'waiting' && { dueAt: instant(each.due_at) }),
      })),
    }),
  )
  server.post(
    '/webhooks/:id/replay',
    {
      config,
      schema: {
        operationId: 'replayWebhook',
        summary: 'Send again what was sent or given up',
        description:
          'One event by its id, or all after a cursor. They bear the ids of before, so a receiver drops what it has. What was delivered is known for as long as `KEEP_FOR` says.',
        tags,
        params,
        body: Type.Union(
          [
            Type.Object({ eventId: Id }, { ...strict, title: 'ReplayEvent' }),
            Type.Object({ after: Cursor }, { ...strict, title: 'ReplayAfter' }),
          ],
          { title: 'Replay' },
        ),
        response: { 200: Type.Object({ replayed: Type.Integer() }), ...problems(400, 401, 403) },
      },
    },
    async ({ params: { id }, body }) => ({ replayed: await replayDeliveries(db, id, body) }),
  )
}

const instant = (moment: string) => Temporal.Instant.from(moment).toString()
