import { alarmPersonalData } from '@vilkar/alarms/personal-data.ts'
import type { PersonalData, PersonalDatum } from '@vilkar/contracts/personal-data.ts'
import { commonPersonalData, jobsPersonalData } from '@vilkar/server/personal-data.ts'

const reference: PersonalDatum = { category: 'reference', subject: 'order_id', erased: 'retention' }
const staff = (subject: string): PersonalDatum => ({ category: 'staff', subject, erased: 'retention' })
const BOUNCE = 'What the mail server said of the confirmation that bounced; it may quote the address.'

const order: PersonalData['columns'] = {
  'orders.number': { ...reference, subject: 'id' },
  'orders.personal->placedBy': { category: 'login', subject: 'id', erased: 'blanked' },
  'orders.personal->email': { category: 'contact', subject: 'id', erased: 'blanked' },
  'orders.personal->name': { category: 'identity', subject: 'id', erased: 'blanked' },
  'orders.personal->organisationNumber': { category: 'identity', subject: 'id', erased: 'blanked' },
  'orders.personal->shippingAddress': { category: 'address', subject: 'id', erased: 'blanked' },
  'orders.personal->billingAddress': { category: 'address', subject: 'id', erased: 'blanked' },
  'orders.state->placed->number': { ...reference, subject: 'id' },
  'orders.state->payment->paymentId': { ...reference, subject: 'id' },
  'orders.state->shipments->trackingNumber': { ...reference, subject: 'id' },
  'orders.state->bounced->cause': { category: 'quotation', subject: 'id', erased: 'blanked', note: BOUNCE },
  'quote.asked_by': { category: 'login', subject: 'asked_by', erased: 'row-deleted' },
  'idempotency.subject': { category: 'login', subject: 'subject', erased: 'row-deleted' },
  'idempotency.fingerprint': {
    category: 'identity',
    subject: 'subject',
    erased: 'row-deleted',
    note: 'A hash over the whole request, which can be tried for a known person.',
  },
  'idempotency.body': {
    category: 'identity',
    subject: 'body',
    erased: 'row-deleted',
    note: 'The answer as it was given: name, e-mail and addresses, with the id of the order.',
  },
}

const link: PersonalDatum = {
  category: 'token',
  subject: 'order_id',
  erased: 'retention',
  note: "The secret part of the customer's payment link, which opens nothing once there is nothing to pay.",
}
const token: PersonalDatum = { category: 'token', subject: 'order_id', erased: 'blanked' }

const money: PersonalData['columns'] = {
  'payment_session.id': link,
  'payment_session.replaces_payment_id': reference,
  'payment_session.provider_session_id': token,
  'payment_session.url': token,
  'payment_session.widget': token,
  'payment_session.approval_token': token,
  'payment_session.request': {
    category: 'identity',
    subject: 'order_id',
    erased: 'blanked',
    note: 'What places the order at Klarna, byte for byte. It is not sent again once the session is paid.',
  },
  'payment_session.payment_id': reference,
  'payment_session.dropped_payment_ids': reference,
  'payment_session.last_result': { category: 'quotation', subject: 'order_id', erased: 'blanked' },
  'money_operation.purpose_id': reference,
  'money_operation.payment_id': reference,
  'money_operation.provider_id': reference,
  'money_operation.parcel->trackingNumber': reference,
  'money_operation.last_result': { category: 'quotation', subject: 'order_id', erased: 'blanked' },
  'operation_decision.session_id': { ...link, subject: 'session_id' },
  'operation_decision.provider_id': { ...reference, subject: 'operation_id' },
  'operation_decision.said_by': staff('said_by'),
  'operation_decision.reason': staff('said_by'),
  'ledger_entry.session_id': link,
  'ledger_entry.payment_id': reference,
  'ledger_entry.provider_id': reference,
  'payment_account.payment_id': reference,
  'sales_document.buyer': {
    category: 'identity',
    subject: 'order_id',
    erased: 'retention',
    note: 'Who bought, as the document was issued: bookkeeping keeps it for five years (bokføringsloven § 13).',
  },
  'reconciliation_run.asked_by': staff('asked_by'),
  'reconciliation_finding.payment_id': reference,
  'reconciliation_finding.body': reference,
}

