import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import fc from 'fast-check'
import t from 'tap'
import { extractText } from 'unpdf'
import { inOre, shareInOre } from '../../money/exchange-rates.ts'
import { alarm, alarmsOf, resolved } from '../alarming.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'

// Of the providers only Kustom takes euro in Norway.
const house = await startOrdersForTest(t, { payAt: 'kustom' })
const { app, call, klarna, mailbox } = house
const { dispatch, reaches, refund } = paying(house)
await house.stock()
const today = osloDay(house.clock.now())
const give = (day: Temporal.PlainDate, rate: string, role = 'support') =>
  call(role, 'PUT', `/exchange-rates/EUR/${day}`, { rate, source: 'Norges Bank' })

/** An order in euro that is paid and sent. */
async function sent(asked: object = {}, address: object = {}) {
  const email = `kjoper.${crypto.randomUUID()}@example.com`
  const quote = await house.quote({ currency: 'EUR', ...asked })
  const body = house.orderOf(quote, { email, shippingAddress: { ...house.address, ...address } })
  const { body: order } = await call('storefront', 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
  const session = await eventually('the payment page', async () => {
    const { provider_session_id: id } = await house.db
      .selectFrom('payment_session')
      .select('provider_session_id')
      .where('order_id', '=', order.id)
      .executeTakeFirstOrThrow()
    return id !== null && id
  })
  await klarna.completeCheckout(session.split('/').at(-1)!)
  await reaches(order.id, 'formed')
  await dispatch(order.id)
  return { order, email, items: await listed(order.id, 1) }
}
const listed = (id: string, count: number) =>
  eventually(`${count} documents`, async () => {
    const { items } = (await call('storefront', 'GET', `/orders/${id}/documents`)).body
    return items.length === count && items
  })
async function textOf(url: string) {
  const { statusCode, rawPayload } = await app.inject({
    method: 'GET',
    url,
    headers: { authorization: 'Bearer support' },
  })
  return statusCode === 200 ? (await extractText(new Uint8Array(rawPayload), { mergePages: true })).text : statusCode
}
const ofEmail = (email: string, subject: RegExp) =>
  mailbox.to(email).filter(({ subject: said }) => subject.test(said ?? ''))

t.test('a document in euro with VAT states it in kroner, by a rate that is a fact of the document', async (t) => {
  await t.test('without a rate it waits, a person is called, and the number is given all the same', async (t) => {
    const { order, email, items } = await sent()
    t.hasStrict((await alarm(house, 'exchange-rate-missing')).detail, { document: items[0].id, currency: 'EUR' })
    assertProblem(await call('support', 'GET', items[0].links.pdf), 409, 'exchange-rate-missing', /rate of its day/)
    t.strictSame(ofEmail(email, /have been sent/), [], 'nor does a mail bring it without')
    assertProblem(await give(today, '11.733', 'storefront'), 403, 'scope-missing', /staff/)
    assertProblem(await give(today.add({ days: 1 }), '11.733'), 400, 'invalid-input', /still to come/)
    assertProblem(await give(today, '0'), 400, 'invalid-input', /kroner for one unit/)
    await give(today.subtract({ days: 8 }), '11.1')
    t.equal((await alarmsOf(house, 'exchange-rate-missing'))[0].resolvedAt, undefined, 'one of last week is too old')
    t.hasStrict(await give(today.subtract({ days: 3 }), '11.733'), {
      status: 200,
      body: { rate: '11.733', by: 'support' },
    })
    await resolved(house, 'exchange-rate-missing')
    const vat = inOre(order.totals.vat, '11.733')
    const said = new RegExp(
      `kroner: NOK.${(vat / 100).toFixed(2)} \\(rate 11\\.733 of ${today.subtract({ days: 3 })}, Norges Bank\\)`,
    )
    t.match(await textOf(items[0].links.pdf), said)
    await give(today, '12')
    t.match(await textOf(items[0].links.pdf), said, 'it keeps what it has said')
    await refund(order.id, 1_000)
    const [, credit] = await listed(order.id, 2)
    t.match(await textOf(credit.links.pdf), /rate 11\.733/, 'and a credit note goes by the rate of its invoice')
  })
  await t.test('what goes in parts says in kroner together what one document would', async (t) => {
    const { order } = await sent({ lines: [{ sku: 'SENSOR-1', quantity: 3 }] })
    for (const count of [2, 3]) {
      await dispatch(order.id)
      await listed(order.id, count)
    }
    const of = (table: 'document_in_nok' | 'sales_document') =>
      house.db.selectFrom(table).select('vat').where('order_id', '=', order.id).execute()
    const said = (await of('document_in_nok')).map(({ vat }) => vat as number)
    const vats = (await of('sales_document')).flatMap(({ vat }) => (vat as { vat: number }[]).map((each) => each.vat))
    const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
    t.equal(said.length, 3)
    t.equal(sum(said), inOre(sum(vats), '12'))
  })
  await t.test('with one it says so at once', async (t) => {
    const { email, items } = await sent()
    t.match(await textOf(items[0].links.pdf), /rate 12 of/)
    await eventually('the mail', async () => ofEmail(email, /have been sent/).length === 1)
  })
  await t.test('and what bears no VAT says nothing in kroner: an export is waited for by nobody', async (t) => {
    const { items } = await sent({ country: 'SJ', postalCode: '9170' }, { country: 'SJ', postalCode: '9170' })
    t.notMatch(await textOf(items[0].links.pdf), /kroner/)
    t.equal((await alarmsOf(house, 'exchange-rate-missing')).length, 1)
  })
  const { body } = await call('support', 'GET', '/exchange-rates/EUR')
  t.strictSame(
    body.items.map(({ rate }: { rate: string }) => rate),
    ['12', '11.733', '11.1'],
  )
})

t.test(
  'what documents say of their VAT in kroner adds up to what one for all of it would say, in any split',
  async () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(100_000), { minLength: 1 }),
        fc.integer({ min: 1, max: 20_000_000 }),
        (vats, micros) => {
          const rate = `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
          let before = { vat: 0, nok: 0 }
          for (const vat of vats) before = { vat: before.vat + vat, nok: before.nok + shareInOre(before, vat, rate) }
          return before.nok === inOre(before.vat, rate)
        },
      ),
    ),
)

t.test('an amount by a rate is exact to the øre, half an øre up', async (t) => {
  for (const [amount, rate, ore] of [
    [100, '11.733', 1173],
    [100, '11.735', 1174],
    [1, '0.5', 1],
    [3, '0.000001', 0],
  ] as const)
    t.equal(inOre(amount, rate), ore)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 999_999_999 }), (amount, micros) => {
      const rate = `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
      return BigInt(inOre(amount, rate)) === (BigInt(amount) * BigInt(micros) * 2n + 1_000_000n) / 2_000_000n
    }),
  )
})
