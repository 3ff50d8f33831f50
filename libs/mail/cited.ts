import type { Citation, Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { formatDay } from './mail.ts'

const words = {
  nb: {
    terms: (clauses: string) => `kjøpsvilkårene punkt ${clauses}`,
    agreed: (days: string) => `skriftlig avtale av ${days}`,
    and: ' og ',
  },
  en: {
    terms: (clauses: string) => `our terms, clause ${clauses}`,
    agreed: (days: string) => `what we agreed in writing on ${days}`,
    and: ' and ',
  },
}

/** Lines that are alike share their rulings: what those rest on is said once for all of them. */
const said = { nb: new WeakMap<readonly Reason[], string>(), en: new WeakMap<readonly Reason[], string>() }

/** What reasons rest on, as a mail names it: the clauses of the terms, what was agreed, then the sections by Act, each once. */
export const citedInWords = (locale: Locale, reasons: readonly Reason[]): string =>
  said[locale].getOrInsertComputed(reasons, () => inWords(locale, reasons))

function inWords(locale: Locale, reasons: readonly Reason[]) {
  const say = words[locale]
  const cites = reasons.flatMap((reason) => reason.cites)
  const list = (all: string[]) => {
    const each = [...new Set(all)]
    return each.length < 2 ? each.join() : `${each.slice(0, -1).join(', ')}${say.and}${each.at(-1)}`
  }
  const clauses = cites.flatMap((cite) => ('clause' in cite ? [cite.clause] : []))
  const sections = cites.filter((cite): cite is Extract<Citation, { act: string }> => 'act' in cite)
  const acts = [...Map.groupBy(sections, ({ act }) => act)].map(
    ([act, of]) => `${act} ${list(of.map(({ section }) => section))}`,
  )
  const agreed = cites.flatMap((cite) => ('agreement' in cite ? [formatDay(locale, cite.agreedOn)] : []))
  return [
    ...(clauses.length > 0 ? [say.terms(list(clauses))] : []),
    ...(agreed.length > 0 ? [say.agreed(list(agreed))] : []),
    ...acts,
  ].join('; ')
}
