import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'
import { addressLines } from './order-in-words.ts'

/** What came of a change of the shipping address. `partLeft`: some goods were packed or had left for the address of before. */
export type Readdressed = { changed: boolean; partLeft: boolean }

const words = {
  nb: {
    subject: (number: string) => `Leveringsadressen for ordre ${number}`,
    changed: 'Leveringsadressen er endret. Det som ikke var pakket, sendes til:',
    partLeft: 'Noe av ordren var allerede pakket eller sendt, og kommer til adressen den ble bestilt til.',
    tooLate: 'Varene var allerede pakket eller sendt, så adressen kunne ikke endres. De kommer til:',
    notYou: 'Har du ikke bedt om dette, svar på denne e-posten med en gang.',
  },
  en: {
    subject: (number: string) => `The delivery address of order ${number}`,
    changed: 'The delivery address has been changed. What was not packed yet goes to:',
    partLeft: 'Some of the order had been packed or sent already and comes to the address that it was ordered to.',
    tooLate: 'The goods had been packed or sent already, so that the address could not be changed. They come to:',
    notYou: 'If you have not asked for this, answer this mail at once.',
  },
}

/** Tells the customer where the goods go now. */
export function composeReaddressed({ changed, partLeft }: Readdressed, { state, personal }: StoredOrder): Composed {
  const { locale, number, terms } = state.placed
  const say = words[locale]
  const paragraphs = [
    [changed ? say.changed : say.tooLate, ...addressLines(locale, personal.shippingAddress)].join('\n'),
    ...(changed && partLeft ? [say.partLeft] : []),
    say.notYou,
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
