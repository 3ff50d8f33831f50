import { type Static, type TObject, Type } from 'typebox'
import { Value } from 'typebox/value'
import { fromText } from './from-text.ts'

/** https, or http that does not leave the machine: what is sent there can be read and changed by nobody on the way. */
const SAFE_ORIGIN = '(https://[^\\s/@?#,]+|http://(127(\\.[0-9]{1,3}){3}|localhost|\\[::1\\])(:[0-9]{1,5})?)'
const SAFE_URL = `^${SAFE_ORIGIN}([/?#]|$)`
const ORIGINS = `^ *${SAFE_ORIGIN} *(, *${SAFE_ORIGIN} *)*$`

export const isSafeUrl = (url: string) => new RegExp(SAFE_URL).test(url)

/** A variable that holds the address of what is trusted with secrets, money or customers. */
export const SafeUrl = (description: string) =>
  Type.String({ pattern: SAFE_URL, description: `${description} It begins with https, or with http on loopback.` })

/** A service of the house: https, loopback, or a name of the private network that both stand in, which has no dot. */
export const ServiceUrl = (name: string) =>
  Type.String({
    pattern: '^(https://[^\\s/@?#,]+|http://(127(\\.[0-9]{1,3}){3}|localhost|\\[::1\\]|[a-z0-9-]+)(:[0-9]{1,5})?)/?$',
    description: `Where ${name} is. It begins with https, or with http on loopback or at a name of the private network.`,
  })

const PROXIES = '^([0-9a-fA-F.:]+(/[0-9]{1,3})?)( *, *[0-9a-fA-F.:]+(/[0-9]{1,3})?)*$'

/** The variables that every service reads. Each service adds its own with `Type.Object({ ...commonVariables, … })`. */
export const commonVariables = {
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on.' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, description: 'Port to listen on; 0 takes a free one.' }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://', description: "The service's own PostgreSQL database." }),
  MIGRATION_DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'The same database as the role that owns its tables and migrates; left out, DATABASE_URL.',
    }),
  ),
  NATS_URL: Type.String({
    pattern: '^(nats|tls)://',
    description:
      'NATS server with JetStream, or several of a cluster, separated by commas; user and password in the first.',
  }),
  AUTH_ISSUER: SafeUrl('OpenID Connect issuer whose tokens are accepted.'),
  AUTH_AUDIENCE: Type.String({ default: 'vilkar', description: 'Audience that a token must name.' }),
  MIGRATE: Type.Boolean({ default: true, description: 'Run the migrations at start.' }),
  METRICS_PORT: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 65_535,
      description:
        'Port that tells the operator /metrics, without a token; left out, nobody is told. 0 takes a free one.',
    }),
  ),
  METRICS_HOST: Type.String({
    default: '127.0.0.1',
    description: 'Address to tell /metrics on: one that only the operator reaches.',
  }),
  LOG_LEVEL: Type.String({
    default: 'info',
    pattern: '^(fatal|error|warn|info|debug|trace|silent)$',
    description: 'Least severe log line to write.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://',
      description: 'OpenTelemetry collector that traces are told to, over OTLP/HTTP; left out, nobody is told.',
    }),
  ),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 1,
    description: 'The part of traces that is told.',
  }),
  KEEP_FOR: Type.String({
    default: 'P30D',
    pattern: '^P[0-9]{1,4}D$',
    description:
      'How long what has had its time is kept: answers to idempotency keys, what events were applied. P28D or more.',
  }),
  TRUSTED_PROXIES: Type.Optional(
    Type.String({
      pattern: PROXIES,
      description: 'Addresses or CIDR ranges of the proxies before this service, separated by commas.',
    }),
  ),
  CORS_ORIGINS: Type.Optional(
    Type.String({
      pattern: ORIGINS,
      description: 'Origins whose pages may call from a browser, separated by commas, such as https://shop.example.',
    }),
  ),
  RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 600,
    minimum: 1,
    description: 'Requests that one subject, or one address without a known token, may make in a minute.',
  }),
  SERVICE_RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 12_000,
    minimum: 1,
    description: 'The same for a token with the scope service or staff, which speaks for many people.',
  }),
}

/** For services that send mails. */
export const mailVariables = {
  SMTP_URL: Type.String({
    pattern: '^smtps?://',
    description: 'Mail server, with user and password if it needs them.',
  }),
  MAIL_FROM: Type.Optional(
    Type.String({ description: 'Sender of the mails of a shop with one seller; left out, the seller’s own.' }),
  ),
  JOBS: Type.Boolean({
    default: true,
    description: 'Work on jobs in this process; false for one that only serves HTTP.',
  }),
}

/**
 * Reads the environment as a schema says. A missing or wrong variable stops the start with one sentence that names each
 * of them, what it is for and what was found; values of secrets are never repeated.
 */
export function readConfig<Schema extends TObject>(schema: Schema, env: NodeJS.ProcessEnv): Static<Schema> {
  const known = Object.fromEntries(
    Object.keys(schema.properties).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  )
  const config = fromText(schema, Value.Default(schema, known))
  if (Value.Check(schema, config)) return config as Static<Schema>
  const wrong = Object.entries(schema.properties).filter(([name, property]) => {
    const value = (config as Record<string, unknown>)[name]
    return !Value.Check(property, value) && !(value === undefined && isOptional(schema, name))
  })
  const list = wrong.map(([name, property]) => {
    const { description = '' } = property as { description?: string }
    return `${name} (${env[name] ? 'has a wrong value' : 'is missing'}: ${description})`
  })
  throw new Error(`Wrong environment: ${list.join('; ')}`)
}

const isOptional = (schema: TObject, name: string) => !(schema.required as string[] | undefined)?.includes(name)
