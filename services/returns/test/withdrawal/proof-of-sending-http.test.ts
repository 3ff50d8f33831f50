import assert from 'node:assert/strict'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { roles } from '@vilkar/testing/issuer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, hear, call, look, ordered, delivered } = await startReturnsForTest()
const SENT = '2026-06-11T08:00:00Z'
const proof = { carrier: 'Posten', trackingNumber: 'TEST7654321NO' }
const customer = 'customer'

/** A withdrawal of the tenth from one sensor that came on the fourth, by a customer with a token of their own. */
async function declared() {
  const { id: orderId } = await delivered(undefined, { placed: { personal: personalOf(roles.customer.subject) } })
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call(customer, 'POST', `/orders/${orderId}/withdrawals`, {
    lines: [{ lineId: '1', quantity: 1 }],
  })
  return { id: body.id as string, orderId }
}
const personalOf = (placedBy: string) => ({ placedBy, email: 'kari@example.com', name: 'Kari' })
const put = (role: string, id: string, what: string, body: unknown, at = SENT) => {
  clock.at = at
  return call(role, 'PUT', `/returns/${id}/${what}`, body)
}
const read = async (id: string) => (await call('support', 'GET', `/returns/${id}`)).body
async function lookAt(at: string) {
  clock.at = at
  await look()
}
const alarmsOf = async (returnId: string) =>
  (await call('support', 'GET', '/alarms?kind=proof-unjudged')).body.items.filter(
    ({ about }: { about: string }) => about === returnId,
  )

t.test(
  'withdraw, say at once that all was sent, keep the goods: nothing is paid before the wait is over',
  async (t) => {
    for (const role of [customer, 'storefront']) {
      const { id, orderId } = await declared()
      if (role === 'storefront') await hear('OrderPlaced', orderId, { personal: personalOf('storefront') })
      const { body } = await put(role, id, 'proof-of-sending', proof)
      t.hasStrict(body, {
        status: 'sent',
        proof: { shownAt: SENT, paysFrom: '2026-06-16T08:00:00Z' },
        refund: undefined,
      })
      await lookAt('2026-06-16T07:59:59Z')
      t.equal((await read(id)).refund, undefined)
      const { body: judged } = await put('support', id, 'proof-of-sending/verdict', {
        verdict: 'rejected',
        reason: 'Posten knows no such parcel.',
      })
      t.hasStrict(judged, { status: 'declared', proofRejected: true, proof: undefined })
      const told = async () =>
        mailbox.to('kari@example.com').find(({ subject }) => subject?.includes('fant ikke pakken'))
      t.match((await eventually('the mail', told)).text, /Grunnen: Posten knows no such parcel\./)
      await lookAt('2026-12-31T00:00:00Z')
      t.equal((await read(id)).refund, undefined)
      // Said again it waits for a look, and somebody is called for that.
      t.hasStrict((await put(role, id, 'proof-of-sending', proof, '2026-06-17T08:00:00Z')).body.proof, {
        paysFrom: undefined,
      })
      await lookAt('2026-06-17T09:00:00Z')
      t.hasStrict(await alarmsOf(id), [{ kind: 'proof-unjudged', detail: { orderId, since: '2026-06-17T08:00:00Z' } }])
      t.equal((await read(id)).refund, undefined)
      await put('support', id, 'proof-of-sending/verdict', { verdict: 'carrier-scanned' }, '2026-06-17T10:00:00Z')
      t.hasStrict((await read(id)).refund, { amount: 49_900, dueOn: '2026-06-24' })
      await lookAt('2026-06-17T10:00:00Z')
      t.hasStrict(await alarmsOf(id), [{ kind: 'proof-unjudged', resolution: 'The answer came.' }])
    }
  },
)

t.test('a word that nobody judges pays when the wait is over, once, and never later than the law’s day', async (t) => {
  const { id } = await declared()
  await put(customer, id, 'proof-of-sending', proof)
  t.strictSame(await rowsAdded(db, () => lookAt('2026-06-16T08:00:00Z')), { mail: 1, outbox: 1 })
  t.hasStrict(await read(id), { status: 'refund-decided', refund: { amount: 49_900, dueOn: '2026-06-24' } })
  await changesNothing(db, () => lookAt('2026-06-16T08:00:01Z'))

  const late = await declared()
  await put(customer, late.id, 'proof-of-sending', proof, '2026-06-22T08:00:00Z')
  await lookAt('2026-06-23T21:59:59Z')
  t.equal((await read(late.id)).refund, undefined)
  await lookAt('2026-06-23T22:00:00Z')
  t.hasStrict((await read(late.id)).refund, { dueOn: '2026-06-24', decidedAt: '2026-06-23T22:00:00Z' })
})

t.test('two watchers at once decide one refund', async (t) => {
  const { id } = await declared()
  await put(customer, id, 'proof-of-sending', proof)
  clock.at = '2026-06-16T08:00:00Z'
  t.strictSame(await rowsAdded(db, async () => void (await Promise.all([look(), look(), look()]))), {
    mail: 1,
    outbox: 1,
  })
})

