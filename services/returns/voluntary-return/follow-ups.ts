import type { VoluntaryEvent } from '@vilkar/contracts/returns.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { apply } from '../order-facts/projection.ts'
import { updateOrder } from '../order-facts/store.ts'
import type { DecidedTold } from './mails/decided.ts'
import type { VoluntaryMail } from './mails/kinds.ts'
import type { StoredVoluntaryReturn } from './store.ts'

/** What is known of the order changes, and the customer is told each step once. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredVoluntaryReturn; events: VoluntaryEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { personal } = await updateOrder(trx, stored.state.requested.orderId, (order) => events.reduce(apply, order))
  const mail = (kind: VoluntaryMail, detail?: object) =>
    queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email!, at, kind, detail })
  for (const { type, data } of events) {
    if (type === 'VoluntaryReturnRequested') await mail('voluntary-return-receipt')
    if (type === 'SendBackReminded') await mail('voluntary-return-reminder')
    if (type === 'ReturnReceived' && stored.state.status === 'received') await mail('voluntary-return-received')
    if (type === 'RefundDecided') await mail('voluntary-return-decided', refundTold(data))
    if (type === 'VoluntaryReturnEnded')
      await mail(data.outcome === 'conditions-not-met' ? 'voluntary-return-decided' : 'voluntary-return-ended')
  }
}

const refundTold = ({ lines, amount, dueOn, reasons }: DecidedTold): DecidedTold => ({ lines, amount, dueOn, reasons })
