import type { PersonalData } from '@vilkar/contracts/personal-data.ts'

/** Where the console keeps personal data: in sessions, which end by themselves, and in who looked at whom. It tells no events. */
export const personalData: PersonalData = {
  columns: {
    'session.subject': {
      category: 'staff',
      subject: 'subject',
      erased: 'passing',
      note: 'Who is signed in, by the issuer’s name for them; gone with the session.',
    },
    'session.sealed': {
      category: 'token',
      subject: 'subject',
      erased: 'passing',
      note: 'Of staff their name and access token; of customers what they filled in for a withdrawal or wrote at the checkout or as the address of an order, and which orders they placed. Sealed, and gone with the session: hours at most.',
    },
    'look.subject': {
      category: 'staff',
      subject: 'subject',
      erased: 'passing',
      note: 'Who of the staff opened an order, a document or a case, or found somebody by searching: for the seller to see that nobody looks without a reason (GDPR Art. 32). Gone after LOOKS_KEPT_FOR, a year unless given.',
    },
    'look.about': {
      category: 'reference',
      subject: 'about',
      erased: 'passing',
      note: 'The id of the order or the case that was looked at, and nothing of what stood on the page. Gone after LOOKS_KEPT_FOR.',
    },
  },
  otherColumns: {
    session: ['id', 'created_at', 'expires_at'],
    look: ['id', 'at', 'what'],
    form_sent: ['id', 'sent_at'],
    kysely_migration: ['name', 'timestamp'],
    kysely_migration_lock: ['id', 'is_locked'],
  },
  eventFields: {},
  otherEventFields: [],
}
