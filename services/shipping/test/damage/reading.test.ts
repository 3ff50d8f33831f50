import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { clock, db, deps, call, requested } = await startShippingForTest()
type Report = { id: string; orderId: string; claimDueOn: string }
type Page = { items: Report[]; next?: string }
const list = async (query: string) => (await call('support', 'GET', `/damage-reports${query}`)).body as Page

/** A report of a shipment that its customer has, made on the day on which it came. */
async function reported(receivedAt: string, what = 'Crushed.') {
  clock.at = '2026-06-02T12:00:00Z'
  const { id: shipmentId, orderId } = await requested()
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/dispatch`, { carrier: 'X', trackingNumber: 'T' })
  clock.at = receivedAt
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  const id = crypto.randomUUID()
  const photos = ['https://shop.example/a.jpg']
  const body = { shipmentId, kind: 'damaged', reportedBy: 'customer', what, photos }
  t.match(await call('warehouse', 'PUT', `/damage-reports/${id}`, body), { status: 200 })
  return { id, shipmentId, orderId, claim: () => call('support', 'PUT', `/damage-reports/${id}/claim`) }
}
const reports: Awaited<ReturnType<typeof reported>>[] = []
t.before(async () => {
  for (const day of ['08', '04', '08']) reports.push(await reported(`2026-06-${day}T10:00:00Z`))
})

t.test('one report is read by its id, with why its carrier has to be told by that day', async (t) => {
  const { id, shipmentId, orderId, claim } = reports[1]!
  const read = () => call('support', 'GET', `/damage-reports/${id}`)
  t.match(await read(), {
    status: 200,
    body: {
      ...{ id, shipmentId, orderId, what: 'Crushed.', claimDueOn: '2026-06-12', claimedAt: undefined },
      claimReasons: [{ code: 'carrier-told-in-time', cites: [{ act: 'vegfraktloven', section: '§ 40' }] }],
    },
  })
  await claim()
  t.match((await read()).body, { claimedAt: clock.at })
  assertProblem(
    await call('support', 'GET', `/damage-reports/${crypto.randomUUID()}`),
    404,
    'damage-report-unknown',
    /./,
  )
  assertProblem(await call('support', 'GET', '/damage-reports/x'), 400, 'invalid-input', /./)
  assertProblem(await call('storefront', 'GET', `/damage-reports/${id}`), 403, 'scope-missing', /shipments:read/)
})

t.test('those of an order are listed, and no others', async (t) => {
  const { id, orderId } = reports[0]!
  t.match((await list(`?orderId=${orderId}`)).items, [{ id, orderId }])
  t.strictSame((await list(`?orderId=${crypto.randomUUID()}`)).items, [])
})

t.test('the list is read a page at a time, by the day and each report once', async (t) => {
  const whole = (await list('?limit=200')).items.map(({ id }) => id)
  t.strictSame(new Set(whole), new Set(reports.map(({ id }) => id)))
  t.equal(whole[0], reports[1]!.id, 'what is due first')
  const pages: string[] = []
  for (let next: string | undefined, more = true; more; more = next !== undefined) {
    const page: Page = await list(`?limit=1${next === undefined ? '' : `&after=${encodeURIComponent(next)}`}`)
    t.equal(page.items.length, 1)
    pages.push(...page.items.map(({ id }) => id))
    next = page.next
  }
  t.strictSame(pages, whole)
  for (const after of ['x', '2026-06-12', '2026-02-30/019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11', "2026-06-12/' or 1=1"]) {
    const answer = await call('support', 'GET', `/damage-reports?after=${encodeURIComponent(after)}`)
    assertProblem(answer, 400, 'invalid-input', /next/)
  }
})

t.test('of an order that was erased the facts are read still, and nothing of what was said', async (t) => {
  const { id, orderId, claim } = await reported('2026-06-05T10:00:00Z', 'Knust hos Kari Eksempel.')
  await claim()
  const erasure = { erasureId: crypto.randomUUID(), orderIds: [orderId], keeps: ['accounts' as const] }
  const { erased } = await db.transaction().execute((trx) => eraseOrders(trx, deps, erasure))
  t.strictSame(erased, [orderId])
  const { status, body } = await call('support', 'GET', `/damage-reports/${id}`)
  t.match(
    { status, body },
    { status: 200, body: { id, kind: 'damaged', claimDueOn: '2026-06-13', what: 'erased', photos: [] } },
  )
  t.notMatch(JSON.stringify(body), /Kari|shop\.example/)
  t.match((await list(`?orderId=${orderId}`)).items, [{ id }])
})

t.test('what a choice would settle is seen before, or why it is refused, and nothing is done by looking', async (t) => {
  clock.at = '2026-06-02T12:00:00Z'
  const { id: shipmentId } = await requested()
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/dispatch`, { carrier: 'X', trackingNumber: 'T' })
  const id = crypto.randomUUID()
  const lines = [{ lineId: '1', quantity: 1 }]
  const body = { shipmentId, kind: 'lost', reportedBy: 'carrier', what: 'Gone.', lines }
  await call('warehouse', 'PUT', `/damage-reports/${id}`, body)
  const preview = (choice: string, role = 'support') =>
    call(role, 'POST', `/damage-reports/${id}/choice/preview`, { choice })
  const reasons = [{ cites: [{ clause: '7.3' }, { act: 'forbrukerkjøpsloven', section: '§ 14' }] }]
  t.match(await preview('replacement'), { status: 200, body: { choice: 'replacement', lines, reasons } })
  t.notOk((await call('support', 'GET', `/damage-reports/${id}`)).body.choice)
  assertProblem(await preview(''), 400, 'invalid-input', /choice/)
  assertProblem(await preview('refund', 'storefront'), 403, 'scope-missing', /staff/)
  t.match(await call('support', 'PUT', `/damage-reports/${id}/choice`, { choice: 'refund' }), { status: 200 })
  assertProblem(await preview('replacement'), 409, 'loss-settled', /refund/)
  const unknown = `/damage-reports/${crypto.randomUUID()}/choice/preview`
  assertProblem(await call('support', 'POST', unknown, { choice: 'refund' }), 404, 'damage-report-unknown', /./)
})

