import { ERASED } from '@vilkar/contracts/erased.ts'
import { mailIdOf, messageIdOf } from '@vilkar/mail/outgoing.ts'
import { isNewest } from '@vilkar/mail/redirect.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readOrder } from '../handle.ts'
import { confirmationBounced, confirmationTaken } from '../mails/confirmation-outcome.ts'
import { recallMailSettled } from '../mails/recall-outcome.ts'
import { senderOfOrder } from '../mails/sender.ts'

/** Brevo's transactional webhook. Only what we act on is named; the rest of its fields is let through. */
const MailEvent = Type.Object(
  {
    event: Type.String({ maxLength: 40, examples: ['hard_bounce'] }),
    'message-id': Type.String({ maxLength: 998, examples: ['<0b6…@shop.example>'] }),
    reason: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: true, title: 'MailEvent' },
)

/** The events that say that a mail did not reach its address. */
const BOUNCES = new Set(['hard_bounce', 'soft_bounce', 'blocked', 'invalid_email', 'invalid', 'error'])

/** `POST /mail/events`: a confirmation that bounced after the mail server had taken it leaves the order unformed (A01). */
export function mailEvents(server: Server, deps: Deps) {
  server.post(
    '/mail/events',
    {
      config: { access: 'mail:events' },
      schema: {
        operationId: 'tellOfMail',
        summary: 'The mail provider tells what became of a mail',
        tags: ['mail'],
        body: MailEvent,
        response: { 204: Type.Null({ description: 'Noted, or nothing of ours.' }), ...problems(400, 401, 403, 503) },
      },
    },
    async ({ body }, reply) => {
      const mailId = mailIdOf(body['message-id'])
      const bounced = BOUNCES.has(body.event)
      if (mailId !== undefined && (bounced || body.event === 'delivered'))
        await note(deps, mailId, bounced, body.reason ?? body.event)
      return reply.status(204).send(null)
    },
  )
}

/** Only the newest mail of its kind counts: what becomes of an older one, or is told again, changes nothing. */
const note = (deps: Deps, mailId: string, bounced: boolean, cause: string) =>
  transact(deps, async (trx) => {
    const at = deps.clock.now().toString()
    const status = bounced ? 'bounced' : 'accepted'
    const mail = await trx
      .selectFrom('mail')
      .select(['about_id', 'kind', 'status', 'recipient'])
      .where('id', '=', mailId)
      .forUpdate()
      .executeTakeFirst()
    if (mail === undefined || mail.status === status) return
    if (mail.status === 'queued')
      throw httpError(503, 'mail-not-settled', 'This mail is just being sent. Tell it again in a moment.')
    // Whose address was erased is not named again, in the words of a mail server.
    const isErased = mail.recipient === ERASED
    const response = isErased ? null : cause
    await trx.updateTable('mail').set({ status, response, settled_at: at }).where('id', '=', mailId).execute()
    const outcome = bounced ? 'unreachable' : 'told'
    if (mail.kind === 'recalled') return recallMailSettled(trx, deps, { mailId, orderId: mail.about_id, outcome, at })
    if (mail.kind !== 'confirmation' || isErased) return
    if (!(await isNewest(trx, { mailId, aboutId: mail.about_id, kind: mail.kind }))) return
    const orderId = mail.about_id
    if (bounced) return confirmationBounced(trx, deps, { orderId, at, cause })
    const messageId = messageIdOf(mailId, senderOfOrder(await readOrder(trx, orderId), deps.settings))
    await confirmationTaken(trx, deps, { mailId, orderId, at, messageId })
  })
