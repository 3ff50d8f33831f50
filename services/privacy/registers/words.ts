import type { Keep } from '@vilkar/terms/privacy/policy.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'

/** What the policies and the ways out write in English words, in Norwegian: fields of data, how copies follow, other documents. */
export const norwegian: Readonly<Record<string, string>> = {
  name: 'navn',
  address: 'adresse',
  phone: 'telefon',
  email: 'e-post',
  order: 'ordre',
  amount: 'beløp',
  account: 'konto',
  technical: 'tekniske opplysninger',
  message: 'melding',
  photos: 'bilder',
  'what the order asks for': 'det som pålegget krever',
  'the matter': 'saken',
  'the fields of the form': 'feltene i skjemaet',
  'within rotation, documented': 'når de skiftes ut, dokumentert',
  'cookie-policy': 'erklæringen om informasjonskapsler',
}

/** Such words in a language. */
export const inWords = (locale: Locale, text: string) => (locale === 'nb' ? (norwegian[text] ?? text) : text)

type Says = {
  tag: string
  between: (least: string, most: string) => string
  atOnce: string
  butForAHash: string
  soon: (within: string, backups: string) => string
  see: (document: string) => string
  asDuties: string
}
const words: Record<Locale, Says> = {
  nb: {
    tag: 'nb-NO',
    between: (least, most) => `${least} til ${most}`,
    atOnce: 'slettes med en gang',
    butForAHash: 'slettes med en gang, bortsett fra en hash som tar vare på ønsket',
    soon: (within, backups) => `uten ugrunnet opphold, innen ${within}; sikkerhetskopier: ${backups}`,
    see: (document) => `som ${document} sier`,
    asDuties: 'så lenge lovens plikter krever',
  },
  en: {
    tag: 'en-GB',
    between: (least, most) => `${least} to ${most}`,
    atOnce: 'gone at once',
    butForAHash: 'gone at once, but for a hash that keeps the wish',
    soon: (within, backups) => `without undue delay, within ${within}; backups: ${backups}`,
    see: (document) => `as the ${document} says`,
    asDuties: 'as long as duties of law say',
  },
}

/** How long something is kept, in words that follow from the rule. */
export function spanOf(locale: Locale, keep: Keep): string {
  const say = words[locale]
  const span = (period: object) =>
    Object.entries(period)
      .map(([units, count]) => unitsOf(say.tag, units, count))
      .join(', ')
  if ('period' in keep) return span(keep.period)
  if ('hours' in keep) return span({ hours: keep.hours })
  if ('min' in keep) return say.between(span(keep.min), span(keep.max))
  if ('atOnce' in keep) return keep.suppression ? say.butForAHash : say.atOnce
  if ('target' in keep) return say.soon(span(keep.target), inWords(locale, keep.backups))
  if ('see' in keep) return say.see(inWords(locale, keep.see))
  return say.asDuties
}

/** "24 months" of `months` and 24. */
const unitsOf = (tag: string, units: string, count: number) =>
  new Intl.NumberFormat(tag, { style: 'unit', unit: units.replace(/s$/, ''), unitDisplay: 'long' }).format(count)
