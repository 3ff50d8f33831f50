import { createMailer } from '@vilkar/mail/mail.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import type { PaymentProvider } from '@vilkar/payments/port.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { createJobs } from '@vilkar/server/jobs.ts'
import type { Log } from '@vilkar/server/log.ts'
import { startService } from '@vilkar/server/service.ts'
import { editionAt, sellers, termsOf } from '@vilkar/terms/editions/registry.ts'
import { createApp } from './app.ts'
import { type Config, settingsOf } from './config.ts'
import type { Database } from './database.ts'
import type { Deps } from './deps.ts'
import { checkPayment } from './money/jobs/check-payment.ts'
import { expireAuthorisation } from './money/jobs/expire-authorisation.ts'
import { reconcileDay, watchReconciliation } from './money/jobs/reconcile-day.ts'
import { sendOrderMail } from './money/jobs/send-mail.ts'
import { settlePayment } from './money/jobs/settle-payment.ts'
import { startPayment } from './money/jobs/start-payment.ts'
import { watchDeadlines } from './money/jobs/watch-deadlines.ts'
import { createProviders, methodOf, openProviders, type Providers } from './money/providers.ts'
import { react } from './order/reactions/react.ts'

export const migrations = new URL('./migrations', import.meta.url)

type Surroundings = {
  wire: Wire
  clock: Clock
  /** Those of the configuration, unless another is given, which is then the only one. */
  provider?: PaymentProvider & { close(): Promise<void> }
}

/** The orders service, wired and listening. */
export const startOrders = (config: Config, { wire, clock, provider: given }: Surroundings) =>
  startService<Database>(
    { name: 'orders', config, wire, clock, migrations },
    async ({ db, log, verifyToken, wakeRelay, onClose }) => {
      const mailer = createMailer({ smtpUrl: config.SMTP_URL })
      onClose(() => mailer.close())
      const { providers, close } = given
        ? { providers: createProviders(given), close: given.close }
        : openProviders(config, clock, process.env)
      onClose(async () => void (await close()))
      warnOfMethod(providers, clock, log)
      const jobs = await createJobs({
        databaseUrl: config.DATABASE_URL,
        log,
        migrate: config.MIGRATE,
        work: config.JOBS,
      })
      onClose(() => jobs.stop())

      const wake = () => {
        wakeRelay()
        jobs.wake()
      }
      const deps: Deps = { db, clock, jobs, providers, mailer, log, wake, settings: settingsOf(config) }
      await jobs.define(startPayment(deps))
      await jobs.define(checkPayment(deps))
      await jobs.define(settlePayment(deps))
      await jobs.define(expireAuthorisation(deps))
      await jobs.define(sendOrderMail(deps))
      await jobs.define(reconcileDay(deps))
      const deadlines = config.JOBS ? watchDeadlines(deps) : undefined
      onClose(() => deadlines?.stop())
      const reconciling = config.JOBS ? watchReconciliation(deps) : undefined
      onClose(() => reconciling?.stop())

      const server = await createApp({
        ...deps,
        verifyToken,
        rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
        trustedProxies: config.TRUSTED_PROXIES,
      })
      return {
        server,
        listensTo: ['shipping', 'returns'],
        react: (trx, envelope) => react(trx, deps, envelope),
        afterCommit: wake,
      }
    },
  )

/** The terms say how customers can pay. What they do not name is the seller's to mend, by an edition that does. */
function warnOfMethod(providers: Providers, clock: Clock, log: Log) {
  for (const seller of sellers().map(({ id }) => id)) {
    const method = methodOf(providers.currentFor(seller).name)
    const { outcome, reasons } = termsOf(editionAt(clock.now(), seller).id).paymentMethod(method)
    if (outcome !== 'granted')
      log.warn({ seller, method, reasons }, 'customers pay in a way that the terms in force do not name')
  }
}
