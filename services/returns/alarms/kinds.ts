import { serviceAlarmKinds } from '@vilkar/alarms/kinds.ts'

/** What a return may wait for in vain. Kinds are kebab-case and stay: somebody may filter by them. */
export const returnAlarmKinds = [
  ...(['units-unanswered', 'proof-unjudged', 'refund-unanswered', 'return-uninspected', 'return-unassessed'] as const),
] as const
export type ReturnAlarmKind = (typeof returnAlarmKinds)[number]

/** What a person is to find out about a statement, and a statement that nobody answers. */
export const statementAlarmKinds = ['statement-unclear', 'statement-unanswered'] as const
export type StatementAlarmKind = (typeof statementAlarmKinds)[number]

/** What a case other than a withdrawal may wait for in vain, and what a person is called by then. */
export const caseAlarmKinds = {
  check: 'voluntary-return-unchecked',
  judgement: 'complaint-unanswered',
  choice: 'remedy-unchosen',
  cure: 'complaint-unmended',
  replacement: 'replacement-unanswered',
  'cure-shipment': 'cure-shipment-unanswered',
  'cure-stop': 'cure-stop-unanswered',
  'defective-goods': 'defective-goods-unreturned',
  reduction: 'price-reduction-undecided',
  refund: 'case-refund-unanswered',
  approval: 'payout-unapproved',
  rate: 'interest-rate-unknown',
  payout: 'payout-unpaid',
  override: 'override-unapproved',
  exchange: 'exchange-unended',
} as const
export type CaseAlarmKind = (typeof caseAlarmKinds)[keyof typeof caseAlarmKinds]

/** All that people are called for here. */
export const alarmKinds = [
  ...returnAlarmKinds,
  ...statementAlarmKinds,
  ...Object.values(caseAlarmKinds),
  'refund-overdue',
  'received-goods-unsettled',
  'return-parcel-stuck',
  'cure-left',
  ...serviceAlarmKinds,
] as const
