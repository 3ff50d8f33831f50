import type { Citation } from '../ruling/ruling.ts'

/**
 * Kinds of product of which it has been decided that they are meant to last considerably longer than two years, so that
 * nobody has to judge them again. A kind that is not listed is judged product by product. Kinds are in kebab-case.
 * Source: forbrukerkjøpsloven § 27 andre ledd, as the judgement cited reads it.
 */
const decidedLongLived: Readonly<Record<string, Citation>> = {
  'mobile-phone': Object.freeze({
    act: 'Rt. 2007 s. 1274',
    section: 'HR-2007-01592-A',
    text: 'The Supreme Court: a mobile phone is made to work for three to four years and so is meant to last considerably longer than two.',
    url: 'https://www.domstol.no/Enkelt-domstol/hoyesterett/avgjorelser/2007/hr-2007-1592-a/',
  }),
}

/** Who decided that products of a kind are meant to last considerably longer than two years; undefined when nobody has. */
export const decidedLongLivedBy = (kind: string): Citation | undefined =>
  Object.hasOwn(decidedLongLived, kind) ? decidedLongLived[kind] : undefined
