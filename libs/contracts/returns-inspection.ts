import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Amount, LinePart, Reasons } from './parts.ts'

/** What the returns service tells of the look at what came back. */
const ids = { returnId: Id, orderId: Id }

const Found = Type.Object({
  ...LinePart.properties,
  seal: Type.Optional(Type.Union([Type.Literal('intact'), Type.Literal('broken')])),
  complete: Type.Boolean({ description: 'With all that was delivered with it.' }),
  wear: Type.Union([Type.Literal('none'), Type.Literal('tried'), Type.Literal('used'), Type.Literal('damaged')], {
    description: 'tried: no more than it takes to find out what it is and how it works.',
  }),
  fitForSale: Type.Boolean(),
})
/** Units that came back, as they were found. */
export type Found = Static<typeof Found>

export const ReturnInspected = event(
  'ReturnInspected',
  {
    ...ids,
    inspectedAt: Instant,
    units: Type.Array(Found),
    missing: Type.Array(LinePart, { description: 'Units that should have come back and were not in the parcel.' }),
    plain: Type.Boolean({ description: 'Nothing of it needs a person to judge: all of it is paid back.' }),
    personal: Type.Object({
      inspectedBy: Type.String(),
      serialNumbers: Type.Optional(Type.Array(Type.String())),
      note: Type.Optional(Type.String()),
    }),
  },
  'Somebody looked at what came back.',
)
export type ReturnInspected = Static<typeof ReturnInspected>

export const Deduction = Type.Object({
  ...LinePart.properties,
  amount: Amount,
  why: Type.Union([Type.Literal('diminished-value'), Type.Literal('seal-broken'), Type.Literal('not-in-parcel')]),
  reasons: Reasons,
})
/** What of the price of units is not paid back, and why. */
export type Deduction = Static<typeof Deduction>

export const ReturnAssessed = event(
  'ReturnAssessed',
  {
    ...ids,
    assessedAt: Instant,
    deductions: Type.Array(Deduction),
    heardUntil: Type.Optional(
      Type.String({ ...Instant, description: 'The customer may answer until then; left out, it is final.' }),
    ),
    personal: Type.Object({ assessedBy: Type.String(), grounds: Type.Optional(Type.String()) }),
  },
  'A person judged what of the price is not paid back, since goods came back used, opened or not at all.',
)
export type ReturnAssessed = Static<typeof ReturnAssessed>
