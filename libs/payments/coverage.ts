/** A country that a provider takes payments from: in which currency, and in which languages it speaks there. */
export type Market = { currency: string; languages?: readonly string[] }

/** What a provider takes. `markets` by ISO 3166-1 alpha-2; left out, every country and currency. Amounts in minor units. */
export type Coverage = {
  /** The provider as customers know it. */
  title: string
  markets?: Readonly<Record<string, Market>>
  /** The most that one payment may be, and one line of it. */
  maxAmount: number
  maxLine: number
}

const market = (currency: string, ...languages: string[]): Market => ({ currency, languages })

/**
 * Klarna Payments: "we only support the local currency of each country", and a set of locales for each
 * (docs.klarna.com, "Purchase country, locale, and currency"). The countries of its European API.
 */
const KLARNA_MARKETS = {
  AT: market('EUR', 'de', 'en'),
  BE: market('EUR', 'nl', 'fr', 'en'),
  CH: market('CHF', 'de', 'fr', 'it', 'en'),
  CZ: market('CZK', 'cs', 'en'),
  DE: market('EUR', 'de', 'en'),
  DK: market('DKK', 'da', 'en'),
  ES: market('EUR', 'es', 'en'),
  FI: market('EUR', 'fi', 'sv', 'en'),
  FR: market('EUR', 'fr', 'en'),
  GB: market('GBP', 'en'),
  GR: market('EUR', 'el', 'en'),
  IE: market('EUR', 'en'),
  IT: market('EUR', 'it', 'en'),
  NL: market('EUR', 'nl', 'en'),
  NO: market('NOK', 'nb', 'en'),
  PL: market('PLN', 'pl', 'en'),
  PT: market('EUR', 'pt', 'en'),
  SE: market('SEK', 'sv', 'en'),
}

/**
 * Users of Vipps and MobilePay, who may pay any shop of the four countries in the currency of the country where the sales
 * unit is registered (developer.vippsmobilepay.com, "Across borders"): Norway, of a Norwegian shop. That Svalbard is paid
 * from like Norway, and Åland like Finland, is inferred: their people have the same numbers and banks.
 */
const sameAsSalesUnit: Market = { currency: 'NOK' }
const VIPPS_MARKETS = {
  ...{ NO: sameAsSalesUnit, SJ: sameAsSalesUnit, SE: sameAsSalesUnit },
  ...{ DK: sameAsSalesUnit, FI: sameAsSalesUnit, AX: sameAsSalesUnit },
}

/** Klarna's order management and the lines of Klarna Payments: 2 000 000.00 (its API documents). */
const KLARNA_MOST = 200_000_000
const klarna: Coverage = { title: 'Klarna', markets: KLARNA_MARKETS, maxAmount: KLARNA_MOST, maxLine: KLARNA_MOST }

/** What each front end takes: the one table that quotes, adapters and locales go by. */
export const coverage = {
  klarna,
  'klarna-payments': klarna,
  /**
   * Cards from 229 countries where Klarna's own means are not to be had, which no public list names, so none is left out here
   * (docs.klarna.com, "Selling to multiple countries"); an order line is at most 1 000 000.00 (Checkout API v3).
   */
  kustom: { title: 'Kustom', maxAmount: KLARNA_MOST, maxLine: 100_000_000 },
  /** ePayment API (v1), schema Amount. It knows no lines. */
  vipps: { title: 'Vipps MobilePay', markets: VIPPS_MARKETS, maxAmount: 65_000_000, maxLine: 65_000_000 },
} satisfies Record<string, Coverage>

/** The front ends that the table has: every provider of `providers.ts`, or quotes do not compile. */
export type Covered = keyof typeof coverage

/** What is to be paid for: where the buyer is, and in minor units what the whole and each of its lines come to. */
export type Purchase = { country: string; currency: string; amount: number; lines?: readonly number[] }

/** Why a provider would not take this purchase, as a sentence for whoever asked for it, or null. */
export function whyNotTaken(name: Covered, { country, currency, amount, lines = [] }: Purchase): string | null {
  const { title, markets, maxAmount, maxLine }: Coverage = coverage[name]
  const here = markets?.[country]
  if (markets !== undefined && here === undefined)
    return `${title} takes no payments from ${country}; it takes them from ${Object.keys(markets).join(', ')}.`
  if (here !== undefined && here.currency !== currency)
    return `${title} takes ${here.currency} from ${country}, and not ${currency}.`
  if (amount <= 0) return `${title} takes no payment of nothing.`
  if (amount > maxAmount)
    return `${title} takes at most ${money(maxAmount, currency)} in one payment, and this is ${money(amount, currency)}.`
  const line = Math.max(0, ...lines)
  if (line > maxLine)
    return `${title} takes at most ${money(maxLine, currency)} a line, and one comes to ${money(line, currency)}.`
  return null
}

const money = (amount: number, currency: string) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'code' })
    .format(amount / 100)
    .replace('\u00a0', ' ')

/** What else a reader of a language understands, before English: the Scandinavian languages. */
const ALSO_READ: Readonly<Record<string, readonly string[]>> = { nb: ['nb', 'sv', 'da'] }

/** The locale (BCP 47) of a purchase at a provider: of its country, in a language that the provider has there. */
export function localeAt(name: Covered, { country, language }: { country: string; language: string }) {
  const { markets }: Coverage = coverage[name]
  const spoken = markets?.[country]?.languages
  const read = [...(ALSO_READ[language] ?? [language]), 'en']
  return `${spoken === undefined ? language : (read.find((each) => spoken.includes(each)) ?? spoken[0])}-${country}`
}
