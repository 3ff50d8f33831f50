import type { Citation } from '../ruling/ruling.ts'

type Sections = Readonly<Record<string, string>>

/**
 * A Norwegian Act (or regulation) as the sections that we cite, each with what it says in our own words. Gives the function
 * that cites one, with the list of them all; a section that is not listed does not compile. `lovdata` is the path of the Act at lovdata.no.
 */
export const act = <const Listed extends Sections>(name: string, lovdata: string, sections: Listed) =>
  citer(name, sections, (section) => `https://lovdata.no/${lovdata}/${anchorOf(section)}`)

/** A directive or regulation of the EU, in the same way. `eli` is its path in the European Legislation Identifier. */
export const euAct = <const Listed extends Sections>(name: string, eli: string, articles: Listed) =>
  citer(name, articles, () => `https://eur-lex.europa.eu/eli/${eli}/oj`)

/** Any other text with numbered parts that bind somebody, such as a policy; it may have no address. */
export function citer<const Listed extends Sections>(
  name: string,
  sections: Listed,
  urlOf?: (section: string) => string,
) {
  const citations = new Map<string, Citation>(
    Object.entries(sections).map(([section, text]) => [
      section,
      Object.freeze({ act: name, section, text, ...(urlOf && { url: urlOf(section) }) }),
    ]),
  )
  const cite = (section: keyof Listed & string): Citation => citations.get(section)!
  return Object.assign(cite, { act: name, citations: [...citations.values()] as readonly Citation[] })
}

/** Lovdata has an address for a section (§ 20, § 20 a, § 3-15) but not for the letters and paragraphs within it. */
function anchorOf(section: string) {
  const [anchor] = /^§ \d+(-\d+)?( [a-z]\b)?/.exec(section)!
  return encodeURI(anchor.replaceAll(' ', ''))
}
