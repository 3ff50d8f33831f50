import type { RecallNoticeSettled } from '@vilkar/contracts/orders-recall.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { settleNotice } from '../store.ts'

/** Orders says what became of the mail. */
export const onRecallNoticeSettled = (
  trx: Transaction<Database>,
  _deps: Deps,
  { noticeId, outcome, settledAt }: RecallNoticeSettled['data'],
) => settleNotice(trx, noticeId, outcome, settledAt)
