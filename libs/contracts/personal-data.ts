import type { Kept } from './privacy.ts'

/** What personal data say of a person. */
export type Category =
  /** Who they are: a name, the number of their organisation. */
  | 'identity'
  /** How to reach them: e-mail, telephone. */
  | 'contact'
  | 'address'
  /** Their own words. */
  | 'statement'
  /** What else they brought themselves, such as a picture of what is wrong. */
  | 'given'
  /** A mail to them, as it was sent. */
  | 'correspondence'
  /** The subject of the token that acted for them. */
  | 'login'
  /** What lets somebody act for them, such as the approval of a payment. */
  | 'token'
  /** Who they are in somebody else's books: a payment, a parcel, an order number on paper. */
  | 'reference'
  /** Words of another system, which may quote an address or a name. */
  | 'quotation'
  /** Who of the staff did something, and what they say of goods and money of many. The subject is the member of staff, not the customer. */
  | 'staff'
  /** What the staff wrote about one customer's matter, who may be named or quoted in it. */
  | 'note'

export type Erasure =
  /** Emptied in place: the facts of the row stay, and so do what the law wants kept and what others rest on. */
  | 'blanked'
  /** The row serves nothing else and is deleted. */
  | 'row-deleted'
  /** Kept with the facts of the order while a duty of bookkeeping or a time to complain runs. Once that is over it is blanked, or stays by `staysBecause`. */
  | 'retention'
  /** The software itself deletes it when it is done with it; what is left then is erased as the note says. */
  | 'passing'

/** What there is of a person in one place, whose it is and how it ends. */
export type PersonalDatum = {
  category: Category
  /** Which column of the row, or field of the event, leads to the person: the order, shipment, return, mail or token. */
  subject: string
  erased: Erasure
  /** What another column of the row, or a field of it, says where the person brought it themselves: then it is `given` (GDPR Art. 20(1)). */
  givenWhere?: { place: string; says: string }
  /** What it is kept for while the rest is erased already. */
  keptFor?: Kept
  /** Why an erasure leaves it, where its category does not say so. */
  stays?: string
  note?: string
}

const STAYS: Partial<Record<Category, string>> = {
  reference:
    'A number that other facts and the accounts rest on; it leads to a person only through what is erased here, or through the books of a provider or carrier, who has a duty to erase of its own.',
  staff: 'It is about a member of the staff and not about the customer; it goes by the rules for employees.',
}

/** Why an erasure leaves a datum as it is; undefined when it goes. */
export const staysBecause = ({ stays, category }: PersonalDatum): string | undefined => stays ?? STAYS[category]

/**
 * Where a service keeps personal data, complete: a test holds it against the catalogue of the database and the schemas of
 * the events, and a column or field that is named in neither half fails it.
 */
export type PersonalData = {
  /** `table.column`, or `table.column->field->field` of JSON whose other fields hold none; `schema.table.column` outside public. */
  columns: Record<string, PersonalDatum>
  /** The columns of each table that hold none. */
  otherColumns: Record<string, readonly string[]>
  /** `Event.field.field` of the events that the service tells: in its outbox, its stream and the inboxes of who hears it. */
  eventFields: Record<string, PersonalDatum>
  /** Other fields of its events that may hold any text and hold nothing personal. */
  otherEventFields: readonly string[]
}
