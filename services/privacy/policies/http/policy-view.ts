import { Cites, Locale, Sha256 } from '@vilkar/contracts/parts.ts'
import type { PolicyEdition } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { citationIn } from '@vilkar/terms/statute/act.ts'
import { type Static, Type } from 'typebox'
import { ControllerId } from '../controllers.ts'

const head = {
  id: Type.String({ description: 'Controller and date of the edition.', examples: ['shop/2026-01-15'] }),
  controller: ControllerId,
  name: Type.String({ description: 'The company.', examples: ['Shop AS'] }),
  country: Type.String({ examples: ['NO'] }),
  organisationNumber: Type.Optional(Type.String()),
  since: Type.String({ format: 'date', description: 'As printed, or the day on which it was first seen.' }),
  dated: Type.Union([Type.Literal('printed'), Type.Literal('first-seen')]),
  sha256: Type.String({ ...Sha256, description: 'Over text and rules: an edition never changes.' }),
  contact: Type.String({ description: 'Where requests go.' }),
  authorities: Type.Array(Type.String(), { description: 'Where people complain.' }),
}

/** An edition of a policy as one of a list. */
export const PolicyItem = Type.Object(
  { ...head, links: Type.Object({ json: Type.String(), html: Type.String() }) },
  { title: 'PolicyItem' },
)

const Section = Type.Object({
  place: Type.String({ description: 'As rulings cite it.', examples: ['§ 11'] }),
  anchor: Type.String({ description: 'Of the section on the page, behind #.', examples: ['s-11'] }),
  title: Type.String(),
  text: Type.String(),
})
const Recipient = Type.Object({
  kind: Type.String({ examples: ['carrier'] }),
  names: Type.Array(Type.String()),
  basis: Type.String({ description: 'The ground, as GDPR Art. 6(1) has it.', examples: ['contract'] }),
  minimum: Type.Array(Type.String(), { description: 'The fields that are enough.' }),
  cites: Cites,
})
const Finding = Type.Object(
  {
    code: Type.String(),
    finding: Type.String({ description: 'Where the policy falls short of the law or of itself.' }),
    cites: Cites,
  },
  { title: 'PolicyFinding' },
)

/** An edition in one language, with whom it shares data with, and where it falls short. */
export const PolicyView = Type.Object(
  {
    ...head,
    locale: Locale,
    sections: Type.Array(Section),
    recipients: Type.Array(Recipient),
    findings: Type.Array(Finding),
  },
  { title: 'Policy' },
)
export type PolicyView = Static<typeof PolicyView>

/** The place of a section as the last part of an address: `§ 11` is `s-11`, `Art. 3.1` is `art-3.1`. */
export const anchorOf = (place: string) =>
  place
    .toLowerCase()
    .replace('§', 's')
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replace('art.', 'art')

function headOf({ id, controller, policy, since, dated, sha256 }: PolicyEdition) {
  const { controller: company, contact, authorities } = policy
  return { ...{ id, controller, ...company, since, dated, sha256, contact }, authorities: [...authorities] }
}

export function itemOf(edition: PolicyEdition): Static<typeof PolicyItem> {
  const path = `/policies/${edition.id}?format=`
  return { ...headOf(edition), links: { json: `${path}json`, html: `${path}html` } }
}

export const viewOf = (edition: PolicyEdition, locale: Static<typeof Locale>): PolicyView => ({
  ...headOf(edition),
  locale,
  sections: Object.entries(edition.policy.sections).map(([place, section]) => {
    return { place, anchor: anchorOf(place), title: section.title[locale], text: section[locale] }
  }),
  recipients: edition.policy.recipients.map(({ kind, names, basis, minimum, cites }) => {
    return {
      kind,
      names: [...names],
      basis,
      minimum: [...minimum],
      cites: cites.map((cite) => citationIn(cite, locale)),
    }
  }),
  findings: edition.policy.findings.map(({ code, finding, cites }) => {
    return { code, finding: finding[locale], cites: cites.map((cite) => citationIn(cite, locale)) }
  }),
})
