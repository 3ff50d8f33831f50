import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import type { Reactions } from '@vilkar/messaging/inbox/reactions.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { caseOpened, caseOver, hearOfOrder } from '../of-the-shop.ts'

type Case = { orderId: string; returnId: string }
const opened = (trx: Transaction<Database>, deps: Deps, { orderId, returnId }: Case) =>
  hearOfOrder(trx, deps, { orderId, change: caseOpened(returnId) })
const over = (trx: Transaction<Database>, deps: Deps, { orderId, returnId }: Case) =>
  hearOfOrder(trx, deps, { orderId, change: caseOver(returnId) })

/** What returns tells of cases: while one is under way, nothing of its order is erased (GDPR Art. 17(3)(e)). */
export const returnsReactions = {
  WithdrawalDeclared: opened,
  VoluntaryReturnRequested: opened,
  // Of which all came too late, nothing is under way.
  ComplaintReceived: async (trx, deps, data) => data.lines.length > 0 && opened(trx, deps, data),
  CureFailed: opened,
  RemedyChosen: opened,
  ReturnClosed: over,
  VoluntaryReturnEnded: over,
  ComplaintEnded: over,
  ComplaintRested: over,
  CureDone: over,
} satisfies Reactions<ReturnsEvent, Database, Deps>
