import { faultsOf } from '@vilkar/contracts/test/examples.ts'
import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { app, pool, db, deps, clock, look, call, delivered } = await startReturnsForTest()
const eraseNow = (orderId: string) => {
  const erasure = { erasureId: crypto.randomUUID(), orderIds: [orderId], keeps: ['accounts' as const] }
  return db.transaction().execute((trx) => eraseOrders(trx, deps, erasure))
}
/** A complaint that is over, and its order. */
async function rejected() {
  const { id: orderId } = await delivered()
  const said = { lines: [{ lineId: '1', quantity: 1 }], defect: 'Den hvisler' }
  const { id } = (await call('support', 'POST', `/orders/${orderId}/complaints`, said)).body
  const judged = { outcome: 'rejected', cause: 'no-defect', proof: 'Prøvd', grounds: 'Slitt ut' }
  t.equal((await call('support', 'PUT', `/complaints/${id}/assessment`, judged)).status, 200)
  await noMailWaits()
  return { id: id as string, orderId }
}
const noMailWaits = () =>
  eventually('all mails to be sent', async () => {
    const { rowCount } = await pool.query(`select from mail where status = 'queued'`)
    return rowCount === 0
  })
type Case = Awaited<ReturnType<typeof rejected>>
const tolds = async (orderId: string) => {
  const { rows } = await pool.query(
    `select type, data from outbox where type = 'ReturnWrittenSince' and data ->> 'orderId' = $1`,
    [orderId],
  )
  return rows as { type: string; data: object }[]
}

/** Somebody is called for, and says what was done. */
async function resolved(about: { order_id?: string; about?: string }) {
  const { rows } = await pool.query(
    `insert into alarm (id, order_id, about, kind, detail, raised_at) values (gen_random_uuid(), $1, $2, 'return-overdue', '{}', $3)
     returning id`,
    [about.order_id, about.about, clock.at],
  )
  return (await call('support', 'PUT', `/alarms/${rows[0].id}/resolution`, { done: 'Ringte Solveig Sen' })).status
}
/** Goods that no case takes came in, and somebody says what became of them. */
async function settled({ id, orderId }: Case) {
  const { rows } = await pool.query(
    `insert into goods_received (id, parcel_id, case_id, order_id, received_at, content, units, status, personal)
     values (gen_random_uuid(), gen_random_uuid(), $1, $2, $3, 'goods', '[]', 'unsettled', '{}') returning id`,
    [id, orderId, clock.at],
  )
  const { statusCode } = await app.inject({
    ...{ method: 'PUT', url: `/received-goods/${rows[0].id}/settlement` },
    headers: { authorization: 'Bearer support', 'content-type': 'application/json' },
    payload: JSON.stringify({ done: 'Sendt tilbake til Solveig Sen' }),
  })
  t.equal(statusCode, 204)
  return 200
}

const WRITINGS: Record<string, (of: Case) => Promise<number>> = {
  'a picture of a case': async ({ id }) => {
    const headers = { authorization: 'Bearer support', 'content-type': 'image/jpeg' }
    const payload = await phonePicture()
    return (await app.inject({ method: 'POST', url: `/returns/${id}/photos`, payload, headers })).statusCode
  },
  'a note on a case': async ({ id }) =>
    (await call('support', 'POST', `/returns/${id}/notes`, { text: 'Solveig Sen ringte' })).status,
  'what was done about an alarm of the order': ({ orderId }) => resolved({ order_id: orderId }),
  'what was done about an alarm of a case': ({ id }) => resolved({ about: id }),
  'what became of goods that came back': settled,
  'a tag of a case': async ({ id }) => (await call('support', 'PUT', `/returns/${id}/tags/solveigsen`)).status,
  'a tag of an order': async ({ orderId }) =>
    (await call('support', 'PUT', `/orders/${orderId}/tags/solveigsen`)).status,
}

const LETTER = { statement: 'Solveig Sen angrer', channel: 'letter' }
/** Letters that come long after the last day: no right follows from them, and no event. */
const LETTERS: typeof WRITINGS = {
  'a letter that comes too late': async ({ orderId }) => {
    clock.at = '2026-12-01T09:00:00Z'
    const { status, body } = await call('support', 'POST', `/orders/${orderId}/withdrawals`, LETTER)
    t.match([status, body.type], [409, '/problems/withdrawal-refused'])
    await noMailWaits()
    return 200
  },
  'an unclear letter of which somebody finds out the order': async ({ orderId }) => {
    clock.at = '2026-12-01T09:00:00Z'
    const [name, email] = ['Solveig Sen', 'solveigsen@example.com']
    const { id } = (await call('support', 'POST', '/statements', { ...LETTER, name, email })).body
    clock.at = '2026-12-01T09:05:00Z'
    await look()
    const { status, body } = await call('support', 'PUT', `/statements/${id}/clarification`, { orderId })
    t.equal(body.status, 'refused')
    await noMailWaits()
    return status
  },
}

for (const [what, write] of Object.entries({ ...WRITINGS, ...LETTERS }))
  t.test(`${what} is told of an order that was erased and gone when it is erased again, and of no other`, async (t) => {
    const [gone, held] = [await rejected(), await rejected()]
    t.strictSame((await eraseNow(gone.orderId)).postponed, [])
    for (const each of [gone, held]) t.match(String(await write(each)), /^20[01]$/)
    t.strictSame(await tolds(held.orderId), [])
    const [told, ...more] = await tolds(gone.orderId)
    t.strictSame(more, [])
    t.match(told, { data: { orderId: gone.orderId } })
    t.strictSame(faultsOf(told as never), [])
    const { counts } = await eraseNow(gone.orderId)
    t.not(counts.blanked + counts.deleted + counts.files, 0)
    await eraseNow(held.orderId)
    t.strictSame(await placesOf(pool, ['solveigsen', 'Solveig Sen']), [])
  })
