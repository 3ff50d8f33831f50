import { timingSafeEqual } from 'node:crypto'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { namesBrevo } from '../brevo/names-brevo.ts'
import { ALL_MARKETING } from '../purposes.ts'
import { optOut } from '../record.ts'
import { tags } from './parts.ts'

/** What of Brevo's marketing events ends something here: leaving the list, a complaint, and an address that is none any more. */
const ENDS = { unsubscribe: 'newsletter', hard_bounce: 'newsletter', spam: ALL_MARKETING } as const

const Told = Type.Object(
  {
    event: Type.String({ maxLength: 60 }),
    email: Type.Optional(Type.String({ maxLength: 254 })),
    ts_event: Type.Optional(Type.Integer({ minimum: 0, description: 'Seconds since 1970, UTC.' })),
  },
  { additionalProperties: true, title: 'BrevoEvent' },
)

/**
 * `POST /brevo-events`: Brevo's webhook for marketing events, with the bearer token that it was given ("Secure webhook calls").
 * What is told twice, late or before our own call is answered comes to the same, since it goes by its moment.
 */
export function brevoEvents(server: Server, deps: Deps) {
  server.post(
    '/brevo-events',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'hearBrevo',
        summary: 'Hear from Brevo who unsubscribed, complained or cannot be reached',
        description: 'Needs the token that the webhook was made with (`auth.token`), as a bearer token.',
        tags,
        body: Told,
        response: { 204: Type.Null(), ...problems(400, 401) },
      },
    },
    async ({ body, headers }, reply) => {
      if (!isBrevo(headers.authorization, deps.consent.brevoToken))
        throw httpError(401, 'signature-invalid', 'The call does not bring the token that was agreed on.')
      const { event, email, ts_event: seconds } = body
      if (Object.hasOwn(ENDS, event) && email !== undefined) {
        const purpose = ENDS[event as keyof typeof ENDS]
        const recordedAt = deps.clock.now()
        const at = momentOf(seconds, recordedAt)
        for (const controller of policyIds.filter(namesBrevo)) {
          const subject = deps.subjectKey({ controller, kind: 'email', value: email })
          const said = { controller, subject, purpose, at, recordedAt: recordedAt.toString() }
          await transact(deps, (trx) => optOut(trx, { ...said, source: `brevo-${event.replace('_', '-')}` }))
        }
      }
      return reply.status(204).send(null)
    },
  )
}

/** The end of the second that Brevo names, so that a no of the same second as a yes counts; never later than now. */
function momentOf(seconds: number | undefined, now: Temporal.Instant) {
  if (seconds === undefined) return now.toString()
  const end = Temporal.Instant.fromEpochMilliseconds(Math.min(seconds * 1_000 + 999, now.epochMilliseconds))
  return end.toString()
}

function isBrevo(header: string | undefined, token: string | undefined) {
  if (token === undefined) return false
  const [given, known] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === known.length && timingSafeEqual(given, known)
}
