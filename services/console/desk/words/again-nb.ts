import type { again as en } from './again-en.ts'

/** Ord for å prøve igjen det som feilet: hendelser, og e-poster som ingen e-postserver tok imot. */
export const again: Record<keyof typeof en, string> = {
  events: 'Prøv hendelser som feilet, på nytt',
  eventsLead:
    'En hendelse fra en annen tjeneste kunne ikke behandles i {service}. Få rettet årsaken først; så prøves den på nytt fra begynnelsen. Se hva som følger før du gjør det.',
  eventsLeadAll:
    'Alle hendelser som feilet i {service}, prøves på nytt fra begynnelsen. Få rettet årsaken først, og se hva som følger før du gjør det.',
  noEvents: 'Ingen venter lenger etter å ha feilet: De er behandlet i mellomtiden.',
  howManyEvents: '{count, plural, one {# hendelse prøves} other {# hendelser prøves}} på nytt.',
  andOthers: 'Og {count} til.',
  ofOrder: 'Ordre',
  outcome_applied: 'blir behandlet',
  outcome_fails: 'feiler igjen i dag',
  outcome_waits: 'venter på en tidligere',
  outcome_unknown: 'ikke prøvd på forhånd',
  behind: 'venter bak den, og fortsetter sammen med den',
  notTried: 'Hva som følger av disse, er ikke prøvd på forhånd: Når det er mange, prøves bare de første.',
  tells: 'Det tjenesten da melder til de andre',
  mails: 'E-poster som da blir skrevet',
  mailTo: '{mail} til {to}',
  nothing: 'ingen',
  erased: 'noen som har fått opplysningene sine slettet',
  sendMails: 'Send e-poster som ingen har tatt imot, på nytt',
  mailsLead:
    'Ingen e-postserver tok imot denne e-posten fra {service}. Den prøves også på nytt av seg selv; nå prøves den med en gang.',
  mailsLeadAll: 'Alle e-poster fra {service} som ingen e-postserver tok imot, prøves med en gang.',
  noMails: 'Ingen venter lenger: De er tatt imot i mellomtiden.',
  howManyMails: '{count, plural, one {# e-post prøves} other {# e-poster prøves}} med en gang.',
  to: 'Til',
  subject: 'Emne',
  unwritten: 'ikke skrevet ennå: innholdet lages når den sendes',
  since: 'Skulle vært sendt',
  tries: 'Forsøk uten hell',
  lastError: 'Det siste forsøket feilet med',
  thenFollows: 'Så',
  formsContract: 'Avtalen er inngått når e-postserveren tar imot den (punkt 4.1), og varene kan sendes.',
  sentOnce:
    'Hver av dem sendes én gang, uansett hvor ofte den prøves. Avviser e-postserveren den igjen, blir den stående på listen.',
  tryAll: 'Prøv alle på nytt: {service}',
}
