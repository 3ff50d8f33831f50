import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { senderOf } from '@vilkar/terms/sellers/sender-of.ts'
import type { Deps } from '../../deps.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { readOrder } from '../../order-facts/store.ts'
import { readReturn } from '../store.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi har mottatt angremeldingen din for ordre ${number}`,
    opening: 'Vi bekrefter at vi har mottatt meldingen din om at du går fra avtalen.',
    received: 'Mottatt',
    lines: 'Gjelder',
    statement: 'Din melding',
    sendBackBy: (day: string) =>
      `Send varene tilbake senest ${day}. Ta vare på kvitteringen: viser du den, kan vi ikke vente med tilbakebetalingen.`,
    cost: { customer: 'Du betaler returfrakten.', seller: 'Vi betaler returfrakten.' },
    refund: (amount: string) =>
      `Du får tilbake ${amount}, senest 14 dager etter meldingen din, eller når varene eller bevis for sending har kommet fram om det er senere.`,
    partNotSent: (units: string) =>
      `Av dette er ${units} ikke sendt. Det vi rekker å stanse, skal du ikke sende tilbake, og det trekkes ingen betaling for det. Vi skriver til deg når vi vet det.`,
    notSent: 'Varene er ikke sendt. Vi stanser dem om vi rekker det, og da trekkes ingen betaling.',
  },
  en: {
    subject: (number: string) => `We have received your withdrawal from order ${number}`,
    opening: 'We confirm that we have received your notice of withdrawal from the contract.',
    received: 'Received',
    lines: 'It concerns',
    statement: 'Your message',
    sendBackBy: (day: string) =>
      `Send the goods back by ${day} at the latest. Keep the receipt: once you show it, we may not wait with your refund.`,
    cost: { customer: 'You pay for sending them back.', seller: 'We pay for sending them back.' },
    refund: (amount: string) =>
      `You get ${amount} back, at the latest 14 days after your notice, or when the goods or proof of sending have reached us if that is later.`,
    partNotSent: (units: string) =>
      `Of it, ${units} have not been sent. What we stop in time you need not send back, and no payment is taken for it. We write to you when we know.`,
    notSent: 'The goods have not been sent. We stop them if we can, and then no payment is taken.',
  },
}

/** The receipt of a withdrawal: what was said, the day and the time (angrerettloven §§ 20 and 20 a; Directive 2011/83/EU, Art. 11a). */
export async function composeReceipt({ db, pool }: Pick<Deps, 'db' | 'pool'>, returnId: string): Promise<Composed> {
  const { state, personal } = (await readReturn(db, returnId))!
  const { orderId, declaredAt, lines, sendBackBy, returnCostBearer, refundEstimate, currency, goodsSent } =
    state.declared
  const { facts } = (await readOrder(pool, orderId))!
  const say = words[facts.locale]
  const at = Temporal.Instant.from(declaredAt).toZonedDateTimeISO('Europe/Oslo')
  const nameOf = namesIn(facts)
  const named = lines.map(({ lineId, quantity }) => `${quantity} × ${nameOf(lineId)}`)
  const unsent = lines.flatMap(({ lineId, unsent: units = 0 }) => (units > 0 ? [`${units} × ${nameOf(lineId)}`] : []))
  const paragraphs = [
    say.opening,
    [
      `${say.received}: ${at.toPlainDate()} ${at.toPlainTime().toString({ smallestUnit: 'second' })} (Europe/Oslo)`,
      `${say.lines}: ${named.join(', ')}`,
    ].join('\n'),
    ...(personal.statement ? [`${say.statement}: ${writtenLine(personal.statement)}`] : []),
    ...(goodsSent
      ? [
          `${say.sendBackBy(sendBackBy)} ${say.cost[returnCostBearer]}`,
          say.refund(formatMoney(facts.locale, refundEstimate, currency)),
          ...(unsent.length > 0 ? [say.partNotSent(unsent.join(', '))] : []),
        ]
      : [say.notSent]),
    signatureOf(sellerOf(facts.terms.edition), facts.locale),
  ]
  return { locale: facts.locale, subject: say.subject(facts.number), text: paragraphs.join('\n\n') }
}

/** What a line is called: its name, or of orders of before that was kept, its number in the catalogue. */
export const namesIn = ({ names, lines }: PlacedFacts) => (lineId: string) =>
  names?.[lineId] ?? lines.find((line) => line.lineId === lineId)!.sku

/** Who sends the mails about a return: the seller of the order. */
export async function senderOfReturn(
  { db, pool }: Pick<Deps, 'db' | 'pool'>,
  returnId: string,
  mailFrom: string | undefined,
) {
  const { state } = (await readReturn(db, returnId))!
  const { facts } = (await readOrder(pool, state.declared.orderId))!
  return senderOf(sellerOf(facts.terms.edition), mailFrom)
}
