import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, look, hear, call, ordered, delivered } = await startReturnsForTest()
const lines = [{ lineId: '1', quantity: 1 }]
const list = async (query: string) => (await call('support', 'GET', `/returns?${query}`)).body.items
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
async function lookAt(at: string) {
  clock.at = at
  await look()
}

/** A withdrawal whose goods are back, so that its refund is due on the 24th of June 2026. */
async function owed() {
  const { id: orderId, email } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines })
  await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, {})
  return { orderId, email, id: body.id as string }
}

t.test('every right of a customer is a case of one list, found by number, name or address', async (t) => {
  const { orderId, email, id } = await owed()
  clock.at = '2026-06-20T09:00:00Z'
  const { body: offered } = await call('support', 'POST', `/orders/${orderId}/voluntary-returns`, { lines })
  const lock = { lines: [{ lineId: '2', quantity: 1 }], defect: 'Den låser ikke.' }
  const { body: complaint } = await call('support', 'POST', `/orders/${orderId}/complaints`, lock)
  t.hasStrict(await list(`q=${encodeURIComponent(email.toUpperCase())}&status=open`), [
    { id, kind: 'withdrawal', awaits: 'payment', dueOn: '2026-06-24', owed: 49_900 },
    { id: complaint.id, kind: 'complaint', awaits: 'judgement', dueOn: '2026-06-27' },
    { id: offered.id, kind: 'voluntary-return', status: 'requested' },
  ])
  t.equal((await list(`q=${encodeURIComponent(email)}&kind=complaint`)).length, 1)
  const [{ number }] = await list(`q=${encodeURIComponent(email)}`)
  t.ok((await list(`q=${number.toLowerCase()}`)).length >= 3)
  t.strictSame(await list('q=nobody@example.com'), [])
})

t.test('a case is found by the tracking number of what went to the customer, and of what they sent back', async (t) => {
  const { id: orderId } = await ordered()
  const there = { shipmentId: crypto.randomUUID(), handedOverAt: '2026-06-02T08:00:00Z', trackingNumber: 'THERE1NO' }
  await hear('ShipmentDispatched', orderId, there)
  await hear('ShipmentDelivered', orderId, { shipmentId: there.shipmentId, receivedAt: '2026-06-04T14:30:00Z' })
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines })
  const proof = { carrier: 'Posten', trackingNumber: 'BACK2NO', sentAt: '2026-06-10T09:00:00Z' }
  await call('storefront', 'PUT', `/returns/${body.id}/proof-of-sending`, proof)
  for (const number of ['there1no', 'BACK2NO']) t.hasStrict(await list(`q=${number}`), [{ id: body.id }], number)
  t.strictSame(await list('q=OTHER3NO'), [])
})

t.test('refunds that are decided are a list of their own until the money is back', async (t) => {
  const { orderId, email, id } = await owed()
  await call('support', 'POST', `/orders/${orderId}/complaints`, { lines, defect: 'Den låser ikke.' })
  const unpaid = () => list(`q=${encodeURIComponent(email)}&refund=unpaid`)
  t.hasStrict(await unpaid(), [{ id, awaits: 'payment', dueOn: '2026-06-24', owed: 49_900 }])
  await hear('PaymentRefunded', orderId, { returnId: id, refundedAt: '2026-06-12T09:00:00Z' })
  t.strictSame(await unpaid(), [])
})

t.test('cases are paged without a gap or a repeat, and counted by kind for whoever has them', async (t) => {
  const { email } = await owed()
  const { id: orderId } = await delivered('2026-06-04T14:30:00Z', { email })
  for (const lineId of ['1', '2'])
    await call('support', 'POST', `/orders/${orderId}/complaints`, {
      ...{ lines: [{ lineId, quantity: 1 }], defect: 'Den låser ikke.' },
    })
  const query = `q=${encodeURIComponent(email)}`
  const all: { id: string; kind: string }[] = await list(query)
  const paged: string[] = []
  for (let after = '', pages = 0; pages < all.length; pages++) {
    const { body } = await call('support', 'GET', `/returns?${query}&limit=1${after}`)
    paged.push(...body.items.map(({ id }: { id: string }) => id))
    t.equal(body.next, paged.length < all.length ? paged.at(-1) : undefined)
    after = `&after=${body.next}`
  }
  t.strictSame(
    paged,
    all.map(({ id }) => id),
  )
  t.ok(all.length >= 3)
  t.strictSame(await list(`${query}&after=${crypto.randomUUID()}`), [], 'behind a case that is none there is nothing')
  await call('support', 'PUT', `/returns/${all.find(({ kind }) => kind === 'complaint')!.id}/assignee`, {
    assignee: 'pager',
  })
  const { body } = await call('support', 'GET', '/returns/figures?assignee=pager')
  t.hasStrict(body.items, [{ kind: 'complaint', open: 1 }])
})

t.test('the work list of a day is what is due before the next', async (t) => {
  const { email, id } = await owed()
  const query = `q=${encodeURIComponent(email)}&status=open&dueBefore=`
  t.strictSame(await list(`${query}2026-06-24`), [])
  t.hasStrict(await list(`${query}2026-06-25`), [{ id }])
})

