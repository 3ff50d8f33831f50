import { type Citation, placeOf } from '../ruling/ruling.ts'
import type { Locale } from '../ruling/vocabulary.ts'
import type { Held } from './dated.ts'

type Both = Readonly<Record<Locale, string>>
/**
 * What a section says in our own words, in English or in both languages, or what it has said since when: `section` is its place if that
 * is another than usual.
 */
type Said = string | Both | readonly Held<{ section?: string; text: string }>[]
type Sections = Readonly<Record<string, Said>>

/** How far an Act is law as far as we know, and how we know it. `pnpm law` lists what is due for another look. */
export type Standing = {
  /** The first day of the text that we paraphrase, ISO 8601; left out when it is not known. */
  version?: string
  /** `enacted`: made, and not applied yet. `unknown`: nobody could say when this was checked. */
  status: 'in-force' | 'enacted' | 'unknown'
  /** From when it applies and to whom, where the status does not say it. */
  note?: string
  source: string
  checked: Checked
}

/**
 * When somebody last looked, and at what: `read`, our words beside the text itself; `second-hand`, at what others write of it;
 * `not-read`, our words were taken over from notes or knowledge on that day and compared with nothing.
 */
export type Checked = { on: string; how: 'read' | 'second-hand' | 'not-read' }

/**
 * A Norwegian Act (or regulation) as the sections that we cite, each with what it says in our own words. Gives the function
 * that cites one, with the list of them all; a section that is not listed does not compile. `lovdata` is the path of the Act at lovdata.no.
 */
export const act = <const Listed extends Sections>(
  name: string,
  lovdata: string,
  standing: Standing,
  sections: Listed,
) =>
  Object.assign(
    citer(name, sections, (section) => `https://lovdata.no/${lovdata}/${anchorOf(section)}`),
    { standing },
  )

/** A directive or regulation of the EU, in the same way. `eli` is its path in the European Legislation Identifier. */
export const euAct = <const Listed extends Sections>(name: string, eli: string, standing: Standing, articles: Listed) =>
  Object.assign(
    citer(name, articles, () => `https://eur-lex.europa.eu/eli/${eli}/oj`),
    { standing },
  )

type Version = Held<Citation>
const versions = new WeakMap<Citation, readonly Version[]>()
/** By what they say in English: a citation that was stored and read again is found too. */
const norwegian = new Map<string, Citation>()
const keyOf = (citation: Citation) =>
  JSON.stringify(['act' in citation && citation.act, placeOf(citation), citation.text])
const changeDays = new Set<string>()

/**
 * Any other text with numbered parts that bind somebody, such as a policy; it may have no address. A section that the law has
 * changed is cited as it reads now, and by `citationOn` as it read on a day.
 */
export function citer<const Listed extends Sections>(
  name: string | Both,
  sections: Listed,
  urlOf?: (section: string) => string,
) {
  const names = typeof name === 'string' ? { nb: name, en: name } : name
  const versionOf = (section: string, text: string, act = names.en): Citation =>
    Object.freeze({ act, section, text, ...(urlOf && { url: urlOf(section) }) })
  function inBoth(section: string, { nb, en }: Both): Version[] {
    const value = versionOf(section, en)
    norwegian.set(keyOf(value), versionOf(section, nb, names.nb))
    return [{ value }]
  }
  const listed = new Map<string, readonly Version[]>(
    Object.entries<Said>(sections).map(([usual, said]) => [
      usual,
      typeof said === 'string'
        ? [{ value: versionOf(usual, said) }]
        : 'en' in said
          ? inBoth(usual, said)
          : said.map(({ value: { text, section = usual }, ...span }) => ({ ...span, value: versionOf(section, text) })),
    ]),
  )
  for (const known of listed.values()) {
    if (known.length < 2) continue
    for (const { value, from } of known) {
      versions.set(value, known)
      if (from !== undefined) changeDays.add(from)
    }
  }
  const cite = (section: keyof Listed & string): Citation => listed.get(section)!.at(-1)!.value
  const citations: readonly Citation[] = [...listed.values()].flat().map(({ value }) => value)
  return Object.assign(cite, { act: names.en, citations })
}

/** A section as it read on a day, ISO 8601; as it reads now if it never changed, or nobody knows how it read then. */
export const citationOn = (citation: Citation, day: string): Citation =>
  versions
    .get(citation)
    ?.find(({ from, until }) => (from === undefined || from <= day) && (until === undefined || day <= until))?.value ??
  citation

/** A section in a language; in English where nobody has put it into Norwegian yet. */
export const citationIn = (citation: Citation, locale: Locale): Citation =>
  (locale === 'nb' ? norwegian.get(keyOf(citation)) : undefined) ?? citation

/** The last day, up to the one given, on which any section that we cite changed; undefined when none had. Both ISO 8601. */
export const lastChangeOfLaw = (day: string): string | undefined =>
  [...changeDays].filter((changed) => changed <= day).reduce<string | undefined>(later, undefined)

const later = (a: string | undefined, b: string) => (a === undefined || a < b ? b : a)

/** Lovdata has an address for a section (§ 20, § 20 a, § 3-15) but not for the letters and paragraphs within it. */
function anchorOf(section: string) {
  const [anchor] = /^§ \d+(-\d+)?( [a-z]\b)?/.exec(section)!
  return encodeURI(anchor.replaceAll(' ', ''))
}
