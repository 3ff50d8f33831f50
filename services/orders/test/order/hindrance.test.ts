import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { order } from '../../order/order.ts'
import type { OrderCommand } from '../../order/state.ts'
import { formed as anOrderFormed } from '../alarming.ts'
import {
  allStopped,
  authorise,
  cancelByCustomer,
  confirm,
  deliver,
  dispatch,
  endHindrance,
  hinder,
  place,
} from '../an-order.ts'

const formed = [place(), authorise(), confirm()]
const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
const hindered = (...commands: OrderCommand[]) =>
  told(order, ...commands).flatMap((event) => (event.type === 'DeliveryHindered' ? [event] : []))

t.test('13 what keeps the seller from delivering frees from damages at most, and cites why', async (t) => {
  const [strike] = hindered(...formed, hinder())
  t.hasStrict(strike!.data, {
    exempt: true,
    unsent: [
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 1 },
    ],
  })
  for (const cited of ['13.1', '§ 24', '§ 23', '§ 49']) t.ok(whyOf(strike!).includes(cited), cited)
  const [avoidable] = hindered(...formed, hinder({ avoidable: true }))
  t.equal(avoidable!.data.exempt, false)
  t.equal(hindered(...formed, hinder({ event: 'stocktaking' }))[0]!.data.exempt, false, 'which the terms do not name')
})

t.test('it is told once, of what is waited for, and news of it under an id of its own', async (t) => {
  after(...formed, hinder())
    .when(hinder())
    .thenNothing()
  after(...formed, hinder())
    .when(hinder({ expectedBy: '2026-06-25' }))
    .thenRefused('hindrance-settled')
  const news = { hindranceId: crypto.randomUUID(), expectedBy: '2026-06-25' }
  t.strictSame(
    hindered(...formed, hinder(), hinder(news)).map(({ data }) => data.expectedBy),
    ['2026-06-18', '2026-06-25'],
  )
  const [rest] = hindered(...formed, dispatch([{ lineId: '1', quantity: 2 }]), hinder())
  t.hasStrict(rest!.data, { underway: [{ lineId: '1', quantity: 2 }], unsent: [{ lineId: '2', quantity: 1 }] })
  after(place(), authorise()).when(hinder()).thenRefused('nothing-awaited')
  after(...formed, dispatch(), deliver)
    .when(hinder())
    .thenRefused('nothing-awaited')
  after(...formed, cancelByCustomer, allStopped)
    .when(hinder())
    .thenRefused('nothing-awaited')
})

t.test('staff tell it over HTTP, and the customer reads it in their language, once for two at once', async (t) => {
  const {
    house,
    order: { id, customer },
  } = await anOrderFormed(t)
  const hindranceId = crypto.randomUUID()
  const body = { event: 'strike', what: 'The carrier is on strike.', foreseeable: false, avoidable: false }
  const put = (changes: object = {}, role = 'support', of = hindranceId) =>
    house.call(role, 'PUT', `/orders/${id}/hindrances/${of}`, { ...body, ...changes })
  const added = await rowsAdded(house.db, async () => {
    const answers = await Promise.all([put(), put(), put()])
    for (const { status, body } of answers)
      t.hasStrict({ status, body }, { status: 200, body: { hindrances: [{ hindranceId, exempt: true }] } })
  })
  t.equal(added.mail, 1)
  const mail = await eventually('the mail', async () =>
    house.mailbox.to(customer.email).find(({ subject }) => /keeps us from delivering|hindrer leveringen/.test(subject)),
  )
  t.match(mail.text, /on strike\./)
  assertProblem(await put({ avoidable: true }), 409, 'hindrance-settled', /id of its own/)
  await changesNothing(house.db, async () => {
    assertProblem(await put({}, 'storefront', crypto.randomUUID()), 403, 'scope-missing', /staff/)
    assertProblem(
      await put({ expectedBy: '2020-01-01' }, 'support', crypto.randomUUID()),
      400,
      'invalid-input',
      /passed/,
    )
    assertProblem(await put({ event: 'Strike!' }, 'support', crypto.randomUUID()), 400, 'invalid-input', /body\.event/)
    assertProblem(await put({ what: ' ' }, 'support', crypto.randomUUID()), 400, 'invalid-input', /body\.what/)
    const nowhere = `/orders/${crypto.randomUUID()}/hindrances/${hindranceId}`
    assertProblem(await house.call('support', 'PUT', nowhere, body), 404, 'order-unknown', /no such order/)
  })
})

