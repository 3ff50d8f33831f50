import { Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Email } from '@vilkar/server/person.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { Age } from '../../subjects/names.ts'
import { namesBrevo } from '../brevo/names-brevo.ts'
import { ageRuling, noteAge } from '../give-consent.ts'
import { askByMail } from '../pending.ts'
import { keepText } from '../store.ts'
import { LivesIn, subjectFields, tags, textFields } from './parts.ts'

/** `POST /guardian-consents`: a parent is asked by mail whether they consent for a child (GDPR Art. 8(1)–(2)). */
export function guardianConsents(server: Server, deps: Deps) {
  server.post(
    '/guardian-consents',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'askGuardian',
        summary: 'Ask a guardian to consent for a child',
        description:
          'A link is mailed to the guardian, which is good for 14 days and leads to a page with one button. The consent holds from then on, for this purpose and no other.',
        tags,
        body: Type.Object(
          { ...subjectFields, ...textFields, age: Age, country: LivesIn, guardianEmail: Email },
          { additionalProperties: false, title: 'GuardianAsked' },
        ),
        response: {
          202: Type.Object(
            { state: Type.Literal('awaiting-confirmation'), confirmBy: Instant },
            { title: 'GuardianState' },
          ),
          ...problems(400, 409),
        },
      },
    },
    async ({ body }, reply) => {
      const { controller, kind, value, purpose, text, language, source, age, country, guardianEmail } = body
      const { subjectKey } = deps
      const { threshold, guardianNeeded } = ageRuling(controller, age, country)
      if (!guardianNeeded)
        throw httpError(409, 'guardian-not-needed', `From ${threshold} years on they consent alone, by PUT /consents.`)
      const subject = subjectKey({ controller, kind, value })
      const guardian = subjectKey({ controller, kind: 'email', value: guardianEmail })
      if (guardian === subject) throw invalidField('/guardianEmail', 'is the child’s own')
      const at = deps.clock.now().toString()
      const confirmBy = await transact(deps, async (trx) => {
        await noteAge(trx, { controller, subject }, { age, threshold, at })
        const textSha256 = await keepText(trx, { text, language, at })
        return askByMail(trx, deps, {
          ...{ controller, subject, purpose, textSha256, language, source, by: 'guardian', guardian },
          ...(kind === 'email' && namesBrevo(controller) && { email: value.trim() }),
          ...{ to: guardianEmail, text },
        })
      })
      return reply.status(202).send({ state: 'awaiting-confirmation', confirmBy })
    },
  )
}
