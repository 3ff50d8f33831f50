import { fileURLToPath } from 'node:url'
import { example } from '@vilkar/contracts/test/examples.ts'
import { createMailer } from '@vilkar/mail/mail.ts'
import { sendMail } from '@vilkar/mail/outgoing.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { createPhotoStore } from '@vilkar/photos/store.ts'
import { createJobs } from '@vilkar/server/jobs.ts'
import { createLog } from '@vilkar/server/log.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { createSignedLinks } from '@vilkar/server/signed-links.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { editionById } from '@vilkar/terms/editions/registry.ts'
import { type SentDocument, sha256Of } from '@vilkar/terms/order/told.ts'
import { asOwner, freshDatabaseWithJobs } from '@vilkar/testing/database.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import { verifyTestToken } from '@vilkar/testing/tokens.ts'
import t from 'tap'
import { createApp } from '../app.ts'
import { checkCases } from '../cases/jobs/watch-cases.ts'
import { checkComplaints } from '../complaint/jobs/watch-complaints.ts'
import type { Settings } from '../config.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { checkGoodsBack } from '../goods-back/jobs/watch-goods-back.ts'
import { composeMail, readAbout, senderOfMail } from '../mails/compose.ts'
import { keepEvent } from '../order-facts/timeline.ts'
import { reactions } from '../service.ts'
import { checkStatements } from '../statement/jobs/watch-statements.ts'
import { checkVoluntaryReturns } from '../voluntary-return/jobs/watch-voluntary-returns.ts'
import { checkReturns } from '../withdrawal/jobs/watch-returns.ts'

type Heard = Parameters<typeof example>[0]

/** Text and form in Norwegian, of the edition that an order is placed under. */
function documentsUnder(placed: { terms?: { edition: string } }): SentDocument[] {
  const edition = editionById((placed.terms ?? example('OrderPlaced').data.terms).edition)!
  return [
    { kind: 'terms', locale: 'nb', sha256: sha256Of(edition.text('nb')) },
    { kind: 'withdrawal-form', locale: 'nb', sha256: sha256Of(edition.withdrawalForm('nb')) },
  ]
}

/** The returns service on a database and a mailbox of the test file's own, at a moment that the test sets. */
export async function startReturnsForTest(own: Partial<Settings> = {}) {
  const opened = new AsyncDisposableStack()
  t.teardown(() => opened.disposeAsync())
  const folder = fileURLToPath(new URL('../migrations', import.meta.url))
  const databaseUrl = await freshDatabaseWithJobs(...commonMigrations, folder)
  const pool = createPool(databaseUrl)
  opened.defer(() => pool.end())
  const db = createDatabase<Database>(pool)
  const owner = createPool(asOwner(databaseUrl), { max: 1 })
  opened.defer(() => owner.end())
  const log = createLog('returns', 'silent')
  const clock = { at: '2026-06-01T08:05:00Z', now: () => Temporal.Instant.from(clock.at) }
  const mailbox = await startMailbox()
  opened.defer(() => mailbox.stop())
  const mailer = createMailer({ smtpUrl: mailbox.url })
  opened.defer(() => mailer.close())
  const jobs = await createJobs({ databaseUrl, log, migrate: false })
  opened.defer(() => jobs.stop())
  const mailFrom = 'Shop <post@shop.example>'
  const links = createSignedLinks({ secrets: 'a-secret-of-the-tests-and-nobody-else', now: clock.now })
  const settings = {
    ...{
      proofBelievedAfter: 'P5D',
      unansweredAfter: 'PT1H',
      functionRequestsPerMinute: 1_000_000,
      factsRequestsPerMinute: 1_000_000,
      linkRequestsPerMinute: 1_000_000,
    },
    ...{ publicUrl: 'https://returns.example', orderPageUrl: 'https://shop.example/order' },
    ...own,
  }
  await jobs.define(
    sendMail({
      db,
      together: createTogether({ db, wake: jobs.wake }),
      mailer,
      read: (id) => readAbout({ db, pool, links, settings, clock }, id),
      fromOf: (about) => senderOfMail(about, mailFrom),
      clock,
      compose: async (kind, about, detail) => composeMail(kind, about, detail),
    }),
  )
  const photoStore = createPhotoStore({ PHOTO_STORE: await temporaryFolder() })
  const deps: Deps = { db, pool, clock, jobs, log, links, wake: jobs.wake, settings, photoStore }
  const app = await createApp({ ...deps, doors: { verifyToken: verifyTestToken, rateLimitPerMinute: 1_000_000 } })
  opened.defer(() => app.close())

  /** Feeds the example of an event about an order, with these changes to what it says. */
  const hear = (name: Heard, orderId: string, changes: object = {}) =>
    db.transaction().execute((trx) => {
      const envelope = example(name)
      return reactWith(
        reactions,
        deps,
        keepEvent,
      )(trx, { ...envelope, data: { ...envelope.data, orderId, ...changes } } as never)
    })
  async function call(role: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown) {
    const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const authorization = role === 'nobody' ? {} : { authorization: `Bearer ${role}` }
    const response = await app.inject({ method, url, ...payload, headers: { ...authorization, ...type } })
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body) }
  }

  /** An order of the storefront's whose contract is formed: two sensors and a lock, delivered home. */
  async function ordered({
    placed = {},
    ...own
  }: {
    placed?: { terms?: { edition: string }; [field: string]: unknown }
    email?: string
  } = {}) {
    const id = crypto.randomUUID()
    const email = own.email ?? `kari.${id}@example.com`
    const personal = { ...example('OrderPlaced').data.personal, placedBy: 'storefront', email }
    await hear('OrderPlaced', id, { personal, ...placed })
    await hear('ContractFormed', id, { documents: documentsUnder(placed) })
    return { id, email }
  }
  /** The same, handed to the carrier two days before the customer has it. */
  async function delivered(receivedAt = '2026-06-04T14:30:00Z', changes: Parameters<typeof ordered>[0] = {}) {
    const order = await ordered(changes)
    const shipmentId = crypto.randomUUID()
    const handedOverAt = Temporal.Instant.from(receivedAt).subtract('PT48H').toString()
    await hear('ShipmentDispatched', order.id, { shipmentId, handedOverAt })
    await hear('ShipmentDelivered', order.id, { shipmentId, receivedAt })
    return order
  }
  /** Has the watchers look once. */
  async function look() {
    await checkReturns(deps)
    await checkStatements(deps)
    await checkVoluntaryReturns(deps)
    await checkComplaints(deps)
    await checkGoodsBack(deps)
    await checkCases(deps)
  }
  return { app, db, pool, owner, clock, mailbox, deps, look, hear, call, ordered, delivered }
}
