import { agreements, providerNames } from '@vilkar/payments/providers.ts'
import { commonVariables, mailVariables, SafeUrl } from '@vilkar/server/config.ts'
import { LINK_SECRETS } from '@vilkar/server/signed-links.ts'
import { webhookVariables } from '@vilkar/webhooks/variables.ts'
import { type Static, type TSchema, Type } from 'typebox'

const Duration = (fallback: string, description: string) =>
  Type.String({ default: fallback, pattern: '^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$', description })

/** None of them has to be set: a provider whose variables are all left out is not worked with. */
const variablesOfProviders: Record<never, TSchema> = Object.assign(
  {},
  ...agreements.map(({ variables }) => Type.Partial(variables).properties),
)

/** Where customers pay, and what each provider needs. A seller with a prefix has variables of these names behind it. */
export const ProviderVariables = Type.Object({
  PAYMENT_PROVIDER: Type.String({
    default: 'klarna',
    pattern: `^(${providerNames.join('|')})$`,
    description: 'Where customers pay; what was paid elsewhere before is settled there.',
  }),
  ...variablesOfProviders,
})

/** The environment of the orders service. */
export const Config = Type.Object({
  ...commonVariables,
  ...mailVariables,
  ...webhookVariables,
  PUBLIC_URL: SafeUrl('Where customers and the payment provider reach this service.'),
  STOREFRONT_URL: SafeUrl('Where the payment page sends customers back to.'),
  ...ProviderVariables.properties,
  QUOTE_VALID_FOR: Duration('PT30M', 'How long a quote is good for.'),
  PAYMENT_DUE_AFTER: Duration('PT24H', 'How long a customer has to pay before the order lapses.'),
  RESERVE_UNPAID_FOR: Duration('PT30M', 'How long an order that is not paid keeps its units from others.'),
  UNPAID_ORDERS_MAX: Type.Integer({ default: 5, minimum: 1, description: 'How many such orders a customer may have.' }),
  UNPAID_UNITS_MAX: Type.Integer({ default: 1000, minimum: 1, description: 'How many units they may keep in all.' }),
  AUTHORISATION_EXTEND_BEFORE: Type.String({
    default: 'P5D',
    pattern: '^P[0-9]{1,3}D$',
    description: 'How long before an authorisation runs out it is extended.',
  }),
  ORDER_PAGE_URL: Type.Optional(
    SafeUrl(
      'Page where customers see one order and withdraw from it, by the signed link that stands behind `?link=`: that of returns. Left out, nobody is told of it.',
    ),
  ),
  LINK_SECRETS: Type.Optional(
    Type.String({ pattern: LINK_SECRETS, description: 'What those links are signed with: those of returns.' }),
  ),
  LINK_REQUESTS_PER_MINUTE: Type.Integer({
    default: 120,
    minimum: 1,
    description: 'Requests of one address by signed links to orders in a minute.',
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
  /** How long an order that is not paid keeps its units from others: an ISO 8601 duration of exact time. */
  reserveUnpaidFor: string
  /** How many such orders a customer may have, and how many units they may keep in all. */
  unpaidOrdersMax: number
  unpaidUnitsMax: number
  /** How long before an authorisation runs out it is extended: an ISO 8601 duration in days. */
  authorisationExtendBefore: string
  /** How long goods may have left without being paid before a person is called: an ISO 8601 duration of exact time. */
  captureAlarmAfter: string
  /** What links to orders are signed with; left out, there are none. */
  linkSecrets?: string
  linkRequestsPerMinute: number
  /** The page where customers see an order and withdraw from it, and what links to it are signed with. */
  orderPage?: { url: string; secrets: string }
}

/** The settings of an environment. */
export const settingsOf = (config: Config): Settings => ({
  publicUrl: withoutSlash(config.PUBLIC_URL),
  storefrontUrl: withoutSlash(config.STOREFRONT_URL),
  mailFrom: config.MAIL_FROM,
  quoteValidFor: config.QUOTE_VALID_FOR,
  paymentDueAfter: config.PAYMENT_DUE_AFTER,
  reserveUnpaidFor: config.RESERVE_UNPAID_FOR,
  unpaidOrdersMax: config.UNPAID_ORDERS_MAX,
  unpaidUnitsMax: config.UNPAID_UNITS_MAX,
  authorisationExtendBefore: config.AUTHORISATION_EXTEND_BEFORE,
  captureAlarmAfter: config.SHIPPED_NOT_CAPTURED_AFTER,
  linkSecrets: config.LINK_SECRETS,
  linkRequestsPerMinute: config.LINK_REQUESTS_PER_MINUTE,
  ...(config.ORDER_PAGE_URL &&
    config.LINK_SECRETS && { orderPage: { url: config.ORDER_PAGE_URL, secrets: config.LINK_SECRETS } }),
})

/** Paths are put behind it, and a provider that signs the address it calls has one slash there. */
const withoutSlash = (url: string) => url.replace(/\/+$/, '')
