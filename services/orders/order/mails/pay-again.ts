import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { dueFor, owedFor } from '../payment.ts'
import type { StoredOrder } from '../state.ts'

const words = {
  nb: {
    subject: (number: string) => `Betalingen for ordre ${number} må godkjennes på nytt`,
    ranOut: (number: string, amount: string) =>
      `Reservasjonen av ${amount} for ordre ${number} er utløpt før varene ble sendt. Ingenting av dette beløpet er trukket. Varene venter hos oss til du har godkjent betalingen på nytt.`,
    unpaid: (number: string, amount: string) =>
      `Reservasjonen for ordre ${number} utløp før vi fikk trukket betalingen for alt vi har sendt deg: ${amount} er ikke betalt.`,
    waiting: 'Varene som ikke er sendt, venter hos oss til du har godkjent betalingen på nytt.',
    inAll: (amount: string) => `Til sammen gjelder det ${amount}. Ingenting av dette beløpet er trukket.`,
    pay: 'Betal her:',
    over: 'Dette er i orden allerede: du trenger ikke å gjøre noe.',
    question: 'Ønsker du ikke varene lenger, svar på denne e-posten.',
  },
  en: {
    subject: (number: string) => `Your payment for order ${number} has to be approved again`,
    ranOut: (number: string, amount: string) =>
      `The reservation of ${amount} for order ${number} ran out before the goods were sent. Nothing of that amount was taken. The goods wait with us until you have approved the payment again.`,
    unpaid: (number: string, amount: string) =>
      `The reservation for order ${number} ran out before we could take the payment for all that we sent you: ${amount} is not paid.`,
    waiting: 'The goods that have not been sent wait with us until you have approved the payment again.',
    inAll: (amount: string) => `In all this is about ${amount}. Nothing of that amount was taken.`,
    pay: 'Pay here:',
    over: 'This has been settled already: you need do nothing.',
    question: 'If you no longer want the goods, answer this email.',
  },
}

/**
 * Tells a customer that the authorisation ran out before all was taken, and where to pay (clause 6.2): for goods that are still
 * here, for goods that they have been sent, or for both. `url` is undefined
 * when that was settled before the mail was written.
 */
export function composePayAgain({ state }: StoredOrder, url: string | undefined): Composed {
  const { locale, number, currency, terms } = state.placed
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const [due, owed] = [dueFor(state), owedFor(state)]
  const waits = owed < due
  const opening =
    owed === 0
      ? [say.ranOut(number, money(due))]
      : [say.unpaid(number, money(owed)), ...(waits ? [say.waiting, say.inAll(money(due))] : [])]
  const paragraphs = url === undefined ? [say.over] : [`${say.pay}\n${url}`, ...(waits ? [say.question] : [])]
  return {
    locale,
    subject: say.subject(number),
    text: [...opening, ...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
