import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Email, Name, Why } from '@vilkar/server/person.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { organisationsDecide, passOn } from '../pass-on.ts'
import { lockRequest } from '../store.ts'
import { RequestView, requestUnknown, requestView } from './request-view.ts'

/** The organisation that decides about the data: named with the request, or by staff afterwards. */
export const OrganisationBody = Type.Object(
  {
    name: Name,
    email: Type.String({ ...Email, description: 'Where it is written to. Kept sealed, until a mail server took it.' }),
    person: Type.Optional(
      Type.String({
        ...Why,
        description:
          'How the organisation knows who asks, such as a number of membership. Only in the mail; needed where the person left no address to answer to.',
      }),
    ),
  },
  { additionalProperties: false, title: 'DecidingOrganisation' },
)

/** Throws 409 where nobody but the seller of the policy decides about anything. */
export function refuseNoOrganisation(controller: string) {
  if (!organisationsDecide(controller))
    throw httpError(409, 'nobody-else-decides', 'By this privacy policy no organisation decides about any of the data.')
}

/** The door by which a request reaches whoever decides about the data. */
export function passOnRoute(server: Server, deps: Deps) {
  server.put(
    '/requests/:id/organisation',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'passRequestOn',
        summary: 'Pass a request on to the organisation that decides about the data',
        description:
          'It is written to, with what the person wrote and the day by which they are owed an answer. Once its mail server took that, the person is told, and a request about nothing else is `passed-on`; refused, another address can be named. Said again of one organisation it is one mail. GDPR Art. 28(3)(e).',
        tags: ['requests'],
        params: Type.Object({ id: Id }),
        body: OrganisationBody,
        response: { 200: RequestView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body }) =>
      transact(deps, async (trx) => {
        const row = await lockRequest(trx, id)
        if (row === undefined) throw requestUnknown()
        refuseNoOrganisation(row.controller)
        if (row.personal.replyTo === undefined && body.person === undefined)
          throw httpError(400, 'invalid-input', 'Say how the organisation knows who asks: person is missing.')
        await passOn(trx, deps, row, body)
        return requestView((await lockRequest(trx, id))!)
      }),
  )
}
