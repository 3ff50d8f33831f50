import type { offer as en } from './offer-en.ts'

/** Ord for en pris som tilbys kunden i én ordre. */
export const offer: Record<keyof typeof en, string> = {
  product: 'Vare {row}',
  sku: 'Varenummer',
  units: 'Antall',
  unitPrice: 'Pris for én, i {currency}',
  unitPriceHelp: 'Som i katalogen, med eller uten mva., og under prisen der. For eksempel 100 eller 100,50.',
  until: 'Gjelder til',
  untilHelp: 'Norsk tid, og innen 90 dager.',
  reason: 'Hvorfor prisen tilbys',
  reasonHelp: 'Kunden ser det ikke.',
  offered: 'Det som tilbys',
  each: 'Pris for én',
  catalogue: 'I katalogen i dag',
  given: 'Gitt under katalogens pris',
  givenBefore: 'Gitt med andre tilbud for denne ordren',
  anybody: 'Alle ansatte kan gi, i alt',
  approvers: 'Den som godkjenner det andre gir, kan gi, i alt',
  binds:
    'Det binder butikken til da, uansett hva katalogen sier, og kan ikke trekkes tilbake. Er katalogen billigere, betaler kunden den prisen.',
  told: 'Kunden får vite det på e-post med en gang.',
  once: 'Det kan brukes én gang, med e-postadressen i denne ordren. Ender den nye ordren før avtalen er inngått, kan tilbudet brukes igjen så lenge det gjelder.',
  title: 'Tilbudt pris',
  line: '{quantity} × {sku} til {price} (da {catalogue})',
  status_open: 'og ikke brukt ennå',
  status_used: 'og brukt',
  status_ended: 'og utløpt',
  usedBy: 'i denne ordren',
  offeredBy: 'tilbudt av {by}',
  pricedBy: 'Priset etter tilbud',
}
