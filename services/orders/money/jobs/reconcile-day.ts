import type { Job } from '@vilkar/server/jobs.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { endOfOsloDay, osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { type Kysely, sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { Database } from '../../database.ts'
import type { Deps, Trx } from '../../deps.ts'
import { type Booked, driftOf, ledgerSide } from '../drift.ts'
import type { Counts, Finding } from '../finding.ts'
import { providerOf, sumsOfPayment } from '../ledger.ts'
import { operationsOf, silentOperations } from '../operation-store.ts'

const PAYMENTS_PER_JOB = 50
const READS_AT_ONCE = 4
/** The ledger may move while the provider is read; a difference is believed when it is still there on a second look. */
const MAX_LOOKS = 2
const GIVEN_UP_AFTER = 'PT1H'
const MAX_ASKED_AGAIN = 1_000

type Payment = { orderId: string; number: string; paymentId: string; currency: string }
type Cursor = { orderId: string; paymentId: string }

/**
 * Compares the provider's books with the ledger for every order whose money moved on a day or is still open, some
 * payments per job, and stores what it finds. Asked for once a day, and by staff.
 */
export const reconcileDay = (
  deps: Deps,
  { paymentsPerJob = PAYMENTS_PER_JOB } = {},
): Job<{ runId: string; after?: Cursor }> => ({
  name: 'reconcile-day',
  concurrency: 1,
  async run({ runId, after }) {
    const { db, clock, jobs } = deps
    const { day, finished_at } = await db
      .selectFrom('reconciliation_run')
      .select(['day', 'finished_at'])
      .where('id', '=', runId)
      .executeTakeFirstOrThrow()
    if (finished_at !== null) return
    const payments = await paymentsToCompare(db, Temporal.PlainDate.from(day), paymentsPerJob, after)
    const findings: Finding[] = []
    for (let i = 0; i < payments.length; i += READS_AT_ONCE)
      findings.push(
        ...(await Promise.all(payments.slice(i, i + READS_AT_ONCE).map((payment) => compare(deps, payment)))),
      )
    await transact(deps, async (trx) => {
      for (const finding of findings) await keep(trx, deps, runId, day, finding)
      const last = payments.at(-1)
      if (last !== undefined && payments.length === paymentsPerJob) {
        const { orderId, paymentId } = last
        return jobs.enqueue(trx, 'reconcile-day', [{ data: { runId, after: { orderId, paymentId } } }])
      }
      await askAgain(trx, deps)
      await trx
        .updateTable('reconciliation_run')
        .set({ finished_at: clock.now().toString(), counts: JSON.stringify(await countFindings(trx, runId)) })
        .where('id', '=', runId)
        .execute()
    })
  },
})

