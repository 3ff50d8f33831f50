import { type Address, vatPartsOf, vatRatesOf } from '@vilkar/contracts/parts.ts'
import { dateFormat, numberFormat } from '@vilkar/mail/formats.ts'
import { formatMoney } from '@vilkar/mail/mail.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { countryName } from '@vilkar/terms/sellers/seller.ts'
import type { Personal, PlacedOrder } from '../state.ts'

type Placed = PlacedOrder['placed']

const words = {
  nb: {
    delivery: 'Levering',
    withoutVat: 'Prisene er uten mva.',
    net: 'Sum uten mva.',
    vat: (rate: string) => `Mva. ${rate}`,
    vatWithin: 'Herav mva.',
    exported: 'Uten mva.: varene sendes ut av merverdiavgiftsområdet (merverdiavgiftsloven § 6-21).',
    total: 'Å betale',
    buyer: 'Kjøper',
    organisationNumber: 'Org.nr.',
  },
  en: {
    delivery: 'Delivery',
    withoutVat: 'The prices are without VAT.',
    net: 'Total without VAT',
    vat: (rate: string) => `VAT ${rate}`,
    vatWithin: 'VAT included',
    exported: 'Without VAT: the goods are sent out of the Norwegian VAT area (merverdiavgiftsloven § 6-21).',
    total: 'To pay',
    buyer: 'Buyer',
    organisationNumber: 'Org. no.',
  },
}

/** A rate as people write it: 2500 is "25 %". */
export const rateInWords = (locale: Placed['locale'], rate: number) => `${numberFormat(locale).format(rate / 100)} %`

/** A moment by the clock of the shop: "1. juni 2026 kl. 10:30". */
export const momentInWords = (locale: Placed['locale'], at: string) =>
  dateFormat(locale, 'moment').format(Temporal.Instant.from(at).epochMilliseconds)

/** Goods and delivery, a line each: with VAT to a consumer, without it to a business. */
export function goodsInWords({ lines, delivery, locale, currency, customerKind }: Placed): string[] {
  const say = words[locale]
  const business = customerKind === 'business'
  const money = (gross: number, vat: number) => formatMoney(locale, business ? gross - vat : gross, currency)
  const freight = vatPartsOf(delivery).reduce((sum, { vat }) => sum + vat, 0)
  return [
    ...lines.map(({ quantity, name, total, vat }) => `${quantity} × ${name}: ${money(total, vat)}`),
    `${say.delivery}, ${delivery.name}: ${money(delivery.price, freight)}`,
    ...(business ? [say.withoutVat] : []),
  ]
}

/**
 * What it comes to: a business sees net, VAT per rate and gross; a consumer what they pay and the VAT within, per rate if there
 * are several. An export says that it is one.
 */
export function sumsInWords(placed: Placed): string[] {
  const { locale, currency, customerKind, totals, exported } = placed
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const total = `${say.total}: ${money(totals.total)}`
  if (exported) return [total, say.exported]
  const rates = vatRatesOf(placed)
  if (customerKind === 'business')
    return [
      `${say.net}: ${money(totals.net)}`,
      ...rates.map(({ rate, net, vat }) => `${say.vat(rateInWords(locale, rate))} (${money(net)}): ${money(vat)}`),
      total,
    ]
  if (rates.length === 1) return [total, `${say.vatWithin}: ${money(totals.vat)}`]
  return [total, ...rates.map(({ rate, vat }) => `${say.vatWithin} ${rateInWords(locale, rate)}: ${money(vat)}`)]
}

/** Who buys, where that is a business: its name, number and the address that it is invoiced at. */
export function buyerInWords({ locale, customerKind }: Placed, personal: Personal): string[][] {
  if (customerKind !== 'business') return []
  const { organisationNumber, billingAddress = personal.shippingAddress } = personal
  const name = writtenLine(personal.name)
  const say = words[locale]
  const number = organisationNumber === undefined ? [] : [`${say.organisationNumber} ${organisationNumber}`]
  return [[`${say.buyer}:`, name, ...number, ...addressLines(locale, billingAddress).filter((line) => line !== name)]]
}

/** An address as it stands on an envelope, each line one line. */
export const addressLines = (locale: Placed['locale'], { name, street, postalCode, city, country }: Address) =>
  [name, street, `${postalCode} ${city}`, countryName(locale, country)].map(writtenLine)

/** Units under a heading, a line for each; nothing where there are none. */
export const unitsInWords = (
  opening: string,
  units: { lineId: string; quantity: number }[],
  lines: Placed['lines'],
): string[] =>
  units.length === 0
    ? []
    : [
        [
          opening,
          ...units.map(({ lineId, quantity }) => `${quantity} × ${lines.find((line) => line.lineId === lineId)!.name}`),
        ].join('\n'),
      ]
