import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Static, Type } from 'typebox'
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
export const Channel = oneOf(channels, 'signed-in and link prove who asks; of the others a person may doubt it.')

const KeptBack = Type.Object({
  ...{ system: Type.String(), record: Type.String() },
  until: Type.Optional(Type.String({ ...Day, description: 'Its last day, where that is known.' })),
  holds: Type.Array(Type.String(), { description: 'What is under way that keeps it.' }),
  reasons: Reasons,
})

export const RequestView = Type.Object(
  {
    ...{ id: Id, controller: Type.String(), kind: Kind, channel: Channel },
    status: oneOf(
      ['open', 'waiting-for-identity', 'answered', 'refused', 'passed-on'],
      'passed-on: another organisation decides about these data, and has the request.',
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
    words: Type.Optional(Type.String()),
    answer: Type.Optional(Type.String()),
    complainTo: Type.Array(Type.String(), { description: 'The authorities that a person may complain to.' }),
    reasons: Reasons,
  },
  { title: 'PrivacyRequest' },
)

/** A request as it is told. */
export function requestView(row: RequestRow): Static<typeof RequestView> {
  const { id, controller, kind, channel, status, received_on, due_on, answered_at, state, personal } = row
  const { purpose, orderId, kept, reasons, extension } = state
  return {
    ...{ id, controller, kind, channel, status, receivedOn: received_on, extended: extension !== undefined, reasons },
    ...(due_on !== null && { dueOn: due_on }),
    ...(answered_at !== null && { answeredAt: Temporal.Instant.from(answered_at).toString() }),
    ...(purpose !== undefined && { purpose }),
    ...(orderId !== undefined && { orderId }),
    ...(kept !== undefined && { kept }),
    ...(personal.words !== undefined && { words: personal.words }),
    ...(personal.answer !== undefined && { answer: personal.answer }),
    complainTo: [...policyOf(controller as PolicyId).authorities],
  }
}
