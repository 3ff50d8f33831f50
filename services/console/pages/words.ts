import { IntlMessageFormat } from 'intl-messageformat'

/** The languages of the console, by their tags (BCP 47); the first is spoken where nobody says otherwise. */
export const languages = ['nb', 'en'] as const
export type Language = (typeof languages)[number]

type Values = Record<string, string | number | undefined>
/** Says something by its key, with what is put into it (ICU MessageFormat). Never markup: what it gives is escaped like any text. */
export type Say<Key extends string> = (key: Key, values?: Values) => string

/** The words of a room in every language: what they say is found by key, and the type checker compares the keys. */
export function dictionary<Key extends string>(words: Record<Language, Record<Key, string>>) {
  const say = Object.fromEntries(languages.map((language) => [language, speaker(words[language], language)]))
  return (language: Language): Say<Key> => say[language]!
}

/** What is put in stands in braces, and a message without any is what it says: most are, and are not gone through each time. */
const PUT_IN = /['{}<#]/

function speaker<Key extends string>(words: Record<Key, string>, language: Language): Say<Key> {
  const read = new Map<Key, IntlMessageFormat>()
  return (key, values = {}) => {
    const message = words[key]
    if (!PUT_IN.test(message)) return message
    return String(read.getOrInsertComputed(key, () => new IntlMessageFormat(message, language)).format(values))
  }
}

export const isLanguage = (text: string | undefined): text is Language =>
  (languages as readonly string[]).includes(text!)

/** The language that a browser asks for (RFC 9110 § 12.5.4), of those that there are; Norwegian by any of its tags. */
export function languageAsked(header = ''): Language {
  const asked = header
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
      const weight = rest.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find((each) => each !== undefined)
      return { tag: tag.split('-')[0]!, weight: Number(weight ?? 1) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
  for (const { tag } of asked) {
    if (['nb', 'no', 'nn', 'da', 'sv'].includes(tag)) return 'nb'
    if (tag === 'en') return 'en'
  }
  return asked.length > 0 && asked[0]!.tag !== '*' && asked[0]!.tag !== '' ? 'en' : languages[0]
}
