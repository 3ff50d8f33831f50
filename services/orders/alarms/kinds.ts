import { serviceAlarmKinds } from '@vilkar/alarms/kinds.ts'

/** What people are called for. Kinds are kebab-case and stay: somebody may filter by them. */
export const alarmKinds = [
  'payment-declined-operation',
  'payment-stuck-operation',
  'payment-amount-differs',
  'authorisation-expiring',
  'authorisation-expired',
  'shipped-not-captured',
  'shipped-although-cancelled',
  'cancellation-asked-in-transit',
  'cancellation-to-approve',
  'mail-went-astray',
  'confirmation-bounced',
  'address-not-told',
  'stop-unanswered',
  'held-though-all-left',
  'refund-less-than-decided',
  'exchange-rate-missing',
  'reconciliation-drift',
  ...serviceAlarmKinds,
] as const
export type AlarmKind = (typeof alarmKinds)[number]
