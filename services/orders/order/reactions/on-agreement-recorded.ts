import type { AgreementRecorded } from '@vilkar/contracts/returns-agreement.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** What was agreed in writing about the day of delivery holds for what the customer is told of a delay; the rest is for returns. */
export async function onAgreementRecorded(trx: Trx, deps: Deps, recorded: AgreementRecorded['data']) {
  const { orderId, agreementId, agreedAt, recordedAt: at, changes, ends } = recorded
  const { deliverBy } = changes
  if (deliverBy === undefined && ends === undefined) return
  const agreed = { agreementId, agreedAt, ...(deliverBy && { deliverBy }), ...(ends && { ends }) }
  await handle(trx, { type: 'AgreeDeliveryDay', data: { orderId, at, ...agreed } }, deps)
}