t.test('it is over once, of what was told, and who has all of it is written to no more', async (t) => {
  const ends = (...commands: OrderCommand[]) =>
    told(order, ...commands).flatMap((event) => (event.type === 'DeliveryHindranceEnded' ? [event.data] : []))
  const [over, ...more] = ends(...formed, hinder(), endHindrance(), endHindrance({ why: 'Said again.' }))
  t.strictSame(more, [])
  t.hasStrict(over, { expectedBy: '2026-06-08', unsent: [{ lineId: '1', quantity: 2 }, { lineId: '2' }] })
  t.ok(JSON.stringify(over!.reasons).includes('§ 24'))
  after(...formed, hinder())
    .when(endHindrance({ hindranceId: crypto.randomUUID() }))
    .thenRefused('hindrance-unknown')
  const [come] = ends(...formed, hinder(), dispatch(), deliver, endHindrance({}, '2026-06-09T08:00:00Z'))
  t.hasStrict(come, { unsent: [], underway: [] })
  after(...formed, hinder(), endHindrance())
    .when(hinder())
    .thenNothing()
})

t.test('staff see what would follow, list what hinders, and say over HTTP that it is over', async (t) => {
  const {
    house,
    order: { id, customer },
  } = await anOrderFormed(t)
  const hindranceId = crypto.randomUUID()
  const at = `/orders/${id}/hindrances/${hindranceId}`
  const body = { event: 'strike', what: 'Posten streiker.', foreseeable: false, avoidable: false }
  const ask = (method: 'PUT' | 'POST' | 'GET', url: string, said?: object, role = 'support') =>
    house.call(role, method, url, said)
  const listed = async () => (await ask('GET', '/hindrances')).body.items
  await changesNothing(house.db, async () => {
    const { body: foreseen } = await ask('POST', `${at}/preview`, body)
    t.hasStrict(foreseen, { changes: true, exempt: true, mail: true, unsent: [{ lineId: '1' }] })
    t.ok(JSON.stringify(foreseen.reasons).includes('§ 24'))
    assertProblem(
      await ask('POST', `${at}/preview`, { ...body, expectedBy: '2020-01-01' }),
      400,
      'invalid-input',
      /passed/,
    )
    assertProblem(await ask('POST', `${at}/end/preview`, {}), 404, 'hindrance-unknown', /under this id/)
  })
  await ask('PUT', at, body)
  t.equal((await ask('POST', `${at}/preview`, body)).body.changes, false)
  t.hasStrict(await listed(), [{ orderId: id, hindranceId, what: 'Posten streiker.', exempt: true }])
  const said = { why: 'Posten skrev i dag.', expectedBy: '2090-01-01' }
  await changesNothing(house.db, async () => {
    t.hasStrict((await ask('POST', `${at}/end/preview`, { expectedBy: said.expectedBy })).body, {
      changes: true,
      mail: true,
    })
    for (const [door, role] of [
      [`${at}/end`, 'storefront'],
      [`${at}/end/preview`, 'storefront'],
    ] as const)
      assertProblem(
        await ask(door.endsWith('preview') ? 'POST' : 'PUT', door, said, role),
        403,
        'scope-missing',
        /staff/,
      )
    assertProblem(await ask('GET', '/hindrances', undefined, 'storefront'), 403, 'scope-missing', /staff/)
    assertProblem(await ask('PUT', `${at}/end`, { why: '' }), 400, 'invalid-input', /body\.why/)
    assertProblem(await ask('PUT', `${at}/end`, { ...said, expectedBy: '2020-01-01' }), 400, 'invalid-input', /passed/)
    const nowhere = `/orders/${crypto.randomUUID()}/hindrances/${hindranceId}/end`
    assertProblem(await ask('PUT', nowhere, said), 404, 'order-unknown', /no such order/)
  })
  const added = await rowsAdded(house.db, async () => {
    for (const { status, body } of await Promise.all([ask('PUT', `${at}/end`, said), ask('PUT', `${at}/end`, said)]))
      t.match({ status, body }, { status: 200, body: { hindrances: [{ hindranceId, endedAt: /T/ }] } })
  })
  t.equal(added.mail, 1)
  t.strictSame(await listed(), [])
  t.hasStrict((await ask('POST', `${at}/end/preview`, {})).body, { changes: false, mail: false })
  const mail = await eventually('the mail', async () =>
    house.mailbox.to(customer.email).find(({ subject }) => /any more|ikke lenger hindret/.test(subject)),
  )
  t.match(mail.text, /Posten streiker\./)
})
