import type { Kept } from '@vilkar/contracts/privacy.ts'
import { sweepPhotos } from '@vilkar/photos/sweep-photos.ts'
import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { app, pool, db, clock, deps, look, call, delivered } = await startReturnsForTest()
const NOTHING = { blanked: 0, deleted: 0, events: 0, files: 0 }

const eraseNow = (orderIds: string[], keeps: Kept[] = ['accounts']) =>
  db.transaction().execute((trx) => eraseOrders(trx, deps, { erasureId: crypto.randomUUID(), orderIds, keeps }))
const noMailWaits = () =>
  eventually('all mails to be sent', async () => {
    const { rowCount } = await pool.query(`select from mail where status = 'queued'`)
    return rowCount === 0
  })
const complainOf = async (orderId: string, defect = 'Den hvisler om natta') => {
  const complaint = { lines: [{ lineId: '1', quantity: 1 }], defect }
  return (await call('support', 'POST', `/orders/${orderId}/complaints`, complaint)).body.id as string
}

t.test('an order with an open case is not touched, and one that has none is', async (t) => {
  const [{ id: open }, { id: still, email }] = [await delivered(), await delivered()]
  await complainOf(open)
  await noMailWaits()
  const answer = await eraseNow([open, still])
  t.strictSame([answer.erased, answer.postponed], [[still], [{ orderId: open, why: 'case-open' }]])
  t.strictSame(await placesOf(pool, [email]), [])
  t.strictSame((await eraseNow([still])).counts, NOTHING)
})

t.test('a statement that nobody has answered keeps its order from being erased', async (t) => {
  const { id } = await delivered()
  const said = {
    channel: 'letter',
    name: 'Kari',
    email: 'k@x.example',
    orderNumber: 'SG-UKJENT',
    statement: 'Jeg angrer',
  }
  const { body } = await call('support', 'POST', '/statements', said)
  t.ok(body.id)
  await pool.query(
    `update statement_answer set order_id = $1, status = 'pending', answered_at = null where statement_id = $2`,
    [id, body.id],
  )
  t.strictSame((await eraseNow([id])).postponed, [{ orderId: id, why: 'case-open' }])
  await pool.query(`update statement_answer set status = 'set-aside', answered_at = now() where statement_id = $1`, [
    body.id,
  ])
  t.strictSame((await eraseNow([id])).postponed, [])
  t.strictSame(await placesOf(pool, ['k@x.example', 'Jeg angrer']), [])
  await t.rejects(pool.query(`update statement set said = '{}' where id = $1`, [body.id]))
})

t.test('so does an unclear one that its customer may have written', async (t) => {
  const { id, email } = await delivered()
  const said = { channel: 'letter', name: 'Kari', email: email.toUpperCase(), statement: 'Noe er galt' }
  const { body } = await call('support', 'POST', '/statements', said)
  clock.at = '2026-06-10T09:05:00Z'
  await look()
  await noMailWaits()
  t.strictSame((await eraseNow([id])).postponed, [{ orderId: id, why: 'case-open' }])
  const aside = { reason: 'Gjelder ingen ordre' }
  t.equal((await call('support', 'PUT', `/statements/${body.id}/clarification`, aside)).body.status, 'set-aside')
  await noMailWaits()
  t.strictSame((await eraseNow([id])).postponed, [])
  t.strictSame(await placesOf(pool, [email, 'Noe er galt']), [])
})

t.test('a case that is over goes with its words, its pictures and their files', async (t) => {
  const { id } = await delivered()
  const complaint = await complainOf(id, 'Den piper om dagen')
  const picture = await app.inject({
    ...{ method: 'POST', url: `/returns/${complaint}/photos`, payload: await phonePicture() },
    headers: { authorization: 'Bearer support', 'content-type': 'image/jpeg' },
  })
  const { sha256 } = picture.json()
  await call('support', 'PUT', `/complaints/${complaint}/assessment`, {
    outcome: 'rejected',
    cause: 'no-defect',
    proof: 'Prøvd i en uke',
    grounds: 'Slitt ut',
  })
  await noMailWaits()
  const { rows } = await pool.query('select status, closed_at from return_case where id = $1', [complaint])
  t.ok(rows[0].closed_at, rows[0].status)
  const { counts, postponed } = await eraseNow([id])
  t.strictSame(postponed, [])
  t.equal(counts.files, 1)
  t.equal((await call('support', 'GET', `/returns/${complaint}/photos`)).body.items.length, 0)
  await sweepPhotos({ db: db as never, clock: deps.clock, log: deps.log, store: deps.photoStore })
  t.strictSame(await placesOf(pool, ['Den piper', 'Slitt ut', 'en uke', sha256]), [])
  t.equal((await call('support', 'GET', `/complaints/${complaint}`)).status, 200)
  t.strictSame((await eraseNow([id])).counts, NOTHING)
})

t.test('whoever comes back after that is heard, and is written to nowhere', async (t) => {
  const { id } = await delivered()
  await eraseNow([id])
  clock.at = '2026-06-06T09:00:00Z'
  const { status } = await call('support', 'POST', `/orders/${id}/withdrawals`, {})
  t.equal(status, 201)
  await look()
  await noMailWaits()
  const { rows } = await pool.query(
    `select distinct status, recipient from mail where about_id in (select id from return where order_id = $1)`,
    [id],
  )
  t.strictSame(rows, [{ status: 'rejected', recipient: 'erased' }])
})

t.test(
  'what was said in cases that are over goes while the order stays, and a new case is heard in full',
  async (t) => {
    const { id, email } = await delivered()
    const complaint = await complainOf(id, 'Den lukter av svovel')
    const judged = { outcome: 'rejected', cause: 'no-defect', proof: 'Luktet på', grounds: 'Ny maling' }
    await call('support', 'PUT', `/complaints/${complaint}/assessment`, judged)
    await noMailWaits()
    const { counts, erased } = await eraseNow([id], ['order'])
    t.strictSame(erased, [id])
    t.ok(counts.blanked > 0 && counts.events > 0)
    t.strictSame(await placesOf(pool, ['svovel', 'Luktet på', 'Ny maling']), [])
    t.strictSame(await placesOf(pool, [email]), ['order_facts.personal->email'], 'neither a mail nor a label is left')
    t.match((await call('support', 'GET', `/complaints/${complaint}`)).status, 200)
    t.strictSame((await eraseNow([id], ['order'])).counts, NOTHING)

    await complainOf(id, 'Nå lukter den brent')
    t.strictSame((await eraseNow([id], ['order'])).postponed, [{ orderId: id, why: 'case-open' }])
    await noMailWaits()
    t.ok((await placesOf(pool, ['lukter den brent'])).length > 0)
    const { rows } = await pool.query(
      `select recipient from mail where about_id in (select id from return_case where order_id = $1 and closed_at is null)`,
      [id],
    )
    t.ok(rows.length > 0 && rows.every(({ recipient }) => recipient === email))
  },
)
