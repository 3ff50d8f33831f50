import { listed } from '../requests/mails/letter.ts'

/** What a notice of a breach is made of; the words of it are those of whoever handles it. */
export type NoticeFacts = {
  company: string
  contact: string
  authorities: readonly string[]
  nature: string
  consequences?: string
  measures?: string
}
type Say = {
  subject: (company: string) => string
  hello: string
  intro: (company: string) => string
  consequences: string
  measures: string
  more: (contact: string) => string
  complain: (authorities: string) => string
}

const words: Record<'nb' | 'en', Say> = {
  nb: {
    subject: (company) => `Opplysninger om deg kan være på avveie – ${company}`,
    hello: 'Hei,',
    intro: (company) => `Noe har skjedd med opplysninger som ${company} har om deg. Dette vet vi:`,
    consequences: 'Det kan få følger for deg:',
    measures: 'Dette har vi gjort, og dette kan du gjøre:',
    more: (contact) => `Spørsmål svarer vi på her: ${contact}`,
    complain: (authorities) => `Du kan klage til ${authorities}.`,
  },
  en: {
    subject: (company) => `Data about you may be in the wrong hands – ${company}`,
    hello: 'Hello,',
    intro: (company) => `Something happened to data that ${company} has about you. This is what we know:`,
    consequences: 'What it may mean for you:',
    measures: 'What we have done, and what you can do:',
    more: (contact) => `We answer questions here: ${contact}`,
    complain: (authorities) => `You may complain to ${authorities}.`,
  },
}

/**
 * The mail to somebody whose data were in a breach: what happened, what may follow, what is done about it, and whom to ask, in plain words
 * and with nothing else in it. Source: GDPR Art. 34(2)–(3).
 */
export function composeNotice(
  language: 'nb' | 'en',
  { company, contact, authorities, nature, consequences, measures }: NoticeFacts,
) {
  const say = words[language]
  const text = [
    ...[say.hello, say.intro(company), nature],
    ...(consequences ? [say.consequences, consequences] : []),
    ...(measures ? [say.measures, measures] : []),
    ...[say.more(contact), say.complain(listed(language, 'disjunction', authorities)), company],
  ]
  return { subject: say.subject(company), text: text.join('\n\n') }
}
