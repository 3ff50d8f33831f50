import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { delayCheckAt } from '../../order/additional-period.ts'
import { order } from '../../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import { formed as anOrderFormed } from '../alarming.ts'
import {
  authorise,
  cancelByCustomer,
  catalogue,
  command,
  confirm,
  correctDelivery,
  deliver,
  dispatch,
  failDelivery,
  place,
  placeForBusiness,
  quoteFor,
  setPeriod,
} from '../an-order.ts'

/** Confirmed on the first of June: by law the first of July is the last day, and extra time is set until the fifteenth. */
const formed = [place(), authorise(), confirm()]
const [LATE, OVER] = ['2026-07-02T08:00:00Z', '2026-07-15T22:00:00Z']
const ALL = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]
const look = (at: string) => command('TellDelay', at, {})
const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
const stateAfter = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const overs = (...commands: OrderCommand[]) =>
  told(order, ...commands).flatMap((event) => (event.type === 'AdditionalPeriodOver' ? [event] : []))

t.test('extra time that ran out without delivery gives the right to end the purchase, told once', async (t) => {
  t.strictSame(overs(...formed, setPeriod(), look('2026-07-15T21:59:59Z')), [], 'while it runs they wait')
  const [over, ...more] = overs(...formed, setPeriod(), look(OVER), look(OVER), look('2026-08-01T00:00:00Z'))
  t.strictSame(more, [])
  t.hasStrict(over!.data, { until: '2026-07-15', unsent: [{ quantity: 2 }, { quantity: 1 }], underway: [] })
  for (const cited of ['may-rescind', '§ 23', '§ 24']) t.ok(whyOf(over!).includes(cited), cited)
  t.equal(delayCheckAt(stateAfter(...formed, look(LATE), setPeriod())), OVER)
  t.equal(delayCheckAt(stateAfter(...formed, look(LATE), setPeriod(), look(OVER))), null)
})

t.test('it is set once goods are late, of what is waited for, and another day under an id of its own', async (t) => {
  after(...formed)
    .when(setPeriod({}, '2026-07-01T21:59:59Z'))
    .thenRefused('delivery-not-late')
  after(...formed, setPeriod())
    .when(setPeriod())
    .thenNothing()
  after(...formed, setPeriod())
    .when(setPeriod({ until: '2026-07-20' }))
    .thenRefused('period-settled')
  after(place(), authorise()).when(setPeriod()).thenRefused('nothing-awaited')
  after(...formed, dispatch(), deliver)
    .when(setPeriod())
    .thenRefused('nothing-awaited')
  const longer = { periodId: crypto.randomUUID(), until: '2026-07-31' }
  t.strictSame(overs(...formed, setPeriod(), setPeriod(longer), look(OVER)), [], 'the last that was set counts')
  t.hasStrict(overs(...formed, setPeriod(), setPeriod(longer), look('2026-07-31T22:00:00Z')), [{ data: longer }])
  const business = [placeForBusiness(), authorise(), confirm(), setPeriod({}, '2026-06-11T08:00:00Z'), look(OVER)]
  t.ok(whyOf(overs(...business)[0]!).includes('§ 25'), 'of a business a person judges whether it was late')
})

t.test('who did not take what was brought in time sets none (forbrukerkjøpsloven § 19, kjøpsloven § 22)', async (t) => {
  const sent = [...formed, dispatch()]
  for (const failure of ['refused', 'uncollected'] as const) {
    const { refusal } = order.decide(setPeriod(), stateAfter(...sent, failDelivery({ failure, lines: ALL })))
    t.equal(refusal?.code, 'delay-of-the-customer', failure)
    t.match(refusal?.detail, /brought in time/)
    t.match(JSON.stringify(refusal?.reasons), /§ 19/)
  }
  const some = failDelivery({ failure: 'refused', lines: [ALL[0]!] })
  t.equal(overs(...sent, some, setPeriod(), look(OVER)).length, 1, 'the rest is late')
  const tooLate = failDelivery({ failure: 'refused', lines: ALL, failedAt: '2026-07-01T22:00:00Z' })
  t.equal(overs(...sent, tooLate, setPeriod(), look(OVER)).length, 1, 'what came too late may be refused')
  const expired = command('ExpireAuthorisation', '2026-06-08T08:02:00Z', { paymentId: authorise().data.paymentId })
  const unpaid = order.decide(setPeriod(), stateAfter(...formed, expired)).refusal
  t.strictSame(
    [unpaid?.code, /wait for the customer to pay/.test(unpaid?.detail ?? '')],
    ['delay-of-the-customer', true],
  )
})

