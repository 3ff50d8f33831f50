import { randomUUID } from 'node:crypto'
import { orderLink } from '@vilkar/server/signed-links.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { returnIdOfLoss } from '../../order-facts/lost.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, deps, hear, call, delivered, ordered } = await startReturnsForTest()
const one = [{ lineId: '1', quantity: 1 }]
/** Goods were received on the fourth of June: while a consumer can withdraw, and after. */
const WITHIN = '2026-06-10T09:00:00Z'
const AFTER = '2026-06-20T09:00:00Z'

const linkTo = ({ id, email }: { id: string; email: string }) => deps.links.sign(orderLink(id, email))
async function linked(at = WITHIN) {
  const order = await delivered()
  clock.at = at
  return { ...order, link: await linkTo(order) }
}
const open = (method: 'POST' | 'PUT', url: string, body: unknown) => call('nobody', method, url, body)
/** What a door answers that does nothing; it is held to that. */
async function foreseen(url: string, body: object) {
  let answer: Awaited<ReturnType<typeof open>> | undefined
  await changesNothing(db as never, async () => {
    answer = await open('POST', url, body)
  })
  return answer!
}

t.test('what goes back by the offer is foreseen as it is then', async (t) => {
  const { link } = await linked(AFTER)
  const asked = { link, lines: one }
  const { status, body } = await foreseen('/linked-order/voluntary-returns/preview', asked)
  t.equal(status, 200)
  const { body: done } = await open('POST', '/linked-order/voluntary-returns', asked)
  for (const said of ['lines', 'refundEstimate', 'currency', 'sendBackBy', 'reasons'])
    t.strictSame(body[said], done[said], said)
  const again = await foreseen('/linked-order/voluntary-returns/preview', {
    link,
    lines: [{ lineId: '1', quantity: 2 }],
  })
  t.hasStrict(again.body, { lines: one, refused: one })
  const early = await foreseen('/linked-order/voluntary-returns/preview', { link: (await linked()).link, lines: one })
  assertProblem(early, 409, 'withdrawal-gives-more', /still open/)
})

/** A complaint that is the customer's to choose of; `failed`: after a repair did not help. */
async function accepted(failed = false) {
  const { id, link } = await linked()
  const { body } = await open('POST', '/linked-order/complaints', { link, lines: one, defect: 'Den uler' })
  const at = `/complaints/${body.id}`
  await call('support', 'PUT', `${at}/assessment`, { outcome: 'accepted' })
  if (failed) {
    await open('PUT', `/linked-order${at}/choice`, { link, remedy: 'repair' })
    await call('support', 'PUT', `${at}/cure`, {})
    await call('support', 'PUT', `${at}/failure`, { defect: 'Fortsatt' })
  }
  return { id, link, at: `/linked-order${at}/choice` }
}

t.test('each remedy says what follows of it, by when, and what it rests on', async (t) => {
  for (const [remedy, failed, expected] of [
    ['repair', false, { sendsBack: true }],
    ['replacement', false, { sendsBack: false }],
    ['price-reduction', true, { sendsBack: false, most: 49_900 }],
    ['rescission', true, { sendsBack: true, amount: 49_900 }],
  ] as const) {
    const { link, at } = await accepted(failed)
    const { status, body } = await foreseen(`${at}/preview`, { link, remedy })
    t.equal(status, 200, JSON.stringify(body))
    t.hasStrict(body, { remedy, lines: one, currency: 'NOK', ...expected })
    t.ok(body.reasons[0].cites[0].text)
    const { body: done } = await open('PUT', at, { link, remedy })
    t.equal(done.chosen.doneBy, body.doneBy)
    t.equal((await foreseen(`${at}/preview`, { link, remedy })).status, 200, 'said twice')
  }
  const { link, at } = await accepted()
  assertProblem(
    await foreseen(`${at}/preview`, { link, remedy: 'rescission' }),
    409,
    'remedy-not-open',
    /repair or replacement/,
  )
  assertProblem(
    await foreseen(`${at}/preview`, { link: (await linked()).link, remedy: 'repair' }),
    404,
    'case-unknown',
    /no such/,
  )
  assertProblem(
    await foreseen(`/linked-order/complaints/${randomUUID()}/choice/preview`, { link, remedy: 'repair' }),
    404,
    'case-unknown',
    /no such/,
  )
})

t.test('what is paid back for what was lost is foreseen as it is decided', async (t) => {
  for (const lines of [
    one,
    [
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 1 },
    ],
  ]) {
    const order = await ordered()
    const [shipmentId, reportId] = [randomUUID(), randomUUID()]
    await hear('ShipmentDispatched', order.id, { shipmentId, lines, handedOverAt: '2026-06-02T12:00:00Z' })
    clock.at = '2026-06-09T08:00:00Z'
    const link = await linkTo(order)
    const { status, body } = await foreseen('/linked-order/losses/preview', { link, reportId, shipmentId, lines })
    t.equal(status, 200, JSON.stringify(body))
    await hear('LossSettled', order.id, { shipmentId, choice: 'refund', lines, settledAt: clock.at, reportId })
    const told = await db
      .selectFrom('outbox')
      .select(['type', 'data'])
      .where('aggregate_id', '=', returnIdOfLoss(reportId))
      .execute()
    const decided = told.find(({ type }) => type === 'RefundDecided')!.data
    for (const said of Object.keys(body)) t.strictSame(body[said], decided[said], said)
  }
})

t.test('an exchange says what it costs more before it is agreed', async (t) => {
  const { link, email } = await linked()
  const { body: withdrawal } = await open('POST', '/linked-order/withdrawals', { link, lines: one })
  const newer = await ordered({ placed: { placedAt: clock.at }, email })
  const asked = {
    link,
    returnId: withdrawal.id ?? withdrawal.returnId,
    newLink: await linkTo({ id: newer.id, email: newer.email }),
  }
  const { status, body } = await foreseen('/linked-order/exchanges/preview', asked)
  t.equal(status, 200, JSON.stringify(body))
  const { body: done } = await open('PUT', `/linked-order/exchanges/${randomUUID()}`, asked)
  for (const said of ['refundEstimate', 'newTotal', 'difference', 'currency'])
    t.strictSame(body[said], done[said], said)
  assertProblem(await foreseen('/linked-order/exchanges/preview', asked), 409, 'exchange-mismatch', /already/)
  assertProblem(
    await foreseen('/linked-order/exchanges/preview', { ...asked, newLink: link }),
    409,
    'exchange-mismatch',
    /one that the goods/,
  )
})
