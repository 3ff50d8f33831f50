import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'

const words = {
  nb: (page: string) => `Her ser du hva du kan gjøre med ordren, og til når: ${page}`,
  en: (page: string) => `Here you see what you can do with the order, and until when: ${page}`,
}

/** The paragraph of a mail that leads to the page of its order, if there is one. */
export const orderPage = (locale: Locale, page: string | undefined) => (page === undefined ? [] : [words[locale](page)])
