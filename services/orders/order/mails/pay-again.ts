import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { dueFor } from '../payment.ts'
import type { StoredOrder } from '../state.ts'

const words = {
  nb: {
    subject: (number: string) => `Betalingen for ordre ${number} må godkjennes på nytt`,
    ranOut: (number: string, amount: string) =>
      `Reservasjonen av ${amount} for ordre ${number} er utløpt før varene ble sendt. Ingenting av dette beløpet er trukket. Varene venter hos oss til du har godkjent betalingen på nytt.`,
    pay: 'Betal her:',
    over: 'Dette er i orden allerede: du trenger ikke å gjøre noe.',
    question: 'Ønsker du ikke varene lenger, svar på denne e-posten.',
  },
  en: {
    subject: (number: string) => `Your payment for order ${number} has to be approved again`,
    ranOut: (number: string, amount: string) =>
      `The reservation of ${amount} for order ${number} ran out before the goods were sent. Nothing of that amount was taken. The goods wait with us until you have approved the payment again.`,
    pay: 'Pay here:',
    over: 'This has been settled already: you need do nothing.',
    question: 'If you no longer want the goods, answer this email.',
  },
}

/**
 * Tells a customer that the authorisation ran out with goods still here, and where to pay (clause 6.2). `url` is undefined
 * when that was settled before the mail was written.
 */
export function composePayAgain({ state }: StoredOrder, url: string | undefined): Composed {
  const { locale, number, currency, terms } = state.placed
  const say = words[locale]
  const due = formatMoney(locale, dueFor(state), currency)
  const paragraphs = url === undefined ? [say.over] : [`${say.pay}\n${url}`, say.question]
  return {
    locale,
    subject: say.subject(number),
    text: [say.ranOut(number, due), ...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
