import type { Stored } from '@vilkar/decider/command-handler.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Kysely, Transaction } from 'kysely'
import { onItsWayUntil, saveCase } from '../cases/store.ts'
import type { Database, VoluntaryReturnPersonal } from '../database.ts'
import { lockOrderOfCase } from '../order-facts/store.ts'
import { lookedAtUntil, lookFrom, type RequestedReturn } from './state.ts'

/** All the SQL of the table `voluntary_return`. */

export type StoredVoluntaryReturn = Stored<RequestedReturn, VoluntaryReturnPersonal>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readVoluntaryReturn = (db: Kysely<Database>, id: string): Promise<StoredVoluntaryReturn | undefined> =>
  db.selectFrom('voluntary_return').select(columns).where('id', '=', id).executeTakeFirst()

/** Those of an order, oldest first. */
export const voluntaryReturnsOf = (db: Kysely<Database>, orderId: string): Promise<StoredVoluntaryReturn[]> =>
  db.selectFrom('voluntary_return').select(columns).where('order_id', '=', orderId).orderBy('id').execute()

/** One with its order, both locked: whoever changes it changes what is known of its order too. */
export async function lockVoluntaryReturn(trx: Transaction<Database>, id: string) {
  await lockOrderOfCase(trx, id)
  const one = trx.selectFrom('voluntary_return').select(columns).where('id', '=', id)
  return (await one.forUpdate().executeTakeFirst()) as StoredVoluntaryReturn | undefined
}

export async function saveVoluntaryReturn(trx: Transaction<Database>, stored: StoredVoluntaryReturn) {
  const { id, version, state, personal } = stored
  const { orderId } = state.requested
  const row = { version, state: JSON.stringify(state), personal: JSON.stringify(personal) }
  await trx
    .insertInto('voluntary_return')
    .values({ id, order_id: orderId, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await saveCase(trx, caseOf(stored))
}

/** People have two working days to look at goods before they are called. */
const HANDS_ON = 'P2D'

/** The day on which time itself changes something is the case’s day until money is decided. */
const dayOf = (moment: string | undefined) => moment && osloDay(Temporal.Instant.from(moment)).toString()

function caseOf({ id, state }: StoredVoluntaryReturn) {
  const { status, requested, sentAt, receivedAt, refund, closed, ended } = state
  return {
    ...{ id, orderId: requested.orderId, kind: 'voluntary-return' as const, status, openedAt: requested.requestedAt },
    ...(status === 'received' && { waits: { awaits: 'check' as const, since: receivedAt!, patience: HANDS_ON } }),
    ...(status === 'received' && { payBy: dayOf(lookedAtUntil(state)) }),
    ...(status === 'refund-decided' && { waits: { awaits: 'refund' as const, since: refund!.decidedAt } }),
    ...{
      lookFrom: lookFrom(state),
      dueOn: refund?.dueOn ?? dayOf(lookFrom(state)) ?? (sentAt && onItsWayUntil(sentAt)),
      ...{ owed: refund?.amount, refundDecidedAt: refund?.decidedAt },
      closedAt: closed?.closedAt ?? ended?.endedAt,
    },
  }
}
