import { providerNames } from '@vilkar/payments/provider-names.ts'
import { commonVariables, mailVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

const Duration = (fallback: string, description: string) =>
  Type.String({ default: fallback, pattern: '^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$', description })

const Url = (description: string) => Type.String({ pattern: '^https?://', description })
const Text = (description: string) => Type.String({ description })

/** What each payment provider needs; one whose variables are all left out is not worked with. */
export const klarnaVariables = Type.Object({
  KLARNA_URL: Url("Base URL of Klarna's API: live, playground or a simulator."),
  KLARNA_USERNAME: Text('Klarna API user name.'),
  KLARNA_PASSWORD: Text('Klarna API password.'),
})
export const kustomVariables = Type.Object({
  KUSTOM_URL: Url("Base URL of Kustom's API (formerly Klarna Checkout): live, playground or a simulator."),
  KUSTOM_USERNAME: Text('Kustom API user name.'),
  KUSTOM_PASSWORD: Text('Kustom API password.'),
})
export const vippsVariables = Type.Object({
  VIPPS_URL: Url("Base URL of Vipps MobilePay's API: live, test or a simulator."),
  VIPPS_CLIENT_ID: Text('Vipps MobilePay client id.'),
  VIPPS_CLIENT_SECRET: Text('Vipps MobilePay client secret.'),
  VIPPS_SUBSCRIPTION_KEY: Text('Vipps MobilePay subscription key.'),
  VIPPS_MERCHANT_SERIAL_NUMBER: Text('The sales unit that payments are made to.'),
  VIPPS_WEBHOOK_SECRET: Text(
    'What the registration of the webhook gave: calls that are not signed with it do nothing.',
  ),
})

/** Where customers pay, and what each provider needs. A seller with a prefix has variables of these names behind it. */
export const ProviderVariables = Type.Object({
  PAYMENT_PROVIDER: Type.String({
    default: 'klarna',
    pattern: `^(${providerNames.join('|')})$`,
    description: 'Where customers pay; what was paid elsewhere before is settled there.',
  }),
  ...Type.Partial(klarnaVariables).properties,
  ...Type.Partial(kustomVariables).properties,
  ...Type.Partial(vippsVariables).properties,
})

/** The environment of the orders service. */
export const Config = Type.Object({
  ...commonVariables,
  ...mailVariables,
  PUBLIC_URL: Type.String({
    pattern: '^https?://',
    description: 'Where customers and the payment provider reach this service.',
  }),
  STOREFRONT_URL: Type.String({
    pattern: '^https?://',
    description: 'Where the payment page sends customers back to.',
  }),
  ...ProviderVariables.properties,
  QUOTE_VALID_FOR: Duration('PT30M', 'How long a quote is good for.'),
  PAYMENT_DUE_AFTER: Duration('PT24H', 'How long a customer has to pay before the order lapses.'),
  AUTHORISATION_EXTEND_BEFORE: Type.String({
    default: 'P5D',
    pattern: '^P[0-9]{1,3}D$',
    description: 'How long before an authorisation runs out it is extended.',
  }),
  SHIPPED_NOT_CAPTURED_AFTER: Duration(
    'PT1H',
    'How long goods may have left without being paid before a person is called.',
  ),
})
export type Config = Static<typeof Config>

/** What of the environment the service works with, once it runs. */
export type Settings = {
  /** Where customers and the payment provider reach this service. */
  publicUrl: string
  /** Where the provider sends customers back to. */
  storefrontUrl: string
  /** The sender of all mails, if the shop has one seller; left out, each seller's own. */
  mailFrom?: string
  /** How long a quote is good for, and how long a customer has to pay: ISO 8601 durations of exact time. */
  quoteValidFor: string
  paymentDueAfter: string
  /** How long before an authorisation runs out it is extended: an ISO 8601 duration in days. */
  authorisationExtendBefore: string
  /** How long goods may have left without being paid before a person is called: an ISO 8601 duration of exact time. */
  captureAlarmAfter: string
}

/** The settings of an environment. */
export const settingsOf = (config: Config): Settings => ({
  publicUrl: withoutSlash(config.PUBLIC_URL),
  storefrontUrl: withoutSlash(config.STOREFRONT_URL),
  mailFrom: config.MAIL_FROM,
  quoteValidFor: config.QUOTE_VALID_FOR,
  paymentDueAfter: config.PAYMENT_DUE_AFTER,
  authorisationExtendBefore: config.AUTHORISATION_EXTEND_BEFORE,
  captureAlarmAfter: config.SHIPPED_NOT_CAPTURED_AFTER,
})

/** Paths are put behind it, and a provider that signs the address it calls has one slash there. */
const withoutSlash = (url: string) => url.replace(/\/+$/, '')
