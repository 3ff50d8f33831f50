/** The words of the mail about a policy that changed. */
export const words = {
  nb: {
    hello: 'Hei,',
    subject: (company: string) => `Personvernerklæringen er endret – ${company}`,
    changed: (company: string) => `${company} har endret personvernerklæringen sin.`,
    sections: 'Dette er nytt eller annerledes:',
    read: 'Hele erklæringen står her:',
    anew: 'Noe av det du har samtykket til, er endret. Samtykket gjelder derfor ikke lenger: du blir spurt på nytt, og det er frivillig.',
    rights: (contact: string) => `Vil du se, rette eller slette det vi har om deg, skriv til ${contact}.`,
  },
  en: {
    hello: 'Hello,',
    subject: (company: string) => `The privacy policy has changed – ${company}`,
    changed: (company: string) => `${company} has changed its privacy policy.`,
    sections: 'This is new or different:',
    read: 'The whole policy is here:',
    anew: 'Something that you consented to has changed. Your consent does not stand any more: you are asked anew, and are free to say no.',
    rights: (contact: string) => `To see, mend or erase what we have about you, write to ${contact}.`,
  },
} as const
