import type { EmailCorrected } from '@vilkar/contracts/orders.ts'
import { redirectMails } from '@vilkar/mail/redirect.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { returnsOf } from '../../withdrawal/store.ts'
import { statementsOf } from '../store.ts'

/** Mails about the returns of an order, and about what its customer said, go to the corrected address, those that wait to be sent too. */
export async function onEmailCorrected(trx: Transaction<Database>, deps: Deps, corrected: EmailCorrected['data']) {
  await projectEvent('EmailCorrected')(trx, deps, corrected)
  const { orderId, correctedAt: at, personal } = corrected
  const about = [...(await returnsOf(trx, orderId)), ...(await statementsOf(trx, orderId))]
  const aboutIds = about.map(({ id }) => id)
  if (aboutIds.length > 0) await redirectMails(trx, { aboutIds, recipient: personal.email, at })
}
