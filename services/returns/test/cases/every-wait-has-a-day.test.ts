import { fileURLToPath } from 'node:url'
import { fact } from '@vilkar/contracts/test/examples.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import { sql, type Transaction } from 'kysely'
import t from 'tap'
import { decider as ofComplaint } from '../../complaint/decider.ts'
import type { OpenComplaint } from '../../complaint/state.ts'
import { saveComplaint } from '../../complaint/store.ts'
import type { Database } from '../../database.ts'
import { decider as ofExchange } from '../../exchange/decider.ts'
import { saveExchange } from '../../exchange/store.ts'
import { decider as ofLoss } from '../../loss/decider.ts'
import { openCase, saveLoss } from '../../loss/store.ts'
import { decider as ofOverride } from '../../override/decider.ts'
import { saveOverride } from '../../override/store.ts'
import { decider as ofPayout } from '../../payout/decider.ts'
import { savePayout } from '../../payout/store.ts'
import { decider as ofVoluntary } from '../../voluntary-return/decider.ts'
import type { RequestedReturn } from '../../voluntary-return/state.ts'
import { saveVoluntaryReturn } from '../../voluntary-return/store.ts'
import { decider as ofWithdrawal } from '../../withdrawal/decider.ts'
import type { DeclaredReturn } from '../../withdrawal/state.ts'
import { saveReturn } from '../../withdrawal/store.ts'
import * as withdrawn from '../a-return.ts'
import * as complained from '../complaint/a-complaint.ts'
import * as offered from '../voluntary-return/a-voluntary-return.ts'

const url = await freshDatabase(...commonMigrations, fileURLToPath(new URL('../../migrations', import.meta.url)))
const pool = createPool(asOwner(url), { max: 1 })
const db = createDatabase<Database>(pool)
t.teardown(() => pool.end())
// What nobody gives a day has one all the same, by the database. Here it has none, so that the constraint refuses it.
await sql`drop trigger return_case_day on return_case`.execute(db)

type Saving = (trx: Transaction<Database>, stored: never) => Promise<unknown>
type Decides = {
  initial: unknown
  decide(command: never, state: never): { events: unknown[]; refusal?: { code: string } }
  evolve(state: never, event: never): unknown
}
type Row = { status: string; awaits: string | null; due_on: string | null; closed_at: string | null }

/** Every state of a story is stored, one after another; what the list of cases has of each. */
async function listed(decider: Decides, save: Saving, commands: { type: string }[], personal: object = {}) {
  const id = crypto.randomUUID()
  const rows: Row[] = []
  let state = decider.initial
  for (const command of commands) {
    const { events, refusal } = decider.decide(command as never, state as never)
    if (refusal) throw new Error(`${command.type} was refused: ${refusal.code}`)
    for (const event of events) state = decider.evolve(state as never, event as never)
    rows.push(await stored(save, id, state, personal))
  }
  return rows
}
/** Of events that are examples, the states after each. */
async function after(decider: Decides, save: Saving, ...names: Parameters<typeof fact>[0][]) {
  const id = crypto.randomUUID()
  const rows: Row[] = []
  let state = decider.initial
  for (const name of names) {
    state = decider.evolve(state as never, fact(name) as never)
    rows.push(await stored(save, id, state, {}))
  }
  return rows
}
/** What is owed as a refund says when that was decided, in its own column. */
async function stored(save: Saving, id: string, state: unknown, personal: object): Promise<Row> {
  await db.transaction().execute((trx) => save(trx, { id, version: 1, state, personal } as never))
  const { rows } = await sql<Row & { decided: string | null }>`
    select status, awaits, due_on::text, closed_at, refund_decided_at as decided from return_case
    where id = ${id}`.execute(db)
  const { decided, ...row } = rows[0]!
  const { refund } = state as { refund?: { decidedAt: string } }
  const moment = (at: string | null | undefined) => at && Temporal.Instant.from(at).toString()
  t.equal(moment(decided) ?? undefined, moment(refund?.decidedAt))
  return row
}
const daysOf = (rows: Row[]) =>
  rows.map(({ status, due_on, closed_at }) => [status, closed_at === null ? due_on : 'over'])

const { complain, acceptIt, rejectIt, choose, hearStock, underway, pass, replaced } = complained
const scanned = (at: string) => ({
  ...{ type: 'HearScan' as const },
  data: { returnId: complained.returnId, at, carrier: 'Bring', trackingNumber: 'TN-8', scannedAt: at },
})
const failed = [complain(), acceptIt(), choose('repair'), complained.mend(), complained.fail()]

