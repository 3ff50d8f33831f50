import type { Purpose } from '../purposes.ts'

type ByCompany = (company: string) => string
type Ask = { title: ByCompany; asks: ByCompany; button: string }
type Words = {
  /** What is left, as the sentences around it need it. */
  from: Record<Purpose, ByCompany>
  leave: { title: string; asks: (from: string) => string; button: string }
  left: { title: string; says: (from: string) => string }
  person: Ask
  guardian: Ask
  agreed: { title: string; says: string }
}

/** The words of the pages. */
export const words: Record<'nb' | 'en', Words> = {
  nb: {
    from: {
      newsletter: (company) => `nyhetsbrev fra ${company}`,
      profiling: (company) => `profilering hos ${company}`,
      'analytics-cookies': (company) => `informasjonskapsler for statistikk hos ${company}`,
      'marketing-cookies': (company) => `informasjonskapsler for markedsføring hos ${company}`,
      'advertising-audience': (company) => `tilpassede annonser fra ${company}`,
      'third-party': (company) => `deling fra ${company} med andre`,
      membership: (company) => `medlemskap gjennom ${company}`,
    },
    leave: { title: 'Meld deg av', asks: (from) => `Vil du ikke lenger ha ${from}?`, button: 'Meld meg av' },
    left: { title: 'Du er meldt av', says: (from) => `Du får ikke lenger ${from}. Det gjelder fra nå.` },
    person: {
      title: (company) => `Samtykke til ${company}`,
      asks: (company) => `Dette samtykker du til hos ${company}. Du kan trekke det tilbake når som helst.`,
      button: 'Ja, jeg samtykker',
    },
    guardian: {
      title: (company) => `Samtykke for et barn til ${company}`,
      asks: (company) =>
        `Dette samtykker du til på barnets vegne hos ${company}. Det kan trekkes tilbake når som helst.`,
      button: 'Ja, jeg er foresatt og samtykker',
    },
    agreed: { title: 'Takk', says: 'Samtykket er registrert.' },
  },
  en: {
    from: {
      newsletter: (company) => `the newsletter of ${company}`,
      profiling: (company) => `profiling by ${company}`,
      'analytics-cookies': (company) => `cookies for statistics of ${company}`,
      'marketing-cookies': (company) => `cookies for marketing of ${company}`,
      'advertising-audience': (company) => `personalised advertising of ${company}`,
      'third-party': (company) => `sharing by ${company} with others`,
      membership: (company) => `membership through ${company}`,
    },
    leave: { title: 'Unsubscribe', asks: (from) => `Do you no longer want ${from}?`, button: 'Unsubscribe me' },
    left: { title: 'You are unsubscribed', says: (from) => `This ends ${from} for you, from now on.` },
    person: {
      title: (company) => `Consent to ${company}`,
      asks: (company) => `This is what you consent to at ${company}. You may withdraw it at any time.`,
      button: 'Yes, I consent',
    },
    guardian: {
      title: (company) => `Consent for a child to ${company}`,
      asks: (company) =>
        `This is what you consent to on the child’s behalf at ${company}. It may be withdrawn at any time.`,
      button: 'Yes, I am the guardian and consent',
    },
    agreed: { title: 'Thank you', says: 'The consent is recorded.' },
  },
}
