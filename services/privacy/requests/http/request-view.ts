import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { httpError } from '@vilkar/server/problems.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Static, Type } from 'typebox'
import { organisationsDecide } from '../pass-on.ts'
import type { RequestRow } from '../store.ts'
import { channels, requestKinds } from '../tables.ts'

const oneOf = <Text extends string>(all: readonly Text[], description: string) =>
  Type.Unsafe<Text>(
    Type.Union(
      all.map((each) => Type.Literal(each)),
      { description },
    ),
  )
export const Kind = oneOf(requestKinds, 'What is asked (GDPR Art. 15–18, 20–22, 7(3)).')
export const Language = oneOf(['nb', 'en'], 'Of what the person is told; left out, nb.')
export const Channel = oneOf(channels, 'signed-in and link prove who asks; of the others a person may doubt it.')

const KeptBack = Type.Object({
  ...{ system: Type.String(), record: Type.String() },
  until: Type.Optional(Type.String({ ...Day, description: 'Its last day, where that is known.' })),
  holds: Type.Array(Type.String(), { description: 'What is under way that keeps it.' }),
  decidedBy: Type.Optional(
    Type.Literal('organisation', { description: 'It is only kept for an organisation, on whose word alone it goes.' }),
  ),
  reasons: Reasons,
})
const PassedOn = Type.Object({
  organisation: Type.String(),
  status: oneOf(['waiting', 'sent', 'refused'], 'Whether its mail server took the request, or never will.'),
})

export const RequestView = Type.Object(
  {
    ...{ id: Id, controller: Type.String(), kind: Kind, channel: Channel },
    status: oneOf(
      ['open', 'waiting-for-identity', 'to-pass-on', 'answered', 'refused', 'passed-on'],
      'to-pass-on: an organisation decides about these data and is to be written to; passed-on: it has the request.',
    ),
    receivedOn: Day,
    dueOn: Type.Optional(
      Type.String({ ...Day, description: 'The last day to answer. Left out, proof of identity is waited for.' }),
    ),
    extended: Type.Boolean(),
    answeredAt: Type.Optional(Instant),
    purpose: Type.Optional(Type.String()),
    orderId: Type.Optional(Id),
    kept: Type.Optional(Type.Array(KeptBack, { description: 'What stays although erasure was asked for.' })),
    erasedOn: Type.Optional(
      Type.String({
        ...Day,
        description: 'When what was asked to be seen was erased before it was shown, or some of it.',
      }),
    ),
    organisationsDecide: Type.Boolean({
      description: 'Whether organisations decide about some of the data, so that a request may be theirs to answer.',
    }),
    passedOn: Type.Optional(Type.Array(PassedOn, { description: 'Whom it was passed on to.' })),
    words: Type.Optional(Type.String()),
    answer: Type.Optional(Type.String()),
    complainTo: Type.Array(Type.String(), { description: 'The authorities that a person may complain to.' }),
    reasons: Reasons,
  },
  { title: 'PrivacyRequest' },
)

export const requestUnknown = () => httpError(404, 'request-unknown', 'There is no such request.')

/** A request as it is told. */
export function requestView(row: RequestRow): Static<typeof RequestView> {
  const { id, controller, kind, channel, status, received_on, due_on, answered_at, state, personal } = row
  const { purpose, orderId, kept, reasons, extension, passedOn, erasedOn } = state
  return {
    ...{ id, controller, kind, channel, status, receivedOn: received_on, extended: extension !== undefined, reasons },
    ...(due_on !== null && { dueOn: due_on }),
    ...(answered_at !== null && { answeredAt: Temporal.Instant.from(answered_at).toString() }),
    ...(purpose !== undefined && { purpose }),
    ...(orderId !== undefined && { orderId }),
    ...(erasedOn !== undefined && { erasedOn }),
    organisationsDecide: organisationsDecide(controller),
    ...(passedOn !== undefined && { passedOn }),
    ...(kept !== undefined && { kept }),
    ...(personal.words !== undefined && { words: personal.words }),
    ...(personal.answer !== undefined && { answer: personal.answer }),
    complainTo: [...policyOf(controller as PolicyId).authorities],
  }
}
