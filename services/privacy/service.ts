import { eventSources, webhookSource } from '@vilkar/alarms/sources.ts'
import { watchService } from '@vilkar/alarms/watch.ts'
import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import type { Reactions } from '@vilkar/messaging/inbox/reactions.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { alarmGauge, eventGauges } from '@vilkar/metrics/service-gauges.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { startService } from '@vilkar/server/service.ts'
import { watchWebhooks } from '@vilkar/webhooks/deliver.ts'
import { deliveriesTrim } from '@vilkar/webhooks/deliveries.ts'
import { createSender } from '@vilkar/webhooks/send.ts'
import { alarmKinds, createApp } from './app.ts'
import type { Config } from './config.ts'
import { createConsents } from './consent/consents.ts'
import { onContractFormed, onEmailCorrected, onOrderCancelled, onOrderPlaced } from './consent/reactions/on-orders.ts'
import { consentSources, consentTrims, watchConsents } from './consent/watch.ts'
import type { Database } from './database.ts'
import type { Deps } from './deps.ts'
import { erasureSources } from './erasure/alarms.ts'
import { erasureReactions } from './erasure/reactions/on-data-erased.ts'
import { registerSources } from './registers/alarms.ts'
import { requestGauge, requestSources } from './requests/alarms.ts'
import { watchRequests } from './requests/jobs/watch-requests.ts'
import { wordsTrim } from './requests/store.ts'
import { retentionGauge, retentionSources } from './retention/alarms.ts'
import { watchRetention } from './retention/jobs/watch-retention.ts'
import { orderReactions } from './subjects/reactions/on-orders.ts'
import { returnsReactions } from './subjects/reactions/on-returns.ts'
import { createSubjectKey } from './subjects/subject-key.ts'

export const migrations = new URL('./migrations', import.meta.url)

/** What an operator sees of it. */
export const gauges = [...eventGauges, alarmGauge(alarmKinds), retentionGauge, requestGauge]

/** What privacy does about what others tell. */
export const reactions = {
  ...orderReactions,
  ...returnsReactions,
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

/** The privacy service, wired and listening. */
export const startPrivacy = (config: Config, { wire, clock }: { wire: Wire; clock: Clock }) =>
  startService<Database, Deps>(
    { name: 'privacy', config, wire, clock, migrations, gauges, trims: [deliveriesTrim, wordsTrim, ...consentTrims] },
    async ({ db, log, doors, wakeRelay, onClose }) => {
      const subjectKey = createSubjectKey(config.SUBJECT_SECRET)
      const consent = createConsents(config, clock)
      const deps: Deps = {
        ...{ db, clock, log, wake: wakeRelay, subjectKey, consent },
        insecureWebhooks: config.WEBHOOKS_INSECURE,
      }
      const watching = watchService(deps, [
        ...[
          ...eventSources,
          webhookSource,
          ...erasureSources,
          ...retentionSources,
          ...requestSources,
          ...registerSources,
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
      const server = await createApp({ ...deps, doors })
      return { server, reactions, deps, afterCommit: wakeRelay }
    },
  )
