import { eventSources, jobSource, mailSource, webhookSource } from '@vilkar/alarms/sources.ts'
import { watchService } from '@vilkar/alarms/watch.ts'
import { alarmWordsTrim } from '@vilkar/alarms/words-trim.ts'
import type { PrivacyEvent } from '@vilkar/contracts/privacy.ts'
import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import { createMailer } from '@vilkar/mail/mail.ts'
import { watchMails } from '@vilkar/mail/resume-mails.ts'
import { forgetting } from '@vilkar/messaging/inbox/erased-orders.ts'
import { type Reactions, reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { alarmGauge, eventGauges, jobGauge, mailGauge } from '@vilkar/metrics/service-gauges.ts'
import type { PaymentProvider } from '@vilkar/payments/port.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { createJobs } from '@vilkar/server/jobs.ts'
import type { Log } from '@vilkar/server/log.ts'
import { startService } from '@vilkar/server/service.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { editionAt, sellers, termsOf } from '@vilkar/terms/editions/registry.ts'
import { watchWebhooks } from '@vilkar/webhooks/deliver.ts'
import { deliveriesTrim } from '@vilkar/webhooks/deliveries.ts'
import { createSender } from '@vilkar/webhooks/send.ts'
import { alarmKinds } from './alarms/kinds.ts'
import { createApp } from './app.ts'
import { checkoutTrims } from './checkout/trim.ts'
import { type Config, settingsOf } from './config.ts'
import type { Database } from './database.ts'
import type { Deps } from './deps.ts'
import { composeDocumentMail } from './documents/mail.ts'
import { onErasureDue } from './erasure/reactions/on-erasure-due.ts'
import { planFollowUps } from './follow-ups.ts'
import { moneyGauges } from './money/gauges.ts'
import { checkPayment } from './money/jobs/check-payment.ts'
import { expireAuthorisation } from './money/jobs/expire-authorisation.ts'
import { openPaymentSession } from './money/jobs/open-session.ts'
import { reconcileDay, watchReconciliation } from './money/jobs/reconcile-day.ts'
import { sendOperation } from './money/jobs/send-operation.ts'
import { tellAddress } from './money/jobs/tell-address.ts'
import { watchDeadlines } from './money/jobs/watch-deadlines.ts'
import { findPaymentPage } from './money/payment-link.ts'
import { createProviders, methodOf, openProviders, type Providers } from './money/providers.ts'
import { onPayoutDecided } from './money/reactions/on-payout-decided.ts'
import { onRefundDecided } from './money/reactions/on-refund-decided.ts'
import { moneyTrims } from './money/trim.ts'
import { orderGauge } from './order/gauges.ts'
import { sendOrderMail } from './order/mails/send-mail.ts'
import { onAddressChangeAnswered } from './order/reactions/on-address-change-answered.ts'
import { onAgreementRecorded } from './order/reactions/on-agreement-recorded.ts'
import { onDamageReported } from './order/reactions/on-damage-reported.ts'
import { onDeliveryCorrected } from './order/reactions/on-delivery-corrected.ts'
import { onDeliveryFailed, onDeliveryFailureEnded } from './order/reactions/on-delivery-failed.ts'
import { onLossSettled } from './order/reactions/on-loss-settled.ts'
import { onRecallNoticeAsked } from './order/reactions/on-recall-notice-asked.ts'
import { onReturnUnitsAsked } from './order/reactions/on-return-units-asked.ts'
import { onShipmentCancelled } from './order/reactions/on-shipment-cancelled.ts'
import { onShipmentDelivered } from './order/reactions/on-shipment-delivered.ts'
import { onShipmentDispatched } from './order/reactions/on-shipment-dispatched.ts'
import { onStopAnswered } from './order/reactions/on-stop-answered.ts'
import { onWithdrawalDeclared } from './order/reactions/on-withdrawal-declared.ts'
import { onCureStopAnswered, onCureStopAsked, onRemedyChosen } from './stock/reactions/on-replacement-wanted.ts'
import { onReturnReceived } from './stock/reactions/on-return-received.ts'

export const migrations = new URL('./migrations', import.meta.url)

/** What an operator sees of it. */
export const gauges = [...eventGauges, alarmGauge(alarmKinds), jobGauge, mailGauge, orderGauge, ...moneyGauges]

/** What of its own has an end. */
export const trims = [...checkoutTrims, ...moneyTrims, deliveriesTrim, alarmWordsTrim]

/** What orders does about what others tell. */
export const reactions = {
  ShipmentDispatched: onShipmentDispatched,
  ShipmentDelivered: onShipmentDelivered,
  DeliveryCorrected: onDeliveryCorrected,
  ShipmentCancelled: onShipmentCancelled,
  LossSettled: onLossSettled,
  DamageReported: onDamageReported,
  DeliveryFailed: onDeliveryFailed,
  DeliveryFailureEnded: onDeliveryFailureEnded,
  StopAnswered: onStopAnswered,
  AddressChangeAnswered: onAddressChangeAnswered,
  WithdrawalDeclared: onWithdrawalDeclared,
  ReturnUnitsAsked: onReturnUnitsAsked,
  RefundDecided: onRefundDecided,
  PayoutDecided: onPayoutDecided,
  AgreementRecorded: onAgreementRecorded,
  RecallNoticeAsked: onRecallNoticeAsked,
  ReturnReceived: onReturnReceived,
  RemedyChosen: onRemedyChosen,
  CureStopAsked: onCureStopAsked,
  CureStopAnswered: onCureStopAnswered,
  ErasureDue: onErasureDue,
} satisfies Reactions<ShippingEvent | ReturnsEvent | PrivacyEvent, Database, Deps>

type Surroundings = {
  wire: Wire
  clock: Clock
  /** Those of the configuration, unless another is given, which is then the only one. */
  provider?: PaymentProvider & { close(): Promise<void> }
}

/** The orders service, wired and listening. */
export const startOrders = (config: Config, { wire, clock, provider: given }: Surroundings) =>
  startService<Database, Deps>(
    { name: 'orders', config, wire, clock, migrations, gauges, trims },
    async ({ db, log, doors, wakeRelay, progress, onClose }) => {
      const mailer = createMailer({ smtpUrl: config.SMTP_URL })
      onClose(() => mailer.close())
      const { providers, close } = given
        ? { providers: createProviders(given), close: given.close }
        : openProviders(config, clock, process.env)
      onClose(async () => void (await close()))
      warnOfMethod(providers, clock, log)
      const jobs = await createJobs({
        databaseUrl: config.DATABASE_URL,
        migrationUrl: config.MIGRATION_DATABASE_URL,
        log,
        migrate: config.MIGRATE,
        work: config.JOBS,
      })
      onClose(() => jobs.stop())

      const wake = (trx?: object) => {
        wakeRelay(trx)
        jobs.wake(trx)
      }
      const settings = settingsOf(config)
      const hooks = { insecureWebhooks: config.WEBHOOKS_INSECURE }
      const composing = { planFollowUps, findPaymentPage, composeDocumentMail }
      const together = createTogether({ db, wake })
      const deps: Deps = { db, clock, jobs, providers, mailer, log, wake, together, settings, ...composing, ...hooks }
      await jobs.define(openPaymentSession(deps))
      await jobs.define(checkPayment(deps))
      await jobs.define(sendOperation(deps))
      await jobs.define(expireAuthorisation(deps))
      await jobs.define(tellAddress(deps))
      await jobs.define(sendOrderMail(deps))
      await jobs.define(reconcileDay(deps))
      const deadlines = config.JOBS ? watchDeadlines(deps) : undefined
      onClose(() => deadlines?.stop())
      const reconciling = config.JOBS ? watchReconciliation(deps) : undefined
      onClose(() => reconciling?.stop())
      const mails = config.JOBS ? watchMails(deps) : undefined
      onClose(() => mails?.stop())
      const watching = watchService(deps, [...eventSources, jobSource, mailSource, webhookSource])
      onClose(() => watching.stop())

      const sender = createSender({ insecure: config.WEBHOOKS_INSECURE })
      onClose(() => sender.close())
      const sending = config.JOBS ? watchWebhooks({ ...deps, sender }) : undefined
      onClose(() => sending?.stop())
      const react = forgetting(reactWith(reactions, deps))
      const server = await createApp({ ...deps, doors, progress, react })
      return { server, reactions, deps, afterCommit: wake }
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
