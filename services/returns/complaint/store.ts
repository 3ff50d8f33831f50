import type { Stored } from '@vilkar/decider/command-handler.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Kysely, Transaction } from 'kysely'
import { type Case, saveCase } from '../cases/store.ts'
import type { ComplaintPersonal, Database } from '../database.ts'
import { lockOrderOfCase } from '../order-facts/store.ts'
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
  const { status, received, assessment, chosen, curedAt, refund, closed, endedAt } = state
  const known = { status, openedAt: received.receivedAt }
  const waiting = (awaits: NonNullable<Case['waits']>['awaits'], since: string, patience?: string) => ({
    waits: { awaits, since, ...(patience && { patience }) },
  })
  const stops = state.stopping && waiting('cure-stop', state.stopping.since)
  switch (status) {
    case 'received':
      return { ...known, ...waiting('judgement', received.receivedAt, ANSWERED_WITHIN), dueOn: received.answerBy }
    case 'curing':
      return { ...known, ...cureWaits(state), dueOn: chosen!.doneBy! }
    case 'reducing':
      return { ...known, ...waiting('reduction', chosen!.chosenAt, PUT_RIGHT_WITHIN), dueOn: chosen!.doneBy! }
    case 'returning': {
      const look = lookFrom(state)
      // What follows of goods that never came is decided and told: the case is over until somebody hears of them.
      const givenUp = look === undefined && !state.sentAt && !state.goodsReceivedAt && state.overdueAt
      const dueOn = look && osloDay(Temporal.Instant.from(look)).toString()
      return { ...known, lookFrom: look, dueOn, ...(givenUp && { closedAt: givenUp }) }
    }
    case 'refund-decided':
      return { ...known, ...waiting('refund', refund!.decidedAt), dueOn: refund!.dueOn, owed: refund!.amount }
    case 'rejected':
      return { ...known, closedAt: assessment!.assessedAt }
    case 'cured':
      return { ...known, ...(stops ?? { closedAt: curedAt! }) }
    case 'closed':
      return { ...known, dueOn: refund!.dueOn, owed: refund!.amount, closedAt: closed!.closedAt }
    case 'ended':
      return { ...known, ...(stops ?? { closedAt: endedAt! }) }
    default:
      return { ...known, ...stops }
  }
}

/** Of goods that are put right, whose turn it is: orders' and shipping's to answer at once, else people's until the day for it. */
function cureWaits({ cure, chosen }: OpenComplaint): Pick<Case, 'waits'> {
  if (cure?.step === 'stock') return { waits: { awaits: 'replacement', since: cure.since } }
  if (cure?.step === 'shipment') return { waits: { awaits: 'cure-shipment', since: cure.since } }
  return { waits: { awaits: 'cure', since: chosen!.chosenAt, patience: PUT_RIGHT_WITHIN } }
}