t.test('staff writes down what a customer says on the phone, after a look at what follows', async (t) => {
  clock.at = '2026-06-02T12:00:00Z'
  const { id: shipmentId } = await requested()
  const body = { kind: 'lost', what: 'Kari has waited for it since May.' }
  const preview = (role = 'support') => call(role, 'POST', `/shipments/${shipmentId}/damage-reports/preview`, body)
  assertProblem(await preview(), 409, 'shipment-not-dispatched', /handed to a carrier/)
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/dispatch`, { carrier: 'X', trackingNumber: 'T' })
  await changesNothing(db, async () => {
    const { status, body: foreseen } = await preview()
    t.equal(status, 200)
    t.match(foreseen, { outcome: 'granted', late: false, claimDueOn: '2026-06-10' })
    t.equal(foreseen.lines.length, 2)
    t.match(foreseen.reasons.at(-1), { cites: [{ act: 'vegfraktloven', section: '§ 40' }] })
    assertProblem(await preview('storefront'), 403, 'scope-missing', /staff/)
  })
  const id = crypto.randomUUID()
  const report = (shipment = shipmentId, role = 'support') =>
    call(role, 'PUT', `/shipments/${shipment}/damage-reports/${id}`, body)
  assertProblem(await report(shipmentId, 'storefront'), 403, 'scope-missing', /staff/)
  t.match(await report(), { status: 200, body: { id, shipmentId, reportedBy: 'customer', kind: 'lost' } })
  await changesNothing(db, report)
  t.match(await call('support', 'PUT', `/damage-reports/${id}/choice`, { choice: 'refund' }), { status: 200 })
  assertProblem(await report(crypto.randomUUID()), 409, 'report-differs', /another shipment/)
})

t.test(
  'how many carriers are to be told of, and to answer, is counted, and of how many the time is over',
  async (t) => {
    for (const now of ['2026-06-09T10:00:00Z', '2026-06-13T10:00:00Z', '2026-08-01T10:00:00Z']) {
      clock.at = now
      const [untold, told] = [(await list('?claim=open')).items, (await list('?claim=unsettled')).items]
      const overdue = (days: (string | undefined)[]) =>
        days.filter((day) => day !== undefined && day < now.slice(0, 10)).length
      const answersDue = (told as unknown as { answerDueOn?: string }[]).map(({ answerDueOn }) => answerDueOn)
      const { claims, toldClaims } = (await call('support', 'GET', '/work/counts')).body
      t.strictSame(claims, { count: untold.length, overdue: overdue(untold.map(({ claimDueOn }) => claimDueOn)) }, now)
      t.strictSame(toldClaims, { count: told.length, overdue: overdue(answersDue) }, now)
      t.ok(untold.length > 0 && told.length > 0)
    }
  },
)