/** Where the orders service keeps personal data. */
export const personalData: PersonalData = {
  columns: {
    ...commonPersonalData.columns,
    ...alarmPersonalData.columns,
    ...jobsPersonalData.columns,
    ...order,
    ...money,
  },
  otherColumns: {
    ...commonPersonalData.otherColumns,
    ...alarmPersonalData.otherColumns,
    ...jobsPersonalData.otherColumns,
    product: ['seller', 'sku', 'name', 'price_nok', 'price_eur', 'vat_rate', 'stock', 'traits', 'updated_at'],
    quote: ['id', 'body', 'expires_at', 'order_id'],
    mail_document: ['mail_id', 'kind', 'locale', 'sha256', 'format'],
    orders: [
      'id',
      'seller',
      'version',
      'status',
      'placed_at',
      'payment_check_due_at',
      'answer_awaited_since',
      'all_gone_since',
      'delay_check_at',
    ],
    idempotency: ['route', 'key', 'status', 'created_at'],
    payment_session: [
      ...['order_id', 'amount', 'currency', 'portion', 'attempt', 'status', 'provider', 'expires_at', 'created_at'],
    ],
    money_operation: [
      ...['id', 'order_id', 'kind', 'purpose_kind', 'part', 'amount', 'currency', 'portion', 'by_hand', 'attempt'],
      ...['status', 'claimed_until', 'first_sent_at', 'last_sent_at', 'waiting_since', 'created_at'],
    ],
    operation_decision: ['id', 'operation_id', 'attempt', 'verdict', 'said_at'],
    ledger_entry: ['id', 'order_id', 'kind', 'amount', 'currency', 'provider', 'operation_id', 'expires_at', 'at'],
    line_account: [...['order_id', 'line_id', 'captured', 'refunded', 'units_captured', 'units_refunded', 'exact']],
    payment_account: [
      ...['order_id', 'currency', 'provider', 'authorised', 'captured', 'refunded', 'released', 'expires_at'],
    ],
    sales_document_series: ['seller', 'series', 'last_number'],
    sales_document: [
      ...['seller', 'series', 'number', 'order_id', 'entry_id', 'entry_kind', 'amount', 'currency', 'vat', 'issued_at'],
      ...['lines', 'delivered_on'],
    ],
    credit_note_invoice: ['seller', 'credit_note', 'invoice', 'credit_note_series', 'invoice_series'],
    reconciliation_run: ['id', 'day', 'asked_at', 'finished_at'],
    reconciliation_finding: ['run_id', 'order_id', 'drift'],
  },
  eventFields: {
    'OrderPlaced.number': { ...reference, subject: 'orderId' },
    'OrderPlaced.personal.placedBy': { category: 'login', subject: 'orderId', erased: 'blanked' },
    'OrderPlaced.personal.email': { category: 'contact', subject: 'orderId', erased: 'blanked' },
    'OrderPlaced.personal.name': { category: 'identity', subject: 'orderId', erased: 'blanked' },
    'OrderPlaced.personal.organisationNumber': { category: 'identity', subject: 'orderId', erased: 'blanked' },
    'OrderPlaced.personal.shippingAddress': { category: 'address', subject: 'orderId', erased: 'blanked' },
    'OrderPlaced.personal.billingAddress': { category: 'address', subject: 'orderId', erased: 'blanked' },
    'EmailCorrected.personal.email': { category: 'contact', subject: 'orderId', erased: 'blanked' },
    'ConfirmationBounced.cause': { category: 'quotation', subject: 'orderId', erased: 'blanked', note: BOUNCE },
    'PaymentAuthorised.paymentId': { ...reference, subject: 'orderId' },
    'AuthorisationExpired.paymentId': { ...reference, subject: 'orderId' },
    'PaymentReauthorised.paymentId': { ...reference, subject: 'orderId' },
    'PaymentCaptured.captureId': { ...reference, subject: 'orderId' },
    'PaymentRefunded.refundId': { ...reference, subject: 'orderId' },
    'OrderDispatched.trackingNumber': { ...reference, subject: 'orderId' },
  },
  otherEventFields: [
    'OrderPlaced.seller',
    'OrderPlaced.terms.edition',
    'OrderPlaced.lines.lineId',
    'OrderPlaced.lines.name',
    'OrderPlaced.delivery.option',
    'OrderPlaced.delivery.name',
    'PaymentAuthorised.provider',
    'PaymentReauthorised.provider',
    'ContractFormed.messageId',
    'StopRequested.lines.lineId',
    'StopConcluded.stopped.lineId',
    'StopConcluded.left.lineId',
    'OrderCancelled.reason',
    'OrderDispatched.lines.lineId',
    'DeliveryDelayed.unsent.lineId',
    'DeliveryDelayed.underway.lineId',
    'OrderDispatched.carrier',
    'PaymentClaimed.shipmentId',
  ],
}
