import { type Attachment, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'

/**
 * What a mail about a claim keeps: how much is claimed, in minor units; its invoice, and by which day and to which bank account it
 * is paid. Mails of before had no invoice.
 */
export type ClaimedDetail = { amount: number; number?: number; dueOn?: string; account?: string }

const words = {
  nb: {
    subject: (number: string, amount: string) => `Ordre ${number}: du skylder oss ${amount}`,
    opening: (amount: string) =>
      `Vi har sendt deg varer for ${amount} som ikke er betalt. Reservasjonen utløp før vi fikk trukket beløpet, og betalingen er ikke godkjent på nytt.`,
    stands: (section: string) => `Kjøpet står ved lag, og vi krever beløpet av deg (${section}).`,
    invoice: (number: number, dueOn: string) => `Faktura ${number} er vedlagt. Den skal betales senest ${dueOn}.`,
    noLink: 'Du kan ikke lenger betale med lenken som vi har sendt deg.',
    account: (account: string, number: number) =>
      `Betal til konto ${account}, og merk betalingen med faktura ${number}.`,
    ask: 'Svar på denne e-posten, så avtaler vi hvordan du betaler.',
    less: 'Det du har sendt tilbake, eller sender tilbake i rett tid, trekker vi fra.',
  },
  en: {
    subject: (number: string, amount: string) => `Order ${number}: you owe us ${amount}`,
    opening: (amount: string) =>
      `We have sent you goods for ${amount} that are not paid. The reservation ran out before we could take the amount, and the payment was not approved again.`,
    stands: (section: string) => `The purchase stands, and we claim the amount of you (${section}).`,
    invoice: (number: number, dueOn: string) => `Invoice ${number} is attached. It is to be paid by ${dueOn}.`,
    noLink: 'You can no longer pay by the link that we sent you.',
    account: (account: string, number: number) =>
      `Pay to account ${account}, and mark the payment with invoice ${number}.`,
    ask: 'Answer this email, and we agree on how you pay.',
    less: 'We take off what you have sent back, or send back in time.',
  },
}

const SECTION = { consumer: 'forbrukerkjøpsloven § 44', business: 'kjøpsloven § 52' }

/** Tells a customer that what left and could not be taken is claimed of them (forbrukerkjøpsloven § 44, kjøpsloven § 52), with its invoice. */
export function composeClaimed(
  { state: { placed } }: StoredOrder,
  { amount, number: invoice, dueOn, account }: ClaimedDetail,
  attachment?: Attachment,
): Composed {
  const { locale, number, currency, terms, customerKind } = placed
  const say = words[locale]
  const owed = formatMoney(locale, amount, currency)
  const issued = invoice !== undefined && dueOn !== undefined ? [say.invoice(invoice, dueOn)] : []
  const how = invoice !== undefined && account !== undefined ? say.account(account, invoice) : say.ask
  return {
    locale,
    subject: say.subject(number, owed),
    text: [
      say.opening(owed),
      say.stands(SECTION[customerKind]),
      ...issued,
      [say.noLink, how, say.less].join(' '),
      signatureOf(sellerOf(terms.edition), locale),
    ].join('\n\n'),
    ...(attachment && { attachments: [attachment] }),
  }
}
