import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import type { Reactions } from '@vilkar/messaging/inbox/reactions.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { caseOpened, caseOver, hearOfOrder, hearOfWriting } from '../of-the-shop.ts'

type Case = { orderId: string; returnId: string }
const opened = (trx: Transaction<Database>, deps: Deps, { orderId, returnId }: Case) =>
  hearOfOrder(trx, deps, { orderId, change: caseOpened(returnId) })
const over = (trx: Transaction<Database>, deps: Deps, { orderId, returnId }: Case, overAt: string) =>
  hearOfOrder(trx, deps, { orderId, change: caseOver(returnId, overAt) })

/**
 * What returns tells of cases: while one is under way, nothing of its order is erased (GDPR Art. 17(3)(e)); once the last is over, the time
 * of what was said in them begins. The rest may say something of a person.
 */
export const returnsReactions = {
  WithdrawalDeclared: opened,
  VoluntaryReturnRequested: opened,
  // Of which all came too late, nothing is under way.
  ComplaintReceived: async (trx, deps, data) => data.lines.length > 0 && opened(trx, deps, data),
  // What was rejected is over, unless the rejection is taken back.
  ComplaintAssessed: (trx, deps, data) =>
    data.outcome === 'rejected' ? over(trx, deps, data, data.assessedAt) : opened(trx, deps, data),
  CureFailed: opened,
  RemedyChosen: opened,
  ReturnClosed: (trx, deps, data) => over(trx, deps, data, data.closedAt),
  VoluntaryReturnEnded: (trx, deps, data) => over(trx, deps, data, data.endedAt),
  ComplaintEnded: (trx, deps, data) => over(trx, deps, data, data.endedAt),
  ComplaintRested: (trx, deps, data) => over(trx, deps, data, data.restedAt),
  CureDone: (trx, deps, data) => over(trx, deps, data, data.doneAt),
  ProofOfSendingJudged: hearOfWriting,
  ReturnInspected: hearOfWriting,
  ReturnAssessed: hearOfWriting,
  CollectionOffered: hearOfWriting,
  VoluntaryReturnChecked: hearOfWriting,
  CureGoodsWaived: hearOfWriting,
  AgreementRecorded: hearOfWriting,
  PayoutProposed: hearOfWriting,
  PayoutDecided: hearOfWriting,
  PayoutDeclined: hearOfWriting,
  OverrideProposed: hearOfWriting,
  OverrideDecided: hearOfWriting,
  OverrideDeclined: hearOfWriting,
  ReturnWrittenSince: hearOfWriting,
} satisfies Reactions<ReturnsEvent, Database, Deps>
