import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { LabelReason, ReturnLabelRequested } from '@vilkar/contracts/returns-goods-back.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { agreedFor } from '@vilkar/terms/order/agreements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { costsOf } from '@vilkar/terms/order/return-costs.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { type OpenComplaint, unitsAwaited } from '../complaint/state.ts'
import { readComplaint } from '../complaint/store.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrderOfCase } from '../order-facts/store.ts'
import { keepTold } from '../order-facts/timeline.ts'
import type { RequestedReturn } from '../voluntary-return/state.ts'
import { readVoluntaryReturn } from '../voluntary-return/store.ts'
import { comingBack, type DeclaredReturn } from '../withdrawal/state.ts'
import { readReturn } from '../withdrawal/store.ts'
import { insertLabel, replaceLabel } from './label-store.ts'

/** What goes back, and who pays for that. */
type Way = { lines: LinePart[]; bearer: 'seller' | 'customer'; reasons: Reason[] }
const NOTHING = { code: 'nothing-goes-back', detail: 'Nothing of this case is to be sent back now.' }

/** A withdrawal: the seller pays if the customer was not told before that they would (angrerettloven §§ 8, 9 and 25). */
export function wayOfWithdrawal(state: DeclaredReturn, facts: OrderFacts): Way | undefined {
  const lines = comingBack(state).filter(({ quantity }) => quantity > 0)
  if (lines.length === 0 || state.receivedAt || state.collection || state.closed) return undefined
  const { terms, returnCostBearer, reasons } = state.declared
  const going = facts.lines.filter(({ lineId }) => state.declared.lines.some((line) => line.lineId === lineId))
  return { lines, ...paidBy(returnCostBearer, reasons, costsIn(facts, terms.edition).withdrawalCost(going)) }
}

/** The offer of the terms: as these say, or what was agreed in writing. */
export function wayOfOffer({ status, requested }: RequestedReturn, facts: OrderFacts): Way | undefined {
  if (status !== 'requested') return undefined
  const { terms, returnCostBearer = 'customer', reasons } = requested
  const lines = requested.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  return { lines, ...paidBy(returnCostBearer, reasons, costsIn(facts, terms.edition).voluntaryCost) }
}

function costsIn(facts: OrderFacts, edition: string) {
  const terms = termsOf(edition)
  return costsOf({ facts, terms, agreed: agreedFor(facts, terms) })
}

/** Who pays, as it was decided, and what that rests on: where it would be decided otherwise by now, what the case rested on. */
const paidBy = (bearer: Way['bearer'], decided: Reason[], now: Omit<Way, 'lines'>) => ({
  bearer,
  reasons: now.bearer === bearer ? now.reasons : decided,
})

/** What is wrong with goods costs the customer nothing, the way back neither (forbrukerkjøpsloven § 30). */
export function wayOfComplaint(state: OpenComplaint): Way | undefined {
  const lines = unitsAwaited(state)
  if (lines === undefined) return undefined
  const { bearer, reasons } = termsOf(state.received.terms.edition).returnCost({ disclosed: true, notAsAgreed: true })
  return { lines, bearer, reasons }
}

async function wayOf(trx: Transaction<Database>, caseId: string, facts: OrderFacts): Promise<Way | undefined> {
  const withdrawal = await readReturn(trx, caseId)
  if (withdrawal) return wayOfWithdrawal(withdrawal.state, facts)
  const offered = await readVoluntaryReturn(trx, caseId)
  if (offered) return wayOfOffer(offered.state, facts)
  const complaint = await readComplaint(trx, caseId)
  return complaint && wayOfComplaint(complaint.state)
}

type Asked = Pick<ReturnLabelRequested['data'], 'labelId' | 'returnId' | 'orderId' | 'requestedAt' | 'instead'>

/** What is told of a label that is asked for. */
export const labelRequested = (
  asked: Asked,
  { lines, reasons }: Pick<Way, 'lines' | 'reasons'>,
): ReturnLabelRequested => ({
  type: 'ReturnLabelRequested',
  data: { ...asked, lines, reasons },
})

/**
 * Asks for a label of a case whose way back the seller pays for, under the lock of its order, once; another one comes only instead of
 * one that is named, and for a reason. Where the customer pays, it is refused with what that rests on: they send the goods as they like.
 */
export async function askForLabel(
  trx: Transaction<Database>,
  { clock }: Deps,
  caseId: string,
  instead?: { labelId: string; reason: LabelReason },
): Promise<Refusal | undefined> {
  const { facts } = (await lockOrderOfCase(trx, caseId))!
  const way = await wayOf(trx, caseId, facts as OrderFacts)
  if (way === undefined) return NOTHING
  if (way.bearer === 'customer')
    return { code: 'return-cost-customers', detail: 'The way back is the customer’s to pay.', reasons: way.reasons }
  const at = clock.now()
  const { orderId } = facts
  const labelId = uuidv7()
  const requestedAt = at.toString()
  const isNew = instead
    ? await replaceLabel(trx, { caseId, id: labelId, instead: instead.labelId, at: requestedAt })
    : await insertLabel(trx, { caseId, id: labelId, orderId, at: requestedAt })
  if (!isNew) return undefined
  const fact = labelRequested({ labelId, returnId: caseId, orderId, requestedAt, ...(instead && { instead }) }, way)
  await insertOutbox(trx, 'returns', [{ aggregateId: labelId, version: 1, fact, at }])
  await keepTold(trx, { orderId, id: labelId, type: fact.type, subject: caseId, at: requestedAt })
  return undefined
}

/** Why the seller pays for the way back of a case, for whoever is told; nothing of one where that is over. */
export async function reasonsOfWay(trx: Transaction<Database>, caseId: string) {
  const order = await lockOrderOfCase(trx, caseId)
  return (order && (await wayOf(trx, caseId, order.facts as OrderFacts))?.reasons) ?? []
}
