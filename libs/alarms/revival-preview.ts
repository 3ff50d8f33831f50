import { checkEnvelope } from '@vilkar/contracts/check.ts'
import { Id, type ServiceName } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { reasonsIn } from '@vilkar/contracts/reasons-in.ts'
import type { React } from '@vilkar/messaging/inbox/batch.ts'
import { type Rehearsing, rehearse } from '@vilkar/messaging/inbox/rehearse.ts'
import { countFailed, readFailed } from '@vilkar/messaging/inbox/store.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import type { Kysely, Transaction } from 'kysely'
import { type Static, Type } from 'typebox'

const MAX_LISTED = 200
/** Each is reacted to in a transaction of its own, one after the other; of more, what is asked of one tells. */
const MAX_REHEARSED = 10

const strict = { additionalProperties: false }

/** A mail that would be written: to whom, and about what. */
export type MailForeseen = { kind: string; aboutId: string; to?: string; detail: unknown }
/** What a service reacts with, and how it finds the mails that a transaction wrote, where it writes any. */
export type Foreseeing = {
  /** A `React` over the tables of whichever service. */
  react?: object
  mailsIn?: (trx: Transaction<never>) => Promise<MailForeseen[]>
}

const Foreseen = Type.Object(
  {
    producer: Type.String({ description: 'The service that told the events.' }),
    aggregateId: Type.String({ ...Id, description: 'The order, shipment or return that they are about.' }),
    orderId: Type.Optional(Type.String({ ...Id, description: 'The order that they are about, where they say so.' })),
    rehearsed: Type.Boolean({
      description: `Whether they were tried for the answer. Of more than ${MAX_REHEARSED} orders, shipments and returns those of the first are.`,
    }),
    events: Type.Array(
      Type.Object({
        ...{ eventId: Id, type: Type.String(), version: Type.Integer() },
        failed: Type.Boolean({ description: 'It failed before; one that did not waits behind another.' }),
        outcome: Type.Enum(['applied', 'fails', 'waits', 'unknown'], {
          description:
            'fails: it would fail again today; waits: for an earlier one that fails, or has not come; unknown: it was not tried, or something else was at work there.',
        }),
        error: Type.Optional(
          Type.String({ description: 'What it would fail with today; it may quote personal data.' }),
        ),
      }),
    ),
    tells: Type.Array(Type.String(), { description: 'The events that this service would tell.' }),
    mails: Type.Array(
      Type.Object({
        ...{ kind: Type.String(), aboutId: Id },
        to: Type.Optional(Type.String({ description: 'Left out where personal data are erased.' })),
      }),
      { description: 'The mails that would be written, or sent on.' },
    ),
    reasons: Reasons,
  },
  { title: 'RevivalForeseen' },
)

/** `POST /dead-letters/revival/preview`: what would follow of trying again what failed. */
export function revivalPreviewRoute(server: Server, db: unknown, foreseeing: Foreseeing) {
  server.post(
    '/dead-letters/revival/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewDeadLettersRevival',
        summary: 'See what would follow of trying events again that failed',
        description: `Nothing is done: each is reacted to in a transaction that is taken back. It answers which events there are, which others wait behind them, whether each would be applied today, what would be told, which mails would go to whom, and what those rest on. At most ${MAX_LISTED} events that failed are answered.`,
        tags: ['alarms'],
        body: Type.Object({ aggregateId: Type.Optional(Id) }, { ...strict, title: 'DeadLetterRevivalPreview' }),
        response: {
          200: Type.Object(
            {
              failed: Type.Integer({ minimum: 0, description: 'How many events failed and would be tried again.' }),
              items: Type.Array(Foreseen),
            },
            { title: 'DeadLettersForeseen' },
          ),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ body: { aggregateId } }) => {
      const all = await readFailed(db as Kysely<MessagingTables>, MAX_LISTED, aggregateId)
      const failed =
        all.length < MAX_LISTED ? all.length : await countFailed(db as Kysely<MessagingTables>, Number.MAX_SAFE_INTEGER)
      const groups = [...Map.groupBy(all, (each) => `${each.producer} ${each.aggregateId}`).values()]
      const items: Static<typeof Foreseen>[] = []
      for (const group of groups)
        items.push(
          foreseeing.react === undefined || items.length >= MAX_REHEARSED
            ? unrehearsed(group)
            : await foresee(db as never, group, { ...foreseeing, react: foreseeing.react as React<never> }),
        )
      return { failed, items }
    },
  )
}

type Failed = Awaited<ReturnType<typeof readFailed>>[number]
const nothing = { tells: [], mails: [], reasons: [] }

const unrehearsed = (group: Failed[]): Static<typeof Foreseen> => ({
  ...{ producer: group[0]!.producer, aggregateId: group[0]!.aggregateId, rehearsed: false, ...nothing },
  events: group
    .toSorted((a, b) => a.version - b.version)
    .map(({ eventId, type, version }) => ({ eventId, type, version, failed: true, outcome: 'unknown' })),
})

async function foresee(
  db: Kysely<never>,
  group: Failed[],
  { react, mailsIn }: Omit<Foreseeing, 'react'> & { react: React<never> },
): Promise<Static<typeof Foreseen>> {
  const { producer, aggregateId } = group[0]!
  const failed = new Set(group.map(({ eventId }) => eventId))
  const rehearsing: Rehearsing<never> = { react, check: checkEnvelope }
  const look = (trx: Transaction<never>) => mailsIn?.(trx) ?? Promise.resolve([])
  const of = { producer: producer as ServiceName, aggregateId }
  const { events, told, seen = [] } = await rehearse(db, of, { ...rehearsing, look })
  if (events.length === 0) return unrehearsed(group)
  const orderId = events.map(({ envelope }) => envelope.data?.orderId).find((id) => typeof id === 'string')
  return {
    ...{ producer, aggregateId, ...(orderId !== undefined && { orderId }), rehearsed: true },
    events: events.map(({ envelope: { id, type, aggregateversion }, outcome, error }) => ({
      ...{ eventId: id, type, version: aggregateversion, failed: failed.has(id), outcome },
      ...(error !== undefined && { error }),
    })),
    tells: told.map(({ type }) => type),
    mails: seen.map(({ kind, aboutId, to }) => ({ kind, aboutId, ...(to !== undefined && { to }) })),
    reasons: reasonsIn([told.map(({ data }) => data), seen.map(({ detail }) => detail)]),
  }
}
