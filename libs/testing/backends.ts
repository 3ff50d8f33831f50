import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBroker } from './broker.ts'
import { type Postgres, startPostgres } from './embedded-postgres.ts'
import { startIssuer } from './issuer.ts'
import { type MailboxOptions, startMailbox } from './mailbox.ts'
import { makeServiceDatabase } from './service-database.ts'
import { startPostgresWithStandby } from './standby.ts'

/** `flags` are PostgreSQL's; `ackWaitMs`: how long a message stays with a service that does not answer. */
type BackendsOptions = {
  name: string
  services: readonly string[]
  flags?: string[]
  ackWaitMs?: number
  mails?: MailboxOptions
  /** A synchronous standby beside PostgreSQL. */
  standby?: boolean
  /** How many servers the broker is. */
  brokers?: 1 | 3
}

/**
 * What services stand on, in a temporary folder that goes with it: PostgreSQL with a database and its two roles for each, a broker,
 * a mailbox and a token issuer. All of it ends with `opening`. Throws when there is no nats-server on the PATH.
 */
export async function startBackends(
  opening: AsyncDisposableStack,
  { name, services, flags, ackWaitMs, mails, standby = false, brokers }: BackendsOptions,
) {
  const directory = await mkdtemp(join(tmpdir(), `vilkar-${name}-`))
  opening.defer(() => rm(directory, { recursive: true, force: true }))
  await chmod(directory, 0o755)
  const makeDatabases = async ({ url }: Postgres) => {
    for (const service of services) await makeServiceDatabase(url, service)
  }
  const options = { directory: join(directory, 'postgres'), flags }
  const postgres: Postgres & { failOver?(): Promise<void> } = standby
    ? await startPostgresWithStandby(options, makeDatabases)
    : await startPostgres(options)
  opening.defer(() => postgres.stop())
  if (!standby) await makeDatabases(postgres)
  const nats = await startBroker({ directory: join(directory, 'nats'), ackWaitMs, servers: brokers })
  if (nats === undefined) throw new Error(`The ${name} needs nats-server on the PATH.`)
  opening.defer(() => nats.stop())
  const mailbox = await startMailbox(mails)
  opening.defer(() => mailbox.stop())
  const issuer = await startIssuer()
  opening.defer(() => issuer.stop())
  return { directory, postgres, nats, mailbox, issuer }
}