t.test('a complaint, in whatever state', async (t) => {
  const of = (...commands: { type: string }[]) => listed(ofComplaint as never, saveComplaint as never, commands)
  const stories = [
    await of(complain(), rejectIt()),
    await of(complain(), acceptIt(), pass('2026-08-10T22:00:00Z'), pass('2026-08-26T22:00:00Z'), complained.rest()),
    await of(
      complain(),
      acceptIt(),
      choose('repair'),
      complained.goodsCame(),
      complained.repaired(),
      underway('requested'),
    ),
    await of(complain(), acceptIt(), choose('replacement'), hearStock('reserved'), complained.letBe()),
    await of(...replaced(), pass('2026-08-18T22:00:00Z'), pass('2026-09-02T22:00:00Z'), complained.waive()),
    await of(...replaced(), scanned('2026-08-06T09:00:00Z')),
    await of(...failed, choose('price-reduction'), complained.reduce()),
    await of(
      ...failed,
      choose('rescission'),
      pass('2026-08-12T22:00:00Z'),
      scanned('2026-08-13T09:00:00Z'),
      complained.takeBack(),
    ),
  ]
  t.strictSame(daysOf(stories[1]!), [
    ...[
      ['received', '2026-08-01'],
      ['accepted', '2026-08-11'],
      ['accepted', '2026-08-26'],
    ],
    ...[
      ['accepted', '2026-09-03'],
      ['accepted', 'over'],
    ],
  ])
  t.strictSame(daysOf(stories[4]!).slice(-4), [
    ...[
      ['cured', '2026-08-19'],
      ['cured', '2026-09-03'],
      ['cured', '2026-09-10'],
      ['cured', 'over'],
    ],
  ])
  t.strictSame(daysOf(stories[5]!).at(-1), ['cured', '2026-08-27'])
  t.strictSame(daysOf(stories[3]!).at(-1), ['ended', '2026-07-28'], 'shipping is asked to stop what was asked')
  t.strictSame(daysOf(stories[7]!).at(-2), ['returning', '2026-09-03'])
  const closed = { status: 'closed' }
  everyStatus(t, [...stories.flat(), closed], {
    ...{ received: 0, rejected: 0, accepted: 0, curing: 0, cured: 0, reducing: 0, returning: 0 },
    ...{ 'refund-decided': 0, closed: 0, ended: 0 },
  } satisfies Record<OpenComplaint['status'], 0>)
})

t.test('a withdrawal, in whatever state', async (t) => {
  const { declare, send, judge, receive, inspect, found, assess, worn, remind, close, collect } = withdrawn
  const of = (...commands: { type: string }[]) => listed(ofWithdrawal as never, saveReturn as never, commands)
  const traits = { ...withdrawn.plain, hygieneSealed: true }
  const sealed = { ...withdrawn.received, lines: withdrawn.received.lines.map((line) => ({ ...line, traits })) }
  const believedLater = send()
  const told = { ...believedLater, data: { ...believedLater.data, believedAfter: 'P5D' } }
  const stories = [
    await of(declare(), remind('2026-06-24T22:00:00Z'), remind('2026-07-09T22:00:00Z')),
    await of(declare(), told),
    await of(declare(), send(), judge(), close()),
    await of(declare(), receive(), close()),
    await of(declare(), inspect([found({ wear: 'used', fitForSale: false })]), assess([worn()])),
    await of(declare({ facts: withdrawn.unsent })),
    await of(
      declare({ facts: sealed }),
      remind('2026-06-24T22:00:00Z', sealed),
      collect({}, '2026-06-26T08:00:00Z', sealed),
    ),
  ]
  t.strictSame(daysOf(stories[0]!), [
    ...[
      ['declared', '2026-06-25'],
      ['declared', '2026-07-10'],
      ['declared', 'over'],
    ],
  ])
  t.strictSame(daysOf(stories[1]!).at(-1), ['sent', '2026-06-16'], 'a word that is believed then')
  t.strictSame(daysOf(stories[6]!).at(-1), ['declared', '2026-06-26'], 'what the shop collects is paid back then')
  everyStatus(t, stories.flat(), { declared: 0, sent: 0, 'refund-decided': 0, closed: 0 } satisfies Record<
    DeclaredReturn['status'],
    0
  >)
})

t.test('a voluntary return, in whatever state', async (t) => {
  const { request, keep, lookAt, looked } = offered
  const of = (...commands: { type: string }[]) => listed(ofVoluntary as never, saveVoluntaryReturn as never, commands)
  const scan = scanned('2026-06-22T09:00:00Z')
  const closing = { type: 'CloseReturn', data: { returnId: offered.returnId, at: '2026-07-01T09:00:00Z', amount: 1 } }
  const receipt = {
    type: 'RecordReceipt',
    data: { returnId: offered.returnId, at: '2026-06-25T09:00:00Z', receivedAt: '2026-06-25T09:00:00Z' },
  }
  const stories = [await of(request(), keep()), await of(request(), scan, receipt, lookAt([looked()]), closing)]
  t.strictSame(daysOf(stories[1]!)[1], ['requested', '2026-07-13'], 'with a carrier')
  everyStatus(t, stories.flat(), {
    requested: 0,
    received: 0,
    'refund-decided': 0,
    closed: 0,
    ended: 0,
  } satisfies Record<RequestedReturn['status'], 0>)
})

t.test('a payout, an override, an exchange and a loss, in whatever state', async (t) => {
  const open = [
    ...(await after(ofPayout as never, savePayout as never, 'PayoutProposed', 'PayoutDecided')),
    ...(await after(ofOverride as never, saveOverride as never, 'OverrideProposed')),
    ...(await after(ofExchange as never, saveExchange as never, 'ExchangeAgreed')),
    ...(await after(ofLoss as never, saveLoss as never, 'RefundDecided')),
  ]
  const id = crypto.randomUUID()
  await db.transaction().execute((trx) => openCase(trx, id, withdrawn.orderId, '2026-06-09T08:00:00Z'))
  const { rows } = await sql<Row>`select due_on::text from return_case where id = ${id}`.execute(db)
  t.equal(rows[0]!.due_on, '2026-06-11')
  for (const { status, due_on, closed_at } of open) t.ok(due_on !== null && closed_at === null, status)
})

/** The database refused no state, and every status was met. */
const everyStatus = (
  t: { strictSame: (one: unknown, other: unknown) => unknown },
  rows: { status: string }[],
  all: object,
) => t.strictSame([...new Set(rows.map(({ status }) => status))].sort(), Object.keys(all).sort())
