import { example } from '@vilkar/contracts/test/examples.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { readAccounts } from '../../money/ledger.ts'
import { onPayoutDecided } from '../../money/reactions/on-payout-decided.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db, owner, deps, mailbox } = house
await house.stock('SENSOR-1', { stock: 1_000 })
type Paid = { id: string; orderId: string; paid?: { number: number } }

/** An order, and what is to be paid to its customer besides refunds. */
async function owed(change: object = {}) {
  const { body: order } = await house.place()
  const { payoutId: _, ...data } = example('PayoutDecided').data
  const decided = { ...data, payoutId: crypto.randomUUID(), orderId: order.id, ...change }
  await transact(deps, (trx) => onPayoutDecided(trx, deps, decided))
  return { id: decided.payoutId, orderId: order.id as string, email: order.email as string }
}
const pay = (id: string, reference = '2026-07-02/4711', role = 'support') =>
  call(role, 'PUT', `/payouts/${id}/payment`, { reference })
const toldOf = async (orderId: string) =>
  (await db.selectFrom('outbox').select('type').where('aggregate_id', '=', orderId).execute()).filter(
    ({ type }) => type === 'PayoutMade',
  ).length

t.test(
  'what is owed besides waits in a list, and is paid by a person once, with a document and an entry of its own kind',
  async (t) => {
    const { id, orderId } = await owed()
    const { body: open } = await call('support', 'GET', '/payouts')
    t.ok(open.items.some((each: Paid) => each.id === id && each.paid === undefined))
    const { status, body } = await pay(id)
    t.equal(status, 200)
    t.hasStrict(body, { kind: 'late-interest', amount: 171, paid: { reference: '2026-07-02/4711' } })
    const { body: money } = await call('support', 'GET', `/orders/${orderId}/payments`)
    t.hasStrict(money.entries, [{ kind: 'paid-out', amount: 171, paymentId: id }])
    t.hasStrict(money.payouts, [{ id, paid: { number: body.paid.number } }])
    t.strictSame([money.accounts, money.documents], [[], []], 'no account draws on it, and it is no credit note')
    const { text } = await eventually('the document', async () =>
      mailbox.mails().find((mail) => mail.text.includes(`Payout document no. ${body.paid.number}:`)),
    )
    t.match(text, /Interest on late payment.*1\.71.*4711.*forsinkelsesrenteloven § 2.*no credit note/s)
  },
)

t.test('two who say so at once pay it once; otherwise later it is refused', async (t) => {
  const { id, orderId } = await owed()
  const answers = await Promise.all([pay(id), pay(id)])
  t.strictSame(
    answers.map(({ status }) => status),
    [200, 200],
  )
  t.strictSame(answers[0]!.body, answers[1]!.body)
  const other = await pay(id, 'another')
  t.strictSame([other.status, other.body.type], [409, '/problems/payout-paid'])
  t.equal(await toldOf(orderId), 1)
  t.equal((await pay(crypto.randomUUID())).status, 404)
  t.equal((await pay(id, 'x', 'storefront')).status, 403)
})

t.test('documents are numbered without a gap, also of many at once', async (t) => {
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map(() => owed()))
  const paid = await Promise.all(all.map(({ id }) => pay(id)))
  const numbers = paid.map(({ body }) => body.paid.number as number).sort((a, b) => a - b)
  t.strictSame(
    numbers,
    numbers.map((_, n) => numbers[0]! + n),
  )
})

t.test('what was decided and paid stays as it is, also for who owns the table', async (t) => {
  const { id } = await owed()
  for (const change of ['update payout set amount = 1', 'delete from payout', 'truncate payout'])
    await t.rejects(sql.raw(change).execute(owner), /only ever paid/)
  await pay(id)
  await t.rejects(sql`update payout set reference = 'x' where id = ${id}`.execute(owner), /only ever paid/)
})

t.test(
  'however refunds and payouts are mixed, refunds are whole up to what was taken, and both are told apart',
  async () => {
    const movement = fc.record({
      kind: fc.constantFrom('refunded', 'paid-out'),
      amount: fc.integer({ min: 1, max: 400 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { maxLength: 12 }), async (movements) => {
        const { body: order } = await house.place()
        const paymentId = crypto.randomUUID()
        const insert = (kind: string, amount: number, payment: string) =>
          sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, at)
          values (${order.id}, ${kind}, ${amount}, 'NOK', ${kind === 'paid-out' ? 'by-hand' : 'klarna'}, ${payment}, ${crypto.randomUUID()}, now())`.execute(
            db,
          )
        await insert('authorised', 1_000, paymentId)
        await insert('captured', 1_000, paymentId)
        let refunded = 0
        for (const { kind, amount } of movements) {
          const fits = kind === 'paid-out' || refunded + amount <= 1_000
          const done = await insert(kind, amount, kind === 'paid-out' ? crypto.randomUUID() : paymentId).then(
            () => true,
            () => false,
          )
          if (done !== fits) throw new Error(`${kind} ${amount} after ${refunded}`)
          if (done && kind === 'refunded') refunded += amount
        }
        const [account, ...more] = await readAccounts(db, order.id)
        return more.length === 0 && account!.captured === 1_000 && account!.refunded === refunded
      }),
      { numRuns: 25 },
    )
  },
)
