import type { EmailCorrected } from '@vilkar/contracts/orders-contract.ts'
import { redirectMails } from '@vilkar/mail/redirect.ts'
import type { Transaction } from 'kysely'
import { casesOf } from '../../cases/store.ts'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { statementsOf } from '../store.ts'

/** Mails about an order, its cases, and what its customer said, go to the corrected address, those that wait to be sent too. */
export async function onEmailCorrected(trx: Transaction<Database>, deps: Deps, corrected: EmailCorrected['data']) {
  await projectEvent('EmailCorrected')(trx, deps, corrected)
  const { orderId, correctedAt: at, personal } = corrected
  const statements = (await statementsOf(trx, orderId)).map(({ id }) => id)
  const aboutIds = [orderId, ...(await casesOf(trx, orderId)), ...statements]
  await redirectMails(trx, { aboutIds, recipient: personal.email, at })
}
