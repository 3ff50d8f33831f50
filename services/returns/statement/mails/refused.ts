import { citedInWords } from '@vilkar/mail/cited.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { stillPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { statementInWords } from '../in-words.ts'
import { linesOfStatement, type StoredStatement } from '../statement.ts'

const words = {
  nb: {
    subject: (number: string) => `Svar på angremeldingen din for ordre ${number}`,
    received: 'Vi bekrefter at vi har mottatt denne meldingen:',
    business: 'Angreretten gjelder for forbrukere, og ordren er kjøpt av en bedrift.',
    no: 'Du kan ikke angre på dette, eller ikke lenger.',
    rests: (cites: string) => `Dette følger av ${cites}.`,
    disagree: (mediator: string) => `${words.nb.write} ${mediator} hjelper deg videre hvis vi ikke blir enige.`,
    write: 'Svaret er gitt automatisk. Er du uenig, så svar på denne e-posten, og et menneske ser på det.',
  },
  en: {
    subject: (number: string) => `Answer to your notice of withdrawal from order ${number}`,
    received: 'We confirm that we have received this notice:',
    business: 'The right of withdrawal is for consumers, and the order was placed by a business.',
    no: 'You cannot withdraw from this, or not any more.',
    rests: (cites: string) => `This follows from ${cites}.`,
    disagree: (mediator: string) => `${words.en.write} ${mediator} can help if we do not come to agree.`,
    write: 'This answer was given by a machine. If you disagree, answer this mail, and a person looks at it.',
  },
}

/** Tells a customer why they cannot withdraw, what it rests on, what they can still do, that a person looks at it if they ask (GDPR Art. 22(3)), and who helps who disagrees. */
export function statementRefused(statement: StoredStatement, order: PlacedOrder, page?: string): Composed {
  const { facts } = order
  const { locale, number, customerKind, country, terms } = facts
  const say = words[locale]
  const at = Temporal.Instant.from(statement.answer.answeredAt!)
  const wanted = linesOfStatement(statement)
  const { mediator } = termsOf(terms.edition).dispute({
    ...{ customerKind, country, on: at.toZonedDateTimeISO('Europe/Oslo').toPlainDate() },
  })
  const why = customerKind === 'business' ? say.business : say.no
  const paragraphs = [
    [say.received, ...statementInWords(statement, order)].join('\n'),
    `${why} ${say.rests(citedInWords(locale, statement.answer.refusal!.reasons ?? []))}`,
    ...stillPossible(facts, at, (lineId) => wanted?.some((part) => part.lineId === lineId) ?? true),
    mediator ? say.disagree(mediator) : say.write,
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
