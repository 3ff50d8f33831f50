import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { extractText } from 'unpdf'
import { bookAuthorisation } from '../../money/ledger.ts'
import { lockOperation } from '../../money/operation-store.ts'
import { recordExecuted } from '../../money/outcome.ts'
import { alarm, alarmsOf, decideRefund } from '../alarming.ts'
import type { OrdersForTest } from '../orders-service.ts'
import { sentUnpaid } from './paid-twice.ts'

type Document = Record<string, never> & {
  id: string
  series: string
  number: number
  amount: number
  vat: { vat: number }[]
}

const documentsOf = async (house: OrdersForTest, id: string): Promise<Document[]> =>
  (await house.call('support', 'GET', `/orders/${id}/documents`)).body.items
const listed = (house: OrdersForTest, id: string, count: number) =>
  eventually(`${count} documents`, async () => {
    const items = await documentsOf(house, id)
    return items.length === count && items
  })
const textOf = async (house: OrdersForTest, url: string) => {
  const { rawPayload } = await house.app.inject({ method: 'GET', url, headers: { authorization: 'Bearer support' } })
  return (await extractText(new Uint8Array(rawPayload), { mergePages: true })).text
}
const vatOf = ({ vat }: Document) => vat.reduce((sum, each) => sum + each.vat, 0)
const stand = (items: Document[], of: (each: Document) => number) =>
  items.reduce((sum, each) => sum + (each.series === 'invoice' ? of(each) : -of(each)), 0)

t.test('a sale that is claimed has an invoice that is still to be paid, once, and its mail brings it', async (t) => {
  const { house, id, order, claim } = await sentUnpaid(t)
  t.strictSame(await documentsOf(house, id), [])
  await claim()
  await claim()
  const [invoice] = await listed(house, id, 1)
  const dueOn = osloDay(house.clock.now()).add({ days: 14 }).toString()
  t.hasStrict(invoice, { series: 'invoice', amount: order.totals.total, dueOn })
  t.equal(vatOf(invoice!), order.totals.vat)
  const text = await textOf(house, `/orders/${id}/documents/${invoice!.id}/pdf`)
  t.match(text, new RegExp(`Due: ${dueOn}|Forfall: ${dueOn}`))
  t.notMatch(text, /You owe nothing|ikke betale noe/)
  const [mail, ...more] = await eventually('the mail', async () => {
    const found = house.mailbox
      .to('kari@example.com')
      .filter(({ subject }) => /du skylder oss|you owe us/.test(subject ?? ''))
    return found.length > 0 && found
  })
  t.strictSame(more, [])
  t.match(mail!.attachments[0]?.filename, new RegExp(`-${invoice!.number}\\.pdf$`))
  t.match(mail!.text, dueOn)

  t.test('what comes back of it is taken off by a credit note, no more than there is', async (t) => {
    await decideRefund(house, id, 10_000)
    const [, first] = await listed(house, id, 2)
    t.hasStrict(first, { series: 'credit-note', amount: 10_000, invoices: [invoice!.number] })
    const { payment } = (await house.call('support', 'GET', `/orders/${id}`)).body
    t.equal(payment.claimed, order.totals.total - 10_000)
    t.match((await alarm(house, 'refund-less-than-decided')).detail, { decided: 10_000, captured: 0, credited: 10_000 })
    t.match(
      await textOf(house, `/orders/${id}/documents/${first!.id}/pdf`),
      /taken off what you owe|trukket fra det du skylder/,
    )
    await decideRefund(house, id, order.totals.total)
    const items = await listed(house, id, 3)
    const delivery = order.delivery.price
    t.equal(
      stand(items, ({ amount }) => amount),
      delivery,
      'only the delivery stands',
    )
    t.strictSame(
      house.klarna.orders().map(({ captures, refunds }) => [captures.length, refunds.length]),
      [[0, 0]],
    )
  })
})

t.test('less of a claim may stand in the end, once, and together its documents are nothing', async (t) => {
  const { house, id, order, claim, operation } = await sentUnpaid(t)
  const reduce = (stands?: number) =>
    house.call('support', 'PUT', `/payments/operations/${operation.id}/verdict`, {
      ...{ verdict: 'reduced', reason: 'We agreed on half.', ...(stands !== undefined && { stands }) },
    })
  t.match(await reduce(0), { status: 409, body: { type: /operation-not-claimed/ } })
  await claim()
  t.match(await reduce(), { status: 400, body: { detail: /stands/ } })
  for (const stands of [5_000, 5_000, 7_000]) t.equal((await reduce(stands)).status, 200)
  const [, half] = await listed(house, id, 2)
  t.equal(half!.amount, order.totals.total - 5_000)
  t.equal((await house.call('support', 'GET', `/orders/${id}`)).body.payment.claimed, 5_000)
  await Promise.all([reduce(0), reduce(0)])
  t.equal((await house.call('support', 'GET', `/orders/${id}`)).body.payment.claimed, undefined, 'nothing any more')
  const items = await listed(house, id, 3)
  t.equal(
    stand(items, ({ amount }) => amount),
    0,
  )
  t.equal(stand(items, vatOf), 0, 'the VAT of the credit notes is that of the invoice')
  const said = await house.db
    .selectFrom('operation_decision')
    .select('verdict')
    .where('verdict', '=', 'reduced')
    .execute()
  t.equal(said.length, 2)
})

t.test('a claim that is paid after all has one invoice; what was taken off it is to be paid back', async (t) => {
  const { house, id, order, claim, operation } = await sentUnpaid(t)
  await claim()
  await decideRefund(house, id, 10_000)
  await listed(house, id, 2)
  // They have paid by another payment, at the provider's, and it was taken there.
  const at = house.clock.now().toString()
  const snapshot = { paymentId: 'p-2', authorised: order.totals.total, currency: 'NOK', expiresAt: null }
  await transact(house.deps, async (trx) => {
    const locked = (await lockOperation(trx, operation.id))!
    await bookAuthorisation(trx, { orderId: id, sessionId: null, provider: 'klarna', snapshot: snapshot as never, at })
    await recordExecuted(trx, house.deps, locked, { providerId: 'by-hand-1', paymentId: 'p-2' })
  })
  const items = await listed(house, id, 2)
  t.equal(items[0]!.amount, order.totals.total)
  const raised = await alarmsOf(house, 'refund-less-than-decided')
  t.match(
    raised.filter(({ resolvedAt }: { resolvedAt?: string }) => resolvedAt === undefined),
    [{ detail: { decided: 10_000, captured: 0 } }],
  )
})
