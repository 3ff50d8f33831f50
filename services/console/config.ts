import { commonVariables, SafeUrl, ServiceUrl } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

const { HOST, PORT, DATABASE_URL, MIGRATION_DATABASE_URL, AUTH_ISSUER, AUTH_AUDIENCE, MIGRATE } = commonVariables
const { METRICS_PORT, METRICS_HOST, LOG_LEVEL, TRUSTED_PROXIES, RATE_LIMIT_PER_MINUTE } = commonVariables

/** Secrets of 32 letters and digits or more, separated by commas. */
const SECRETS = '^[A-Za-z0-9_-]{32,}( *, *[A-Za-z0-9_-]{32,})*$'

/** Where another page comes from, as a Content Security Policy names it: https, or http on loopback. */
const ORIGIN = '(https://[A-Za-z0-9.-]+|http://(127(\\.[0-9]{1,3}){3}|localhost))(:[0-9]{1,5})?'

/** The environment of the console. */
export const Config = Type.Object({
  ...{ HOST, PORT, DATABASE_URL, MIGRATION_DATABASE_URL, AUTH_ISSUER, AUTH_AUDIENCE, MIGRATE },
  ...{ METRICS_PORT, METRICS_HOST, LOG_LEVEL, TRUSTED_PROXIES, RATE_LIMIT_PER_MINUTE },
  AUTH_CLIENT_ID: Type.String({ default: 'console', description: 'What the issuer knows the console as.' }),
  AUTH_CLIENT_SECRET: Type.Optional(
    Type.String({ description: 'Its secret there; left out, it is a public client and PKCE alone protects the code.' }),
  ),
  AUTH_SCOPES: Type.String({
    default:
      'openid profile offline_access staff orders:read orders:place orders:cancel shipments:read shipments:write returns:read returns:write returns:approve products:write privacy:read privacy:write privacy:ask',
    description: 'What is asked of the issuer for whoever signs in; the issuer says who is given what of it.',
  }),
  SHOP_CLIENT_ID: Type.Optional(
    Type.String({
      description:
        'What the issuer knows the shop window as, a program with the scopes service, orders:place and orders:read (client credentials); left out, there is no shop window.',
    }),
  ),
  SHOP_CLIENT_SECRET: Type.Optional(Type.String({ description: 'Its secret there.' })),
  MY_DATA_CLIENT_ID: Type.Optional(
    Type.String({
      description:
        'What the issuer knows the customers’ pages about their data as, a program with the scopes service, orders:place, privacy:ask and privacy:read (client credentials); left out, there are no such pages.',
    }),
  ),
  MY_DATA_CLIENT_SECRET: Type.Optional(Type.String({ description: 'Its secret there.' })),
  PUBLIC_URL: SafeUrl('Where browsers reach the console.'),
  ORDERS_URL: ServiceUrl('the orders service'),
  SHIPPING_URL: ServiceUrl('the shipping service'),
  RETURNS_URL: ServiceUrl('the returns service'),
  PRIVACY_URL: Type.Optional(ServiceUrl('the privacy service')),
  SESSION_SECRETS: Type.String({
    pattern: SECRETS,
    description:
      'What sessions are signed and sealed with, separated by commas: the first is used, and sessions of all of them are good. 32 letters and digits or more each.',
  }),
  SESSION_LASTS: Type.String({
    default: 'PT8H',
    pattern: '^PT[0-9]{1,3}[HM]$',
    description: 'How long somebody stays signed in at most.',
  }),
  SIDEBAR_FRAMED_BY: Type.Optional(
    Type.String({
      pattern: `^${ORIGIN}( *, *${ORIGIN})*$`,
      description:
        'Origins that may frame the desk’s page beside a help desk, `/desk/sidebar?email=…`, separated by commas, such as https://shop.zendesk.com; left out, there is no such page.',
    }),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: commonVariables.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_TRACES_SAMPLER_ARG: commonVariables.OTEL_TRACES_SAMPLER_ARG,
  LOOKS_KEPT_FOR: Type.String({
    default: 'P365D',
    pattern: '^P[0-9]{1,4}D$',
    description: 'How long it is kept who of the staff looked at which order or case.',
  }),
})
export type Config = Static<typeof Config>
