import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Sku } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { IdempotencyKey, keyReused, readIdempotencyKey } from '@vilkar/server/idempotency-key.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { type Asked, changeStock, changesOf, type Outcome, type StockChange } from '../changes.ts'
import { reasonsSaid, type StockChangeReason } from '../reasons.ts'
import { MAX_STOCK } from '../stock.ts'

const ChangeBody = Type.Object(
  {
    units: Type.Integer({
      minimum: -MAX_STOCK,
      maximum: MAX_STOCK,
      description: 'Units to add, or to take where it is negative; not 0.',
    }),
    reason: Type.Enum([...reasonsSaid], { description: '`other` needs a note.' }),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false, title: 'StockChangeInput' },
)
const ChangeView = Type.Object(
  {
    id: Id,
    sku: Sku,
    units: Type.Integer({ description: 'Units that were added, or taken where it is negative.' }),
    reason: Type.Enum(['opened', 'replacement', 'replacement-stopped', ...reasonsSaid] satisfies StockChangeReason[], {
      description: '`opened`: what there was at first; `returned` with a returnId: goods that came back fit for sale.',
    }),
    note: Type.Optional(Type.String()),
    orderId: Type.Optional(Id),
    returnId: Type.Optional(Id),
    by: Type.Optional(Type.String({ description: 'Subject of the token; absent where another service told it.' })),
    stock: Type.Integer({ description: 'Units free to sell after it: those that orders keep are not among them.' }),
    at: Instant,
  },
  { title: 'StockChange' },
)

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200

/** How many there are: what people add and take, with a reason, and what came back. */
export function stockChanges(server: Server, deps: Deps) {
  const params = Type.Object({ sku: Sku })

  server.post(
    '/products/:sku/stock-changes',
    {
      config: { access: 'products:write' },
      schema: {
        operationId: 'changeStock',
        summary: 'Add units to stock, or take some',
        description:
          'So many more or fewer, whatever is sold meanwhile. Takes no more than is free: what orders keep stays (409 `stock-reserved`). Idempotent by `Idempotency-Key`: the same key and body get the stored answer with `Idempotent-Replayed: true`.',
        tags: ['products'],
        params,
        headers: IdempotencyKey,
        body: ChangeBody,
        response: { 201: ChangeView, ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    async ({ params: { sku }, body, headers, caller }, reply) => {
      const idempotencyKey = readIdempotencyKey(headers)
      const { units, reason, note } = body
      if (units === 0) throw invalidField('body.units', 'must not be 0')
      if (reason === 'other' && note === undefined) throw invalidField('body.note', 'is missing: reason is other')
      const at = deps.clock.now().toString()
      const asked = { sku, units, reason, note, saidBy: caller.subject, idempotencyKey, at }
      const outcome = await transact(deps, (trx) => changeStock(trx, asked, MAX_STOCK))
      const change = changeOf(outcome, asked)
      if (outcome.kind === 'known') reply.header('idempotent-replayed', 'true')
      return reply.status(201).send(viewOf(change))
    },
  )

  server.get(
    '/products/:sku/stock-changes',
    {
      config: { access: 'products:write' },
      schema: {
        operationId: 'listStockChanges',
        summary: 'How the stock of a product came about',
        description:
          'Oldest first. All units together, less those that are free to sell, are what orders keep or have been sent.',
        tags: ['products'],
        params,
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ ...Id, description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(ChangeView), next: Type.Optional(Id) }),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    async ({ params: { sku }, query: { after, limit = PAGE_SIZE } }) => {
      const found = await changesOf(deps.db, { sku, after, limit: limit + 1 })
      // Every product has at least what it was made with.
      if (found.length === 0 && after === undefined) throw unknown(sku)
      const items = found.slice(0, limit).map(viewOf)
      return { items, next: found.length > limit ? items.at(-1)!.id : undefined }
    },
  )
}

const unknown = (sku: string) => httpError(404, 'product-unknown', `There is no product ${sku}.`)

/** The change that was made, now or before. Throws what else came of it. */
function changeOf(outcome: Outcome, { sku, units, reason, note = null }: Asked): StockChange {
  switch (outcome.kind) {
    case 'unknown-product':
      throw unknown(sku)
    case 'reserved':
      throw httpError(
        409,
        'stock-reserved',
        `${-units} units of ${sku} are to be taken and ${outcome.free} are free. What orders keep stays: cancel one that is not sent, or take fewer.`,
        { stock: outcome.free },
      )
    case 'too-large':
      throw httpError(
        409,
        'stock-too-large',
        `${outcome.free} units of ${sku} are free; with ${units} more there would be above ${MAX_STOCK}.`,
        { stock: outcome.free },
      )
    case 'known': {
      const { change } = outcome
      if (change.sku !== sku || change.units !== units || change.reason !== reason || change.note !== note)
        throw keyReused()
      return change
    }
    case 'changed':
      return outcome.change
  }
}

const viewOf = ({ id, sku, units, reason, note, orderId, returnId, saidBy, stock, at }: StockChange) =>
  ({
    ...{ id, sku, units, reason, stock, at: Temporal.Instant.from(at).toString() },
    ...(note !== null && { note }),
    ...(orderId !== null && { orderId }),
    ...(returnId !== null && { returnId }),
    ...(saidBy !== null && { by: saidBy }),
  }) satisfies Static<typeof ChangeView>
