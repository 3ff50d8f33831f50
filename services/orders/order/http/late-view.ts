import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Type } from 'typebox'

/** What an order shows of a delivery that is late: what keeps the seller from it, and the last days that the customer set. */
export const whatIsLate = {
  hindrances: Type.Optional(
    Type.Array(
      Type.Object({
        ...{ hindranceId: Id, event: Type.String(), what: Type.String() },
        foreseeable: Type.Optional(Type.Boolean()),
        avoidable: Type.Optional(Type.Boolean()),
        expectedBy: Type.Optional(Type.String()),
        exempt: Type.Boolean({ description: 'From damages for the delay, as far as is known.' }),
        hinderedAt: Instant,
        endedAt: Type.Optional(Type.String({ ...Instant, description: 'It is over since then.' })),
      }),
      { description: 'What kept the seller from delivering, as the customer was told.' },
    ),
  ),
  additionalPeriods: Type.Optional(
    Type.Array(
      Type.Object({
        ...{ periodId: Id, until: Type.String({ format: 'date' }), setAt: Instant },
        over: Type.Optional(
          Type.Boolean({ description: 'It ran out and goods had not come: the customer may end the purchase.' }),
        ),
      }),
      { description: 'Last days to deliver that the customer set. The last of them counts.' },
    ),
  ),
}
