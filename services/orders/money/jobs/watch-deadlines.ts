import { startWatcher } from '@vilkar/server/watcher.ts'
import { lookAtAuthorisations } from '../../alarms/watch-authorisations.ts'
import type { Deps } from '../../deps.ts'

const LOOK_AGAIN_AFTER = 'PT5M'
const MAX_ORDERS_PER_LOOK = 100

/**
 * Looks for orders whose deadline for paying has passed by the shop's clock and has their payment checked, and for
 * authorisations that run out. No timer is
 * set per order: the row says when to look, so a restart or a moved clock loses nothing.
 */
export function watchDeadlines(deps: Deps) {
  const { db, clock, jobs, log, wake } = deps
  const look = async () => {
    const now = clock.now()
    const found = await db.transaction().execute(async (trx) => {
      const due = await trx
        .updateTable('orders')
        .set({ wake_at: now.add(LOOK_AGAIN_AFTER).toString() })
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('orders')
            .select('id')
            .where('wake_at', '<=', now.toString())
            .orderBy('wake_at')
            .limit(MAX_ORDERS_PER_LOOK)
            .forUpdate()
            .skipLocked(),
        )
        .returning('id')
        .execute()
      await jobs.enqueue(
        trx,
        'check-payment',
        due.map(({ id }) => ({ data: { orderId: id } })),
      )
      return due.length
    })
    if (found > 0) wake()
    await lookAtAuthorisations(deps)
  }
  return startWatcher({ look, log, complaint: 'deadlines could not be looked at' })
}
