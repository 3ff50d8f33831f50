import { eventSources, webhookSource } from '@vilkar/alarms/sources.ts'
import { watchService } from '@vilkar/alarms/watch.ts'
import { alarmWordsTrim } from '@vilkar/alarms/words-trim.ts'
import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import { forgetting } from '@vilkar/messaging/inbox/erased-orders.ts'
import { type Reactions, reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { alarmGauge, eventGauges } from '@vilkar/metrics/service-gauges.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { startService } from '@vilkar/server/service.ts'
import { watchWebhooks } from '@vilkar/webhooks/deliver.ts'
import { deliveriesTrim } from '@vilkar/webhooks/deliveries.ts'
import { createSender } from '@vilkar/webhooks/send.ts'
import { alarmKinds, createApp } from './app.ts'
import type { Config } from './config.ts'
import { brevoOf } from './consent/brevo/api.ts'
import { createConsents } from './consent/consents.ts'
import { onContractFormed, onEmailCorrected, onOrderCancelled, onOrderPlaced } from './consent/reactions/on-orders.ts'
import { consentSources, consentTrims, watchConsents } from './consent/watch.ts'
import type { Database } from './database.ts'
import type { Deps } from './deps.ts'
import { erasureSources } from './erasure/alarms.ts'
import { erasureReactions } from './erasure/reactions/on-data-erased.ts'
import { erasureWordsTrim } from './erasure/store.ts'
import { exportSources } from './exports/alarms.ts'
import { createHolders } from './exports/holders.ts'
import { watchExports } from './exports/jobs/watch-exports.ts'
import { createServiceToken } from './exports/token.ts'
import { noticeSources } from './notices/alarms.ts'
import { watchCustomers } from './notices/jobs/watch-customers.ts'
import { watchPolicies } from './notices/jobs/watch-policies.ts'
import { noticeTrim } from './notices/notice-store.ts'
import { registerSources } from './registers/alarms.ts'
import { watchNotices } from './registers/jobs/watch-notices.ts'
import { hitTrim } from './registers/person-store.ts'
import { requestGauge, requestSources } from './requests/alarms.ts'
import { watchRequestMails } from './requests/jobs/watch-mails.ts'
import { watchRequests } from './requests/jobs/watch-requests.ts'
import { requestMailSource, requestMailTrim } from './requests/mails/queue.ts'
import { wordsTrim } from './requests/store.ts'
import { retentionGauge, retentionSources } from './retention/alarms.ts'
import { watchRetention } from './retention/jobs/watch-retention.ts'
import { holdWordsTrim } from './retention/store.ts'
import { orderReactions } from './subjects/reactions/on-orders.ts'
import { returnsReactions } from './subjects/reactions/on-returns.ts'
import { shippingReactions } from './subjects/reactions/on-shipping.ts'
import { createSubjectKey } from './subjects/subject-key.ts'

export const migrations = new URL('./migrations', import.meta.url)

/** What an operator sees of it. */
export const gauges = [...eventGauges, alarmGauge(alarmKinds), retentionGauge, requestGauge]

/** What privacy does about what others tell. */
export const reactions = {
  ...orderReactions,
  ...returnsReactions,
  ...shippingReactions,
  ...erasureReactions,
  ContractFormed: onContractFormed,
  async OrderPlaced(trx, deps, data) {
    await orderReactions.OrderPlaced(trx, deps, data)
    await onOrderPlaced(trx, deps, data)
  },
  async EmailCorrected(trx, deps, data) {
    await orderReactions.EmailCorrected(trx, deps, data)
    await onEmailCorrected(trx, deps, data)
  },
  async OrderCancelled(trx, deps, data) {
    await orderReactions.OrderCancelled(trx, deps, data)
    await onOrderCancelled(trx, deps, data)
  },
} satisfies Reactions<AnyEvent, Database, Deps>

/** What goes when its time is over. */
const trims = [
  ...[deliveriesTrim, wordsTrim, requestMailTrim, noticeTrim, hitTrim, holdWordsTrim, erasureWordsTrim],
  alarmWordsTrim,
  ...consentTrims,
]

/** The privacy service, wired and listening. */
export const startPrivacy = (config: Config, { wire, clock }: { wire: Wire; clock: Clock }) =>
  startService<Database, Deps>(
    {
      name: 'privacy',
      config,
      wire,
      clock,
      migrations,
      gauges,
      trims,
    },
    async ({ db, log, doors, wakeRelay, onClose }) => {
      const subjectKey = createSubjectKey(config.SUBJECT_SECRET)
      const consent = createConsents(config, clock)
      const { ORDERS_URL: orders, SHIPPING_URL: shipping, RETURNS_URL: returns } = config
      const holders = createHolders({ urls: { orders, shipping, returns }, token: createServiceToken(config) })
      onClose(() => holders.close())
      const brevo = brevoOf(config)
      onClose(() => brevo?.close())
      const deps: Deps = {
        ...{ db, clock, log, wake: wakeRelay, subjectKey, consent, holders },
        insecureWebhooks: config.WEBHOOKS_INSECURE,
        ...(brevo && { brevo }),
      }
      const watching = watchService(deps, [
        ...[
          ...eventSources,
          webhookSource,
          ...erasureSources,
          ...retentionSources,
          ...requestSources,
          ...registerSources,
          ...exportSources,
          ...noticeSources,
          requestMailSource,
        ],
        ...consentSources,
      ])
      onClose(() => watching.stop())
      const retaining = watchRetention(deps)
      onClose(() => retaining.stop())
      const answering = watchRequests(deps)
      onClose(() => answering.stop())
      const sender = createSender({ insecure: config.WEBHOOKS_INSECURE })
      onClose(() => sender.close())
      const sending = config.JOBS ? watchWebhooks({ ...deps, sender }) : undefined
      onClose(() => sending?.stop())
      const consenting = config.JOBS ? watchConsents(deps, config) : undefined
      onClose(() => consenting?.stop())
      const noticing = config.JOBS ? watchPolicies(deps) : undefined
      onClose(() => noticing?.stop())
      const turning = config.JOBS ? watchCustomers(deps) : undefined
      onClose(() => turning?.stop())
      const exporting = config.JOBS ? watchExports(deps) : undefined
      onClose(() => exporting?.stop())
      const telling = config.JOBS ? watchRequestMails(deps, config) : undefined
      onClose(() => telling?.stop())
      const hitting = config.JOBS ? watchNotices(deps) : undefined
      onClose(() => hitting?.stop())
      const react = forgetting(reactWith(reactions, deps))
      const server = await createApp({ ...deps, doors, react })
      return { server, reactions, deps, afterCommit: wakeRelay }
    },
  )
