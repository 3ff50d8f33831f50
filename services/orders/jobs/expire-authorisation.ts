import type { Job } from '@vilkar/server/jobs.ts'
import { raiseAlarm, resolveAlarm } from '../alarms.ts'
import { type Deps, transact } from '../deps.ts'
import { settle } from '../errands.ts'
import { handle } from '../handle.ts'
import { providerOf } from '../ledger.ts'
import { okOrThrow } from './check-payment.ts'

/**
 * Asks the provider whether an authorisation has run out, as our books say. If so, goods that have not left are held,
 * the ledger lets the rest of it go, and the customer can pay again. If not, somebody extended it at the provider's.
 */
export const expireAuthorisation = (deps: Deps): Job<{ orderId: string; paymentId: string }> => ({
  name: 'expire-authorisation',
  async run({ orderId, paymentId }) {
    const { db, providers, clock } = deps
    const provider = providers.named(await providerOf(db, orderId, paymentId))
    const { state, capturable, expiresAt } = okOrThrow(await provider.read(paymentId), 'The payment could not be read')
    const now = clock.now()
    const lives = expiresAt !== null && Temporal.Instant.compare(expiresAt, now) > 0 && capturable > 0
    await transact(deps, async (trx) => {
      const at = now.toString()
      if (lives) {
        const detail = { paymentId, state, capturable, providerExpiresAt: expiresAt.toString() }
        const resolution = `The provider holds it until ${expiresAt}.`
        await resolveAlarm(trx, { orderId, kind: 'authorisation-expired', resolution, at })
        await raiseAlarm(trx, { orderId, kind: 'reconciliation-drift', detail, at }, deps.log)
        return
      }
      const { stored, events } = await handle(
        trx,
        { type: 'ExpireAuthorisation', data: { orderId, at, paymentId } },
        deps,
      )
      if (stored === undefined || events.length === 0) return
      // What ran out is nobody's to take: the ledger says so before the next payment of the order is written down.
      await settle(trx, deps.jobs, stored, { kind: 'release', cause: paymentId, amount: 0, detail: { paymentId } })
    })
  },
})
