import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import { citationIn } from '@vilkar/terms/statute/act.ts'
import type { RequestKind, RequestState } from '../tables.ts'
import type { Language, RequestMail } from './kinds.ts'
import { type Say, words } from './words.ts'

/** What a mail about a request is made of. Days are ISO 8601. */
export type Facts = {
  company: string
  contact: string
  authorities: readonly string[]
  kind: RequestKind
  receivedOn: string
  dueOn?: string
  /** It costs nothing, whatever a person finds. */
  free?: boolean
  /** What staff says with it: a doubt, why more time is needed, the answer. */
  word?: string
  kept?: RequestState['kept']
  link?: { url: string; until: string }
  /** When what was asked to be seen was erased, or some of it. */
  erasedOn?: string
  /** Which organisation it was passed on to. */
  organisation?: string
}
type Parts = { subject: string; body: (string | undefined)[] }

/** `stays`: what an erasure leaves, line by line; `theirs`: what only an organisation can let go. */
type Made = { say: Say; day: (on: string) => string; stays: string[]; theirs: string[] }

const make: Record<RequestMail, (made: Made, facts: Facts) => Parts> = {
  received: ({ say, day }, { company, kind, receivedOn, dueOn, free, link }) => ({
    subject: say.received.subject(company),
    body: [
      say.received.body(company, say.kinds[kind], day(receivedOn)),
      dueOn && [say.due(day(dueOn)), ...(free ? [say.free] : [])].join(' '),
      ...linkOf(say, say.proveLink, link, day),
      link && say.notYou,
    ],
  }),
  prove: ({ say, day }, { company, kind, link }) => ({
    subject: say.prove.subject(company),
    body: [say.prove.body(company, say.kinds[kind]), ...linkOf(say, say.proveLink, link, day), say.notYou],
  }),
  identity: ({ say }, { company, kind, word }) => ({
    subject: say.identity.subject(company),
    body: [say.identity.body(say.kinds[kind]), word && `${say.why} ${word}`, say.identity.enough],
  }),
  extended: ({ say, day }, { company, kind, dueOn, word }) => ({
    subject: say.extended.subject(company),
    body: [say.extended.body(say.kinds[kind], dueOn ? day(dueOn) : ''), word && `${say.why} ${word}`],
  }),
  answered: ({ say, day, stays, theirs }, { company, kind, word, erasedOn }) => ({
    subject: say.answered.subject(company),
    body: [
      say.answered.body(say.kinds[kind]),
      word === undefined && erasedOn ? say.erasedMeanwhile.all(day(erasedOn)) : undefined,
      word ?? (kind === 'erase' && stays.length + theirs.length > 0 ? say.erasedInPart : say.did[kind]),
      listOf(say.kept, stays),
      listOf(say.theirs, theirs),
    ],
  }),
  lifting: ({ say }, { company, kind }) => ({
    subject: say.lifting.subject(company),
    body: [say.lifting.body(company, say.kinds[kind])],
  }),
  refused: ({ say }, { company, kind, word }) => ({
    subject: say.refused.subject(company),
    body: [say.refused.body(say.kinds[kind]), word && `${say.why} ${word}`],
  }),
  'passed-on': ({ say }, { company, kind, organisation = '' }) => ({
    subject: say.passedOn.subject(company),
    body: [say.passedOn.body(company, say.kinds[kind], organisation)],
  }),
  export: ({ say, day }, { company, kind, link, erasedOn }) => ({
    subject: say.export.subject(company),
    body: [
      erasedOn && say.erasedMeanwhile.some(day(erasedOn)),
      ...linkOf(say, say.export.body(company, kind === 'portability'), link, day),
      say.export.safe,
    ],
  }),
}

const linkOf = (say: Say, leads: string, link: Facts['link'], day: (on: string) => string) =>
  link === undefined ? [] : [leads, link.url, say.linkUntil(day(link.until))]

const listOf = (leads: string, lines: readonly string[]) =>
  lines.length > 0 ? [leads, ...lines].join('\n') : undefined

/** One record that stays: until when, why, and by which sections. */
function keptLine(language: Language, { system, record, until, holds, reasons }: NonNullable<Facts['kept']>[number]) {
  const say = words[language]
  const name = `${say.systems[system] ?? system} ${record}`
  const why = listed(
    language,
    'conjunction',
    holds.map((hold) => say.holds[hold] ?? hold),
  )
  const cited = reasons.map(({ code, cites }) => ({ code, cites: cites.map((cite) => citationIn(cite, language)) }))
  return `– ${say.keptLine(name, until && formatDay(language, until), why)} (${citedInWords(language, cited)})`
}

/** The mail, in plain words. Every one says where to complain and whom to ask (GDPR Art. 12(1), 12(4)). No word of it is advertising. */
export function compose(kind: RequestMail, language: Language, facts: Facts): { subject: string; text: string } {
  const say = words[language]
  const linesOf = (decidedBy?: 'organisation') =>
    (facts.kept ?? []).filter((each) => each.decidedBy === decidedBy).map((each) => keptLine(language, each))
  const lines = { stays: linesOf(), theirs: linesOf('organisation') }
  const { subject, body } = make[kind]({ say, day: (on) => formatDay(language, on), ...lines }, facts)
  const complain = `${say.complain(listed(language, 'disjunction', facts.authorities))}${kind === 'refused' ? ` ${say.court}` : ''}`
  const ends = kind === 'prove' ? [] : [complain, say.contact(facts.contact)]
  return { subject, text: [say.hello, ...body, ...ends, facts.company].filter((part) => !!part).join('\n\n') }
}

/** "Datatilsynet or ICO". */
export const listed = (language: Language, type: Intl.ListFormatType, names: readonly string[]) =>
  new Intl.ListFormat(language, { type }).format(names)
