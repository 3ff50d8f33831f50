import { databaseBefore } from '@vilkar/testing/database-before.ts'
import { type Kysely, sql } from 'kysely'
import t from 'tap'
import { migrations } from '../../service.ts'

const line = (quantity: number, unsent?: number) => ({ lineId: '1', quantity, ...(unsent !== undefined && { unsent }) })
type Before = { status: string; state: object }

/** A return as it was written, of an order of its own that knows of it. */
async function add(db: Kysely<never>, { status, state }: Before) {
  const [id, orderId] = [crypto.randomUUID(), crypto.randomUUID()]
  const facts = JSON.stringify({ orderId, parcels: [], returns: [{ returnId: id, lines: [line(1)], outcome: 'open' }] })
  await sql`insert into order_facts (order_id, facts, personal) values (${orderId}, ${facts}, '{}')`.execute(db)
  await sql`insert into return (id, order_id, version, status, state, personal, declared_at)
    values (${id}, ${orderId}, 1, ${status}, ${JSON.stringify(state)}, '{}', '2026-06-10T09:00:00Z')`.execute(db)
  return { id, orderId }
}

t.test('080: facts of before refunds were worked out in their order say what was decided', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '080')
  t.teardown(close)
  const declared = { lines: [{ ...line(2), amount: 20 }], goodsSent: true }
  const decided = await add(db, { status: 'closed', state: { declared, refund: { amount: 20 } } })
  const open = await add(db, { status: 'declared', state: { declared } })
  await migrateToNow()
  const returnsOf = async (orderId: string) =>
    (
      await sql<{
        returns: object
      }>`select facts -> 'returns' as returns from order_facts where order_id = ${orderId}`.execute(db)
    ).rows[0]!.returns
  t.hasStrict(await returnsOf(decided.orderId), [{ returnId: decided.id, decided: [line(2)] }])
  t.strictSame(await returnsOf(open.orderId), [{ returnId: open.id, lines: [line(1)], outcome: 'open' }])
})

t.test('090: returns of before say what they wait for', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '090')
  t.teardown(close)
  const declared = (goodsSent: boolean, unsent?: number) => ({ declared: { lines: [line(1, unsent)], goodsSent } })
  const refund = { refund: { decidedAt: '2026-06-12T09:00:00Z' } }
  const before: [what: string, before: Before, after: [awaits: string | null, since: string | null, asked: boolean]][] =
    [
      [
        'of an earlier release, from goods that had not left',
        { status: 'declared', state: declared(false) },
        ['units', 'now', true],
      ],
      ['the same, whose sending was said', { status: 'sent', state: declared(false) }, ['units', 'now', true]],
      [
        'of an earlier release, from goods that had left',
        { status: 'declared', state: declared(true) },
        [null, null, false],
      ],
      ['that is not answered', { status: 'declared', state: declared(false, 1) }, ['units', '2026-06-10', false]],
      [
        'that is answered',
        { status: 'declared', state: { ...declared(true, 1), known: { stopped: [], left: [] } } },
        [null, null, false],
      ],
      [
        'whose refund is not paid',
        { status: 'refund-decided', state: { ...declared(true), ...refund } },
        ['payment', '2026-06-12', false],
      ],
      ['that is closed', { status: 'closed', state: { ...declared(false), closed: {} } }, [null, null, false]],
    ]
  const ids = new Map<string, string>()
  for (const [what, row] of before) ids.set(what, (await add(db, row)).id)
  await migrateToNow()
  for (const [what, , [awaits, since, asked]] of before) {
    const { rows } = await sql<{ awaits: string; since: string; asked: boolean }>`
      select awaits, (awaits_since at time zone 'UTC')::date::text as since, units_to_be_asked as asked from return where id = ${ids.get(what)}`.execute(
      db,
    )
    t.hasStrict(rows[0], { awaits, asked }, what)
    if (since !== 'now') t.equal(rows[0]!.since, since, what)
  }
})

t.test('120: orders that are known are found by their numbers', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '120')
  t.teardown(close)
  const [id, unplaced] = [crypto.randomUUID(), crypto.randomUUID()]
  await sql`insert into order_facts (order_id, facts, personal) values
    (${id}, '{"number": "SG-1"}', '{}'), (${unplaced}, '{"parcels": []}', '{}')`.execute(db)
  await migrateToNow()
  const { rows } = await sql<{ order_id: string }>`select order_id from order_facts where number = 'SG-1'`.execute(db)
  t.strictSame(rows, [{ order_id: id }])
})

t.test('130: a return may wait for a look at the goods, and what waits for something else still does', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '130')
  t.teardown(close)
  const { id } = await add(db, { status: 'declared', state: {} })
  await sql`update return set awaits = 'verdict', awaits_since = now() where id = ${id}`.execute(db)
  await migrateToNow()
  await sql`update return set awaits = 'inspection' where id = ${id}`.execute(db)
  await t.rejects(sql`update return set awaits = 'nothing' where id = ${id}`.execute(db), /return_awaits_check/)
})
