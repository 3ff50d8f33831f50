/** Names of the payment providers as payments bear them. They stay: what was paid there is settled there. */
export const providerNames = ['klarna', 'klarna-payments', 'kustom', 'vipps'] as const
export type ProviderName = (typeof providerNames)[number]

/** What customers choose when they pay there, in the words of the terms. */
export const paymentMethods: Readonly<Record<ProviderName, string>> = {
  klarna: 'klarna',
  'klarna-payments': 'klarna',
  kustom: 'klarna',
  vipps: 'vipps',
}
