import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { Mailer } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Jobs } from '@vilkar/server/jobs.ts'
import type { Log } from '@vilkar/server/log.ts'
import type { Together } from '@vilkar/server/together.ts'
import type { Kysely, Transaction } from 'kysely'
import type { Settings } from './config.ts'
import type { Database } from './database.ts'
import type { Providers } from './money/providers.ts'
import type { DocumentMail } from './money/sales-documents.ts'
import type { StoredOrder } from './order/state.ts'

/** All that the orders service works with, as one argument: read the wiring in `app.ts`. */
export type Deps = {
  db: Kysely<Database>
  clock: Clock
  jobs: Jobs
  providers: Providers
  mailer: Mailer
  log: Log
  /** Lossy hint after a commit: there may be events to publish and jobs to run. */
  wake: (trx?: object) => void
  /** A transaction that may be one with others of the moment: for small work that comes often. */
  together: Together<Database>
  settings: Settings
  /** Whether webhooks may go to http and inner addresses; they may not, if left out. */
  insecureWebhooks?: boolean
  /** What the events of an order set going: `follow-ups.ts`. Handed over here, so that `order/` need not know `money/`. */
  planFollowUps: PlanFollowUps
  /** Where an order is paid: `money/payment-link.ts`; undefined when there is nothing to pay. */
  findPaymentPage: (deps: Pick<Deps, 'db' | 'settings'>, order: StoredOrder) => Promise<PaymentPage | undefined>
  /** The mail that brings a sales document: `documents/mail.ts`. */
  composeDocumentMail: ComposeDocumentMail
}

export type { DocumentMail }

/** The mail that brings a sales document, of an entry of the ledger or by its number. */
export type ComposeDocumentMail = (deps: Pick<Deps, 'db'>, order: StoredOrder, mail: DocumentMail) => Promise<Composed>

export type PlanFollowUps = (
  trx: Trx,
  deps: Deps,
  change: { stored: StoredOrder; before?: StoredOrder; events: OrderEvent[]; at: string },
) => Promise<void>

/** Where a customer pays, and by which widget if the page is the storefront's own. */
export type PaymentPage = { url: string; widget?: { kind: 'client_token' | 'html'; value: string } }

export type Trx = Transaction<Database>
