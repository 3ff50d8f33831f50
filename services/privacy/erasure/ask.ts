import { type ErasureDue, type Kept, MOST_ORDERS } from '@vilkar/contracts/privacy.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import { eraseExportsWith } from '../exports/store.ts'
import { isOfTheShop, SHOP, SHOP_CASES } from '../subjects/of-the-shop.ts'
import { askedFor } from '../subjects/store.ts'
import { type Cause, rowAfter } from './state.ts'
import { insertErasure } from './store.ts'

/** So many records are in one erasure at most. */
export const MOST_RECORDS = MOST_ORDERS

/** The services that keep something of each order of the shop: each answers for itself. */
export const SHOP_HOLDERS = ['orders', 'shipping', 'returns'] as const
export function holdersOf(system: string): readonly string[] {
  if (system === SHOP_CASES) return ['returns']
  return system === SHOP ? SHOP_HOLDERS : [system]
}

/** What stays of a system's records when they go: of cases their order does, of an order what accounts need. */
export function keepsOf(system: string, keepsAccounts: boolean): Kept[] {
  if (system === SHOP_CASES) return ['order']
  return keepsAccounts ? ['accounts'] : []
}

/** When an answer is missed: our own services act at once, a system of others when it next looks. */
const answerByOf = (system: string, at: Temporal.Instant) => at.add({ hours: isOfTheShop(system) ? 24 : 7 * 24 })

type Asked = {
  /** Its id, where somebody chose one: asked for again under it nothing more happens. */
  id?: string
  controller: PolicyId
  system: string
  records: readonly string[]
  keeps: Kept[]
  cause: Cause
  reasons: Reason[]
  at: Temporal.Instant
  /** Of the staff, where they asked for it. */
  askedBy?: string
  why?: string
}

/**
 * Asks a system to erase records: noted, told to the shop's own services by `ErasureDue`, and for others to be fetched. At most
 * `MOST_RECORDS`. Answers the erasure's id.
 */
export async function askErasure(trx: Transaction<Database>, asked: Asked) {
  const { id = uuidv7(), controller, system, records, keeps, cause, reasons, at } = asked
  const answerBy = answerByOf(system, at).toString()
  const isNew = await insertErasure(trx, rowAfter.ErasureDue({ ...asked, id, at: at.toString(), answerBy }))
  if (!isNew) return id
  await askedFor(trx, { controller, system }, records, id)
  // What goes because its time is over is in no archive for longer than its link.
  if (cause !== 'retention-over') await eraseExportsWith(trx, controller, system, records)
  if (isOfTheShop(system)) {
    const data = { erasureId: id, controller, orderIds: [...records], keeps, cause, answerBy, reasons }
    const fact: ErasureDue = { type: 'ErasureDue', data }
    await insertOutbox(trx, 'privacy', [{ aggregateId: id, version: 1, fact, at }])
  }
  return id
}
