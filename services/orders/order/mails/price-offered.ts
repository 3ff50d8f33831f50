import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Currency, Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'
import { momentInWords } from './order-in-words.ts'

/**
 * What was offered, as this customer is shown prices: each unit, and what it costs everybody that day, in minor units. `label` says
 * whether VAT is in them.
 */
export type PriceOffered = {
  offerId: string
  lines: { name: Record<Locale, string>; quantity: number; unitPrice: number; cataloguePrice: number }[]
  currency: Currency
  label: Record<Locale, string>
  until: string
  reasons: Reason[]
}

const words = {
  nb: {
    subject: (number: string) => `Et tilbud til deg, etter ordre ${number}`,
    offered: 'Vi tilbyr deg dette til en pris som bare er din:',
    line: (goods: string, unit: string, today: string) => `${goods}: ${unit} for hver. I butikken i dag: ${today}`,
    label: (label: string) => `Prisene er ${label} og uten levering, som kommer i tillegg.`,
    until: (until: string, cites: string) =>
      `Tilbudet gjelder til ${until}. Til da er vi bundet av det, også om prisen i butikken går opp (${cites}). Er prisen i butikken lavere når du bestiller, betaler du den.`,
    how: (id: string) =>
      `Bestill med denne e-postadressen, og oppgi tilbud ${id}. Det kan brukes én gang, også for færre varer enn vi tilbyr. Blir bestillingen ikke betalt, eller kansellert før avtalen er inngått, kan du bruke tilbudet igjen så lenge det gjelder.`,
  },
  en: {
    subject: (number: string) => `An offer to you, after order ${number}`,
    offered: 'We offer you this at a price that is yours alone:',
    line: (goods: string, unit: string, today: string) => `${goods}: ${unit} each. In the shop today: ${today}`,
    label: (label: string) => `Prices are ${label} and without delivery, which comes in addition.`,
    until: (until: string, cites: string) =>
      `The offer holds until ${until}. Until then we are bound by it, also if the price in the shop goes up (${cites}). If the price in the shop is lower when you order, you pay that.`,
    how: (id: string) =>
      `Order with this email address, and give offer ${id}. It can be used once, also for fewer goods than we offer. If the order is not paid, or is cancelled before the contract is formed, you can use the offer again for as long as it holds.`,
  },
}

/** Tells the customer what is offered, at which price, what it costs otherwise, until when, and how it is taken. */
export function composePriceOffered(
  { offerId, lines, currency, label, until, reasons }: PriceOffered,
  { state: { placed } }: Pick<StoredOrder, 'state'>,
): Composed {
  const { locale, number, terms } = placed
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const goods = lines.map(({ name, quantity, unitPrice, cataloguePrice }) =>
    say.line(`${quantity} × ${name[locale]}`, money(unitPrice), money(cataloguePrice)),
  )
  const paragraphs = [
    [say.offered, ...goods].join('\n'),
    say.label(label[locale]),
    say.until(momentInWords(locale, until), citedInWords(locale, reasons)),
    say.how(offerId),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