t.test('whether a short one was reasonable is judged (forbrukerkjøpsloven § 23, kjøpsloven § 25)', async (t) => {
  const short = setPeriod({ until: '2026-07-02' })
  const [over] = overs(...formed, short, look('2026-07-02T22:00:00Z'))
  for (const code of ['may-rescind', 'extra-time-to-be-judged']) t.ok(whyOf(over!).includes(code), code)
  t.notOk(whyOf(overs(...formed, setPeriod(), look(OVER))[0]!).includes('extra-time-to-be-judged'))
})

t.test('of goods made to order for a business a person judges, and it is told once (kjøpsloven § 26)', async (t) => {
  const made = catalogue.map((item) => ({ ...item, traits: { ...item.traits, madeToOrder: true } }))
  const { personal } = placeForBusiness().data
  const quote = quoteFor({ customerKind: 'business' }, made)
  const ordered = [place({ quote, personal }), authorise(), confirm()]
  const [over, ...more] = overs(
    ...ordered,
    setPeriod({}, '2026-06-11T08:00:00Z'),
    look(OVER),
    look('2026-08-01T00:00:00Z'),
  )
  t.strictSame(more, [])
  t.ok(whyOf(over!).includes('§ 26'))
  t.notOk(whyOf(over!).includes('may-rescind'))
})

t.test('what comes, is cancelled or is agreed anew while it runs ends it', async (t) => {
  const sent = dispatch()
  t.strictSame(overs(...formed, setPeriod(), sent, deliver, look(OVER)), [])
  const part = dispatch([{ lineId: '1', quantity: 2 }])
  const [rest] = overs(...formed, part, setPeriod(), deliver, look(OVER))
  t.hasStrict(rest!.data, { underway: [], unsent: [{ lineId: '2', quantity: 1 }] })
  t.strictSame(overs(...formed, setPeriod(), cancelByCustomer, look(OVER)), [], 'shipping is asked')
  t.hasStrict(overs(...formed, sent, deliver, correctDelivery(), look(OVER)), [])
  const later = { agreementId: crypto.randomUUID(), agreedAt: LATE, deliverBy: '2026-08-10' }
  const agreed = [...formed, setPeriod(), command('AgreeDeliveryDay', LATE, later)]
  t.strictSame(overs(...agreed, look('2026-08-10T21:59:59Z')), [], 'another day of delivery was agreed since')
  t.equal(overs(...agreed, look('2026-08-10T22:00:00Z')).length, 1)
})

t.test('a customer sets it over HTTP, is told by mail, and told again when it has run out', async (t) => {
  const {
    house,
    order: { id, customer },
  } = await anOrderFormed(t, { watch: true })
  const periodId = crypto.randomUUID()
  const put = (body: object, role = 'storefront', of = periodId) =>
    house.call(role, 'PUT', `/orders/${id}/additional-periods/${of}`, body)
  const day = (days: number) =>
    house.clock.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate().add({ days }).toString()
  assertProblem(await put({ until: day(10) }), 409, 'delivery-not-late', /not late/)
  house.clock.advance('P32D')
  const until = day(10)
  assertProblem(await put({ until: day(-1) }), 400, 'invalid-input', /body\.until/)
  assertProblem(await put({ until: 'soon' }), 400, 'invalid-input', /body\.until/)
  assertProblem(await put({ until }, 'mailer'), 403, 'scope-missing', /orders:cancel/)
  const subjects = () => house.mailbox.to(customer.email).map(({ subject }) => subject)
  const mail = (words: RegExp) =>
    eventually(`a mail that says ${words}`, async () =>
      house.mailbox.to(customer.email).find(({ subject }) => words.test(subject)),
    )
  await mail(/is late$/)
  for (const { status, body } of await Promise.all([put({ until }), put({ until }), put({ until })]))
    t.hasStrict({ status, body }, { status: 200, body: { additionalPeriods: [{ periodId, until }] } })
  t.match((await mail(/^Your last day for the delivery/)).text, /may end the purchase of it .*§ 23/)
  assertProblem(await put({ until: day(12) }), 409, 'period-settled', /id of its own/)
  house.clock.advance('P11D')
  const over = await mail(/^Your time has run out, and you may end the purchase/)
  t.match(over.text, /You may now end the purchase of what has not come/)
  const { body } = await house.call('support', 'GET', `/orders/${id}`)
  t.hasStrict(body.additionalPeriods, [{ periodId, until, over: true }])
  for (const words of [/^Your last day for/, /^Your time has run out/])
    t.equal(subjects().filter((subject) => words.test(subject)).length, 1)
})
