import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Amount, Currency, LinePart, Reasons } from './parts.ts'

/** What staff decides otherwise than the rules: a right that they refuse, or what was deducted from a refund. */
export const OverrideAbout = Type.Union([
  Type.Literal('withdrawal'),
  Type.Literal('voluntary-return'),
  Type.Literal('complaint'),
  Type.Literal('deduction'),
])
export type OverrideAbout = Static<typeof OverrideAbout>

const ids = { overrideId: Id, orderId: Id }
const By = (description: string) => Type.Object({ by: Type.String({ description }), why: Type.Optional(Type.String()) })

export const OverrideProposed = event(
  'OverrideProposed',
  {
    ...ids,
    about: OverrideAbout,
    returnId: Type.Optional(
      Type.String({ ...Id, description: 'The withdrawal of whose refund something was deducted.' }),
    ),
    lines: Type.Optional(Type.Array(LinePart)),
    amount: Type.Integer({ ...Amount, description: 'What it is worth to the customer, in minor units.' }),
    currency: Currency,
    ruled: Type.Unsafe<Reasons>({ ...Reasons, description: 'What the rules said. It stays beside what is decided.' }),
    needs: Type.Optional(
      Type.Literal('second-person', {
        description: 'It is more than one may give alone. Left out: it waits for nobody.',
      }),
    ),
    answerBy: Type.Optional(Type.String({ ...Day, description: 'The day by which a second person answers.' })),
    proposedAt: Instant,
    personal: Type.Object({
      by: Type.String({ description: 'The subject of the member of staff.' }),
      why: Type.String(),
      words: Type.Optional(Type.String({ description: 'What the customer said, such as what is wrong.' })),
    }),
  },
  'Staff means to decide otherwise than the rules did, in favour of the customer.',
)
export type OverrideProposed = Static<typeof OverrideProposed>

export const OverrideDecided = event(
  'OverrideDecided',
  {
    ...ids,
    about: OverrideAbout,
    caseId: Type.String({ ...Id, description: 'The case that came of it, or whose deduction it is about.' }),
    amount: Amount,
    currency: Currency,
    ruled: Reasons,
    decidedAt: Instant,
    reasons: Reasons,
    personal: By('The subject of who decided.'),
  },
  'It is decided otherwise than the rules did, and carried out at once: what they said stays beside it.',
)
export type OverrideDecided = Static<typeof OverrideDecided>

export const OverrideDeclined = event(
  'OverrideDeclined',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('declined'), Type.Literal('withdrawn')]),
    declinedAt: Instant,
    personal: By('The subject of who declined it, or took it back.'),
  },
  'What the rules said stands: a second person declined to decide otherwise, or who proposed it took it back.',
)
export type OverrideDeclined = Static<typeof OverrideDeclined>

export const overrideEvents = [OverrideProposed, OverrideDecided, OverrideDeclined]
/** What becomes of what staff decides otherwise than the rules. */
export type OverrideEvent = Static<(typeof overrideEvents)[number]>
