import type { Stored } from '@vilkar/decider/command-handler.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Kysely, Transaction } from 'kysely'
import { type Case, onItsWayUntil, saveCase } from '../cases/store.ts'
import type { ComplaintPersonal, Database } from '../database.ts'
import { lockOrderOfCase } from '../order-facts/store.ts'
import { askBy, choiceOf } from './choice-awaited.ts'
import { lookFrom } from './goods-awaited.ts'
import { ANSWERED_WITHIN, type OpenComplaint, PUT_RIGHT_WITHIN } from './state.ts'

/** All the SQL of the table `complaint`. */

export type StoredComplaint = Stored<OpenComplaint, ComplaintPersonal>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readComplaint = (db: Kysely<Database>, id: string): Promise<StoredComplaint | undefined> =>
  db.selectFrom('complaint').select(columns).where('id', '=', id).executeTakeFirst()

/** Those of an order, oldest first. */
export const complaintsOf = (db: Kysely<Database>, orderId: string): Promise<StoredComplaint[]> =>
  db.selectFrom('complaint').select(columns).where('order_id', '=', orderId).orderBy('id').execute()

/** One with its order, both locked: whoever changes it changes what is known of its order too. */
export async function lockComplaint(trx: Transaction<Database>, id: string) {
  await lockOrderOfCase(trx, id)
  const one = trx.selectFrom('complaint').select(columns).where('id', '=', id)
  return (await one.forUpdate().executeTakeFirst()) as StoredComplaint | undefined
}

export async function saveComplaint(trx: Transaction<Database>, stored: StoredComplaint) {
  const { id, version, state, personal } = stored
  const row = { version, state: JSON.stringify(state), personal: JSON.stringify(personal) }
  await trx
    .insertInto('complaint')
    .values({ id, order_id: state.received.orderId, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await saveCase(trx, { ...caseOf(state), id, orderId: state.received.orderId, kind: 'complaint' })
}

/** What a complaint waits for, and by which day. What was put right is over, until the customer says that it did not help. */
function caseOf(state: OpenComplaint): Omit<Case, 'id' | 'orderId' | 'kind'> {
  const { status, received, assessment, chosen, refund, closed, endedAt } = state
  const look = lookFrom(state)
  const known = { status, openedAt: received.receivedAt, lookFrom: look }
  const stops = state.stopping && {
    ...waiting('cure-stop', state.stopping.since),
    dueOn: dayOf(state.stopping.since, ANSWERED_AT_ONCE),
  }
  switch (status) {
    case 'received':
      return { ...known, ...waiting('judgement', received.receivedAt, ANSWERED_WITHIN), dueOn: received.answerBy }
    case 'accepted':
      return { ...known, ...(stops ?? choiceWaits(state, look)) }
    case 'curing':
      return { ...known, ...cureWaits(state), dueOn: chosen!.doneBy! }
    case 'reducing':
      return { ...known, ...waiting('reduction', chosen!.chosenAt, PUT_RIGHT_WITHIN), dueOn: chosen!.doneBy! }
    case 'returning': {
      // What follows of goods that never came is decided and told: the case is over until somebody hears of them.
      const givenUp = look === undefined && !state.sentAt && !state.goodsReceivedAt && state.overdueAt
      const dueOn = look ? dayOf(look) : state.sentAt && onItsWayUntil(state.sentAt)
      return { ...known, dueOn, ...(givenUp && { closedAt: givenUp }) }
    }
    case 'refund-decided':
      return { ...known, ...waiting('refund', refund!.decidedAt), ...owedOf(refund!) }
    case 'rejected':
      return { ...known, closedAt: assessment!.assessedAt }
    case 'cured':
      return { ...known, ...(stops ?? defectiveWaits(state, look)) }
    case 'closed':
      return { ...known, ...owedOf(refund!), closedAt: closed!.closedAt }
    case 'ended':
      return { ...known, ...(stops ?? { closedAt: endedAt! }) }
  }
}

const owedOf = ({ amount, decidedAt, dueOn }: NonNullable<OpenComplaint['refund']>) => ({
  ...{ owed: amount, refundDecidedAt: decidedAt, dueOn },
})

/** Other services answer at once; by then a person sees that one did not. */
const ANSWERED_AT_ONCE = 'P2D'

const dayOf = (moment: string, later = 'P0D') => osloDay(Temporal.Instant.from(moment)).add(later).toString()

const waiting = (awaits: NonNullable<Case['waits']>['awaits'], since: string, patience?: string) => ({
  waits: { awaits, since, ...(patience && { patience }) },
})

/** The customer is reminded to choose; then a person asks them, and in the end it rests until they choose. */
function choiceWaits(state: OpenComplaint, look: string | undefined): Partial<Case> {
  const { overdueAt, restedAt } = choiceOf(state)
  if (restedAt) return { closedAt: restedAt }
  if (overdueAt) return { ...waiting('choice', overdueAt, ANSWERED_WITHIN), dueOn: askBy(overdueAt) }
  return { dueOn: dayOf(look!) }
}

/** Defective goods that the customer has others for: reminded of, on their way, or a person's to see to; else all is over. */
function defectiveWaits({ defective, cure, curedAt }: OpenComplaint, look: string | undefined): Partial<Case> {
  if (defective === undefined) {
    const last = [curedAt!, cure?.goodsReceivedAt, cure?.goodsWaivedAt].filter((moment) => moment !== undefined)
    return { closedAt: last.sort(Temporal.Instant.compare).at(-1)! }
  }
  const { sentAt, overdueAt } = defective
  if (sentAt) return { dueOn: onItsWayUntil(sentAt) }
  if (overdueAt)
    return { ...waiting('defective-goods', overdueAt, ANSWERED_WITHIN), dueOn: dayOf(overdueAt, ANSWERED_WITHIN) }
  return { dueOn: dayOf(look!) }
}

/** Of goods that are put right, whose turn it is: orders' and shipping's to answer at once, else people's until the day for it. */
function cureWaits({ cure, chosen }: OpenComplaint): Pick<Case, 'waits'> {
  if (cure?.step === 'stock') return { waits: { awaits: 'replacement', since: cure.since } }
  if (cure?.step === 'shipment') return { waits: { awaits: 'cure-shipment', since: cure.since } }
  return { waits: { awaits: 'cure', since: chosen!.chosenAt, patience: PUT_RIGHT_WITHIN } }
}