/** Begins the comparison of a day in Europe/Oslo. `askedBy` is null for the clock, which asks once; false when it has. */
export async function beginReconciliation(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  { day, askedBy, at }: { day: string; askedBy: string | null; at: string },
): Promise<boolean> {
  const run = await trx
    .insertInto('reconciliation_run')
    .values({ id: uuidv7(), day, asked_by: askedBy, asked_at: at, finished_at: null, counts: null })
    .onConflict((conflict) => conflict.column('day').where('asked_by', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (run) await jobs.enqueue(trx, 'reconcile-day', [{ data: { runId: run.id } }])
  return run !== undefined
}

/** Asks for the comparison of the day before, once a day. The row says whether it was asked for: restarts lose nothing. */
export function watchReconciliation({ db, clock, jobs, log, wake }: Deps) {
  let asked = ''
  const look = async () => {
    const now = clock.now()
    const day = osloDay(now).subtract({ days: 1 }).toString()
    if (day === asked) return
    await db
      .transaction()
      .execute((trx) => beginReconciliation(trx, { jobs }, { day, askedBy: null, at: now.toString() }))
    asked = day
    wake()
  }
  return startWatcher({ look, log, clock, complaint: 'the day could not be reconciled' })
}

/** The payments of orders whose money moved on the day, or that are open now, in the order of their ids. */
async function paymentsToCompare(
  db: Kysely<Database>,
  day: Temporal.PlainDate,
  limit: number,
  after?: Cursor,
): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    select distinct e.order_id as "orderId", o.number, e.payment_id as "paymentId", e.currency
    from ledger_entry e join orders o on o.id = e.order_id
    where e.kind = 'authorised' and (e.order_id in (
        select order_id from ledger_entry
        where at >= ${startOfOsloDay(day).toString()}::timestamptz and at < ${endOfOsloDay(day).toString()}::timestamptz
        union select order_id from payment_account where captured + released < authorised
        union select order_id from money_operation
          where status in ('planned', 'waiting-for-capture', 'sent', 'ambiguous')))
      and (e.order_id, e.payment_id) > (${after?.orderId ?? '00000000-0000-0000-0000-000000000000'}::uuid, ${after?.paymentId ?? ''})
    order by 1, 3 limit ${limit}`.execute(db)
  return rows
}

/**
 * Gives money operations without an outcome another job, since the queue gives up on one after some hours of silence at
 * the provider. One that has a job still is not carried out twice: an operation is claimed before anything is sent.
 */
async function askAgain(trx: Trx, { clock, jobs }: Deps) {
  const silentSince = clock.now().subtract(GIVEN_UP_AFTER).toString()
  const operations = await silentOperations(trx, silentSince, MAX_ASKED_AGAIN)
  const asked = operations.map((operationId) => ({ data: { operationId } }))
  await jobs.enqueue(trx, 'settle-payment', asked)
}

async function compare({ db, providers }: Deps, payment: Payment): Promise<Finding> {
  const provider = providers.named(await providerOf(db, payment.orderId, payment.paymentId))
  let finding: Finding
  let look = 0
  do {
    const { ledger, booked, underWay } = await readLedger(db, payment)
    const read = await provider.read(payment.paymentId)
    const base = { ...payment, ledger, inFlight: underWay.size > 0 }
    if (read.kind === 'declined') {
      finding = { ...base, drift: [{ kind: 'payment-unknown-to-provider', reason: read.reason }] }
    } else {
      // A provider that does not answer says nothing about the money: the job is tried again.
      if (read.kind !== 'ok') throw new Error(`The payment ${payment.paymentId} could not be read: ${read.kind}`)
      const { captured, refunded, capturable } = read.value
      const drift = driftOf({ ledger, booked, underWay }, read.value)
      finding = { ...base, provider: { captured, refunded, capturable }, drift }
    }
    look += 1
  } while (finding.drift.length > 0 && look < MAX_LOOKS)
  return finding
}

async function readLedger(db: Kysely<Database>, { orderId, paymentId }: Payment) {
  const entries = await db
    .selectFrom('ledger_entry')
    .select(['kind', 'provider_id', 'amount', 'at'])
    .where('order_id', '=', orderId)
    .where('payment_id', '=', paymentId)
    .where('kind', 'in', ['captured', 'refunded'])
    .execute()
  const open = (await operationsOf(db, orderId)).filter(
    ({ status }) => status === 'planned' || status === 'sent' || status === 'ambiguous',
  )
  const booked: Booked[] = entries.map(({ kind, provider_id, amount, at }) => ({
    movement: kind === 'captured' ? 'capture' : 'refund',
    providerId: provider_id!,
    amount,
    at: Temporal.Instant.from(at).toString(),
  }))
  const ledger = ledgerSide(await sumsOfPayment(db, orderId, paymentId))
  return { ledger, booked, underWay: new Set(open.map(({ id }) => id)) }
}

export async function countFindings(db: Kysely<Database>, runId: string): Promise<Counts> {
  const { payments, drift, inFlight } = await db
    .selectFrom('reconciliation_finding')
    .select(({ fn, ref }) => [
      fn.countAll<number>().as('payments'),
      fn.countAll<number>().filterWhere('drift', '=', true).as('drift'),
      fn
        .countAll<number>()
        .filterWhere(ref('body', '->>').key('inFlight'), '=', 'true' as never)
        .as('inFlight'),
    ])
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return { payments, drift, inFlight }
}

async function keep(trx: Trx, { clock, log }: Deps, runId: string, day: string, finding: Finding) {
  const { orderId, paymentId, currency, drift } = finding
  await trx
    .insertInto('reconciliation_finding')
    .values({
      run_id: runId,
      order_id: orderId,
      payment_id: paymentId,
      body: JSON.stringify(finding),
      drift: drift.length > 0,
    })
    .onConflict((conflict) => conflict.columns(['run_id', 'order_id', 'payment_id']).doNothing())
    .execute()
  if (drift.length > 0)
    await raiseAlarm(
      trx,
      {
        orderId,
        kind: 'reconciliation-drift',
        detail: { day, paymentId, currency, drift },
        at: clock.now().toString(),
      },
      log,
    )
}
