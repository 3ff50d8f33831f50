import { Type } from 'typebox'
import { Id, Instant } from './event.ts'

/** What a holder of personal data answers once it heard what has to go (`ErasureDue`). An order of which something is under way is not erased; it is asked again later. */
export const ErasureAnswer = {
  erasureId: Id,
  erased: Type.Array(Id, { description: 'Orders whose personal data are gone here, or of which there were none.' }),
  postponed: Type.Array(
    Type.Object({
      orderId: Id,
      why: Type.Union([Type.Literal('order-open'), Type.Literal('case-open'), Type.Literal('money-open')]),
    }),
    { description: 'Orders of which something is under way here that needs the data.' },
  ),
  counts: Type.Object(
    {
      blanked: Type.Integer({ minimum: 0, description: 'Rows of which the personal part went.' }),
      deleted: Type.Integer({ minimum: 0, description: 'Rows that went.' }),
      events: Type.Integer({ minimum: 0, description: 'Events of the log of which the personal part went.' }),
      files: Type.Integer({ minimum: 0, description: 'Pictures that went.' }),
    },
    { description: 'Nothing is counted twice: what was gone before is not counted.' },
  ),
  erasedAt: Instant,
}

/** What a holder tells of an order that it erased and of which something was written down since that no other event tells. */
export const WrittenSince = {
  writingId: Id,
  orderId: Id,
  writtenAt: Instant,
}

export const WRITTEN_SINCE =
  'Something was written down of an order after its personal data were erased, and no other event tells of it: it is to be erased again.'

export const ERASURE_ANSWERED = 'An erasure was carried out here, as far as it could be.'
