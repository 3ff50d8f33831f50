/**
 * What Klarna Payments takes, written apart from the adapter's table: the currency of each country and the locales spoken
 * there (docs.klarna.com, "Purchase country, locale, and currency"), one country a line.
 */
const MARKETS = `
AT EUR de-AT en-AT
BE EUR nl-BE fr-BE en-BE
CH CHF de-CH fr-CH it-CH en-CH
CZ CZK cs-CZ en-CZ
DE EUR de-DE en-DE
DK DKK da-DK en-DK
ES EUR es-ES en-ES
FI EUR fi-FI sv-FI en-FI
FR EUR fr-FR en-FR
GB GBP en-GB
GR EUR el-GR en-GR
IE EUR en-IE
IT EUR it-IT en-IT
NL EUR nl-NL en-NL
NO NOK nb-NO en-NO
PL PLN pl-PL en-PL
PT EUR pt-PT en-PT
SE SEK sv-SE en-SE`

const markets = new Map(
  MARKETS.trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([country = '', currency = '', ...locales]) => [country, { currency, locales: new Set(locales) }]),
)

/** The first of country, currency and locale that Klarna Payments would refuse, or null. A locale may be left out. */
export function wrongMarketField({ purchase_country, purchase_currency, locale }: Record<string, unknown>) {
  const market = markets.get(String(purchase_country))
  if (market === undefined) return 'purchase_country'
  if (market.currency !== purchase_currency) return 'purchase_currency'
  return locale === undefined || market.locales.has(String(locale)) ? null : 'locale'
}

/** The same of Kustom, which sells to anywhere in any currency and speaks English where it lacks the language. */
export function wrongGlobalField({ purchase_country, purchase_currency, locale }: Record<string, unknown>) {
  if (!/^[A-Z]{2}$/.test(String(purchase_country))) return 'purchase_country'
  if (!/^[A-Z]{3}$/.test(String(purchase_currency))) return 'purchase_currency'
  return locale === undefined || /^[A-Za-z]{2}(-[A-Za-z]{2})*$/.test(String(locale)) ? null : 'locale'
}
