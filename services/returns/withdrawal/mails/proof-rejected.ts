import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredReturn } from '../store.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi fant ikke pakken du har sendt tilbake, ordre ${number}`,
    notFound: 'Du har sagt fra at varene er sendt tilbake. Vi har sett på det, og kan ikke se at de er sendt.',
    why: (reason: string) => `Grunnen: ${reason}`,
    what: 'Har du sendt dem, så vis oss kvitteringen eller et sporingsnummer som virker, eller svar på denne e-posten. Pengene kommer når sendingen er bekreftet eller varene er her.',
  },
  en: {
    subject: (number: string) => `We did not find the parcel that you sent back, order ${number}`,
    notFound: 'You told us that the goods have been sent back. We looked, and cannot see that they have.',
    why: (reason: string) => `The reason: ${reason}`,
    what: 'If you did send them, show us the receipt or a tracking number that works, or answer this mail. Your money comes once the sending is confirmed or the goods are here.',
  },
}

/** Tells a customer that their proof of sending was rejected, why, and what to do (angrerettloven § 24). */
export function composeProofRejected(
  { personal }: Pick<StoredReturn, 'personal'>,
  { locale, number, terms }: Pick<PlacedFacts, 'locale' | 'number' | 'terms'>,
): Composed {
  const say = words[locale]
  const paragraphs = [
    say.notFound,
    ...(personal.judgement ? [say.why(writtenLine(personal.judgement))] : []),
    say.what,
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
