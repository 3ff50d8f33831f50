import type { PayoutMade } from '@vilkar/contracts/orders-payout.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'

/** What was paid, as its document says it. Minor units of the order's currency. */
export type PaidOut = Pick<PayoutMade['data'], 'kind' | 'amount' | 'number' | 'paidAt' | 'reasons'> & {
  reference: string
}

const words = {
  nb: {
    subject: (amount: string, number: string) => `${amount} er betalt til deg, ordre ${number}`,
    title: (number: number) => `Utbetalingsbilag nr. ${number}`,
    what: { goodwill: 'Kulanse', 'late-interest': 'Forsinkelsesrente' },
    amount: 'Beløp',
    day: 'Betalt',
    reference: 'Betalingen finnes igjen ved',
    is: 'Dette er ingen kreditnota: det du betalte for varene, og merverdiavgiften på det, er som før. Det tar ingenting fra det du ellers har rett til å få tilbake.',
    rests: (cites: string) => `Dette følger av ${cites}.`,
  },
  en: {
    subject: (amount: string, number: string) => `${amount} is paid to you, order ${number}`,
    title: (number: number) => `Payout document no. ${number}`,
    what: { goodwill: 'Goodwill', 'late-interest': 'Interest on late payment' },
    amount: 'Amount',
    day: 'Paid',
    reference: 'The payment is found by',
    is: 'This is no credit note: what you paid for the goods, and the VAT on it, is as it was. It takes nothing from what you otherwise have a right to get back.',
    rests: (cites: string) => `This follows from ${cites}.`,
  },
}

/** The document of a payout: what it is, how much, when, and by what it is found. */
export function composePaidOut(
  { kind, amount, number, paidAt, reasons, reference }: PaidOut,
  { state: { placed } }: Pick<StoredOrder, 'state'>,
): Composed {
  const { locale, currency, terms } = placed
  const say = words[locale]
  const money = formatMoney(locale, amount, currency)
  const paragraphs = [
    [
      `${say.title(number)}: ${say.what[kind]}`,
      `${say.amount}: ${money}`,
      `${say.day}: ${formatDay(locale, osloDay(Temporal.Instant.from(paidAt)))}`,
      `${say.reference}: ${writtenLine(reference)}`,
    ].join('\n'),
    `${say.rests(citedInWords(locale, reasons))} ${say.is}`,
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(money, placed.number), text: paragraphs.join('\n\n') }
}
