import type { Job } from '@vilkar/server/jobs.ts'
import { transact } from '@vilkar/server/transact.ts'
import { raiseAlarm, resolveAlarm } from '../../alarms/alarms.ts'
import type { Deps } from '../../deps.ts'
import { handle, lockOrder } from '../../order/handle.ts'
import { providerOf, sumsOfPayment } from '../ledger.ts'
import { operationsOf } from '../operation-store.ts'
import { planRelease } from '../plan.ts'
import { okOrThrow } from './check-payment.ts'

/**
 * Asks the provider whether an authorisation has run out, as our books say. If so, goods that have not left are held,
 * the ledger lets the rest of it go, and the customer can pay again. If not, somebody extended it at the provider's. What
 * was captured by hand is taken into the ledger before, which asks once more.
 */
export const expireAuthorisation = (deps: Deps): Job<{ orderId: string; paymentId: string }> => ({
  name: 'expire-authorisation',
  async run({ orderId, paymentId }) {
    const { db, providers, clock } = deps
    const provider = providers.named(await providerOf(db, orderId, paymentId))
    const { state, captured, capturable, expiresAt } = okOrThrow(
      await provider.read(paymentId),
      'The payment could not be read',
    )
    const now = clock.now()
    const lives = expiresAt !== null && Temporal.Instant.compare(expiresAt, now) > 0 && capturable > 0
    await transact(deps, async (trx) => {
      const at = now.toString()
      const order = await lockOrder(trx, orderId)
      if (lives) {
        const { currency } = order!.state.placed
        const detail = { paymentId, state, currency, capturable, providerExpiresAt: expiresAt.toString() }
        const resolution = `The provider holds it until ${expiresAt}.`
        await resolveAlarm(trx, { orderId, kind: 'authorisation-expired', resolution, at })
        await raiseAlarm(trx, { orderId, kind: 'reconciliation-drift', detail, at }, deps.log)
        return
      }
      const operations = await operationsOf(trx, orderId)
      if (operations.some(({ kind, status }) => kind === 'capture' && status === 'sent'))
        throw new Error('A capture of the order has no outcome yet.')
      const books = await sumsOfPayment(trx, orderId, paymentId)
      // What is due depends on what was taken: somebody has taken some by hand, and the ledger takes that up first.
      if (captured > books.captured) {
        const { currency } = order!.state.placed
        const detail = { paymentId, state, currency, captured, ledger: books.captured }
        await raiseAlarm(trx, { orderId, kind: 'reconciliation-drift', detail, at }, deps.log)
        return
      }
      const { stored, events } = await handle(
        trx,
        { type: 'ExpireAuthorisation', data: { orderId, at, paymentId } },
        deps,
        order,
      )
      if (stored === undefined || events.length === 0) return
      // What ran out is nobody's to take: the ledger says so before the next payment of the order is written down.
      await planRelease(trx, deps, stored, paymentId)
    })
  },
})
