import type { goodwill as en } from './goodwill-en.ts'

/** Ord for hva som følger av kulanse. */
export const goodwill: Record<keyof typeof en, string> = {
  amount: 'Skal gis',
  given: 'Gitt for denne ordren før',
  alone: 'Én person gir, i alt',
  together: 'To personer gir, i alt',
  atOnce: 'Det skyldes med en gang, og betales senest {day}. Kunden får vite det på e-post.',
  second:
    'Det er mer enn én person gir: En til må godkjenne det, senest {day}. Til da er ingenting lovet, og kunden får ikke vite noe.',
  document: 'Når det er betalt, får det et dokument med eget nummer, og kunden får e-post om det også.',
  besides:
    'Det tar ingenting fra noen rett: Den som angrer, reklamerer eller sender noe tilbake, får like mye igjen som ellers.',
}
