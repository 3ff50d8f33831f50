import type { Citation } from '../ruling.ts'

/**
 * An Act (or regulation) as the sections that we cite, each with what it says in our own words. Gives the function that
 * cites one; a section that is not listed does not compile. `lovdata` is the path of the Act at lovdata.no.
 */
export function act<const Sections extends Readonly<Record<string, string>>>(
  name: string,
  lovdata: string,
  sections: Sections,
) {
  const citations = new Map<string, Citation>(
    Object.entries(sections).map(([section, text]) => [
      section,
      Object.freeze({ act: name, section, text, url: `https://lovdata.no/${lovdata}/${anchorOf(section)}` }),
    ]),
  )
  return (section: keyof Sections & string): Citation => citations.get(section)!
}

/** Lovdata has an address for a section (§ 20, § 20 a) but not for the letters and paragraphs within it. */
function anchorOf(section: string) {
  const [anchor] = /^§ \d+( [a-z]\b)?/.exec(section)!
  return encodeURI(anchor.replaceAll(' ', ''))
}