t.test('staff, and the carrier’s system, are believed at once, and who it was is kept', async (t) => {
  const shown = await declared()
  t.hasStrict((await put('support', shown.id, 'proof-of-sending', proof)).body, {
    status: 'refund-decided',
    proof: { verdict: 'confirmed' },
  })
  const scanned = await declared()
  await put(customer, scanned.id, 'proof-of-sending', proof)
  const verdict = { verdict: 'carrier-scanned' }
  t.hasStrict((await put('warehouse', scanned.id, 'proof-of-sending/verdict', verdict)).body, {
    status: 'refund-decided',
    proof: verdict,
  })
  await changesNothing(db, async () =>
    assert.equal((await put('warehouse', scanned.id, 'proof-of-sending/verdict', verdict)).status, 200),
  )
  const kept = await db.selectFrom('return').select('personal').where('id', '=', scanned.id).executeTakeFirstOrThrow()
  t.equal(typeof kept.personal.judgedBy, 'string')
})

t.test('a verdict', async (t) => {
  const judge = (role: string, id: string, body: unknown) => put(role, id, 'proof-of-sending/verdict', body)
  t.test('is for staff to give', async () => {
    const { id } = await declared()
    await put(customer, id, 'proof-of-sending', proof)
    await changesNothing(db, async () => {
      const answer = await judge(customer, id, { verdict: 'confirmed' })
      assertProblem(answer, 403, 'scope-missing', /"staff" can judge/)
      assertProblem(await judge('support', id, { verdict: 'rejected' }), 400, 'invalid-input', /body\.reason is needed/)
      assertProblem(await judge('support', id, { verdict: 'perhaps' }), 400, 'invalid-input', /body\.verdict/)
    })
  })
  t.test('needs a proof, and comes before the refund if it is no', async () => {
    const { id } = await declared()
    assertProblem(await judge('support', id, { verdict: 'confirmed' }), 404, 'proof-unknown', /Nobody has shown proof/)
    await put('support', id, 'proof-of-sending', proof)
    const rejection = { verdict: 'rejected', reason: 'It was another parcel.' }
    assertProblem(await judge('support', id, rejection), 409, 'refund-decided', /cannot be rejected/)
  })
})

t.test('goods that cannot have come cannot have been sent, however it is said', async () => {
  const { id } = await declared()
  const said = (sentAt: string) => put(customer, id, 'proof-of-sending', { ...proof, sentAt })
  for (const sentAt of ['1970-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '2026-05-31T00:00:00Z'])
    assertProblem(await said(sentAt), 409, 'goods-not-sent', /none had left the seller by/)
  assertProblem(await said('2026-06-04T14:29:59Z'), 409, 'goods-not-received', /Of line 1 .* only 0/)
  assertProblem(await said('2026-06-11T08:05:01Z'), 409, 'moment-in-the-future', /later than now/)

  const { id: orderId } = await ordered()
  await hear('ShipmentDispatched', orderId, { shipmentId: crypto.randomUUID() })
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, {})
  assertProblem(await put('storefront', body.id, 'proof-of-sending', proof), 409, 'goods-not-received', /only 0/)
})

t.test('staff see what waits for a verdict, the first due first, page by page', async (t) => {
  const list = (query = '', role = 'support') => call(role, 'GET', `/proofs-of-sending?status=waiting${query}`)
  const before = new Set((await list('&limit=200')).body.items.map(({ id }: { id: string }) => id))
  const mine = ({ body }: { body: { items: { id: string }[] } }) =>
    body.items.map(({ id }) => id).filter((id) => !before.has(id))
  const [late, early, again] = [await declared(), await declared(), await declared()]
  await put(customer, again.id, 'proof-of-sending', proof, '2026-06-11T07:00:00Z')
  const reason = 'Posten knows no such parcel.'
  await put('support', again.id, 'proof-of-sending/verdict', { verdict: 'rejected', reason }, '2026-06-11T07:30:00Z')
  await put(customer, early.id, 'proof-of-sending', proof)
  await put(customer, late.id, 'proof-of-sending', proof, '2026-06-12T08:00:00Z')
  t.strictSame(mine(await list('&limit=200')), [early.id, late.id])
  await put(customer, again.id, 'proof-of-sending', proof, '2026-06-13T08:00:00Z')
  t.strictSame(mine(await list('&limit=200')), [again.id, early.id, late.id], 'one that no day pays is due at once')
  const seen: string[] = []
  for (let next: string | undefined = ''; next !== undefined; ) {
    const page: Awaited<ReturnType<typeof list>> = await list(`&limit=1${next && `&after=${next}`}`)
    t.ok(page.body.items.length <= 1)
    seen.push(...mine(page))
    next = page.body.next
  }
  t.strictSame(seen, [again.id, early.id, late.id])
  const { body } = await list('&limit=200')
  const [shown] = body.items.filter(({ id }: { id: string }) => id === early.id)
  t.hasStrict(shown.proof, { carrier: 'Posten', trackingNumber: 'TEST7654321NO', paysFrom: '2026-06-16T08:00:00Z' })
  await put('support', early.id, 'proof-of-sending/verdict', { verdict: 'confirmed' }, '2026-06-13T09:00:00Z')
  await call('warehouse', 'PUT', `/returns/${late.id}/receipt`, {})
  t.strictSame(mine(await list('&limit=200')), [again.id], 'judged, paid or here, it waits no more')
  assertProblem(await list('', 'storefront'), 403, 'scope-missing', /staff/)
  for (const after of ['1', `9999-99-99T99:99:99Z/${early.id}`, `2026-06-13T09:00:00Z/${early.id}/x`])
    assertProblem(await list(`&after=${after}`), 400, 'invalid-input', /`next` of the page before/)
  assertProblem(await call('support', 'GET', '/proofs-of-sending'), 400, 'invalid-input', /status/)
})