t.test(
  'the timeline of a case is that of its order: what orders, shipping and all its cases told, as it happened',
  async (t) => {
    const { id, orderId } = await owed()
    const lock = { lines: [{ lineId: '2', quantity: 1 }], defect: 'Den låser ikke.' }
    clock.at = '2026-06-21T09:00:00Z'
    const { body: complaint } = await call('support', 'POST', `/orders/${orderId}/complaints`, lock)
    await hear('PaymentRefunded', orderId, { returnId: id, refundedAt: '2026-06-22T09:00:00Z' })
    const timelineOf = async (about: string) => (await call('support', 'GET', `/returns/${about}/case`)).body.timeline
    const timeline: { at: string; service: string; type: string; subject: string }[] = await timelineOf(id)
    t.strictSame(timeline, await timelineOf(complaint.id), 'the same for each of its cases')
    t.strictSame(
      timeline.map(({ at }) => at),
      timeline.map(({ at }) => at).toSorted(),
    )
    const told = (service: string) => timeline.filter((each) => each.service === service).map(({ type }) => type)
    t.strictSame(told('orders').toSorted(), ['ContractFormed', 'OrderPlaced', 'PaymentRefunded'])
    t.strictSame(told('shipping').toSorted(), ['ShipmentDelivered', 'ShipmentDispatched'])
    t.strictSame(
      timeline.filter(({ service, subject }) => service === 'returns' && subject === id).map(({ type }) => type),
      ['WithdrawalDeclared', 'ReturnReceived', 'RefundDecided', 'ReturnClosed'],
    )
    t.ok(timeline.some(({ type, subject }) => type === 'ComplaintReceived' && subject === complaint.id))
    const count = timeline.length
    await hear('PaymentRefunded', orderId, { returnId: id, refundedAt: '2026-06-22T09:00:00Z' })
    t.equal((await timelineOf(id)).length, count, 'what is heard again stands there once')
  },
)

t.test('a refund whose last day is over calls a person, and owes interest that is worked out', async (t) => {
  const { id, orderId, email } = await owed()
  await lookAt('2026-06-24T21:59:59Z')
  t.notOk((await alarmsAbout(id)).some(({ kind }: { kind: string }) => kind === 'refund-overdue'))
  await lookAt('2026-06-24T22:00:00Z')
  const overdue = async () => (await alarmsAbout(id)).filter(({ kind }: { kind: string }) => kind === 'refund-overdue')
  t.hasStrict(await overdue(), [{ detail: { orderId, dueOn: '2026-06-24', owed: 49_900 } }])
  clock.at = '2026-07-24T09:00:00Z'
  const query = `q=${encodeURIComponent(email)}`
  t.hasStrict(await list(query), [{ lateInterest: { outcome: 'granted', amount: 501, days: 30 } }], '12 and 12.25 %')
  await hear('PaymentRefunded', orderId, { returnId: id, refundedAt: '2026-07-24T09:00:00Z' })
  await lookAt('2026-08-30T09:00:00Z')
  t.hasStrict(await overdue(), [{ resolution: 'The money is back.' }])
  t.hasStrict(await list(query), [{ lateInterest: { days: 30 }, closedAt: '2026-07-24T09:00:00Z' }])
})

t.test('who works on a case is said, and what they note stays with it, for staff alone', async (t) => {
  const { id } = await owed()
  t.hasStrict((await call('support', 'PUT', `/returns/${id}/assignee`, { assignee: 'support-7' })).body, {
    assignee: 'support-7',
  })
  t.hasStrict(await list('assignee=support-7'), [{ id }])
  const { status, body } = await call('support', 'POST', `/returns/${id}/notes`, { text: 'Ringte henne.' })
  t.hasStrict({ status, body }, { status: 201, body: { notes: [{ text: 'Ringte henne.', by: 'support' }] } })
  t.match(body.answer.nb, /Du får tilbake 499,00\skr, senest 24\. juni 2026\. Dette følger av .*angrerettloven/)
  t.match(body.answer.en, /You get .*499\.00 back/)
  t.notOk((await call('support', 'PUT', `/returns/${id}/assignee`, {})).body.assignee)
  await changesNothing(db, async () => {
    const note = { text: 'x' }
    assertProblem(await call('storefront', 'POST', `/returns/${id}/notes`, note), 403, 'scope-missing', /staff/)
    assertProblem(
      await call('support', 'POST', `/returns/${crypto.randomUUID()}/notes`, note),
      404,
      'case-unknown',
      /no such/,
    )
  })
})

t.test('how cases fare is told by kind: open, past their day, closed and how long that took', async (t) => {
  const { id, orderId } = await owed()
  const figures = async (query = '') =>
    (await call('support', 'GET', `/returns/figures${query}`)).body.items.find(
      ({ kind }: { kind: string }) => kind === 'withdrawal',
    )
  clock.at = '2026-06-25T09:00:00Z'
  const before = await figures()
  t.ok(before.open >= 1 && before.overdue >= 1)
  await hear('PaymentRefunded', orderId, { returnId: id, refundedAt: '2026-06-25T09:00:00Z' })
  const after = await figures()
  t.strictSame([after.open, after.overdue, after.closed], [before.open - 1, before.overdue - 1, before.closed + 1])
  t.ok(after.daysP50 > 0 && after.daysP95 >= after.daysP50)
  const { open, overdue } = after
  t.strictSame(
    await figures('?status=open'),
    { kind: 'withdrawal', open, overdue, closed: 0 },
    'of the open ones alone',
  )
})
