import { eventSources, webhookSource } from '@vilkar/alarms/sources.ts'
import { watchService } from '@vilkar/alarms/watch.ts'
import { alarmWordsTrim } from '@vilkar/alarms/words-trim.ts'
import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { PrivacyEvent } from '@vilkar/contracts/privacy.ts'
import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import { forgetting } from '@vilkar/messaging/inbox/erased-orders.ts'
import { type Reactions, reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { alarmGauge, eventGauges } from '@vilkar/metrics/service-gauges.ts'
import { createPhotoStore } from '@vilkar/photos/store.ts'
import { watchPhotos } from '@vilkar/photos/sweep-photos.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { startService } from '@vilkar/server/service.ts'
import { createSignedLinks } from '@vilkar/server/signed-links.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { watchWebhooks } from '@vilkar/webhooks/deliver.ts'
import { deliveriesTrim } from '@vilkar/webhooks/deliveries.ts'
import { createSender } from '@vilkar/webhooks/send.ts'
import type { Transaction } from 'kysely'
import { alarmKinds, createApp } from './app.ts'
import { carrierGauge, carrierSources } from './carriers/alarms.ts'
import { createCarriers } from './carriers/carriers.ts'
import { watchParcels } from './carriers/jobs/watch-parcels.ts'
import type { Config } from './config.ts'
import { damageSources } from './damage/alarms.ts'
import { onStopRequested } from './damage/reactions/on-stop-requested.ts'
import type { Database } from './database.ts'
import type { Deps } from './deps.ts'
import { onErasureDue } from './erasure/reactions/on-erasure-due.ts'
import { failedSources } from './failed/alarms.ts'
import { watchFailures } from './failed/jobs/watch-failed.ts'
import { onWithdrawalDeclared } from './failed/reactions/on-withdrawal-declared.ts'
import { inboundSources } from './inbound/alarms.ts'
import {
  onRemedyChosen,
  onReturnOver,
  onReturnReceived,
  onReturnUnitsKnown,
  onVoluntaryReturnRequested,
} from './inbound/reactions/on-returns.ts'
import { returnFreightSources } from './return-freight/alarms.ts'
import { createReturnFreight } from './return-freight/bring-returns.ts'
import { watchReturnFreight } from './return-freight/jobs/watch-return-freight.ts'
import { onReturnLabelRequested, onReturnSent } from './return-freight/reactions/on-returns.ts'
import { watchRisk } from './risk/jobs/watch-risk.ts'
import {
  noteClosed,
  noteEnded,
  noteReceived,
  noteRemedy,
  noteSent,
  noteUnitsKnown,
  noteVoluntaryReturn,
  noteWithdrawal,
} from './risk/reactions/on-returns.ts'
import { serialSources } from './serials/alarms.ts'
import { watchRecalls } from './serials/jobs/watch-recalls.ts'
import { onRecallNoticeSettled } from './serials/reactions/on-recall-notice-settled.ts'
import { shipmentGauge } from './shipment/gauges.ts'
import { onAddressChangeRequested } from './shipment/reactions/on-address-change-requested.ts'
import { onAgreementRecorded } from './shipment/reactions/on-agreement-recorded.ts'
import { onAuthorisationExpired, onPaymentReauthorised } from './shipment/reactions/on-authorisation-expired.ts'
import { onCancellationRequested } from './shipment/reactions/on-cancellation-requested.ts'
import { onConfirmationBounced } from './shipment/reactions/on-confirmation-bounced.ts'
import { onContractFormed } from './shipment/reactions/on-contract-formed.ts'
import { onCureShipmentAsked, onCureStopAsked } from './shipment/reactions/on-cure-shipment-asked.ts'
import { onContractReconfirmed, onEmailCorrected } from './shipment/reactions/on-informed.ts'
import { onOrderCancelled } from './shipment/reactions/on-order-cancelled.ts'
import { onOrderPlaced } from './shipment/reactions/on-order-placed.ts'

export const migrations = new URL('./migrations', import.meta.url)

/** What an operator sees of it. */
export const gauges = [...eventGauges, alarmGauge(alarmKinds), shipmentGauge, carrierGauge]

/** What several rooms do about the same, one after the other. */
const inTurn =
  <Data>(...all: ((trx: Transaction<Database>, deps: Deps, data: Data) => Promise<unknown>)[]) =>
  async (trx: Transaction<Database>, deps: Deps, data: Data) => {
    for (const react of all) await react(trx, deps, data)
  }

/** What shipping does about what others tell. */
export const reactions = {
  OrderPlaced: onOrderPlaced,
  ContractFormed: onContractFormed,
  ContractReconfirmed: onContractReconfirmed,
  EmailCorrected: onEmailCorrected,
  ConfirmationBounced: onConfirmationBounced,
  AuthorisationExpired: onAuthorisationExpired,
  PaymentReauthorised: onPaymentReauthorised,
  AddressChangeRequested: onAddressChangeRequested,
  StopRequested: onStopRequested,
  CancellationRequested: onCancellationRequested,
  OrderCancelled: onOrderCancelled,
  ReturnLabelRequested: onReturnLabelRequested,
  ReturnSent: inTurn(noteSent, onReturnSent),
  WithdrawalDeclared: inTurn(noteWithdrawal, onWithdrawalDeclared),
  ReturnUnitsKnown: inTurn(noteUnitsKnown, onReturnUnitsKnown),
  VoluntaryReturnRequested: inTurn(noteVoluntaryReturn, onVoluntaryReturnRequested),
  RemedyChosen: inTurn(noteRemedy, onRemedyChosen),
  ReturnClosed: inTurn(noteClosed, onReturnOver),
  VoluntaryReturnEnded: inTurn(noteEnded, onReturnOver),
  ComplaintEnded: inTurn(noteEnded, onReturnOver),
  CureShipmentAsked: onCureShipmentAsked,
  CureStopAsked: onCureStopAsked,
  ReturnReceived: inTurn(noteReceived, onReturnReceived),
  RecallNoticeSettled: onRecallNoticeSettled,
  AgreementRecorded: onAgreementRecorded,
  ErasureDue: onErasureDue,
} satisfies Reactions<OrderEvent | ReturnsEvent | PrivacyEvent, Database, Deps>

/** The shipping service, wired and listening. */
export const startShipping = (config: Config, { wire, clock }: { wire: Wire; clock: Clock }) =>
  startService<Database, Deps>(
    { name: 'shipping', config, wire, clock, migrations, gauges, trims: [deliveriesTrim, alarmWordsTrim] },
    async ({ db, log, doors, wakeRelay, onClose }) => {
      const carriers = createCarriers(config, () => clock.now())
      const links = config.LINK_SECRETS
        ? createSignedLinks({ secrets: config.LINK_SECRETS, now: clock.now })
        : undefined
      const photoStore = createPhotoStore(config)
      const deps: Deps = {
        ...{ db, clock, log, wake: wakeRelay, insecureWebhooks: config.WEBHOOKS_INSECURE, carriers },
        together: createTogether({ db, wake: wakeRelay }),
        returnFreight: createReturnFreight(config),
        ...{ photoStore, links, publicUrl: config.PUBLIC_URL?.replace(/\/+$/, '') },
        ...{
          orderPageUrl: config.ORDER_PAGE_URL,
          settings: { linkRequestsPerMinute: config.LINK_REQUESTS_PER_MINUTE },
        },
      }
      const watching = watchService(deps, [
        ...[...eventSources, webhookSource, ...carrierSources, ...damageSources],
        ...[...returnFreightSources, ...inboundSources, ...serialSources, ...failedSources],
      ])
      onClose(() => watching.stop())
      const telling = watchRisk(deps)
      onClose(() => telling.stop())
      const failing = watchFailures(deps)
      onClose(() => failing.stop())
      const recalling = watchRecalls(deps)
      onClose(() => recalling.stop())
      const following = watchParcels(deps)
      onClose(() => following.stop())
      const back = watchReturnFreight(deps)
      onClose(() => back.stop())
      const sender = createSender({ insecure: config.WEBHOOKS_INSECURE })
      onClose(() => sender.close())
      const sending = watchWebhooks({ ...deps, sender })
      onClose(() => sending.stop())
      const sweeping = watchPhotos({ db, clock, log, store: photoStore })
      onClose(() => sweeping.stop())
      const react = forgetting(reactWith(reactions, deps))
      const server = await createApp({ ...deps, doors, react })
      return { server, reactions, deps, afterCommit: wakeRelay }
    },
  )
