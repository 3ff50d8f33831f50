import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import { problems } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { Lines, linesNamed } from '../../statement/http/statement-body.ts'
import { keep } from '../../statement/keep-statement.ts'
import { receiptAddress } from '../../statement/receipt-address.ts'
import type { Statement } from '../../statement/statement.ts'
import { readStatement } from '../../statement/store.ts'
import { Language, labelsIn } from './labels.ts'

/** What a signed draft lets its bearer do: say once what stands in it. */
const DRAFT_LINK = 'withdrawal-draft'
const DRAFT_GOOD_FOR = 'PT1H'
const MAX_DRAFT_LENGTH = 20_000
const strict = { additionalProperties: false }

const Draft = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'Who withdraws.' }),
    orderNumber: Type.String({ minLength: 1, maxLength: 64, description: 'As it stands in the order confirmation.' }),
    email: Type.String({
      format: 'email',
      maxLength: 254,
      description: 'The address that the order was placed with; the receipt goes there.',
    }),
    lines: Type.Optional(Lines),
    part: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'In words, what it concerns if that is not everything.',
      }),
    ),
    language: Type.Optional(Language),
  },
  { ...strict, title: 'WithdrawalDraft' },
)
type Draft = Static<typeof Draft>

/**
 * The function of angrerettloven § 20 a: without an account, in two steps. A draft is signed and not kept, and what is
 * confirmed becomes a statement. Neither step looks for the order, so that answers and their time are the same whether there
 * is one or not; the answer to the statement comes by mail.
 */
export function withdrawOpenly(server: Server, deps: Deps) {
  const limited = { onRequest: countAddressAt(server as never, () => deps.settings.functionRequestsPerMinute) }
  server.post(
    '/withdrawal-function/drafts',
    {
      ...limited,
      config: { access: 'public' },
      schema: {
        operationId: 'draftWithdrawal',
        summary: 'The first step: what is withdrawn from, by whom, and where the receipt goes',
        description:
          'Says nothing yet and keeps nothing. Show what was filled in and the button of the second step, whose words are `confirm`.',
        tags: ['withdrawal function'],
        body: Draft,
        response: {
          200: Type.Object({
            draft: Type.String({ description: 'For the second step, within an hour.' }),
            expiresAt: Instant,
            confirm: Type.String({ description: 'What the button is called.' }),
            filledIn: Type.Object(Draft.properties),
          }),
          ...problems(400),
        },
      },
    },
    async ({ body }) => {
      if (body.lines) linesNamed(body.lines)
      const expiresAt = deps.clock.now().add(DRAFT_GOOD_FOR).toString()
      const draft = await deps.links.sign({ purpose: DRAFT_LINK, subject: uuidv7(), expiresAt, content: body })
      return { draft, expiresAt, confirm: labelsIn(body.language ?? 'nb').confirm, filledIn: body }
    },
  )

  server.post(
    '/withdrawal-function/confirmations',
    {
      ...limited,
      config: { access: 'public' },
      schema: {
        operationId: 'confirmWithdrawal',
        summary: 'The second step: confirm the withdrawal',
        description:
          'From here it is said: kept with its time, and in time if the right lasted until now. Confirming a draft twice is one statement. The same answer is given whether there is such an order or not; what comes of it is told by mail.',
        tags: ['withdrawal function'],
        body: Type.Object(
          { draft: Type.String({ minLength: 1, maxLength: MAX_DRAFT_LENGTH }) },
          { ...strict, title: 'WithdrawalConfirmation' },
        ),
        response: {
          202: Type.Object({
            id: Type.String({ ...Id, description: 'Of the statement, and of its receipt.' }),
            receivedAt: Instant,
            receipt: Type.String({ description: 'Where the receipt can be checked.' }),
          }),
          ...problems(400, 404),
        },
      },
    },
    async ({ body: { draft } }, reply) => {
      const { subject, content } = await deps.links.read(draft, DRAFT_LINK)
      await keep(deps, statementOf(subject, content as Draft, deps.clock.now().toString()), 'watcher')
      const kept = (await readStatement(deps.db, subject))!
      const receipt = await receiptAddress(deps, kept)
      return reply.status(202).send({ id: kept.id, receivedAt: kept.receivedAt, receipt })
    },
  )
}

const statementOf = (
  id: string,
  { name, orderNumber, email, lines, part, language }: Draft,
  at: string,
): Statement => ({
  ...{ id, channel: 'withdrawal-function', receivedAt: at, recordedAt: at },
  said: {
    ...(lines && { lines: linesNamed(lines) }),
    ...(part !== undefined && !lines && { partInWords: true }),
    ...(language && { language }),
  },
  personal: { name, orderNumber: orderNumber.trim().toUpperCase(), email, ...(part !== undefined && { words: part }) },
})
