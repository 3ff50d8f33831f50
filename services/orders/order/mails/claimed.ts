import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'

/** What a mail about a claim keeps: how much is claimed, in minor units. */
export type ClaimedDetail = { amount: number }

const words = {
  nb: {
    subject: (number: string, amount: string) => `Ordre ${number}: du skylder oss ${amount}`,
    opening: (amount: string) =>
      `Vi har sendt deg varer for ${amount} som ikke er betalt. Reservasjonen utløp før vi fikk trukket beløpet, og betalingen er ikke godkjent på nytt.`,
    stands: (section: string) => `Kjøpet står ved lag, og vi krever beløpet av deg (${section}).`,
    how: 'Du kan ikke lenger betale med lenken som vi har sendt deg. Svar på denne e-posten, så avtaler vi hvordan du betaler. Det du har sendt tilbake, eller sender tilbake i rett tid, trekker vi fra.',
  },
  en: {
    subject: (number: string, amount: string) => `Order ${number}: you owe us ${amount}`,
    opening: (amount: string) =>
      `We have sent you goods for ${amount} that are not paid. The reservation ran out before we could take the amount, and the payment was not approved again.`,
    stands: (section: string) => `The purchase stands, and we claim the amount of you (${section}).`,
    how: 'You can no longer pay by the link that we sent you. Answer this email, and we agree on how you pay. We take off what you have sent back, or send back in time.',
  },
}

const SECTION = { consumer: 'forbrukerkjøpsloven § 44', business: 'kjøpsloven § 52' }

/** Tells a customer that what left and could not be taken is claimed of them (forbrukerkjøpsloven § 44, kjøpsloven § 52). */
export function composeClaimed({ state: { placed } }: StoredOrder, { amount }: ClaimedDetail): Composed {
  const { locale, number, currency, terms, customerKind } = placed
  const say = words[locale]
  const owed = formatMoney(locale, amount, currency)
  return {
    locale,
    subject: say.subject(number, owed),
    text: [
      say.opening(owed),
      say.stands(SECTION[customerKind]),
      say.how,
      signatureOf(sellerOf(terms.edition), locale),
    ].join('\n\n'),
  }
}
