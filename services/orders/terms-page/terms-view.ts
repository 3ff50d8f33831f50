import { Instant } from '@vilkar/contracts/event.ts'
import { Cites, Locale, Sha256 } from '@vilkar/contracts/parts.ts'
import type { Edition } from '@vilkar/terms/editions/load.ts'
import { editions } from '@vilkar/terms/editions/registry.ts'
import { type Static, Type } from 'typebox'

const number = (description: string, example: string) => Type.String({ description, examples: [example] })

const head = {
  id: Type.String({ description: 'As orders keep it.', examples: ['shop/2026-01-15'] }),
  seller: Type.String({ examples: ['shop'] }),
  inForceFrom: Type.Unsafe<string>({
    ...Instant,
    description: 'An order placed at this very instant follows the edition.',
  }),
  until: Type.Optional(
    Type.Unsafe<string>({ ...Instant, description: 'From this instant on another edition is in force.' }),
  ),
  sha256: Type.String({
    ...Sha256,
    description: 'Over both languages, both withdrawal forms and the figures: what an order pins.',
  }),
}

/** An edition as one of a list. */
export const EditionItem = Type.Object(
  {
    ...head,
    inForce: Type.Boolean({ description: 'Whether an order placed now follows it.' }),
    links: Type.Object({ json: Type.String(), markdown: Type.String(), html: Type.String() }),
  },
  { title: 'TermsEditionItem' },
)
type EditionItem = Static<typeof EditionItem>

const Sentence = Type.Object({
  number: number('As rulings cite it.', '8.2'),
  text: Type.String(),
  enforcedBy: Type.Optional(Type.String({ description: 'The file of rules that keeps the sentence.' })),
  unenforced: Type.Optional(Type.String({ description: 'Why no function keeps it; in English.' })),
})

const Finding = Type.Object(
  {
    id: Type.String(),
    clauses: Type.Array(Type.String(), { description: 'Numbers of sentences; none when it is about the whole page.' }),
    summary: Type.String({ description: 'Where the terms, as the seller printed them, fall short of the law.' }),
    instead: Type.String({ description: 'What customers of the shop get instead.' }),
    cites: Cites,
    severity: Type.Union([Type.Literal('high'), Type.Literal('medium'), Type.Literal('low')], {
      description: 'Whether who believes the text loses money or time (high), information (medium) or nothing (low).',
    }),
    floor: Type.Optional(Type.String({ description: 'What no terms may undercut, and these do.' })),
  },
  { title: 'TermsFinding' },
)

/** An edition in one language, taken apart. */
export const EditionView = Type.Object(
  {
    ...head,
    locale: Locale,
    title: Type.String(),
    introduction: Type.String(),
    clauses: Type.Array(
      Type.Object({ number: number('Of the clause.', '8'), title: Type.String(), sentences: Type.Array(Sentence) }),
    ),
    withdrawalForm: Type.String({ description: 'Markdown.' }),
    findings: Type.Array(Finding),
  },
  { title: 'TermsEdition' },
)
export type EditionView = Static<typeof EditionView>

/** The start of the seller's next edition, if there is one. */
export const untilOf = ({ seller, inForceFrom }: Edition): Temporal.Instant | undefined =>
  editions().find((each) => each.seller === seller && Temporal.Instant.compare(each.inForceFrom, inForceFrom) > 0)
    ?.inForceFrom

const headOf = (edition: Edition) => {
  const until = untilOf(edition)?.toString()
  const { id, seller, inForceFrom, sha256 } = edition
  return { id, seller, inForceFrom: inForceFrom.toString(), ...(until !== undefined && { until }), sha256 }
}

/** An edition as one of a list, at an instant. */
export function editionItem(edition: Edition, now: Temporal.Instant): EditionItem {
  const until = untilOf(edition)
  const path = `/terms/${edition.id}?format=`
  return {
    ...headOf(edition),
    inForce:
      Temporal.Instant.compare(edition.inForceFrom, now) <= 0 &&
      (until === undefined || Temporal.Instant.compare(now, until) < 0),
    links: { json: `${path}json`, markdown: `${path}markdown`, html: `${path}html` },
  }
}

/** An edition in one language: sentences with what keeps them, the form, and the findings. */
export function editionView(edition: Edition, locale: Static<typeof Locale>): EditionView {
  const { title, introduction, chapters } = edition.printed(locale)
  return {
    ...headOf(edition),
    locale,
    title,
    introduction,
    clauses: chapters.map((chapter) => ({
      ...chapter,
      sentences: chapter.sentences.map((each) => ({ ...each, ...edition.enforcement(each.number) })),
    })),
    withdrawalForm: edition.withdrawalForm(locale),
    findings: edition.findings.map(({ id, clauses, summary, instead, cites, severity, floor }) => ({
      id,
      clauses: [...clauses],
      summary: summary[locale],
      instead: instead[locale],
      cites: [...cites],
      severity,
      ...(floor !== undefined && { floor }),
    })),
  }
}
