import { alarmPersonalData } from '@vilkar/alarms/personal-data.ts'
import type { PersonalData } from '@vilkar/contracts/personal-data.ts'
import { commonPersonalData, jobsPersonalData } from '@vilkar/server/personal-data.ts'

/** Where the returns service keeps personal data. */
export const personalData: PersonalData = {
  columns: {
    ...commonPersonalData.columns,
    ...alarmPersonalData.columns,
    ...jobsPersonalData.columns,
    'order_facts.personal->placedBy': { category: 'login', subject: 'order_id', erased: 'blanked' },
    'order_facts.personal->email': { category: 'contact', subject: 'order_id', erased: 'blanked' },
    'order_facts.personal->name': { category: 'identity', subject: 'order_id', erased: 'blanked' },
    'order_facts.facts->number': { category: 'reference', subject: 'order_id', erased: 'retention' },
    'order_facts.number': { category: 'reference', subject: 'order_id', erased: 'retention' },
    'statement.personal->words': { category: 'statement', subject: 'order_id', erased: 'blanked' },
    'statement.personal->name': { category: 'identity', subject: 'order_id', erased: 'blanked' },
    'statement.personal->email': { category: 'contact', subject: 'order_id', erased: 'blanked' },
    'statement.personal->orderNumber': { category: 'reference', subject: 'order_id', erased: 'blanked' },
    'statement.personal->recordedBy': { category: 'staff', subject: 'order_id', erased: 'retention' },
    'statement_answer.clarified->by': { category: 'staff', subject: 'order_id', erased: 'retention' },
    'statement_answer.clarified->reason': { category: 'staff', subject: 'order_id', erased: 'retention' },
    'return.personal->judgedBy': { category: 'staff', subject: 'order_id', erased: 'retention' },
    'return.personal->judgement': { category: 'staff', subject: 'order_id', erased: 'retention' },
    'return.personal->statement': { category: 'statement', subject: 'order_id', erased: 'blanked' },
  },
  otherColumns: {
    ...commonPersonalData.otherColumns,
    ...alarmPersonalData.otherColumns,
    ...jobsPersonalData.otherColumns,
    order_facts: ['order_id'],
    statement: ['id', 'order_id', 'channel', 'sent_at', 'received_at', 'recorded_at', 'said'],
    statement_answer: [
      ...['statement_id', 'status', 'due_from', 'order_id', 'lines', 'return_id', 'refusal', 'answered_at'],
    ],
    return: [
      ...['id', 'order_id', 'version', 'status', 'state', 'declared_at'],
      ...['awaits', 'awaits_since', 'believed_from', 'units_to_be_asked'],
    ],
  },
  eventFields: {
    'WithdrawalDeclared.personal.statement': { category: 'statement', subject: 'orderId', erased: 'blanked' },
    'ProofOfSendingJudged.personal.judgedBy': { category: 'staff', subject: 'orderId', erased: 'retention' },
    'ProofOfSendingJudged.personal.reason': { category: 'staff', subject: 'orderId', erased: 'retention' },
    'ReturnSent.trackingNumber': { category: 'reference', subject: 'orderId', erased: 'retention' },
  },
  otherEventFields: [
    'WithdrawalDeclared.terms.edition',
    'WithdrawalDeclared.lines.lineId',
    'WithdrawalDeclared.refused.lineId',
    'ReturnUnitsAsked.lines.lineId',
    'ReturnUnitsKnown.stopped.lineId',
    'ReturnUnitsKnown.left.lineId',
    'ReturnSent.carrier',
    'ReturnReceived.fitForSale.lineId',
    'RefundDecided.lines.lineId',
  ],
}
