import { photoVariables } from '@vilkar/photos/store.ts'
import { commonVariables, mailVariables, SafeUrl } from '@vilkar/server/config.ts'
import { LINK_SECRETS } from '@vilkar/server/signed-links.ts'
import { webhookVariables } from '@vilkar/webhooks/variables.ts'
import { type Static, Type } from 'typebox'

/** The environment of the returns service. */
export const Config = Type.Object({
  ...commonVariables,
  ...mailVariables,
  ...webhookVariables,
  ...photoVariables,
  PROOF_BELIEVED_AFTER: Type.String({
    default: 'P5D',
    pattern: '^P[0-9]{1,2}D$',
    description:
      'How long staff and carriers have to judge proof of sending before it is believed; the last day to pay back ends it sooner.',
  }),
  UNANSWERED_AFTER: Type.String({
    default: 'PT1H',
    pattern: '^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$',
    description: 'How long a return or a statement may wait for an answer before a person is called.',
  }),
  PUBLIC_URL: SafeUrl('Where customers reach this service: it stands in receipts.'),
  LINK_SECRETS: Type.String({
    pattern: LINK_SECRETS,
    description:
      'What signed links are signed with, separated by commas: the first signs, and links of all of them are good. 32 letters and digits or more each.',
  }),
  ORDER_PAGE_URL: Type.Optional(
    SafeUrl(
      'Page that shows one order by the signed link that stands behind `?link=`: the storefront’s, or `/customer/order` of the console. Left out, mails have none.',
    ),
  ),
  FUNCTION_REQUESTS_PER_MINUTE: Type.Integer({
    default: 60,
    minimum: 1,
    description: 'Statements that one address may make by the withdrawal function in a minute.',
  }),
  FACTS_REQUESTS_PER_MINUTE: Type.Integer({
    default: 120,
    minimum: 1,
    description: 'Questions of one address without a known token about facts that it brings, in a minute.',
  }),
  LINK_REQUESTS_PER_MINUTE: Type.Integer({
    default: 120,
    minimum: 1,
    description: 'Requests of one address by signed links to orders in a minute.',
  }),
})
export type Config = Static<typeof Config>

/**
 * ISO 8601 durations: when a customer's word that goods were sent is believed, when a person is called, how long links are good.
 * Addresses end without a slash.
 */
export type Settings = {
  proofBelievedAfter: string
  unansweredAfter: string
  publicUrl: string
  orderPageUrl?: string
  functionRequestsPerMinute: number
  factsRequestsPerMinute: number
  linkRequestsPerMinute: number
}

export const settingsOf = (config: Config): Settings => ({
  proofBelievedAfter: config.PROOF_BELIEVED_AFTER,
  unansweredAfter: config.UNANSWERED_AFTER,
  publicUrl: config.PUBLIC_URL.replace(/\/+$/, ''),
  orderPageUrl: config.ORDER_PAGE_URL,
  functionRequestsPerMinute: config.FUNCTION_REQUESTS_PER_MINUTE,
  factsRequestsPerMinute: config.FACTS_REQUESTS_PER_MINUTE,
  linkRequestsPerMinute: config.LINK_REQUESTS_PER_MINUTE,
})
