import { Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { withdrawalOfConsent } from '@vilkar/terms/privacy/rights.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { Age } from '../../subjects/names.ts'
import { ageRuling, giveConsent, noteAge } from '../give-consent.ts'
import { standing, withdraw } from '../record.ts'
import { LivesIn, subjectFields, tags, textFields } from './parts.ts'

const Body = Type.Object(
  {
    ...subjectFields,
    ...textFields,
    given: Type.Boolean({
      description: 'true gives the consent, false withdraws it: the same request, with this one word.',
    }),
    age: Type.Optional(Age),
    country: LivesIn,
    at: Type.Optional(Type.String({ ...Instant, description: 'When it was said, if not now: that of a letter.' })),
    proven: Type.Optional(
      Type.Boolean({
        description:
          'The identifier is theirs for sure: they are signed in with it, or it came with an order. By a storefront’s server or staff only. Else an e-mail address is asked first.',
      }),
    ),
    by: Type.Optional(
      Type.Union([Type.Literal('person'), Type.Literal('staff')], {
        description: 'staff: it was said in a letter, which they have. By staff only.',
      }),
    ),
  },
  { additionalProperties: false, title: 'ConsentSaid' },
)
type Body = Static<typeof Body>

const Answer = Type.Object(
  {
    state: Type.Union([Type.Literal('given'), Type.Literal('withdrawn'), Type.Literal('awaiting-confirmation')]),
    confirmBy: Type.Optional(Type.String({ ...Instant, description: 'Until when the mail can be answered.' })),
    reasons: Type.Optional(
      Type.Unsafe<Reasons>({ ...Reasons, description: 'Of a withdrawal: by which sentences it holds.' }),
    ),
  },
  { title: 'ConsentState' },
)

/** `PUT /consents`: somebody consents, or withdraws it, by the same door and in as many steps (GDPR Art. 7(3)). */
export function consents(server: Server, deps: Deps) {
  server.put(
    '/consents',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'sayConsent',
        summary: 'Give a consent, or withdraw it',
        description:
          'A withdrawal holds at once, by whoever brings it. A consent to an e-mail address that nobody vouches for is asked by mail first, and holds once that is answered. Who is too young is noted as a child, of whom nothing is used but for their orders: `POST /guardian-consents` asks a parent.',
        tags,
        body: Body,
        response: { 200: Answer, 202: Answer, ...problems(400, 403, 409) },
      },
    },
    async ({ body, caller }, reply) => {
      const now = deps.clock.now()
      if (body.at !== undefined && Temporal.Instant.compare(body.at, now) > 0)
        throw invalidField('/at', 'is in the future')
      const at = body.at ?? now.toString()
      const vouched = vouchedBy(caller, body)
      return body.given ? take(body, at, vouched) : end(body, at, caller)

      async function take(body: Body, at: string, vouched: ReturnType<typeof vouchedBy>) {
        const { threshold, guardianNeeded, reasons } = ageRuling(body.controller, body.age, body.country)
        if (guardianNeeded) {
          const subject = deps.subjectKey(body)
          await transact(deps, (trx) => noteAge(trx, { ...body, subject }, { age: body.age!, threshold, at }))
          throw httpError(409, 'guardian-must-consent', `Below ${threshold} years a guardian consents.`, {
            reasons,
            threshold,
          })
        }
        if (vouched === undefined && body.kind !== 'email')
          throw httpError(409, 'identifier-unproven', 'Nobody vouches for it, and only an e-mail address can be asked.')
        const confirmBy = await transact(deps, (trx) =>
          giveConsent(trx, deps, { ...body, at, ...(vouched && { vouched }) }),
        )
        return confirmBy === undefined
          ? { state: 'given' as const }
          : reply.status(202).send({ state: 'awaiting-confirmation', confirmBy })
      }
    },
  )

  async function end({ controller, kind, value, purpose, source, by = 'person' }: Body, at: string, caller: Caller) {
    const subject = deps.subjectKey({ controller, kind, value })
    const recordedAt = deps.clock.now().toString()
    const word = { controller, subject, purpose, source, at, recordedAt, by }
    await transact(deps, (trx) => withdraw(trx, { ...word, ...(by === 'staff' && { staff: caller.subject }) }))
    const { consent } = await standing(deps.db, subject, purpose)
    const { reasons } = withdrawalOfConsent(policyOf(controller))
    return { state: consent ? ('given' as const) : ('withdrawn' as const), reasons }
  }
}

/** Who vouches that an identifier is whose it is said to be; throws 403 for who may not. */
function vouchedBy({ subject, scopes }: Caller, { by, proven, kind, value }: Body) {
  if (by === 'staff' && !scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only staff says what a letter says.')
  if (by === 'staff') return { staff: subject }
  if (proven && !scopes.has('service') && !scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a storefront’s server or staff vouches for an identifier.')
  return proven || (kind === 'account' && value === subject) ? ('storefront' as const) : undefined
}
