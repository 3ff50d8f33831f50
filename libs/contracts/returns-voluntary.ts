import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Amount, Currency, LinePart, Reasons, TermsPin } from './parts.ts'
import { NoticeChannel } from './returns-notice.ts'

/** What the returns service tells of goods that it takes back by the offer of the terms. The aggregate is the return. */
const ids = { returnId: Id, orderId: Id }
const Refused = Type.Object({ ...LinePart.properties, reasons: Reasons })

export const VoluntaryReturnRequested = event(
  'VoluntaryReturnRequested',
  {
    ...ids,
    terms: TermsPin,
    lines: Type.Array(Type.Object({ ...LinePart.properties, amount: Amount })),
    refused: Type.Optional(
      Type.Array(Refused, { description: 'What the request was about and cannot go back by the offer, and why.' }),
    ),
    requestedAt: Type.String({ ...Instant, description: 'When the request reached the seller.' }),
    noticeSentAt: Type.Optional(Type.String({ ...Instant, description: 'When it was sent, if staff saw that.' })),
    channel: Type.Optional(NoticeChannel),
    lastDay: Type.Optional(Day),
    sendBackBy: Day,
    returnCostBearer: Type.Optional(
      Type.Literal('seller', { description: 'Left out: the customer pays for the way back, as the offer has it.' }),
    ),
    refundEstimate: Amount,
    currency: Currency,
    reasons: Reasons,
    personal: Type.Object({
      statement: Type.Optional(Type.String()),
      recordedBy: Type.Optional(Type.String({ description: 'Who of the staff wrote it down.' })),
    }),
  },
  'A customer asked in time to send goods back by the offer of the terms. They have no right of the law to do so.',
)
export type VoluntaryReturnRequested = Static<typeof VoluntaryReturnRequested>

export const Looked = Type.Object({
  ...LinePart.properties,
  unused: Type.Boolean(),
  undamaged: Type.Boolean(),
  originalPackaging: Type.Boolean(),
  fitForSale: Type.Boolean({ description: 'Whether it goes back into stock.' }),
})
/** Units that came back by the offer, as they were found: its three conditions. */
export type Looked = Static<typeof Looked>

export const VoluntaryReturnChecked = event(
  'VoluntaryReturnChecked',
  {
    ...ids,
    checkedAt: Instant,
    units: Type.Array(Looked),
    accepted: Type.Array(LinePart, { description: 'Units that are paid back.' }),
    refused: Type.Array(Refused, {
      description: 'Units that came and do not meet the conditions. They stay the customer’s.',
    }),
    missing: Type.Array(LinePart, { description: 'Units that were not in the parcel. They stay the customer’s.' }),
    personal: Type.Object({ checkedBy: Type.String(), note: Type.Optional(Type.String()) }),
  },
  'Somebody looked at goods that came back by the offer: unused, undamaged and in their original packaging, or not.',
)
export type VoluntaryReturnChecked = Static<typeof VoluntaryReturnChecked>

export const VoluntaryReturnEnded = event(
  'VoluntaryReturnEnded',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('conditions-not-met'), Type.Literal('never-sent'), Type.Literal('given-up')]),
    endedAt: Instant,
    reasons: Reasons,
  },
  'A return by the offer is over without money. Its units are with the customer, who has every right to them that they had.',
)
export type VoluntaryReturnEnded = Static<typeof VoluntaryReturnEnded>
