import { commonVariables, mailVariables, SafeUrl, ServiceUrl } from '@vilkar/server/config.ts'
import { LINK_SECRETS } from '@vilkar/server/signed-links.ts'
import { webhookVariables } from '@vilkar/webhooks/variables.ts'
import { type Static, Type } from 'typebox'
import { consentVariables } from './consent/variables.ts'

/** The environment of the privacy service. */
export const Config = Type.Object({
  ...commonVariables,
  ...mailVariables,
  ...webhookVariables,
  ...consentVariables,
  AUTH_CLIENT_ID: Type.String({
    default: 'privacy',
    description:
      'What the issuer knows this service as, a program with the scopes service and privacy:read (client credentials): it asks the others what they hold.',
  }),
  AUTH_CLIENT_SECRET: Type.Optional(Type.String({ description: 'Its secret there.' })),
  ORDERS_URL: Type.Optional(ServiceUrl('the orders service')),
  SHIPPING_URL: Type.Optional(ServiceUrl('the shipping service')),
  RETURNS_URL: Type.Optional(ServiceUrl('the returns service')),
  PUBLIC_URL: SafeUrl('Where people reach this service: it stands in policies, mails and links to leave a newsletter.'),
  LINK_SECRETS: Type.String({
    pattern: LINK_SECRETS,
    description:
      'What signed links are signed with, separated by commas: the first signs, and links of all of them are good. 32 letters and digits or more each.',
  }),
  SUBJECT_SECRET: Type.String({
    pattern: '^[A-Za-z0-9_-]{32,200}$',
    description:
      'What people are known by here is hashed with it; 32 letters and digits or more. It is never changed: with another, nobody who is known is found again.',
  }),
})
export type Config = Static<typeof Config>
