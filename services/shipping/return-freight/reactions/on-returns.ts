import type { ReturnSent } from '@vilkar/contracts/returns.ts'
import type { ReturnLabelRequested } from '@vilkar/contracts/returns-goods-back.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { followBack } from '../jobs/watch-return-freight.ts'
import { expectParcel, forgetBooking, requestLabel } from '../store.ts'

/** Goods go back at the seller’s cost: a carrier is to take them, by this label alone where it replaces another. */
export async function onReturnLabelRequested(
  trx: Transaction<Database>,
  _deps: Deps,
  { labelId, returnId, orderId, requestedAt, instead }: ReturnLabelRequested['data'],
) {
  if (instead) await forgetBooking(trx, instead.labelId)
  await requestLabel(trx, labelId, { status: 'requested', returnId, orderId, requestedAt })
}

/** Somebody says by which parcel goods go back: its carrier is asked, so that nobody has to look whether that is so. */
export async function onReturnSent(trx: Transaction<Database>, deps: Deps, told: ReturnSent['data']) {
  const { returnId, orderId, carrier: spelling, trackingNumber, sentAt } = told
  const carrier = deps.carriers.spelt(spelling)
  if (carrier === undefined) return
  const known = { status: 'known' as const, returnId, orderId, requestedAt: sentAt }
  const isNew = await expectParcel(trx, { ...known, carrier: carrier.name, trackingNumber })
  if (isNew) await followBack(trx, carrier, trackingNumber, deps.clock.now().toString())
}
