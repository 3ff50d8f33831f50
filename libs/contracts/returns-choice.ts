import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Reasons } from './parts.ts'
import { Remedy } from './returns-remedy.ts'

/** What is told of a customer who may choose what is to become of defective goods and does not. The aggregate is the complaint. */
const ids = { returnId: Id, orderId: Id }
const choices = Type.Array(Remedy, { description: 'What they may choose from, as long as they have not chosen.' })

export const ChoiceReminded = event(
  'ChoiceReminded',
  { ...ids, choices, remindedAt: Instant, reasons: Reasons },
  'A customer who may choose between remedies has not: they are reminded, once. Nothing is lost by not choosing.',
)
export type ChoiceReminded = Static<typeof ChoiceReminded>

export const ChoiceOverdue = event(
  'ChoiceOverdue',
  {
    ...{ ...ids, choices, decidedAt: Instant },
    askBy: Type.String({ ...Day, description: 'The day by which a person asks them.' }),
    reasons: Reasons,
  },
  'A customer has not chosen since they were reminded: a person asks them. The right stays as it is.',
)
export type ChoiceOverdue = Static<typeof ChoiceOverdue>

export const ComplaintRested = event(
  'ComplaintRested',
  { ...ids, restedAt: Instant, personal: Type.Object({ by: Type.String(), note: Type.String() }) },
  'A person asked a customer what they choose, and got no answer: the complaint rests. They may choose at any time, and it goes on.',
)
export type ComplaintRested = Static<typeof ComplaintRested>

export const choiceEvents = [ChoiceReminded, ChoiceOverdue, ComplaintRested]
