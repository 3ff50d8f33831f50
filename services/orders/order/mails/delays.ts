import type { DeliveryDelayed } from '@vilkar/contracts/orders-delivery.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { delayOf } from '../delay.ts'
import { agreedOn } from '../promise.ts'
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
  const expected = termsFor(state).deliveryEstimate({ confirmedAt: Temporal.Instant.from(state.formedAt!) })
  const opening =
    kind === 'late' && ruling.outcome === 'granted'
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

/** What somebody may do whose goods are late, each with what it rests on. */
function rightsOf(state: PlacedOrder, at: Temporal.Instant) {
  const { locale, customerKind } = state.placed
  const say = words[locale]
  const confirmedAt = Temporal.Instant.from(state.formedAt!)
  const { lastDay, outcome } = delayOf(state, at)
  // What holds once extra time that they set has run out, too.
  const { reasons } = termsFor(state).delay({
    ...{ customerKind, confirmedAt, at, extraTimeUntil: lastDay },
    ...agreedOn(state.placed),
  })
  const because = (code: string) =>
    cited(
      state,
      reasons.filter((reason) => reason.code === code),
    )
  return [
    ...(outcome === 'review' ? [say.ifUnreasonable(because('reasonable-time-to-be-judged'))] : []),
    say.insist(because('withhold-or-insist')),
    say.rescind(because('may-rescind')),
    say.damages(because('damages-possible')),
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
  const { lastDay, reasons, outcome } = delayOf(state, deliveredAt, deliveredAt)
  const [why, ...rest] = reasons
  const came = say.came(formatDay(locale, osloDay(deliveredAt)))
  const due = formatDay(locale, lastDay)
  return [
    outcome === 'granted'
      ? `${came} ${say.shouldHaveCome(due, cited(state, [why!]))}`
      : `${came} ${say.expectedToCome(due, cited(state, [why!]))}`,
    ...(outcome === 'review' ? [say.afterReasonableTime] : []),
    say.claim(cited(state, rest)),
    ...(customerKind === 'consumer' ? [say.stillMayWithdraw] : []),
  ]
}
