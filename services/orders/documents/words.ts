import { formatMoney } from '@vilkar/mail/mail.ts'
import type { InNok } from '../money/exchange-rates.ts'
import type { DocumentContent } from './content.ts'

type Subject = { number: number; order: string; amount: string }

/** The words of sales documents and of the mails that bring them. */
export const words = {
  nb: {
    invoice: 'Faktura',
    'credit-note': 'Kreditnota',
    file: { invoice: 'faktura', 'credit-note': 'kreditnota' },
    number: 'Nummer',
    date: 'Dato',
    order: 'Ordre',
    credits: 'Gjelder faktura',
    delivered: 'Sendt fra oss',
    notDelivered: 'Varene er ikke sendt ennå.',
    place: 'Leveres til',
    seller: 'Selger',
    buyer: 'Kjøper',
    organisationNumber: 'Org.nr.',
    columns: ['Vare', 'Antall', 'Mva.', 'Uten mva.', 'Mva.', 'Sum'],
    delivery: 'Levering',
    vat: 'Mva.',
    vatInNok: (vat: string, { rate, on, source }: InNok) =>
      `Mva. i norske kroner: ${vat} (kurs ${rate.replace('.', ',')} av ${on}, ${source})`,
    net: 'Sum uten mva.',
    total: { invoice: 'Sum', 'credit-note': 'Sum betalt tilbake' },
    exported: 'Fritatt for merverdiavgift: varene er sendt ut av merverdiavgiftsområdet (merverdiavgiftsloven § 6-21).',
    settled: {
      invoice: 'Beløpet er betalt: det er trukket slik du valgte da du bestilte. Du skal ikke betale noe.',
      'credit-note': 'Beløpet er betalt tilbake samme vei som du betalte.',
    },
    dueOn: 'Forfall',
    payTo: (account: string, number: number) => `Betal til konto ${account}, og merk betalingen med faktura ${number}.`,
    askWhereTo: (email: string) => `Spør oss på ${email} om hvor du betaler.`,
    takenOff: 'Beløpet er trukket fra det du skylder oss.',
    totalTakenOff: 'Sum trukket fra',
    vatWithin: 'Herav mva.',
    subject: {
      invoice: ({ number, order }: Subject) => `Faktura ${number} for ordre ${order}`,
      'credit-note': ({ amount, order }: Subject) => `Vi har betalt tilbake ${amount} for ordre ${order}`,
    },
    opening: {
      invoice: (amount: string) =>
        `Vi har trukket ${amount} slik du valgte da du bestilte. Du skal ikke betale noe mer for dette:`,
      'credit-note': (amount: string) =>
        `Vi har betalt tilbake ${amount} på samme måte som du betalte. Det kan ta noen dager før beløpet står på kontoen din. Slik er det regnet ut:`,
    },
    claim: {
      subject: {
        invoice: ({ number, order }: Subject) => `Faktura ${number} for ordre ${order}`,
        'credit-note': ({ amount, order }: Subject) => `Vi krever ${amount} mindre for ordre ${order}`,
      },
      opening: {
        invoice: (amount: string) => `Du skylder oss ${amount} for varer som vi har sendt deg:`,
        'credit-note': (amount: string) =>
          `Vi har trukket ${amount} fra det du skylder oss. Du skal ikke betale dette beløpet. Slik er det regnet ut:`,
      },
    },
    attached: {
      invoice: (number: number) => `Faktura ${number} er vedlagt. Ta vare på den.`,
      'credit-note': (number: number) => `Kreditnota ${number} er vedlagt. Ta vare på den.`,
    },
  },
  en: {
    invoice: 'Invoice',
    'credit-note': 'Credit note',
    file: { invoice: 'invoice', 'credit-note': 'credit-note' },
    number: 'Number',
    date: 'Date',
    order: 'Order',
    credits: 'Credits invoice',
    delivered: 'Sent by us',
    notDelivered: 'The goods have not been sent yet.',
    place: 'Delivered to',
    seller: 'Seller',
    buyer: 'Buyer',
    organisationNumber: 'Org. no.',
    columns: ['Item', 'Quantity', 'VAT rate', 'Without VAT', 'VAT', 'Sum'],
    delivery: 'Delivery',
    vat: 'VAT',
    vatInNok: (vat: string, { rate, on, source }: InNok) =>
      `VAT in Norwegian kroner: ${vat} (rate ${rate} of ${on}, ${source})`,
    net: 'Sum without VAT',
    total: { invoice: 'Sum', 'credit-note': 'Sum paid back' },
    exported: 'Exempt from VAT: the goods were sent out of the Norwegian VAT area (merverdiavgiftsloven § 6-21).',
    settled: {
      invoice: 'The amount is paid: it was taken in the way that you chose when you ordered. You owe nothing.',
      'credit-note': 'The amount was paid back in the way that you paid.',
    },
    dueOn: 'Due',
    payTo: (account: string, number: number) =>
      `Pay to account ${account}, and mark the payment with invoice ${number}.`,
    askWhereTo: (email: string) => `Ask us at ${email} where to pay.`,
    takenOff: 'The amount is taken off what you owe us.',
    totalTakenOff: 'Sum taken off',
    vatWithin: 'VAT included,',
    subject: {
      invoice: ({ number, order }: Subject) => `Invoice ${number} for order ${order}`,
      'credit-note': ({ amount, order }: Subject) => `We have paid back ${amount} for order ${order}`,
    },
    opening: {
      invoice: (amount: string) =>
        `We have taken ${amount} in the way that you chose when you ordered. You owe nothing more for this:`,
      'credit-note': (amount: string) =>
        `We have paid ${amount} back the way you paid. It may take some days until it is in your account. This is how it is worked out:`,
    },
    claim: {
      subject: {
        invoice: ({ number, order }: Subject) => `Invoice ${number} for order ${order}`,
        'credit-note': ({ amount, order }: Subject) => `We claim ${amount} less for order ${order}`,
      },
      opening: {
        invoice: (amount: string) => `You owe us ${amount} for goods that we have sent you:`,
        'credit-note': (amount: string) =>
          `We have taken ${amount} off what you owe us. You need not pay that amount. This is how it is worked out:`,
      },
    },
    attached: {
      invoice: (number: number) => `Invoice ${number} is attached. Keep it.`,
      'credit-note': (number: number) => `Credit note ${number} is attached. Keep it.`,
    },
  },
} as const

/** How a document is settled, in a sentence: as the line below its sum has it. */
export function settlementOf(content: DocumentContent): string {
  const { locale, series, number, settledBy, payable, seller } = content
  const say = words[locale]
  if (payable !== undefined) {
    const { dueOn, account } = payable
    return `${say.dueOn}: ${dueOn}. ${account === undefined ? say.askWhereTo(seller.email) : say.payTo(account, number)}`
  }
  return settledBy === 'money' ? say.settled[series] : say.takenOff
}

/** The VAT of a document in another currency in kroner, in a line; none where nothing is to be said. */
export const vatInNok = ({ locale, inNok }: DocumentContent): string[] =>
  inNok === undefined || inNok === 'missing'
    ? []
    : [words[locale].vatInNok(formatMoney(locale, inNok.vat, 'NOK'), inNok)]

/** What the sum of a document is called. */
export const totalOfDocument = ({ locale, series, settledBy }: DocumentContent) =>
  series === 'credit-note' && settledBy === 'claim' ? words[locale].totalTakenOff : words[locale].total[series]
