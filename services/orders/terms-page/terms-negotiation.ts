import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'

/** How well a range of an Accept header fits an offer: 0 when it does not, and the more the more exactly it names it. */
type Fit<Offer> = (range: string, offer: Offer) => number

/**
 * The offer that an Accept or Accept-Language header wants most: the most exact range that fits an offer gives its weight
 * (RFC 9110 § 12.5). The first offer when the header is absent or wants none of them, which serves a reader better than 406.
 */
export function preferred<Offer extends string>(
  header: string | undefined,
  offers: readonly [Offer, ...Offer[]],
  fit: Fit<Offer>,
): Offer {
  const ranges = (header ?? '').split(',').map(rangeOf)
  const weightOf = (offer: Offer) => {
    const fitting = ranges.map(({ range, q }) => ({ q, fits: fit(range, offer) })).filter(({ fits }) => fits > 0)
    return fitting.sort((a, b) => b.fits - a.fits)[0]?.q ?? 0
  }
  const weighed = offers.map((offer) => ({ offer, weight: weightOf(offer) }))
  return weighed.sort((a, b) => b.weight - a.weight)[0]?.offer ?? offers[0]
}

/** One range and its weight, which is 1 when not told and 0 when it makes no sense. */
function rangeOf(part: string) {
  const [range = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
  const weight = parameters.find((each) => each.startsWith('q='))
  const q = weight === undefined ? 1 : Number(weight.slice('q='.length))
  return { range, q: q >= 0 && q <= 1 ? q : 0 }
}

/** A media type fits itself, its own kind, and anything, in that order. */
export const fitsMedia: Fit<string> = (range, media) => ['*/*', `${media.split('/')[0]}/*`, media].indexOf(range) + 1

const NORWEGIAN = new Set(['nb', 'no', 'nn'])

/** A language fits its own regions too (RFC 4647 § 3.3); who reads Nynorsk, or says only Norwegian, gets Bokmål. */
export const fitsLocale: Fit<Locale> = (range, locale) => {
  if (range === '*') return 1
  const [language = ''] = range.split('-')
  return language === locale ? 3 : locale === 'nb' && NORWEGIAN.has(language) ? 2 : 0
}
