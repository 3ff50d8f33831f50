import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { recallIn } from '../../shipment/recalled.ts'
import { lockShipmentsOf } from '../../shipment/store.ts'
import { affectedOf } from '../affected.ts'
import { cameBackOf } from '../found.ts'
import { askNotice, dueRecalls, noteSwept, type RecallRow, shipmentsAfter } from '../store.ts'

const MAX_RECALLS_PER_LOOK = 20
const MAX_PAGES_PER_LOOK = 50
/** What was on its way back, or said to be lost, may be with its customer after all: it is looked again. */
const AGAIN_AFTER_HOURS = 24
/** What was leaving while a recall was announced is seen once it has: no transaction takes as long. */
const AGAIN_AT_FIRST_MINUTES = 1

/** Looks who has goods that are recalled, by the shop's clock. */
export const watchRecalls = (deps: Deps) =>
  startWatcher({
    look: () => checkRecalls(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'who has recalled goods could not be looked up',
  })

/** All shipments, page by page, of each recall that is due; one look does so many and the next goes on. */
export async function checkRecalls(deps: Deps) {
  const now = deps.clock.now()
  for (const recall of await dueRecalls(deps.db, now.toString(), MAX_RECALLS_PER_LOOK)) {
    let after = recall.sweep_after
    for (let page = 0; page < MAX_PAGES_PER_LOOK; page += 1) {
      const { orderIds, next } = await shipmentsAfter(deps.db, after, recall.sku)
      for (const orderId of orderIds) await askForOrder(deps, recall, orderId, now)
      after = next
      if (after === null) break
    }
    const isFirst = recall.swept_at === null
    const again = now.add(isFirst ? { minutes: AGAIN_AT_FIRST_MINUTES } : { hours: AGAIN_AFTER_HOURS }).toString()
    await noteSwept(deps.db, recall, {
      ...(after === null
        ? { sweep_after: null, sweep_due_at: again, swept_at: now.toString() }
        : { sweep_after: after, sweep_due_at: now.toString() }),
    })
  }
}

/** One order in a transaction of its own. What fails is looked at again the next day, and keeps no other customer from being told. */
async function askForOrder(deps: Deps, recall: RecallRow, orderId: string, now: Temporal.Instant) {
  try {
    if (await transact(deps, (trx) => ask(trx, recall, orderId, now))) deps.wake()
  } catch (error) {
    deps.log.warn({ err: error, orderId, recallId: recall.id }, 'a customer could not be told of a recall')
  }
}

async function ask(trx: Transaction<Database>, recall: RecallRow, orderId: string, now: Temporal.Instant) {
  const { shipments } = await lockShipmentsOf(trx, orderId)
  const back = (await cameBackOf(trx, new Map([[orderId, shipments]])))(orderId)
  const states = shipments.map(({ state }) => state)
  const affected = affectedOf(recallIn(recall), states, back)
  const units = affected.filter(({ isBack }) => !isBack).map(({ isBack: _, ...unit }) => unit)
  if (units.length === 0) return false
  const { notice, scope } = recall
  const ids = { noticeId: uuidv7(), recallId: recall.id, orderId }
  return askNotice(trx, { ...ids, units, scope, notice, askedAt: now.toString() }, now)
}
