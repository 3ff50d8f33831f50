import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { RecallNoticeAsked } from './shipping-serials.ts'

/** What orders tells of recalls. The aggregate is the order. */
const { units, scope, notice } = RecallNoticeAsked.properties.data.properties
const ids = { orderId: Id, noticeId: Id, recallId: Id }

export const RecallNoticeWritten = event(
  'RecallNoticeWritten',
  { ...ids, units, scope, notice, writtenAt: Instant },
  'A mail to the customer says that units of the order are recalled and what to do. It is on its way.',
)
export type RecallNoticeWritten = Static<typeof RecallNoticeWritten>

export const RecallNoticeSettled = event(
  'RecallNoticeSettled',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('told'), Type.Literal('unreachable')], {
      description: 'told: a mail server took the mail; unreachable: it was refused, or came back.',
    }),
    settledAt: Instant,
  },
  'What became of the mail about a recall. Told again when that changes: a mail came back, or went to a corrected address.',
)
export type RecallNoticeSettled = Static<typeof RecallNoticeSettled>

export const recallEvents = [RecallNoticeWritten, RecallNoticeSettled]
