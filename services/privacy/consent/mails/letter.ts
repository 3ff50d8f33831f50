/** A mail that asks somebody whether a consent is meant. `link` leads to a page with one button. */
export type Letter = { to: string; company: string; text: string; link: string; until: string }

type Kind = 'confirm' | 'guardian'
type Words = { subject: (company: string) => string; asks: (company: string) => string; act: string; nothing: string }

const words: Record<'nb' | 'en', Record<Kind, Words>> = {
  nb: {
    confirm: {
      subject: (company) => `Bekreft samtykket ditt til ${company}`,
      asks: (company) => `Noen har oppgitt denne adressen og samtykket til dette hos ${company}:`,
      act: 'Var det deg, så bekreft det på denne siden:',
      nothing: 'Var det ikke deg, gjør ingenting: uten bekreftelse samles ingenting inn og sendes ingenting.',
    },
    guardian: {
      subject: (company) => `Et barn trenger ditt samtykke hos ${company}`,
      asks: (company) => `Et barn som har oppgitt deg som foresatt, ønsker å samtykke til dette hos ${company}:`,
      act: 'Samtykker du på barnets vegne, så si det på denne siden:',
      nothing: 'Vil du ikke, gjør ingenting: uten samtykket ditt brukes ingenting om barnet til dette.',
    },
  },
  en: {
    confirm: {
      subject: (company) => `Confirm your consent to ${company}`,
      asks: (company) => `Somebody gave this address and consented to this at ${company}:`,
      act: 'If it was you, confirm it on this page:',
      nothing: 'If it was not you, do nothing: without it nothing is collected and nothing is sent.',
    },
    guardian: {
      subject: (company) => `A child needs your consent at ${company}`,
      asks: (company) => `A child that named you as parent or guardian wants to consent to this at ${company}:`,
      act: 'If you consent on the child’s behalf, say so on this page:',
      nothing: 'If you do not want to, do nothing: without your consent nothing about the child is used for this.',
    },
  },
}
const until = {
  nb: (day: string) => `Siden virker til ${day}.`,
  en: (day: string) => `The page works until ${day}.`,
}

/** The mail, by whom it asks. No word of it is advertising. */
export function compose(kind: Kind, language: 'nb' | 'en', { company, text, link, until: day }: Letter) {
  const say = words[language][kind]
  const parts = [say.asks(company), text, say.act, link, until[language](day), say.nothing]
  return { subject: say.subject(company), text: parts.join('\n\n') }
}
