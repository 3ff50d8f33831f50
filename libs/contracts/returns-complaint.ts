import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Guarantee, LinePart, Reasons, TermsPin } from './parts.ts'
import { NoticeChannel } from './returns-notice.ts'
import { Remedy } from './returns-remedy.ts'

/** What the returns service tells of complaints about defects. The aggregate is the complaint, whose id is `returnId` as of any case. */
const ids = { returnId: Id, orderId: Id }

const Complained = Type.Object({
  ...LinePart.properties,
  outcome: Type.Union([Type.Literal('granted'), Type.Literal('review')], {
    description: 'review: a person judges whether it was complained of in time.',
  }),
  presumed: Type.Boolean({ description: 'The seller has to prove that the defect was not there at delivery.' }),
  lastDay: Type.Optional(Day),
  reasons: Reasons,
})

const Guarantees = Type.Optional(
  Type.Array(
    Type.Object({
      ...{ lineId: LinePart.properties.lineId, ...Guarantee.properties, until: Type.Optional(Day) },
      reasons: Reasons,
    }),
    { description: 'Guarantees that run: beside what the law gives, and never instead of it.' },
  ),
)

export const ComplaintReceived = event(
  'ComplaintReceived',
  {
    ...ids,
    terms: TermsPin,
    lines: Type.Array(Complained, { description: 'Empty when all of it came too late.' }),
    refused: Type.Optional(Type.Array(Type.Object({ ...LinePart.properties, reasons: Reasons }))),
    guarantees: Guarantees,
    receivedAt: Type.String({ ...Instant, description: 'When the complaint reached the seller.' }),
    noticeSentAt: Type.Optional(Type.String({ ...Instant, description: 'When it was sent, if staff saw that.' })),
    channel: Type.Optional(NoticeChannel),
    noticedAt: Type.Optional(Type.String({ ...Instant, description: 'When the customer noticed the defect.' })),
    showedAt: Type.Optional(Type.String({ ...Instant, description: 'When the defect showed.' })),
    sellerAtFault: Type.Optional(
      Type.Literal(true, {
        description:
          'Staff says that the seller was grossly negligent or acted in bad faith, against whom no complaint is late (forbrukerkjøpsloven § 27).',
      }),
    ),
    answerBy: Type.String({ ...Day, description: 'The day by which a person answers.' }),
    personal: Type.Object({
      defect: Type.String({ description: 'What is wrong, in the customer’s words.' }),
      recordedBy: Type.Optional(Type.String()),
    }),
  },
  'A customer complained of a defect. It is acknowledged at once, and a person judges it.',
)
export type ComplaintReceived = Static<typeof ComplaintReceived>

export const ComplaintAssessed = event(
  'ComplaintAssessed',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('accepted'), Type.Literal('rejected')]),
    by: Type.Union([Type.Literal('rule'), Type.Literal('staff')]),
    assessedAt: Instant,
    choices: Type.Array(Remedy, { description: 'What the customer may choose from now.' }),
    repairMonths: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'By how many months a repair prolongs the liability; told before the choice.',
      }),
    ),
    guarantees: Guarantees,
    reasons: Reasons,
    personal: Type.Object({ assessedBy: Type.Optional(Type.String()), grounds: Type.Optional(Type.String()) }),
  },
  'It was judged whether the seller answers for a defect. A rejection may be taken back by another judgement.',
)
export type ComplaintAssessed = Static<typeof ComplaintAssessed>

export const RemedyChosen = event(
  'RemedyChosen',
  {
    ...ids,
    lines: Type.Array(LinePart),
    remedy: Remedy,
    chosenAt: Instant,
    doneBy: Type.Optional(Day),
    cureId: Type.Optional(
      Type.String({ ...Id, description: 'Of this repair or replacement, by which others speak of it.' }),
    ),
    reasons: Reasons,
  },
  'The customer chose what is to become of defective goods. A replacement is answered by orders with ReplacementAnswered; it is sent, and a repair is done, at no cost to them.',
)
export type RemedyChosen = Static<typeof RemedyChosen>

export const CureDone = event(
  'CureDone',
  {
    ...ids,
    cureId: Type.Optional({ ...Id, description: 'The attempt. Told again of the same one, the moment was corrected.' }),
    lines: Type.Array(LinePart),
    remedy: Type.Union([Type.Literal('repair'), Type.Literal('replacement')]),
    doneAt: Type.String({ ...Instant, description: 'When the customer had the goods.' }),
    personal: Type.Object({ doneBy: Type.String(), note: Type.Optional(Type.String()) }),
  },
  'Defective goods were repaired or replaced. What was replaced has a period of its own from here.',
)
export type CureDone = Static<typeof CureDone>

export const CureFailed = event(
  'CureFailed',
  {
    ...ids,
    failedAt: Instant,
    failedCures: Type.Integer({ minimum: 1 }),
    choices: Type.Array(Remedy),
    reasons: Reasons,
    personal: Type.Object({ defect: Type.String() }),
  },
  'A repair or replacement did not help, or did not come: the customer may choose anew.',
)
export type CureFailed = Static<typeof CureFailed>

export const ComplaintNarrowed = event(
  'ComplaintNarrowed',
  {
    ...ids,
    gone: Type.Array(LinePart, { description: 'Units that it is about no more.' }),
    left: Type.Array(LinePart, { description: 'Units that it is still about; with none it is over.' }),
    narrowedAt: Instant,
    reasons: Reasons,
  },
  'Units of a complaint are in another right now, such as a withdrawal: they are not put right or paid back by this one.',
)
export type ComplaintNarrowed = Static<typeof ComplaintNarrowed>

export const ComplaintEnded = event(
  'ComplaintEnded',
  {
    ...ids,
    outcome: Type.Union([
      Type.Literal('given-up'),
      Type.Literal('other-right', { description: 'None of its units is with the customer any more.' }),
    ]),
    endedAt: Instant,
  },
  'The customer let a complaint be, or what it was about went back by another right.',
)
export type ComplaintEnded = Static<typeof ComplaintEnded>
