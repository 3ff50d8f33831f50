import { Instant } from '@vilkar/contracts/event.ts'
import { AfterMoment, behind } from '@vilkar/server/cursors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { CarrierName, TrackingNumber } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { waitingProofs } from '../store.ts'
import { change, findReturn } from './change-return.ts'
import { ReturnView, viewOf } from './return-view.ts'
import { ReturnParams } from './returns.ts'

const strict = { additionalProperties: false }
/** What is said of a parcel that was sent, by whatever door. */
export const proofFields = {
  carrier: CarrierName,
  trackingNumber: TrackingNumber,
  sentAt: Type.Optional(Type.String({ ...Instant, description: 'When it was handed over; left out: now.' })),
}
/** Its carrier and number as they are kept. */
export const sentBy = ({ carrier, trackingNumber }: { carrier: string; trackingNumber: string }) => ({
  carrier: asKept(carrier),
  trackingNumber: asKept(trackingNumber),
})

const answers = { 200: ReturnView, ...problems(400, 401, 403, 404, 409) }

/** What ends the withholding of a refund before the goods are here: proof that they were sent, and what is thought of it. */
export function proofOfSending(server: Server, deps: Deps) {
  show(server, deps)
  judge(server, deps)
  list(server, deps)
}

function show(server: Server, deps: Deps) {
  server.put(
    '/returns/:id/proof-of-sending',
    {
      config: { access: 'returns:write' },
      schema: {
        operationId: 'proveSending',
        summary: 'Say that the goods were sent, and show by what',
        description:
          'From here the last day to pay back is counted (angrerettloven § 24). Staff who say so have looked: the refund is decided at once. The word of anybody else is believed from `proof.paysFrom` on, unless it is judged before; after a rejected proof it waits for a verdict. Refused: a moment that is still to come, and one by which the customer had not got the goods.',
        tags: ['returns'],
        params: ReturnParams,
        body: Type.Object(proofFields, { ...strict, title: 'ProofOfSending' }),
        response: answers,
      },
    },
    async ({ params: { id }, body, caller }) => {
      await findReturn(deps, caller, id)
      const staff = caller.scopes.has('staff') ? caller.subject : undefined
      const { proofBelievedAfter: believedAfter } = deps.settings
      return change(deps, id, (facts, at) => ({
        type: 'RecordSending',
        data: { returnId: id, at, facts, ...sentBy(body), sentAt: body.sentAt ?? at, staff, believedAfter },
      }))
    },
  )
}

function judge(server: Server, deps: Deps) {
  server.put(
    '/returns/:id/proof-of-sending/verdict',
    {
      config: { access: 'returns:write' },
      schema: {
        operationId: 'judgeProofOfSending',
        summary: 'Judge proof of sending',
        description:
          "Only for staff, and for the system that hears the carrier. The carrier's first scan and a confirmation decide the refund; a rejected proof is as if it had not been shown, and can be given as long as no refund is decided. The subject of the token is kept as who judged.",
        tags: ['returns'],
        params: ReturnParams,
        body: Type.Object(
          {
            verdict: Type.Union(
              [Type.Literal('confirmed'), Type.Literal('carrier-scanned'), Type.Literal('rejected')],
              { description: 'confirmed: somebody looked. carrier-scanned: the carrier has the parcel.' },
            ),
            reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: 'Needed to reject.' })),
          },
          { ...strict, title: 'ProofVerdict' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { verdict, reason }, caller }) => {
      if (!caller.scopes.has('staff'))
        throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can judge proof of sending.')
      if (verdict === 'rejected' && reason === undefined) throw invalidField('body.reason', 'is needed to reject')
      await findReturn(deps, caller, id)
      return change(deps, id, (facts, at) => ({
        type: 'JudgeProof',
        data: { returnId: id, at, facts, verdict, judgedBy: caller.subject, reason },
      }))
    },
  )
}

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
function list(server: Server, { db }: Deps) {
  server.get(
    '/proofs-of-sending',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listProofsOfSending',
        summary: 'Proofs of sending that wait for a verdict',
        description:
          'Returns with the word of a customer that nobody has judged, the first due first: those that are believed from `proof.paysFrom` on, and, after a rejected one, those that wait for a verdict however long (decision 28). `carrier` and `trackingNumber` of `proof` are what to look at; PUT /returns/{id}/proof-of-sending/verdict says what was found.',
        tags: ['returns'],
        querystring: Type.Object(
          {
            status: Type.Literal('waiting'),
            after: Type.Optional(AfterMoment),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: {
          200: Type.Object({ items: Type.Array(ReturnView), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { after, limit = PAGE_SIZE } }) => {
      const found = await waitingProofs(db, { after: behind(after), limit: limit + 1 })
      const page = found.slice(0, limit)
      const last = found.length > limit ? page.at(-1)!.place : undefined
      return { items: page.map(({ stored }) => viewOf(stored)), ...(last && { next: `${last.at}/${last.id}` }) }
    },
  )
}
