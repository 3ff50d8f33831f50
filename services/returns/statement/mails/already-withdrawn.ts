import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import type { StoredReturn } from '../../withdrawal/store.ts'
import { formatMoment, statementInWords } from '../in-words.ts'
import type { StoredStatement } from '../statement.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi har mottatt meldingen din igjen, ordre ${number}`,
    received: 'Vi bekrefter at vi har mottatt denne meldingen:',
    same: (moment: string) =>
      `Den gjelder det samme som meldingen din av ${moment}, som vi allerede behandler. Det du fikk vite da, gjelder fortsatt, og fristene er de samme.`,
    otherwise: 'Mente du å angre på noe mer, så svar på denne e-posten.',
  },
  en: {
    subject: (number: string) => `We have received your notice again, order ${number}`,
    received: 'We confirm that we have received this notice:',
    same: (moment: string) =>
      `It is about the same as your notice of ${moment}, which we are dealing with already. What you were told then still holds, and so do the days.`,
    otherwise: 'If you meant to withdraw from more than that, answer this mail.',
  },
}

/** Tells a customer who says again what they said before that it is one withdrawal (angrerettloven § 20). */
export function alreadyWithdrawn(
  statement: StoredStatement,
  order: PlacedOrder,
  { state }: Pick<StoredReturn, 'state'>,
  page?: string,
): Composed {
  const { locale, number, terms } = order.facts
  const say = words[locale]
  const paragraphs = [
    [say.received, ...statementInWords(statement, order)].join('\n'),
    `${say.same(formatMoment(locale, state.declared.declaredAt))} ${say.otherwise}`,
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
