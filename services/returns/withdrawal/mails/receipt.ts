import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Citation } from '@vilkar/terms/ruling/ruling.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { isOneOf, stillPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import type { StoredReturn } from '../store.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi har mottatt angremeldingen din for ordre ${number}`,
    opening: 'Vi bekrefter at vi har mottatt meldingen din om at du går fra avtalen.',
    received: 'Mottatt',
    lines: 'Gjelder',
    statement: 'Din melding',
    sendBackBy: (day: string) =>
      `Send varene tilbake senest ${day}. Ta vare på kvitteringen: har vi sett den, venter vi ikke på varene med tilbakebetalingen.`,
    cost: { customer: 'Du betaler returfrakten.', seller: 'Vi betaler returfrakten.' },
    refund: (amount: string) =>
      `Du får tilbake ${amount}, senest 14 dager etter meldingen din, eller når varene eller bevis for sending har kommet fram om det er senere.`,
    partNotSent: (units: string, money: string) =>
      `Av dette er ${units} ikke sendt. Det vi rekker å stanse, skal du ikke sende tilbake, og ${money}. Vi skriver til deg når vi vet det.`,
    refused: 'Dette kan du ikke angre på:',
    notSent: (money: string) =>
      `Varene er ikke sendt. Det vi rekker å stanse, blir ikke sendt, og ${money}. Vi skriver til deg når vi vet det.`,
    untaken: 'det trekkes ingen betaling for det',
    takenBack: 'det du har betalt for det, får du tilbake',
  },
  en: {
    subject: (number: string) => `We have received your withdrawal from order ${number}`,
    opening: 'We confirm that we have received your notice of withdrawal from the contract.',
    received: 'Received',
    lines: 'It concerns',
    statement: 'Your message',
    sendBackBy: (day: string) =>
      `Send the goods back by ${day} at the latest. Keep the receipt: once we have seen it, we do not wait for the goods with your refund.`,
    cost: { customer: 'You pay for sending them back.', seller: 'We pay for sending them back.' },
    refund: (amount: string) =>
      `You get ${amount} back, at the latest 14 days after your notice, or when the goods or proof of sending have reached us if that is later.`,
    partNotSent: (units: string, money: string) =>
      `Of this we have not sent ${units}. What we stop in time you need not send back, and ${money}. We write to you when we know.`,
    refused: 'You cannot withdraw from this:',
    notSent: (money: string) =>
      `The goods have not been sent. What we can still stop we stop, and ${money}. We write to you when we know.`,
    untaken: 'no payment is taken for it',
    takenBack: 'what you have paid for it goes back to you',
  },
}

/** A sentence of the terms, or a section of an Act, by its number. */
const cited = (cite: Citation, locale: Locale) => {
  if ('agreement' in cite) return citedInWords(locale, [{ code: '', cites: [cite] }])
  if ('act' in cite) return `${cite.act} ${cite.section}`
  return { nb: `kjøpsvilkårene punkt ${cite.clause}`, en: `clause ${cite.clause} of the terms` }[locale]
}

/** The receipt of a withdrawal: what was said, the day and the time (angrerettloven §§ 20 and 20 a; Directive 2011/83/EU, Art. 11a). */
export function receipt(
  { state, personal }: Pick<StoredReturn, 'state' | 'personal'>,
  { facts }: PlacedOrder,
  page?: string,
): Composed {
  const {
    declaredAt,
    lines,
    sendBackBy,
    returnCostBearer,
    refundEstimate,
    currency,
    goodsSent,
    refused = [],
  } = state.declared
  const say = words[facts.locale]
  const at = Temporal.Instant.from(declaredAt).toZonedDateTimeISO('Europe/Oslo')
  const nameOf = namesIn(facts)
  const named = lines.map(({ lineId, quantity }) => `${quantity} × ${nameOf(lineId)}`)
  const unsent = lines.flatMap(({ lineId, unsent: units = 0 }) => (units > 0 ? [`${units} × ${nameOf(lineId)}`] : []))
  const reasoned = ({ lineId, quantity, reasons }: (typeof refused)[number]) =>
    `${quantity} × ${nameOf(lineId)}: ${reasons.flatMap((reason) => reason.cites.map((cite) => cited(cite, facts.locale))).join(', ')}`
  const money = facts.disclosures.earlyCapture ? say.takenBack : say.untaken
  const paragraphs = [
    say.opening,
    [
      `${say.received}: ${formatDay(facts.locale, at.toPlainDate())}, ${at.toPlainTime().toString({ smallestUnit: 'second' })} (Europe/Oslo)`,
      `${say.lines}: ${named.join(', ')}`,
    ].join('\n'),
    ...(personal.statement ? [`${say.statement}: ${writtenLine(personal.statement)}`] : []),
    ...(goodsSent
      ? [
          `${say.sendBackBy(formatDay(facts.locale, sendBackBy))} ${say.cost[returnCostBearer]}`,
          say.refund(formatMoney(facts.locale, refundEstimate, currency)),
          ...(unsent.length > 0 ? [say.partNotSent(unsent.join(', '), money)] : []),
        ]
      : [say.notSent(money)]),
    ...(refused.length > 0
      ? [
          [say.refused, ...refused.map(reasoned)].join('\n'),
          ...stillPossible(facts, Temporal.Instant.from(declaredAt), isOneOf(refused)),
          disagreement(facts, Temporal.Instant.from(declaredAt)),
        ]
      : []),
    ...orderPage(facts.locale, page),
    signatureOf(sellerOf(facts.terms.edition), facts.locale),
  ]
  return { locale: facts.locale, subject: say.subject(facts.number), text: paragraphs.join('\n\n') }
}
