import { Day, Id } from '@vilkar/contracts/event.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Email, Why } from '@vilkar/server/person.ts'
import { asKept, isReadableLine } from '@vilkar/server/person-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { PurposeName } from '../../subjects/names.ts'
import { Identifier } from '../../subjects/subject-key.ts'
import { tellReceived } from '../mails/tell-received.ts'
import { passOn } from '../pass-on.ts'
import { receive } from '../receive.ts'
import { countRequests, listRequests, lockRequest, readRequest } from '../store.ts'
import { OrganisationBody, refuseNoOrganisation } from './pass-on.ts'
import { Channel, Kind, Language, RequestView, requestUnknown, requestView } from './request-view.ts'

const tags = ['requests']
const params = Type.Object({ id: Id })
const PAGE_SIZE = 100
const MAX_PAGE_SIZE = 500
const MOST_COUNTED = 1_000
const strict = { additionalProperties: false }
const RequestBody = Type.Object(
  {
    ...{ controller: ControllerId, kind: Kind, channel: Channel },
    identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 10, description: 'By what the person is known.' }),
    receivedOn: Type.Optional(Type.String({ ...Day, description: 'When it reached the controller; left out, today.' })),
    purpose: Type.Optional(PurposeName),
    orderId: Type.Optional(Id),
    organisation: Type.Optional(OrganisationBody),
    words: Type.Optional(Type.String({ ...Why, description: 'What the person wrote.' })),
    replyTo: Type.Optional(
      Type.String({
        ...Email,
        description:
          'Where the person is written to: that it came, what is decided, the link to an export. Left out, a person answers otherwise. Kept until a month after the answer, and while what the person asked to be kept is only stored; of who is erased until the last mail.',
      }),
    ),
    language: Type.Optional(Language),
  },
  { ...strict, title: 'PrivacyRequestBody' },
)

/** What a request may be about must be said with it. Throws 400. */
export function refuseIncomplete({
  kind,
  orderId,
  words,
}: Pick<Static<typeof RequestBody>, 'kind' | 'orderId' | 'words'>) {
  if (kind === 'human-review' && orderId === undefined)
    throw httpError(400, 'invalid-input', 'Say which order the decision is about: orderId is missing.')
  if (kind === 'rectify' && words === undefined)
    throw httpError(400, 'invalid-input', 'Say what is wrong and what is right: words are missing.')
}

/** A day that has not come cannot be the one on which something was received; who says another day than today is staff. */
function receivedOnOf({ receivedOn }: Static<typeof RequestBody>, caller: Caller, today: Temporal.PlainDate) {
  if (receivedOn === undefined) return today.toString()
  if (!caller.scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say when a request was received.')
  if (Temporal.PlainDate.compare(receivedOn, today) > 0)
    throw httpError(400, 'invalid-input', 'receivedOn lies in the future.')
  return receivedOn
}

/** The doors of requests: `PUT /requests/{id}` and what is read of them. */
export function requests(server: Server, deps: Deps) {
  server.put(
    '/requests/:id',
    {
      config: { access: 'privacy:ask' },
      schema: {
        operationId: 'makeRequest',
        summary:
          'A person uses a right: access, rectification, erasure, restriction, objection, portability, consent, review',
        description:
          'By the shop for who is signed in, or by staff from a letter or mail. The id is the caller’s to choose: sent twice it is one request. Answered within a month (GDPR Art. 12(3)), free of charge (Art. 12(5)). An objection to marketing and a withdrawn consent end the marketing at once, whoever brings them, until the person consents anew. Of who is known to be the person, erasure and restriction are carried out at once too; of the others a person is called in time. What somebody asks to be restricted is not erased until that is lifted.',
        tags,
        params,
        body: RequestBody,
        response: { 200: RequestView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: { id }, body, caller }) => {
      refuseIncomplete(body)
      if (body.organisation) refuseNoOrganisation(body.controller)
      const at = deps.clock.now()
      const { controller, kind, channel, purpose, orderId, words, replyTo, language } = body
      const keys = [...new Set(body.identifiers.map((each) => deps.subjectKey({ controller, ...each })))]
      const byStaff = caller.scopes.has('staff') ? { recordedBy: caller.subject } : {}
      const personal = {
        ...(words !== undefined && { words: asKept(words) }),
        ...(replyTo !== undefined && { replyTo }),
      }
      const receivedOn = receivedOnOf(body, caller, osloDay(at))
      const asked = { id, controller, kind, channel, keys, receivedOn, purpose, orderId, language }
      const { row, differs } = await transact(deps, async (trx) => {
        const received = await receive(trx, { ...asked, personal: { ...personal, ...byStaff } }, at)
        if (received.differs) return received
        await tellReceived(trx, deps, received.row)
        if (!body.organisation || !received.isNew) return received
        await passOn(trx, deps, received.row, { person: namesOf(body.identifiers), ...body.organisation })
        return { ...received, row: (await lockRequest(trx, id))! }
      })
      if (differs) throw httpError(409, 'request-differs', 'Another request stands under this id.')
      return requestView(row)
    },
  )
  readRoutes(server, deps)
}

function readRoutes(server: Server, deps: Deps) {
  server.get(
    '/requests/:id',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readRequest',
        summary: 'A request, by when it is answered, and what came of it',
        tags,
        params,
        response: { 200: RequestView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const row = await readRequest(deps.db, id)
      if (row === undefined) throw requestUnknown()
      return requestView(row)
    },
  )
  server.get(
    '/requests',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listRequests',
        summary: 'Requests by the day on which they are due, open ones first',
        tags,
        querystring: Type.Object(
          {
            open: Type.Optional(Type.Literal('true', { description: 'Only those that are not answered.' })),
            after: Type.Optional(Type.String({ ...Id, description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: {
          200: Type.Object({
            items: Type.Array(RequestView),
            next: Type.Optional(Type.String({ description: 'Where the next page begins, when there is one.' })),
            count: Type.Integer({
              description: `How many there are on all pages, counted no further than ${MOST_COUNTED}.`,
            }),
            overdue: Type.Integer({ description: 'Of these, open and past their day.' }),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { open: only, after, limit = PAGE_SIZE } }) => {
      const open = only === 'true'
      const today = osloDay(deps.clock.now()).toString()
      const [rows, counted] = await Promise.all([
        listRequests(deps.db, { open, after, limit: limit + 1 }),
        countRequests(deps.db, { open, today, most: MOST_COUNTED }),
      ])
      const page = rows.slice(0, limit)
      return { items: page.map(requestView), next: rows.length > limit ? page.at(-1)!.id : undefined, ...counted }
    },
  )
}

/** By what an organisation knows who asks, where nobody says it better. */
const namesOf = (identifiers: Static<typeof Identifier>[]) =>
  identifiers.flatMap(({ value }) => (isReadableLine(value) ? [value] : [])).join(', ')
