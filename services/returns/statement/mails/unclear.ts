import type { Composed } from '@vilkar/mail/outgoing.ts'
import { type Seller, signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { localeOf, statementInWords } from '../in-words.ts'
import type { StoredStatement } from '../statement.ts'

const words = {
  nb: {
    subject: 'Vi har mottatt angremeldingen din, og trenger å vite mer',
    received: 'Vi bekrefter at vi har mottatt en melding om bruk av angrerett:',
    kept: 'Meldingen er tatt vare på, og teller fra da den ble sendt.',
    order:
      'Vi finner ikke ordren den gjelder. Svar på denne e-posten med ordrenummeret, eller med adressen du bestilte med.',
    part: 'Vi ser ikke hvilke varer den gjelder. Svar på denne e-posten med hva du vil angre på.',
    notYou: 'Har du ikke sendt noen melding til oss, trenger du ikke gjøre noe.',
  },
  en: {
    subject: 'We have received your notice of withdrawal, and need to know more',
    received: 'We confirm that we have received a notice of withdrawal:',
    kept: 'The notice is kept, and counts from when it was sent.',
    order:
      'We do not find the order that it is about. Answer this mail with the number of the order, or the address that you ordered with.',
    part: 'We cannot tell which goods it is about. Answer this mail with what you want to withdraw from.',
    notYou: 'If you have sent us no notice, you need not do anything.',
  },
}

/** Acknowledges what nobody can place yet, and asks: an unclear statement is kept, and counts from when it was sent. */
export function statementUnclear(statement: StoredStatement, order: PlacedOrder | undefined, seller: Seller): Composed {
  const locale = localeOf(statement, order)
  const say = words[locale]
  const paragraphs = [
    [say.received, ...statementInWords(statement, order)].join('\n'),
    `${say.kept} ${order ? say.part : say.order}`,
    ...(order ? [] : [say.notYou]),
    signatureOf(seller, locale),
  ]
  return { locale, subject: say.subject, text: paragraphs.join('\n\n') }
}
