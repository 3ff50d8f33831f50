import type { DeliveryDelayed } from '@vilkar/contracts/orders-delivery.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { delayOf, estimateOf } from '../delay.ts'
import { type PlacedOrder, type StoredOrder, termsFor } from '../state.ts'
import { words } from './delay-words.ts'

/** What had not come, and by when it should have. */
export type Delay = Pick<DeliveryDelayed['data'], 'lastDay' | 'unsent' | 'underway' | 'delayedAt'>

type Mail = { kind: 'delayed' | 'late'; detail: Delay } | { kind: 'delivered-late'; detail: { deliveredAt: string } }

/**
 * Tells a customer, in the language of the order, that their goods take longer than was expected, are late or came late, and what
 * they may do. What that is and what it rests on is asked of the terms that the order was placed under.
 */
export function composeDelay(mail: Mail, { state }: StoredOrder): Composed {
  const { locale, number, terms, customerKind, deliverBy } = state.placed
  const { subject } = words[locale]
  const paragraphs = mail.kind === 'delivered-late' ? cameLate(state, mail.detail) : isLate(mail, state)
  return {
    locale,
    // Without an agreed day, whether that was late is for a person to judge.
    subject: (customerKind === 'business' && !deliverBy ? subject.ofBusiness : subject)[mail.kind](number),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}

const cited = ({ placed: { locale } }: PlacedOrder, reasons: readonly Reason[]) => `(${citedInWords(locale, reasons)})`

/** The clauses alone of what reasons cite. */
const inTheTerms = (reasons: readonly Reason[]) =>
  reasons.map(({ code, cites }) => ({ code, cites: cites.filter((cite) => 'clause' in cite) }))

function isLate({ kind, detail }: Extract<Mail, { detail: Delay }>, state: PlacedOrder): string[] {
  const { locale, lines } = state.placed
  const say = words[locale]
  const { unsent, underway, lastDay, delayedAt } = detail
  const named = (units: Delay['unsent']) =>
    units.map(({ lineId, quantity }) => `${quantity} × ${lines.find((line) => line.lineId === lineId)!.name}`)
  const ruling = delayOf(state, Temporal.Instant.from(delayedAt))
  const day = formatDay(locale, lastDay)
  const expected = estimateOf(state)
  const opening =
    kind === 'late' && ruling.late === 'granted'
      ? say.wasDue(day, cited(state, ruling.reasons.slice(0, 1)))
      : say.wasExpected(day, cited(state, inTheTerms(expected.reasons)))
  const cancels = unsent.length > 0 ? mayCancel(state) : []
  const rights = kind === 'late' ? rightsOf(state, Temporal.Instant.from(delayedAt)) : laterRights(state)
  return [
    opening,
    ...(unsent.length > 0 ? [[say.unsent, ...named(unsent)].join('\n')] : []),
    ...(underway.length > 0 ? [[say.underway, ...named(underway)].join('\n')] : []),
    ...(kind === 'late'
      ? [[say.youMay, ...[...rights, ...cancels].map((each) => `– ${each}`)].join('\n')]
      : [...rights, ...cancels]),
    say.answer,
  ]
}

/** What a consumer will be able to do, should it not come by the law's last day. */
function laterRights(state: PlacedOrder) {
  const { locale } = state.placed
  const say = words[locale]
  const { lastDay, reasons } = delayOf(state, Temporal.Instant.from(state.formedAt!))
  return [say.byLaw(formatDay(locale, lastDay), cited(state, reasons))]
}

/** Says something with what it rests on, if that is among the reasons. */
const sayer =
  (state: PlacedOrder, reasons: readonly Reason[]) =>
  (code: string, words: (why: string) => string): string[] => {
    const because = reasons.filter((reason) => reason.code === code)
    return because.length === 0 ? [] : [words(cited(state, because))]
  }

/** What somebody may do whose goods are late, each with what it rests on. */
function rightsOf(state: PlacedOrder, at: Temporal.Instant) {
  const say = words[state.placed.locale]
  const { lastDay } = delayOf(state, at)
  // What holds once extra time that they set has run out, too.
  const { reasons } = delayOf(state, at, { extraTime: { until: lastDay.toString() } })
  const ifAny = sayer(state, reasons)
  return [
    ...ifAny('reasonable-time-to-be-judged', say.ifUnreasonable),
    ...ifAny('withhold-or-insist', say.insist),
    ...ifAny('may-rescind', say.rescind),
    ...ifAny('purpose-defeated-to-be-judged', say.madeToOrder),
    ...ifAny('damages-possible', say.damages),
  ]
}

/** What has not left can be cancelled, where the terms let this customer do so. */
function mayCancel(state: PlacedOrder): string[] {
  const { locale, customerKind, lines } = state.placed
  const { outcome, reasons } = termsFor(state).cancellation({
    ...{ by: 'customer', reason: 'customer-wish', customerKind, formed: true, dispatched: false },
    madeToOrder: lines.some(({ traits }) => traits.madeToOrder),
  })
  return outcome === 'granted' ? [words[locale].cancel(cited(state, reasons))] : []
}

function cameLate(state: PlacedOrder, detail: { deliveredAt: string }): string[] {
  const { locale, customerKind } = state.placed
  const say = words[locale]
  const deliveredAt = Temporal.Instant.from(detail.deliveredAt)
  const extraTime = state.additionalPeriods?.at(-1)
  const { lastDay, reasons, late } = delayOf(state, deliveredAt, { deliveredAt, extraTime })
  const ifAny = sayer(state, reasons)
  const came = say.came(formatDay(locale, osloDay(deliveredAt)))
  const due = formatDay(locale, lastDay)
  const why = cited(state, reasons.slice(0, 1))
  return [
    late === 'granted' ? `${came} ${say.shouldHaveCome(due, why)}` : `${came} ${say.expectedToCome(due, why)}`,
    ...(late === 'review' ? [say.afterReasonableTime] : []),
    ...ifAny('may-rescind-in-reasonable-time', say.stillMayRescind),
    ...ifAny('extra-time-to-be-judged', say.shortTime),
    ...ifAny('purpose-defeated-to-be-judged', say.madeToOrder),
    ...ifAny('damages-possible', say.claim),
    ...(customerKind === 'consumer' ? [say.stillMayWithdraw] : []),
  ]
}
