import type { RecallNoticeAsked } from '@vilkar/contracts/shipping-serials.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** The customer has goods that are recalled, and is written to. */
export async function onRecallNoticeAsked(
  trx: Trx,
  deps: Deps,
  { orderId, noticeId, recallId, units, scope, notice, askedAt: at }: RecallNoticeAsked['data'],
) {
  const data = { orderId, noticeId, recallId, units, scope, notice, at }
  await handle(trx, { type: 'WriteRecallNotice', data }, deps)
}
