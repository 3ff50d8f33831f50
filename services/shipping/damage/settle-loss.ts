import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { CommandData } from '../shipment/commands.ts'
import { handleUnderOrder } from '../shipment/handle.ts'
import { requestInstead } from '../shipment/replace.ts'

/** Settles a loss; if others are to be sent, their shipment is requested in the same transaction. */
export async function settleWithReplacement(trx: Transaction<Database>, settle: CommandData<'SettleLoss'>) {
  const handled = await handleUnderOrder(trx, { type: 'SettleLoss', data: settle })
  const { stored, events } = handled
  const settled = events.find((event) => event.type === 'LossSettled')
  if (stored === undefined || settled?.data.replacementId === undefined) return handled
  const { replacementId, lines } = settled.data
  await requestInstead(trx, stored, { at: settle.at, replacementId, lines })
  return handled
}
