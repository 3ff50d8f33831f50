/**
 * Every way on which personal data can leave the product, by the files that lead out: a test finds files that do and are not named here.
 * `kind` is the recipient in the controllers' policies; `own` is the shop's own, and `nothing` is told nothing personal.
 */
export type Outgoing = {
  name: string
  kind: 'payment' | 'carrier' | 'hosting' | 'newsletter' | 'own' | 'nothing'
  /** What is told, in the words of the policies. */
  fields: readonly string[]
  files: readonly string[]
}

const ORDER = ['name', 'email', 'address', 'order', 'amount'] as const

export const outgoing: readonly Outgoing[] = [
  { name: 'Klarna', kind: 'payment', fields: ORDER, files: ['libs/payments/klarna/'] },
  { name: 'Kustom', kind: 'payment', fields: ORDER, files: ['libs/payments/klarna/'] },
  { name: 'Vipps MobilePay', kind: 'payment', fields: ['order', 'amount'], files: ['libs/payments/vipps/'] },
  ...['Bring', 'UPS', 'DHL'].map((name): Outgoing => {
    const fields = ['name', 'address', 'phone', 'email']
    return {
      name,
      kind: 'carrier',
      fields,
      files: ['services/shipping/carriers/', 'services/shipping/return-freight/'],
    }
  }),
  { name: 'Brevo', kind: 'newsletter', fields: ['email'], files: ['services/privacy/consent/brevo/'] },
  { name: 'The mail server', kind: 'hosting', fields: ['account', 'order'], files: ['libs/mail/'] },
  { name: 'The store of pictures', kind: 'hosting', fields: ['order'], files: ['libs/photos/'] },
  { name: 'The collector of traces', kind: 'hosting', fields: ['technical'], files: ['libs/tracing/'] },
  {
    name: 'Programs of the shop that are told by webhook',
    kind: 'own',
    fields: ORDER,
    files: [
      'libs/webhooks/',
      'services/orders/service.ts',
      'services/shipping/service.ts',
      'services/returns/service.ts',
    ],
  },
  { name: 'The database and the broker', kind: 'own', fields: ORDER, files: ['libs/server/', 'libs/messaging/'] },
  { name: 'The services among themselves', kind: 'own', fields: ORDER, files: ['libs/client/', 'services/console/'] },
  { name: 'Norges Bank, for rates of exchange', kind: 'nothing', fields: [], files: ['libs/payments/exchange.ts'] },
]
