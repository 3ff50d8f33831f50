import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { isOneOf, stillPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredVoluntaryReturn } from '../store.ts'
import { refusedInWords } from './refused.ts'

const words = {
  nb: {
    subject: (number: string) => `Slik sender du varene tilbake, ordre ${number}`,
    opening: 'Du kan sende dette tilbake frivillig:',
    statement: 'Din melding',
    how: (day: string, cost: string) =>
      `Varene må være ubrukte, uskadde og i originalemballasjen. Send dem senest ${day}, og legg ved ordrenummeret. ${cost}, og ta vare på kvitteringen: går pakken tapt på vei til oss, trenger du den.`,
    cost: { customer: 'Du betaler frakten', seller: 'Vi betaler frakten, som avtalt' },
    money: (amount: string) =>
      `Er alt som det skal, får du tilbake ${amount}, senest 14 dager etter at varene er hos oss. Det du betalte for levering, er ikke med.`,
    rests: (cites: string) => `Dette er et tilbud etter ${cites}. Rettighetene dine etter loven er de samme som før.`,
    refused: 'Dette kan ikke sendes tilbake etter tilbudet:',
    keep: 'Vil du beholde varene likevel, trenger du bare å svare på denne e-posten.',
  },
  en: {
    subject: (number: string) => `How to send the goods back, order ${number}`,
    opening: 'You can send this back by our offer:',
    statement: 'Your message',
    how: (day: string, cost: string) =>
      `The goods must be unused, undamaged and in their original packaging. Send them by ${day} at the latest, with the number of the order. ${cost}, and keep the receipt: you need it if the parcel is lost on its way to us.`,
    cost: { customer: 'You pay the way back', seller: 'We pay the way back, as agreed' },
    money: (amount: string) =>
      `If all is as it should be you get ${amount} back, within 14 days of the goods reaching us. What you paid for delivery is not part of it.`,
    rests: (cites: string) => `This is an offer under ${cites}. Your rights by law are as they were.`,
    refused: 'This cannot be sent back by the offer:',
    keep: 'If you would rather keep the goods, answering this mail is all it takes.',
  },
}

/** Tells a customer how goods go back by the offer, on what conditions, and what comes of it (clause 9). */
export function voluntaryReceipt(
  { state, personal }: Pick<StoredVoluntaryReturn, 'state' | 'personal'>,
  facts: PlacedFacts,
  page?: string,
): Composed {
  const { locale, number, currency, terms } = facts
  const say = words[locale]
  const { lines, refused = [], sendBackBy, refundEstimate, returnCostBearer, requestedAt, reasons } = state.requested
  const paragraphs = [
    [say.opening, ...lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)].join('\n'),
    ...(personal.statement ? [`${say.statement}: ${writtenLine(personal.statement)}`] : []),
    say.how(formatDay(locale, sendBackBy), say.cost[returnCostBearer ?? 'customer']),
    `${say.money(formatMoney(locale, refundEstimate, currency))} ${say.rests(citedInWords(locale, reasons))}`,
    ...(refused.length > 0
      ? [
          [say.refused, ...refusedInWords(refused, facts)].join('\n'),
          ...stillPossible(facts, Temporal.Instant.from(requestedAt), isOneOf(refused)),
          disagreement(facts, Temporal.Instant.from(requestedAt)),
        ]
      : []),
    say.keep,
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
