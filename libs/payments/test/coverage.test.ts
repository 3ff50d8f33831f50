import fc from 'fast-check'
import t from 'tap'
import { type Coverage, coverage, localeAt, whyNotTaken } from '../coverage.ts'
import { type ProviderName, providerNames } from '../providers.ts'

const KLARNA = ['klarna', 'klarna-payments'] as const
const of = (country: string, currency: string, amount = 19_900) => ({ country, currency, amount, lines: [amount] })

t.test('Klarna takes the currency of the country and no other', async (t) => {
  for (const name of KLARNA) {
    for (const [country, currency] of [
      ['NO', 'NOK'],
      ['SE', 'SEK'],
      ['DK', 'DKK'],
      ['DE', 'EUR'],
      ['FR', 'EUR'],
      ['FI', 'EUR'],
      ['GB', 'GBP'],
    ] as const)
      t.equal(whyNotTaken(name, of(country, currency)), null, `${name} ${country} ${currency}`)
    t.equal(whyNotTaken(name, of('SE', 'EUR')), 'Klarna takes SEK from SE, and not EUR.')
    t.equal(whyNotTaken(name, of('NO', 'EUR')), 'Klarna takes NOK from NO, and not EUR.')
    t.match(whyNotTaken(name, of('SJ', 'NOK')), /^Klarna takes no payments from SJ; it takes them from AT, BE, .*SE\.$/)
  }
})

t.test('Kustom takes cards from everywhere, in any currency of the shop', async (t) => {
  for (const country of ['NO', 'SE', 'DK', 'DE', 'FR', 'GB', 'SJ', 'US'])
    for (const currency of ['NOK', 'EUR']) t.equal(whyNotTaken('kustom', of(country, currency)), null)
})

t.test('Vipps takes the currency of the sales unit, from where its users are', async (t) => {
  for (const country of ['NO', 'SJ', 'SE', 'DK', 'FI', 'AX']) t.equal(whyNotTaken('vipps', of(country, 'NOK')), null)
  t.equal(whyNotTaken('vipps', of('FI', 'EUR')), 'Vipps MobilePay takes NOK from FI, and not EUR.')
  t.match(whyNotTaken('vipps', of('DE', 'NOK')), /^Vipps MobilePay takes no payments from DE/)
})

t.test('an amount above the limit of a payment or of a line is refused in words, and so is nothing', async (t) => {
  for (const [name, most, line] of [
    ['klarna', 200_000_000, 200_000_000],
    ['klarna-payments', 200_000_000, 200_000_000],
    ['kustom', 200_000_000, 100_000_000],
    ['vipps', 65_000_000, 65_000_000],
  ] as const) {
    const ask = (amount: number, ...lines: number[]) =>
      whyNotTaken(name, { country: 'NO', currency: 'NOK', amount, lines })
    t.equal(ask(most, line, most - line), null, name)
    t.match(ask(most + 1, 1), /takes at most NOK [0-9,]+\.00 in one payment, and this is NOK [0-9,]+\.01\.$/)
    t.match(ask(0, 0), /takes no payment of nothing\.$/)
    if (line < most) t.match(ask(line + 1, line + 1), /takes at most NOK 1,000,000\.00 a line/)
  }
})

t.test('the locale is one of the purchase country, nearest to what the customer reads', async (t) => {
  const table: [ProviderName, string, string, string][] = [
    ['klarna', 'NO', 'nb', 'nb-NO'],
    ['klarna', 'NO', 'en', 'en-NO'],
    ['klarna', 'SE', 'nb', 'sv-SE'],
    ['klarna', 'SE', 'en', 'en-SE'],
    ['klarna', 'DK', 'nb', 'da-DK'],
    ['klarna', 'FI', 'nb', 'sv-FI'],
    ['klarna', 'DE', 'nb', 'en-DE'],
    ['klarna-payments', 'DE', 'en', 'en-DE'],
    ['klarna', 'FR', 'en', 'en-FR'],
    ['kustom', 'GB', 'nb', 'nb-GB'],
    ['kustom', 'SJ', 'en', 'en-SJ'],
    ['vipps', 'SE', 'nb', 'nb-SE'],
  ]
  for (const [name, country, language, locale] of table) t.equal(localeAt(name, { country, language }), locale)
})

t.test('whatever is taken has a locale that the provider lists for that country', async () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...providerNames),
      fc.constantFrom('NO', 'SE', 'DK', 'FI', 'DE', 'FR', 'GB', 'SJ', 'IT', 'US', 'AX'),
      fc.constantFrom('NOK', 'EUR', 'SEK', 'DKK', 'GBP'),
      fc.constantFrom('nb', 'en'),
      (name, country, currency, language) => {
        if (whyNotTaken(name, of(country, currency)) !== null) return true
        const [spoken = '', region] = localeAt(name, { country, language }).split('-')
        const { markets }: Coverage = coverage[name]
        const market = markets?.[country]
        return region === country && (market?.languages?.includes(spoken) ?? true)
      },
    ),
  )
})
