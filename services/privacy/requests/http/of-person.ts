import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { HoldingView, viewOf } from '../../subjects/http/holding-view.ts'
import { holdingsOf } from '../../subjects/store.ts'
import { Identifier, SubjectKeyText } from '../../subjects/subject-key.ts'
import { requestsOf, restrictionsOf } from '../of-person.ts'
import { readRequest } from '../store.ts'
import { RequestView, requestUnknown, requestView } from './request-view.ts'

const tags = ['requests']
const REQUESTS_SHOWN = 100

const Restriction = Type.Object({ since: Instant, endedAt: Type.Optional(Instant) }, { title: 'Restriction' })
const PersonView = Type.Object(
  {
    keys: Type.Array(SubjectKeyText, { description: 'By what the person is known here.' }),
    holdings: Type.Array(HoldingView, { description: 'Who holds what of them.' }),
    restrictions: Type.Array(Restriction, { description: 'What the request had only stored.' }),
  },
  { title: 'PersonOfRequest' },
)

/** Whom a request is about, as far as that is known, and what a person asked for. */
export function requestsOfPerson(server: Server, deps: Deps) {
  server.get(
    '/requests/:id/person',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readPersonOfRequest',
        summary: 'The keys of whoever asks, who holds what of them, and what is only stored since',
        description: 'What staff needs to answer: nobody has to say again who the person is. GDPR Art. 15(1), 18.',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: PersonView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const row = await readRequest(deps.db, id)
      if (row === undefined) throw requestUnknown()
      const at = deps.clock.now()
      const held = await holdingsOf(deps.db, row.controller as PolicyId, row.subjects)
      const restrictions = await restrictionsOf(deps.db, id)
      return {
        keys: row.subjects,
        holdings: held.map((each) => viewOf(each, at)),
        restrictions: restrictions.map(({ since, ended_at }) => ({
          since: instant(since),
          ...(ended_at !== null && { endedAt: instant(ended_at) }),
        })),
      }
    },
  )
  server.post(
    '/requests/of-person',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listRequestsOfPerson',
        summary: 'What a person asked for, the latest first',
        description: 'POST, so that no address stands in a log of addresses. Nothing is stored.',
        tags,
        body: Type.Object(
          { controller: ControllerId, identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 10 }) },
          { additionalProperties: false, title: 'PersonWhoAsked' },
        ),
        response: { 200: Type.Object({ items: Type.Array(RequestView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ body: { controller, identifiers } }) => {
      const keys = identifiers.map((each) => deps.subjectKey({ controller, ...each }))
      return { items: (await requestsOf(deps.db, controller, keys, REQUESTS_SHOWN)).map(requestView) }
    },
  )
}

const instant = (moment: string) => Temporal.Instant.from(moment).toString()
