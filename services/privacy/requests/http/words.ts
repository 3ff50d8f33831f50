type Words = {
  title: string
  asks: (company: string, what: string) => string
  button: string
  done: { title: string; says: string }
}

/** The words of the page that a link leads to by which somebody shows that a request is theirs. */
export const pageWords: Record<'nb' | 'en', Words> = {
  nb: {
    title: 'Bekreft kravet ditt',
    asks: (company, what) => `Du har bedt ${company} om ${what}.`,
    button: 'Ja, det var meg',
    done: { title: 'Takk', says: 'Kravet er mottatt. Du får svar på e-post.' },
  },
  en: {
    title: 'Confirm your request',
    asks: (company, what) => `You asked ${company} about ${what}.`,
    button: 'Yes, it was me',
    done: { title: 'Thank you', says: 'The request is received. You get an answer by e-mail.' },
  },
}
