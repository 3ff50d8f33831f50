import type { ServiceName } from '@vilkar/contracts/event.ts'

/** What a process of each kind is told by its environment: settings stand in a ConfigMap, secrets are named and stand nowhere here. */

export const IMAGE = 'vilkar:0.1.0'
/** Of every service. The first two must be changed; `example` is no domain of anybody's. */
export const commonSettings = {
  AUTH_ISSUER: 'https://issuer.example',
  AUTH_AUDIENCE: 'vilkar',
  HOST: '0.0.0.0',
  PORT: '3000',
  METRICS_HOST: '0.0.0.0',
  METRICS_PORT: '9464',
  LOG_LEVEL: 'info',
  // Another migrates, as the role that owns the tables.
  MIGRATE: 'false',
  // The range of the ingress controller's pods: whose X-Forwarded-For is believed.
  TRUSTED_PROXIES: '10.0.0.0/8',
  CORS_ORIGINS: '',
  RATE_LIMIT_PER_MINUTE: '600',
  SERVICE_RATE_LIMIT_PER_MINUTE: '12000',
}

type Told = {
  settings: Record<string, string>
  /** Variables that are keys of the service's Secret. */
  secrets: readonly string[]
  /** The same of what a shop may do without, such as another payment provider. */
  optional: readonly string[]
}

/** A service of events, or the console, which stands on the others and is told of no broker. */
export type Program = ServiceName | 'console'

/** What the console shares with the services. */
const { AUTH_ISSUER, AUTH_AUDIENCE, HOST, PORT, METRICS_HOST, METRICS_PORT, LOG_LEVEL, MIGRATE } = commonSettings
const { TRUSTED_PROXIES, RATE_LIMIT_PER_MINUTE } = commonSettings

/** What each service is told beside; the console, all that it is told. */
export const services: Record<Program, Told> = {
  orders: {
    settings: {
      PUBLIC_URL: 'https://orders.example',
      STOREFRONT_URL: 'https://shop.example',
      PAYMENT_PROVIDER: 'klarna',
      // Real money takes a decision.
      KLARNA_URL: 'https://api.playground.klarna.com',
    },
    secrets: ['DATABASE_URL', 'NATS_URL', 'SMTP_URL', 'LINK_SECRETS', 'KLARNA_USERNAME', 'KLARNA_PASSWORD'],
    optional: [
      ...[
        'MAIL_FROM',
        'ORDER_PAGE_URL',
        'KUSTOM_URL',
        'KUSTOM_USERNAME',
        'KUSTOM_PASSWORD',
        'VIPPS_URL',
        'VIPPS_CLIENT_ID',
      ],
      ...['VIPPS_CLIENT_SECRET', 'VIPPS_SUBSCRIPTION_KEY', 'VIPPS_MERCHANT_SERIAL_NUMBER', 'VIPPS_WEBHOOK_SECRET'],
    ],
  },
  shipping: {
    settings: { PUBLIC_URL: 'https://shipping.example' },
    secrets: ['DATABASE_URL', 'NATS_URL'],
    optional: [
      ...[
        'CARRIER_SECRETS',
        'BRING_UID',
        'BRING_KEY',
        'BRING_CUSTOMER_NUMBER',
        'UPS_CLIENT_ID',
        'UPS_CLIENT_SECRET',
        'DHL_KEY',
      ],
      ...[
        'SIGNING_CARRIERS',
        'LINK_SECRETS',
        'ORDER_PAGE_URL',
        'PHOTO_STORE',
        'AWS_ACCESS_KEY_ID',
        'AWS_SECRET_ACCESS_KEY',
      ],
    ],
  },
  returns: {
    settings: { PUBLIC_URL: 'https://returns.example' },
    secrets: ['DATABASE_URL', 'NATS_URL', 'SMTP_URL', 'LINK_SECRETS'],
    optional: ['MAIL_FROM', 'ORDER_PAGE_URL', 'PHOTO_STORE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  },
  privacy: {
    settings: {
      PUBLIC_URL: 'https://privacy.example',
      AUTH_CLIENT_ID: 'privacy',
      // Within the namespace, as the console asks them.
      ORDERS_URL: 'http://orders:3000',
      SHIPPING_URL: 'http://shipping:3000',
      RETURNS_URL: 'http://returns:3000',
    },
    secrets: ['DATABASE_URL', 'NATS_URL', 'SMTP_URL', 'LINK_SECRETS', 'SUBJECT_SECRET'],
    optional: ['MAIL_FROM', 'AUTH_CLIENT_SECRET', 'BREVO_API_KEY', 'BREVO_WEBHOOK_TOKEN', 'OPT_OUT_MAILBOXES'],
  },
  console: {
    settings: {
      ...{ AUTH_ISSUER, AUTH_AUDIENCE, HOST, PORT, METRICS_HOST, METRICS_PORT, LOG_LEVEL, MIGRATE },
      ...{ TRUSTED_PROXIES, RATE_LIMIT_PER_MINUTE },
      AUTH_CLIENT_ID: 'console',
      PUBLIC_URL: 'https://console.example',
      SIDEBAR_FRAMED_BY: '',
      // Within the namespace: no request of the console's leaves it but to the issuer.
      ORDERS_URL: 'http://orders:3000',
      SHIPPING_URL: 'http://shipping:3000',
      RETURNS_URL: 'http://returns:3000',
      PRIVACY_URL: 'http://privacy:3000',
    },
    secrets: ['DATABASE_URL', 'SESSION_SECRETS'],
    optional: [
      'AUTH_CLIENT_SECRET',
      'SHOP_CLIENT_ID',
      'SHOP_CLIENT_SECRET',
      'MY_DATA_CLIENT_ID',
      'MY_DATA_CLIENT_SECRET',
    ],
  },
}

/** Of every service and the console, if anybody is to be told of traces. */
export const optionalOfAll = ['OTEL_EXPORTER_OTLP_ENDPOINT'] as const

/** What the operator of the broker is told: three servers keep each stream. */
export const operatorSettings = { HOST: '0.0.0.0', PORT: '3000', LOG_LEVEL: 'info', NATS_REPLICAS: '3' }
export const operatorSecrets = ['NATS_URL'] as const

/** What of that a program may be told. */
export const tracedOf = (_service: Program) => optionalOfAll

/** The Secret of a service, of who migrates its database, and of the operator: who may read one may read no other. */
export const secretOf = (service: Program) => service
export const ownerSecretOf = (service: Program) => `${service}-owner`
export const OPERATOR_SECRET = 'nats-operator'
