import { alarmPersonalData } from '@vilkar/alarms/personal-data.ts'
import type { PersonalData, PersonalDatum } from '@vilkar/contracts/personal-data.ts'
import { commonPersonalData } from '@vilkar/server/personal-data.ts'
import { webhookPersonalData } from '@vilkar/webhooks/personal-data.ts'

const AFTER_A_YEAR = 'Emptied a year after the request was answered.'
const staff = (subject: string): PersonalDatum => ({ category: 'staff', subject, erased: 'retention' })
/** Of whom something is, as a keyed hash: it is kept for as long as what it leads to. */
const key = (subject: string): PersonalDatum => ({
  ...{ category: 'reference', subject, erased: 'retention' },
  note: 'A keyed hash of an identifier: whoever lacks the key cannot try known people against it.',
})

/** What staff write of a breach, and who they are. */
const BREACH_WORDS = [
  ...[
    'by',
    'nature',
    'contact',
    'consequences',
    'measures',
    'reportedBy',
    'delay',
    'toldBy',
    'how',
    'closedBy',
    'outcome',
  ],
]

/** Where the privacy service keeps personal data. */
export const personalData: PersonalData = {
  columns: {
    ...commonPersonalData.columns,
    ...alarmPersonalData.columns,
    ...webhookPersonalData.columns,
    'erasure.asked_by': staff('asked_by'),
    'erasure.why': { ...staff('asked_by'), erased: 'passing', note: 'Emptied a year after it was done.' },
    'data_hold.subject': key('subject'),
    'data_hold.why': { ...staff('set_by'), erased: 'passing', note: 'Emptied a year after the hold ended.' },
    'data_hold.set_by': staff('set_by'),
    'data_hold.ended_by': staff('ended_by'),
    'holding.subjects': { ...key('subjects'), erased: 'blanked' },
    'holding.record': {
      category: 'reference',
      subject: 'record',
      erased: 'retention',
      note: 'As its system calls it.',
    },
    'order_held.subjects': { ...key('subjects'), erased: 'blanked' },
    'restriction.subject': key('subject'),
    'request.subjects': key('subjects'),
    'request.personal->words': { category: 'statement', subject: 'id', erased: 'passing', note: AFTER_A_YEAR },
    'request.personal->replyTo': {
      ...{ category: 'contact', subject: 'id', erased: 'passing' },
      note: 'Gone a month after the answer, or after a restriction that the person asked for is lifted; of who is erased, with the last mail.',
    },
    'request.personal->recordedBy': staff('id'),
    'request.personal->doubt': staff('id'),
    'request.personal->proof': staff('id'),
    'request.personal->extension': staff('id'),
    'request.personal->answer': staff('id'),
    'request.personal->answeredBy': staff('id'),
    // A keyed hash of an address that is to be proven; gone with the link.
    'policy_notice.subject': { ...key('subject'), note: 'A keyed hash. Gone a year after the change.' },
    'request_mail.about': { ...key('about'), erased: 'passing' },
    'request_mail.sealed': {
      ...{ category: 'correspondence', subject: 'request_id', erased: 'passing' },
      note: 'Sealed, until a mail server took it.',
    },
    'breach_person.subject': { ...key('subject'), note: 'A keyed hash. Gone a year after the person was named.' },
    'breach_person.asked_by': staff('asked_by'),
    'breach_notice.asked_by': staff('asked_by'),
    'export.subjects': { ...key('subjects'), erased: 'passing', note: 'Empty once the export is over.' },
    'export.archive': {
      ...{ category: 'correspondence', subject: 'id', erased: 'passing' },
      note: 'Sealed. Gone with the link after seven days, and at once when the person or a record in it is erased.',
    },
    'export_part.sealed': {
      ...{ category: 'correspondence', subject: 'export_id', erased: 'passing' },
      note: 'Sealed. Gone once the archive is made of it, or the export is erased.',
    },
    'export_part.record': {
      category: 'reference',
      subject: 'record',
      erased: 'retention',
      note: 'As its system calls it.',
    },
    ...Object.fromEntries(BREACH_WORDS.map((field) => [`breach.personal->${field}`, staff('personal->by')])),
    ...Object.fromEntries(
      ['by', 'to', 'what', 'ground', 'whyNot'].map((field) => [`disclosure.personal->${field}`, staff('personal->by')]),
    ),
    'processor.personal->by': staff('personal->by'),
    // Keyed hashes: who has no secret finds nobody by them, and who has it finds whom they ask about.
    'consent_log.subject': { category: 'reference', subject: 'subject', erased: 'retention' },
    'consent_log.guardian': { category: 'reference', subject: 'subject', erased: 'retention' },
    'consent_log.staff': { category: 'staff', subject: 'subject', erased: 'retention' },
    'suppression.subject': { category: 'reference', subject: 'subject', erased: 'retention' },
    'consent_child.subject': { category: 'reference', subject: 'subject', erased: 'retention' },
    'sale.subject': { category: 'reference', subject: 'order_id', erased: 'retention' },
    'cookie_choice.browser': { category: 'reference', subject: 'browser', erased: 'retention' },
    'brevo_contact.subject': { category: 'reference', subject: 'subject', erased: 'retention' },
    // Sealed, and for as long as Brevo has not taken it: for 24 hours at most, and no longer than a consent stands.
    'brevo_contact.address': { category: 'contact', subject: 'subject', erased: 'retention' },
    'consent_letter.about': { category: 'reference', subject: 'about', erased: 'retention' },
    // Sealed, until a mail server took it.
    'consent_letter.sealed': { category: 'contact', subject: 'about', erased: 'retention' },
  },
  otherColumns: {
    ...commonPersonalData.otherColumns,
    ...alarmPersonalData.otherColumns,
    ...webhookPersonalData.otherColumns,
    holding: [
      ...['controller', 'system', 'category', 'facts', 'status', 'due_at', 'open', 'missing', 'erasure_id'],
      ...['postponed_until', 'told_at', 'held_since'],
    ],
    breach: ['id', 'controller', 'found_at', 'state', 'authority_by', 'reported_at', 'closed_at'],
    disclosure: ['id', 'controller', 'disclosed_at', 'told_before'],
    // A company and its agreement.
    processor: ['id', 'controller', 'facts', 'since', 'until'],
    order_held: ['order_id', 'controller', 'facts', 'heard_again_at'],
    retention_run: ['id', 'controller', 'ran_at', 'holdings', 'erasures'],
    data_hold: ['id', 'controller', 'system', 'record', 'set_at', 'ended_at'],
    // Which records, by whose policy and why: ids and citations, kept for good, since a restored backup is erased again by them.
    erasure: [
      ...['id', 'controller', 'system', 'records', 'keeps', 'cause', 'reasons', 'asked_at', 'answer_by', 'settled_at'],
    ],
    erasure_answer: ['erasure_id', 'holder', 'erased', 'postponed', 'counts', 'answered_at'],
    request: [
      'id',
      'controller',
      'kind',
      'channel',
      'status',
      'received_on',
      'recorded_at',
      'due_on',
      'answered_at',
      'state',
    ],
    restriction: ['controller', 'request_id', 'scope', 'keeps', 'since', 'ended_at'],
    policy_edition: ['controller', 'edition', 'sha256', 'adopted_at'],
    policy_change: ['id', 'controller', 'before', 'edition', 'adopted_at', 'sections', 'renewed'],
    policy_notice: [
      ...['change_id', 'controller', 'told_at', 'told_by', 'due_at', 'tries', 'failing_since', 'unreachable_at'],
      'unreachable_because',
    ],
    request_mail: ['id', 'request_id', 'kind', 'due_at', 'until', 'sent_at', 'tries', 'failing_since'],
    export: [...['id', 'controller', 'kind', 'language', 'status', 'begun_at', 'ready_at', 'until', 'due_at', 'tries']],
    breach_notice: ['breach_id', 'order_id', 'language', 'status', 'due_at', 'tries', 'failing_since'],
    breach_person: ['breach_id', 'controller', 'system', 'asked_at', 'told_at'],
    export_part: ['export_id', 'system', 'holder', 'status', 'answer_by'],
    consent_text: ['sha256', 'language', 'text', 'first_seen_at'],
    consent_log: [
      'id',
      'controller',
      'purpose',
      'what',
      'by',
      'source',
      'text_sha256',
      'at',
      'recorded_at',
      'kept_until',
    ],
    suppression: ['purpose', 'controller', 'source', 'at'],
    consent_child: ['controller', 'until'],
    sale: ['order_id', 'controller', 'placed_at', 'opt_out_offered', 'formed_at'],
    cookie_choice: ['id', 'controller', 'accepted', 'text_sha256', 'at'],
    brevo_contact: [
      'controller',
      'address_until',
      'wanted',
      'done',
      'unsure',
      'due_at',
      'claimed_until',
      'tries',
      'failing_since',
    ],
    consent_letter: ['id', 'kind', 'language', 'due_at', 'until', 'tries', 'failing_since'],
    opt_out_mailbox: ['name', 'uid_validity', 'last_uid', 'read_at', 'failing_since'],
  },
  eventFields: {},
  otherEventFields: [
    ...['ErasureDue.controller', 'ErasureDue.reasons.code'],
    ...['controller', 'before', 'edition', 'sections', 'consentsToRenew', 'reasons.code'].map(
      (field) => `PolicyChanged.${field}`,
    ),
  ],
}
