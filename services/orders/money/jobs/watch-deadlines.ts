import { sendWaited } from '@vilkar/mail/outgoing.ts'
import { tracesOf } from '@vilkar/messaging/outbox/traces.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { takeDuePaymentChecks } from '../../order/handle.ts'
import { tellDelays } from '../../order/jobs/tell-delays.ts'
import { checkAuthorisations } from './watch-authorisations.ts'
import { checkUnits } from './watch-units.ts'

const CHECK_AGAIN_AFTER = 'PT5M'
const MAX_ORDERS_PER_LOOK = 100

/**
 * Looks for orders whose deadline for paying has passed by the shop's clock and has their payment checked, for mails that have
 * waited long enough, for orders that are late and for authorisations that run out. No timer is set per order: the row says when to look, so a restart or
 * a moved clock loses nothing.
 */
export function watchDeadlines(deps: Deps, everyMs?: number) {
  const { db, clock, jobs, log, wake } = deps
  const look = async () => {
    const now = clock.now()
    const found = await db.transaction().execute(async (trx) => {
      const due = await takeDuePaymentChecks(trx, now, now.add(CHECK_AGAIN_AFTER), MAX_ORDERS_PER_LOOK)
      const traces = await tracesOf(trx, due)
      await jobs.enqueue(
        trx,
        'check-payment',
        due.map((orderId) => ({ data: { orderId }, trace: traces.get(orderId) })),
      )
      return due.length
    })
    const waited = await sendWaited(db, jobs, now)
    if (found + waited > 0) wake()
    await tellDelays(deps)
    await checkAuthorisations(deps)
    await checkUnits(deps)
  }
  return startWatcher({ look, log, clock, complaint: 'deadlines could not be looked at', everyMs })
}
