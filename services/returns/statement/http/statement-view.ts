import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart, Reasons } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { type Static, Type } from 'typebox'
import { linesOfStatement, type StoredStatement } from '../statement.ts'

const optional = (description: string) => Type.Optional(Type.String({ description }))

/** A statement as it was kept, and what it came to. */
export const StatementView = Type.Object(
  {
    id: Id,
    status: Type.Union(
      [
        Type.Literal('pending'),
        Type.Literal('withdrawn'),
        Type.Literal('already-withdrawn'),
        Type.Literal('refused'),
        Type.Literal('unclear'),
        Type.Literal('set-aside'),
      ],
      {
        description:
          'withdrawn: at least a part of it is a return. already-withdrawn: it says again what another statement said. unclear: a person finds out what is meant. set-aside: a person found that it is no notice of withdrawal.',
      },
    ),
    orderId: Type.Optional(Id),
    channel: Type.Optional(NoticeChannel),
    sentAt: optional('When it was sent, if somebody saw that: in time is what was sent in time.'),
    receivedAt: Type.String({ ...Instant, description: 'When it reached the seller.' }),
    recordedAt: Type.String({ ...Instant, description: 'When it was written down.' }),
    recordedBy: optional('The subject of the member of staff who wrote it down; for staff only.'),
    lines: Type.Optional(
      Type.Array(LinePart, { description: 'What it is about. Left out: everything, or what `words` say.' }),
    ),
    words: optional('What the customer said.'),
    name: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
    orderNumber: Type.Optional(Type.String()),
    returnId: Type.Optional(Id),
    refusal: Type.Optional(
      Type.Object(
        { code: Type.String(), detail: Type.String(), reasons: Type.Optional(Reasons) },
        { description: 'Why there is no right, with what it rests on.' },
      ),
    ),
    dueOn: Type.Optional(
      Type.String({ ...Day, description: 'The day by which a person finds out what is meant, or sees that it waits.' }),
    ),
    answeredAt: Type.Optional(Instant),
    clarified: Type.Optional(
      Type.Object(
        { by: Type.String(), at: Instant, reason: Type.Optional(Type.String()) },
        { description: 'Who found out what is meant; for staff only.' },
      ),
    ),
  },
  { title: 'Statement' },
)

/** What is kept is answered without undue delay (angrerettloven § 20): a person has so long. */
const ANSWERED_WITHIN = 'P2D'

/** `forStaff`: with who of the staff had to do with it. */
export function statementView(statement: StoredStatement, forStaff: boolean): Static<typeof StatementView> {
  const { id, channel, sentAt, receivedAt, recordedAt, personal, answer } = statement
  const { status, orderId, returnId, refusal, answeredAt, clarified } = answer
  const { words, name, email, orderNumber, recordedBy } = personal
  const lines = linesOfStatement(statement)
  const isOpen = status === 'unclear' || status === 'pending'
  const dueOn = isOpen ? osloDay(Temporal.Instant.from(recordedAt)).add(ANSWERED_WITHIN).toString() : undefined
  return {
    ...{ id, status, orderId, channel, sentAt, receivedAt, recordedAt, words, name, email, orderNumber },
    ...{ lines, returnId, answeredAt, dueOn },
    ...(refusal && { refusal: { code: refusal.code, detail: refusal.detail, reasons: refusal.reasons } }),
    ...(forStaff && { recordedBy, clarified }),
  }
}
