import { formatDay } from '@vilkar/mail/mail.ts'
import type { RequestKind } from '../tables.ts'
import type { Language } from './kinds.ts'

/** What an organisation is told of a request that is its to answer. Days are ISO 8601. */
type Facts = {
  /** Who passes it on, and where questions go. */
  company: string
  contact: string
  kind: RequestKind
  receivedOn: string
  dueOn?: string
  /** How the organisation knows the person. */
  person?: string
  words?: string
  replyTo?: string
}
type Say = {
  kinds: Record<RequestKind, string>
  subject: (company: string) => string
  hello: string
  body: (company: string, what: string, day: string) => string
  yours: (company: string) => string
  due: (day: string) => string
  person: (person: string) => string
  words: string
  replyTo: (address: string) => string
  prove: string
  contact: (contact: string) => string
}

const words: Record<Language, Say> = {
  nb: {
    kinds: {
      access: 'innsyn',
      rectify: 'retting',
      erase: 'sletting',
      restrict: 'begrensning av bruken',
      object: 'at opplysningene ikke brukes',
      portability: 'å få opplysningene med seg',
      'withdraw-consent': 'at et samtykke trekkes tilbake',
      'human-review': 'at et menneske ser på en avgjørelse',
    },
    subject: (company) => `Et krav om personopplysninger til dere – sendt videre av ${company}`,
    hello: 'Hei,',
    body: (company, what, day) => `${company} mottok ${day} et krav om ${what} fra en som er registrert hos dere.`,
    yours: (company) =>
      `Dere bestemmer over disse opplysningene, og ${company} behandler dem bare for dere (personvernforordningen art. 28). Det er derfor dere som svarer.`,
    due: (day) => `Personen har krav på svar senest ${day} (art. 12 nr. 3).`,
    person: (person) => `Det gjelder: ${person}`,
    words: 'Personen skrev:',
    replyTo: (address) => `Svar til: ${address}`,
    prove:
      'Er dere i tvil om hvem som spør, så spør etter det dere trenger for å vite det, og ikke mer (art. 12 nr. 6).',
    contact: (contact) => `Trenger dere noe fra oss for å svare, så skriv til ${contact}.`,
  },
  en: {
    kinds: {
      access: 'to see their data',
      rectify: 'to have their data put right',
      erase: 'to have their data erased',
      restrict: 'to have the use of their data restricted',
      object: 'that their data are not used',
      portability: 'to take their data along',
      'withdraw-consent': 'to withdraw a consent',
      'human-review': 'to have a person look at a decision',
    },
    subject: (company) => `A request about personal data that you decide about, passed on by ${company}`,
    hello: 'Hello,',
    body: (company, what, day) => `On ${day} ${company} received a request from somebody registered with you: ${what}.`,
    yours: (company) =>
      `You decide about these data, and ${company} only processes them for you (GDPR Art. 28). So the answer is yours to give.`,
    due: (day) => `The person is owed an answer by ${day} (Art. 12(3)).`,
    person: (person) => `It is about: ${person}`,
    words: 'The person wrote:',
    replyTo: (address) => `Answer to: ${address}`,
    prove: 'If you doubt who asks, ask for what you need to know it, and for no more (Art. 12(6)).',
    contact: (contact) => `If you need something from us to answer, write to ${contact}.`,
  },
}

/** The mail by which a request reaches the organisation that decides about the data. Source: GDPR Art. 28(3)(e), 12(3). */
export function composeToOrganisation(language: Language, facts: Facts) {
  const say = words[language]
  const { company, contact, kind, receivedOn, dueOn, person, words: said, replyTo } = facts
  const text = [
    ...[say.hello, say.body(company, say.kinds[kind], formatDay(language, receivedOn)), say.yours(company)],
    dueOn && say.due(formatDay(language, dueOn)),
    person && say.person(person),
    said && `${say.words} ${said}`,
    replyTo && say.replyTo(replyTo),
    ...[say.prove, say.contact(contact), company],
  ]
  return { subject: say.subject(company), text: text.filter((part) => !!part).join('\n\n') }
}
