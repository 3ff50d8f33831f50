import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'

/**
 * Every way on which personal data can leave the product, by the files that lead out: a test finds files that do and are not named here.
 * `kind` is the recipient in the controllers' policies; `own` is the shop's own, and `nothing` is told nothing personal. Tests compare `fields`
 * with what payment providers, carriers, the mail server and Brevo are really sent.
 */
export type Outgoing = {
  name: Record<Locale, string>
  kind: 'payment' | 'carrier' | 'hosting' | 'newsletter' | 'own' | 'nothing'
  /** What is told, in the words of the policies. */
  fields: readonly string[]
  files: readonly string[]
}

/** A company and its service are called the same in every language. */
const called = (name: string) => ({ nb: name, en: name })
const ORDER = ['name', 'email', 'address', 'order', 'amount'] as const

export const outgoing: readonly Outgoing[] = [
  { name: called('Klarna'), kind: 'payment', fields: ORDER, files: ['libs/payments/klarna/'] },
  { name: called('Kustom'), kind: 'payment', fields: ORDER, files: ['libs/payments/klarna/'] },
  { name: called('Vipps MobilePay'), kind: 'payment', fields: ['order', 'amount'], files: ['libs/payments/vipps/'] },
  {
    name: called('Bring'),
    kind: 'carrier',
    fields: ['name', 'address', 'phone'],
    files: ['services/shipping/carriers/', 'services/shipping/return-freight/'],
  },
  // They are asked about parcels by the numbers that they gave them; who a parcel is for they know from its label.
  ...['UPS', 'DHL'].map((name): Outgoing => {
    return { name: called(name), kind: 'carrier', fields: [], files: ['services/shipping/carriers/'] }
  }),
  { name: called('Brevo'), kind: 'newsletter', fields: ['email'], files: ['services/privacy/consent/brevo/'] },
  {
    name: { en: 'The mail server', nb: 'E-posttjeneren' },
    kind: 'hosting',
    fields: ['account', 'order'],
    files: ['libs/mail/'],
  },
  {
    name: { en: 'The store of pictures', nb: 'Bildelageret' },
    kind: 'hosting',
    fields: ['order'],
    files: ['libs/photos/'],
  },
  {
    name: { en: 'The collector of traces', nb: 'Det som samler sporing av kall' },
    kind: 'hosting',
    fields: ['technical'],
    files: ['libs/tracing/'],
  },
  {
    name: {
      en: 'Programs of the shop that are told by webhook',
      nb: 'Butikkens egne programmer, som får vite det med webhook',
    },
    kind: 'own',
    fields: ORDER,
    files: [
      'libs/webhooks/',
      'services/orders/service.ts',
      'services/shipping/service.ts',
      'services/returns/service.ts',
    ],
  },
  {
    name: { en: 'The database and the broker', nb: 'Databasen og meldingskøen' },
    kind: 'own',
    fields: ORDER,
    files: ['libs/server/', 'libs/messaging/'],
  },
  {
    name: { en: 'The services among themselves', nb: 'Tjenestene seg imellom' },
    kind: 'own',
    fields: ORDER,
    files: ['libs/client/', 'services/console/', 'services/privacy/exports/'],
  },
  {
    name: { en: 'Norges Bank, for rates of exchange', nb: 'Norges Bank, for valutakurser' },
    kind: 'nothing',
    fields: [],
    files: ['libs/payments/exchange.ts'],
  },
  {
    name: {
      en: 'The mailbox to which people write that they want no more news: it is read, and told nothing',
      nb: 'Postkassen som folk skriver til når de ikke vil ha mer: den leses, og får ikke vite noe',
    },
    kind: 'nothing',
    fields: [],
    files: ['services/privacy/consent/mailbox/'],
  },
]
