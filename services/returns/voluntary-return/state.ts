import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, ReturnClosed } from '@vilkar/contracts/returns.ts'
import type {
  Looked,
  VoluntaryReturnChecked,
  VoluntaryReturnEnded,
  VoluntaryReturnRequested,
} from '@vilkar/contracts/returns-voluntary.ts'
import { startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'

/** The facts of a return by the offer of the terms. Money in minor units of the order's currency. */
export type RequestedReturn = {
  status: 'requested' | 'received' | 'refund-decided' | 'closed' | 'ended'
  requested: Omit<VoluntaryReturnRequested['data'], 'personal'>
  /** When the customer was reminded that the day to send the goods had passed. */
  remindedAt?: string
  /** Since when a carrier has the goods. */
  sentAt?: string
  receivedAt?: string
  check?: Pick<VoluntaryReturnChecked['data'], 'checkedAt' | 'units' | 'accepted' | 'refused' | 'missing'>
  refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  closed?: Pick<ReturnClosed['data'], 'amount' | 'closedAt'>
  ended?: Pick<VoluntaryReturnEnded['data'], 'outcome' | 'endedAt' | 'reasons'>
}
export type VoluntaryReturn = { status: 'new' } | RequestedReturn

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type VoluntaryReturnCommand =
  /** `lines` left out: everything. `facts` are what is known of the order, here and below. */
  | Command<
      'RequestReturn',
      { facts: OrderFacts; lines?: LinePart[]; statement?: string; recordedBy?: string } & Pick<
        VoluntaryReturnRequested['data'],
        'noticeSentAt' | 'channel'
      >
    >
  /** The carrier has the goods. */
  | Command<'HearScan', { carrier: string; trackingNumber: string; scannedAt: string }>
  | Command<'RecordReceipt', { receivedAt: string }>
  | Command<'RecordCheck', { facts: OrderFacts; receivedAt: string; units: Looked[]; checkedBy: string; note?: string }>
  /** The customer keeps the goods after all. */
  | Command<'GiveUp', object>
  /** A day has passed that something hangs on. */
  | Command<'LetTimePass', { facts: OrderFacts }>
  | Command<'CloseReturn', { amount: number }>
export type CommandData<Type extends VoluntaryReturnCommand['type']> = Extract<
  VoluntaryReturnCommand,
  { type: Type }
>['data']

/** So many days after the last day to send them, goods that nobody has heard of stay with the customer. */
const WAITED_FOR_DAYS = 14
/** On the last day to pay back, so late that the money still moves on it: Europe/Oslo. */
const LAST_HOUR = { hours: 16 }

/** When the customer is reminded to send the goods: once their last day is over. */
export const remindFrom = ({ requested }: RequestedReturn) => startOfDayAfter(requested.sendBackBy, 1)

/** When goods that nobody has heard of are waited for no more. */
export const waitedForUntil = ({ requested }: RequestedReturn) =>
  startOfDayAfter(requested.sendBackBy, WAITED_FOR_DAYS + 1)

const startOfDayAfter = (day: string, days: number) =>
  startOfOsloDay(Temporal.PlainDate.from(day).add({ days })).toString()

/** Until when goods that are back can be looked at; the refund is never late for that. */
export function lookedAtUntil({ requested, receivedAt }: RequestedReturn): string {
  const { dueOn } = termsOf(requested.terms.edition).voluntaryRefundDue({
    goodsReceivedAt: Temporal.Instant.from(receivedAt!),
  })
  return startOfOsloDay(dueOn!).toZonedDateTimeISO('Europe/Oslo').add(LAST_HOUR).toInstant().toString()
}

/** When time itself changes something. */
export function lookFrom(state: RequestedReturn): string | undefined {
  if (state.status === 'received') return lookedAtUntil(state)
  if (state.status !== 'requested' || state.sentAt) return undefined
  return state.remindedAt ? waitedForUntil(state) : remindFrom(state)
}
