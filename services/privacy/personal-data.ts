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
    'erasure.why': staff('asked_by'),
    'data_hold.subject': key('subject'),
    'data_hold.why': staff('set_by'),
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
    'request.personal->replyTo': { category: 'contact', subject: 'id', erased: 'passing', note: AFTER_A_YEAR },
    'request.personal->recordedBy': staff('id'),
    'request.personal->doubt': staff('id'),
    'request.personal->proof': staff('id'),
    'request.personal->extension': staff('id'),
    'request.personal->answer': staff('id'),
    'request.personal->answeredBy': staff('id'),
    ...Object.fromEntries(BREACH_WORDS.map((field) => [`breach.personal->${field}`, staff('personal->by')])),
    'processor.personal->by': staff('personal->by'),
  },
  otherColumns: {
    ...commonPersonalData.otherColumns,
    ...alarmPersonalData.otherColumns,
    ...webhookPersonalData.otherColumns,
    holding: [
      ...['controller', 'system', 'category', 'facts', 'status', 'due_at', 'open', 'missing', 'erasure_id'],
      ...['postponed_until', 'told_at'],
    ],
    breach: ['id', 'controller', 'found_at', 'state', 'authority_by', 'reported_at', 'closed_at'],
    // A company and its agreement.
    processor: ['id', 'controller', 'facts', 'since', 'until'],
    order_held: ['order_id', 'controller', 'facts'],
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
    restriction: ['controller', 'request_id', 'scope', 'since', 'ended_at'],
  },
  eventFields: {},
  otherEventFields: ['ErasureDue.controller', 'ErasureDue.reasons.code'],
}
