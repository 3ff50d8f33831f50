import type { PersonalData } from '@vilkar/contracts/personal-data.ts'

/** Where the console keeps personal data: in sessions, which end by themselves. It tells no events. */
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
      note: 'Of staff their name and access token; of customers what they filled in for a withdrawal or wrote at the checkout, and which orders they placed. Sealed, and gone with the session: hours at most.',
    },
  },
  otherColumns: {
    session: ['id', 'created_at', 'expires_at'],
    form_sent: ['id', 'sent_at'],
    kysely_migration: ['name', 'timestamp'],
    kysely_migration_lock: ['id', 'is_locked'],
  },
  eventFields: {},
  otherEventFields: [],
}
