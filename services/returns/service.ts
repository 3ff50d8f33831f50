import { eventSources, jobSource, mailSource, webhookSource } from '@vilkar/alarms/sources.ts'
import { watchService } from '@vilkar/alarms/watch.ts'
import { alarmWordsTrim } from '@vilkar/alarms/words-trim.ts'
import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { PrivacyEvent } from '@vilkar/contracts/privacy.ts'
import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import { createMailer } from '@vilkar/mail/mail.ts'
import { sendMail } from '@vilkar/mail/outgoing.ts'
import { watchMails } from '@vilkar/mail/resume-mails.ts'
import { forgetting } from '@vilkar/messaging/inbox/erased-orders.ts'
import { type Reactions, reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { alarmGauge, eventGauges, jobGauge, mailGauge } from '@vilkar/metrics/service-gauges.ts'
import { createPhotoStore } from '@vilkar/photos/store.ts'
import { watchPhotos } from '@vilkar/photos/sweep-photos.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { createJobs } from '@vilkar/server/jobs.ts'
import { startService } from '@vilkar/server/service.ts'
import { createSignedLinks } from '@vilkar/server/signed-links.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { watchWebhooks } from '@vilkar/webhooks/deliver.ts'
import { deliveriesTrim } from '@vilkar/webhooks/deliveries.ts'
import { createSender } from '@vilkar/webhooks/send.ts'
import { alarmKinds } from './alarms/kinds.ts'
import { createApp } from './app.ts'
import { returnGauges } from './cases/gauges.ts'
import { watchCases } from './cases/jobs/watch-cases.ts'
import { watchComplaints } from './complaint/jobs/watch-complaints.ts'
import { onComplaintRefunded } from './complaint/reactions/on-complaint-refunded.ts'
import {
  onCureStopAnswered,
  onDeliveryCorrected,
  onReplacementAnswered,
  onReplacementReleased,
  onShipmentDelivered,
  onShipmentDispatched,
  onShipmentRequested,
} from './complaint/reactions/on-cure.ts'
import { type Config, settingsOf } from './config.ts'
import type { Database } from './database.ts'
import type { Deps } from './deps.ts'
import { watchSetAside } from './erasure/forget-set-aside.ts'
import { onErasureDue } from './erasure/reactions/on-erasure-due.ts'
import { watchExchanges } from './exchange/jobs/watch-exchanges.ts'
import { goodsBackSources, watchGoodsBack } from './goods-back/jobs/watch-goods-back.ts'
import {
  onReturnLabelIssued,
  onReturnParcelArrived,
  onReturnParcelScanned,
  onReturnUnitsReceived,
} from './goods-back/reactions/on-shipping.ts'
import { onLossRefunded, onLossSettled, onOrderPlaced, onRestStopped } from './loss/reactions/on-loss-settled.ts'
import { composeMail, readAbout, senderOfMail } from './mails/compose.ts'
import { projectEvent } from './order-facts/project-event.ts'
import { keepEvent } from './order-facts/timeline.ts'
import { watchLateRefunds } from './payout/jobs/offer-interest.ts'
import { onPayoutMade } from './payout/reactions/on-payout-made.ts'
import { watchStatements } from './statement/jobs/watch-statements.ts'
import { onEmailCorrected } from './statement/reactions/on-email-corrected.ts'
import { watchVoluntaryReturns } from './voluntary-return/jobs/watch-voluntary-returns.ts'
import { onVoluntaryReturnRefunded } from './voluntary-return/reactions/on-voluntary-return-refunded.ts'
import { watchReturns } from './withdrawal/jobs/watch-returns.ts'
import { onOrderCancelled } from './withdrawal/reactions/on-order-cancelled.ts'
import { onPaymentRefunded } from './withdrawal/reactions/on-payment-refunded.ts'
import { onStopConcluded } from './withdrawal/reactions/on-stop-concluded.ts'

export const migrations = new URL('./migrations', import.meta.url)

/** What an operator sees of it. */
export const gauges = [...eventGauges, alarmGauge(alarmKinds), jobGauge, mailGauge, ...returnGauges]

/** What returns does about what others tell. */
export const reactions = {
  OrderPlaced: onOrderPlaced,
  EmailCorrected: onEmailCorrected,
  ContractReconfirmed: projectEvent('ContractReconfirmed'),
  ContractFormed: projectEvent('ContractFormed'),
  ConfirmationBounced: projectEvent('ConfirmationBounced'),
  StopRequested: projectEvent('StopRequested'),
  StopConcluded: async (trx, deps, data) => {
    await onStopConcluded(trx, deps, data)
    await onRestStopped(trx, deps, data)
  },
  OrderCancelled: onOrderCancelled,
  DeliveryHindered: projectEvent('DeliveryHindered'),
  AdditionalPeriodSet: projectEvent('AdditionalPeriodSet'),
  ShipmentRequested: onShipmentRequested,
  ShipmentDispatched: onShipmentDispatched,
  ShipmentDelivered: onShipmentDelivered,
  DeliveryCorrected: onDeliveryCorrected,
  ReplacementAnswered: onReplacementAnswered,
  ReplacementReleased: onReplacementReleased,
  CureStopAnswered: onCureStopAnswered,
  LossSettled: onLossSettled,
  DamageReportEnded: projectEvent('DamageReportEnded'),
  DeliveryFailureEnded: projectEvent('DeliveryFailureEnded'),
  PayoutMade: onPayoutMade,
  ReturnLabelIssued: onReturnLabelIssued,
  ReturnParcelScanned: onReturnParcelScanned,
  ReturnParcelArrived: onReturnParcelArrived,
  ReturnUnitsReceived: onReturnUnitsReceived,
  PaymentRefunded: async (trx, deps, data) => {
    await onPaymentRefunded(trx, deps, data)
    await onVoluntaryReturnRefunded(trx, deps, data)
    await onComplaintRefunded(trx, deps, data)
    await onLossRefunded(trx, deps, data)
  },
  ErasureDue: onErasureDue,
} satisfies Reactions<OrderEvent | ShippingEvent | PrivacyEvent, Database, Deps>

/** The returns service, wired and listening. */
export const startReturns = (config: Config, { wire, clock }: { wire: Wire; clock: Clock }) =>
  startService<Database, Deps>(
    { name: 'returns', config, wire, clock, migrations, gauges, trims: [deliveriesTrim, alarmWordsTrim] },
    async ({ db, pool, log, doors, wakeRelay, onClose }) => {
      const mailer = createMailer({ smtpUrl: config.SMTP_URL })
      onClose(() => mailer.close())
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
      const links = createSignedLinks({ secrets: config.LINK_SECRETS, now: clock.now })
      const settings = settingsOf(config)
      await jobs.define(
        sendMail({
          db,
          together: createTogether({ db, wake }),
          mailer,
          read: (aboutId) => readAbout({ db, pool, links, settings, clock }, aboutId),
          fromOf: (about) => senderOfMail(about, config.MAIL_FROM),
          clock,
          compose: async (kind, about, detail) => composeMail(kind, about, detail),
        }),
      )
      const photoStore = createPhotoStore(config)
      const hooks = { insecureWebhooks: config.WEBHOOKS_INSECURE }
      const deps: Deps = { db, pool, clock, jobs, log, links, wake, settings, photoStore, ...hooks }
      const mails = config.JOBS ? watchMails(deps) : undefined
      onClose(() => mails?.stop())
      const watching = watchService(deps, [...eventSources, jobSource, mailSource, webhookSource, ...goodsBackSources])
      onClose(() => watching.stop())
      const watch = config.JOBS ? watchReturns(deps) : undefined
      onClose(() => watch?.stop())
      const aside = config.JOBS ? watchSetAside(deps) : undefined
      onClose(() => aside?.stop())
      const answering = config.JOBS ? watchStatements(deps) : undefined
      onClose(() => answering?.stop())
      const offered = config.JOBS ? watchVoluntaryReturns(deps) : undefined
      onClose(() => offered?.stop())
      const exchanging = config.JOBS ? watchExchanges(deps) : undefined
      onClose(() => exchanging?.stop())
      const late = config.JOBS ? watchLateRefunds(deps) : undefined
      onClose(() => late?.stop())
      const complaints = config.JOBS ? watchComplaints(deps) : undefined
      onClose(() => complaints?.stop())
      const back = config.JOBS ? watchGoodsBack(deps) : undefined
      onClose(() => back?.stop())
      const cases = config.JOBS ? watchCases(deps) : undefined
      onClose(() => cases?.stop())
      const sweeping = config.JOBS ? watchPhotos({ db, clock, log, store: photoStore }) : undefined
      onClose(() => sweeping?.stop())
      const sender = createSender({ insecure: config.WEBHOOKS_INSECURE })
      onClose(() => sender.close())
      const sending = config.JOBS ? watchWebhooks({ ...deps, sender }) : undefined
      onClose(() => sending?.stop())
      const react = forgetting(reactWith(reactions, deps, keepEvent))
      const server = await createApp({ ...deps, doors, react })
      return { server, reactions, onEach: keepEvent, deps, afterCommit: wake }
    },
  )
