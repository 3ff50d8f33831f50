import { told } from '@vilkar/contracts/test/told.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { checkUnits } from '../../money/jobs/watch-units.ts'
import { order } from '../../order/order.ts'
import { onAddressChangeAnswered } from '../../order/reactions/on-address-change-answered.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import { alarm, formed as anOrderFormed, dispatch as dispatchOf, historyOf, resolved } from '../alarming.ts'
import {
  addressAnswered,
  allStopped,
  authorise,
  bounce,
  cancelByCustomer,
  changeAddress,
  confirm,
  correctDelivery,
  correctEmail,
  correctEmailByStaff,
  deliver,
  dispatch,
  place,
  quoteFor,
  returnId,
} from '../an-order.ts'

const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
const stateAfter = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const formed = [place(), authorise(), confirm()]
const oslo = place().data.personal.shippingAddress

t.test('the shipping address', async (t) => {
  t.test('is asked of shipping until goods leave, before there is a contract too', async (t) => {
    for (const past of [[place()], formed, [...formed, dispatch([{ lineId: '1', quantity: 1 }])]])
      after(...past)
        .when(changeAddress())
        .thenHappens({ type: 'AddressChangeRequested', data: { personal: { from: oslo, by: 'staff-kim' } } })
    t.notMatch(JSON.stringify(stateAfter(...formed, changeAddress(), addressAnswered())), /Parkveien|Storgata|kim/)
  })
  t.test('is answered once', async (t) => {
    const state = after(...formed, changeAddress())
      .when(addressAnswered())
      .thenHappens({ type: 'AddressChangeConcluded', data: { changed: true } })
    t.hasStrict((state as PlacedOrder).addressChanges, [{ concluded: { changed: true, left: [] } }])
    after(...formed, changeAddress(), addressAnswered())
      .when(addressAnswered())
      .thenNothing()
    after(...formed)
      .when(addressAnswered())
      .thenRefused('request-unknown')
  })
  t.test('said twice is asked once, another waits, and the same as before is no change', async () => {
    const { to } = changeAddress().data
    after(...formed, changeAddress())
      .when(changeAddress({ requestId: returnId, asked: to }))
      .thenNothing()
    after(...formed, changeAddress())
      .when(changeAddress({ requestId: returnId, asked: to, to: oslo }))
      .thenRefused('address-waits')
    after(...formed)
      .when(changeAddress({ to: oslo }))
      .thenNothing()
    after(...formed, changeAddress(), addressAnswered())
      .when(changeAddress({ requestId: returnId, from: to, to: oslo }))
      .thenHappens({ type: 'AddressChangeRequested' })
  })
  t.test('is not changed where all has left, or the order has ended', async () => {
    for (const past of [[dispatch()], [dispatch(), deliver]])
      after(...formed, ...past)
        .when(changeAddress())
        .thenRefused('address-settled')
    after(...formed, cancelByCustomer, allStopped)
      .when(changeAddress())
      .thenRefused('order-cancelled')
  })
  t.test('stays where price, VAT and rights are those that were agreed', async () => {
    after(...formed)
      .when(changeAddress({ to: { ...oslo, country: 'SE', postalCode: '111 22' } }))
      .thenRefused('address-differs')
    const svalbard = { ...oslo, postalCode: '9170' }
    after(...formed)
      .when(changeAddress({ to: svalbard }))
      .thenRefused('address-differs', '§ 6-21')
    const exported = [place({ quote: quoteFor({ postalCode: '9170' }) }), authorise({ amount: 195_680 })]
    after(exported[0]!)
      .when(changeAddress({ from: svalbard }))
      .thenRefused('address-differs')
    after(exported[0]!)
      .when(changeAddress({ from: svalbard, to: { ...svalbard, street: 'Vei 500' } }))
      .thenHappens({ type: 'AddressChangeRequested' })
  })
})

t.test('the address for mails, once there is a contract', async (t) => {
  t.test('is corrected by staff: the contract stands, and is confirmed to the right person, once', async (t) => {
    for (const past of [formed, [...formed, dispatch()], [...formed, dispatch(), deliver]]) {
      const { status } = stateAfter(...past)
      const state = after(...past)
        .when(correctEmailByStaff)
        .thenHappens({ type: 'EmailCorrected', data: { wasFormed: true } }) as PlacedOrder
      t.strictSame([state.status, state.reconfirming], [status, true])
      const again = after(...past, correctEmailByStaff)
        .when(confirm('2026-06-05T12:00:00Z'))
        .thenHappens({ type: 'ContractReconfirmed' }) as PlacedOrder
      t.strictSame([again.status, again.formedAt], [status, '2026-06-01T08:02:10Z'])
      after(...past, correctEmailByStaff, confirm('2026-06-05T12:00:00Z'))
        .when(confirm('2026-06-05T12:00:01Z'))
        .thenNothing()
    }
  })
  t.test('that bounces too leaves no contract until it is mended, and then forms one', async () => {
    const bounced = [...formed, correctEmailByStaff, bounce('2026-06-01T12:00:00Z')]
    after(...formed, correctEmailByStaff)
      .when(bounce('2026-06-01T12:00:00Z'))
      .thenHappens({ type: 'ConfirmationBounced', data: { wasFormed: true } })
    after(...bounced, correctEmail)
      .when(confirm('2026-06-01T13:00:00Z'))
      .thenHappens({ type: 'ContractFormed' })
  })
  t.test('that is the one already changes nothing', async () =>
    after(...formed)
      .when({ ...correctEmailByStaff, data: { ...correctEmailByStaff.data, from: correctEmail.data.email } })
      .thenNothing(),
  )
  t.test('of a cancelled order is where its last mails go', async () =>
    after(...formed, cancelByCustomer, allStopped)
      .when(correctEmailByStaff)
      .thenHappens({ type: 'EmailCorrected' }),
  )
})

t.test('a delivery that was told wrongly moves, or the order is on its way again', async (t) => {
  const delivered = [...formed, dispatch(), deliver]
  const moved = after(...delivered)
    .when(correctDelivery('2026-06-05T16:00:00Z'))
    .thenHappens({ type: 'OrderDeliveryCorrected', data: { was: '2026-06-04T14:30:00Z' } }) as PlacedOrder
  t.strictSame([moved.status, moved.shipments[0]!.deliveredAt], ['delivered', '2026-06-05T16:00:00Z'])
  const gone = after(...delivered)
    .when(correctDelivery())
    .thenHappens({ type: 'OrderDeliveryCorrected' })
  t.equal(gone.status, 'dispatched')
  after(...delivered, correctDelivery())
    .when(correctDelivery())
    .thenNothing()
  after(...delivered, correctDelivery())
    .when(deliver)
    .thenHappens({ type: 'OrderDelivered' })
  after(...formed)
    .when(correctDelivery())
    .thenRefused('shipment-unknown')
})

t.test('at the doors', async (t) => {
  const { house, id, read } = await anOrderFormed(t)
  const { call, db, deps } = house
  const mails = (to: string, subject: RegExp) =>
    house.mailbox.to(to).filter(({ subject: said }) => subject.test(said ?? ''))
  const change = (to: object, role = 'storefront', why = 'I have moved.') =>
    call(role, 'PUT', `/orders/${id}/shipping-address`, { shippingAddress: { ...house.address, ...to }, why })

  t.test('an address is asked for by whom the order belongs to and by staff, and checked as in an order', async () =>
    changesNothing(db, async () => {
      assertProblem(await change({}, 'customer'), 404, 'order-unknown', /no such order/)
      assertProblem(await change({}, 'mailer'), 403, 'scope-missing', /orders:place/)
      assertProblem(await change({ postalCode: '123456' }), 400, 'invalid-input', /not a postal code of Norway/)
      assertProblem(await change({ street: 'x' }, 'storefront', ''), 400, 'invalid-input', /why/)
    }),
  )
  t.test('it is answered by shipping, or a person is called; the customer is told where the goods go', async (t) => {
    const { status, body } = await change({ street: 'Parkveien 12' })
    t.strictSame([status, body.shippingAddress.street], [202, house.address.street])
    t.ok(body.addressChange)
    await checkUnits({ ...deps, settings: { ...deps.settings, captureAlarmAfter: 'PT0S' } })
    await alarm(house, 'stop-unanswered')
    const requested = (await historyOf(house, id)).at(-1)
    t.hasStrict(requested.data.personal, { by: 'storefront', why: 'I have moved.', to: { street: 'Parkveien 12' } })
    const answered = { orderId: id, requestId: requested.data.requestId, changed: true, left: [] }
    const answeredAt = house.clock.now().toString()
    for (const _ of [1, 2])
      await transact(deps, (trx) => onAddressChangeAnswered(trx, deps, { ...answered, answeredAt }))
    const now = await read()
    t.strictSame([now.shippingAddress.street, now.addressChange], ['Parkveien 12', undefined])
    const [mail, ...more] = await eventually('the mail', async () => {
      const found = mails('kari@example.com', /delivery address/)
      return found.length > 0 && found
    })
    t.match(mail!.text, /goes to:[\s\S]*Parkveien 12/)
    t.strictSame(more, [])
    await checkUnits(deps)
    await resolved(house, 'stop-unanswered')
  })
  t.test(
    'an e-mail address is corrected by staff with a reason; mails go there, and what went astray is told',
    async (t) => {
      const email = 'kari.riktig@example.com'
      const correct = (body: object, role = 'support') => call(role, 'PUT', `/orders/${id}/email`, body)
      await changesNothing(db, async () =>
        assertProblem(await correct({ email }), 400, 'invalid-input', /body\.why is asked for/),
      )
      t.equal((await correct({ email, why: 'It was misspelt.' })).body.status, 'formed')
      const [again] = await eventually('the confirmation', async () => {
        const found = mails(email, /^Order confirmation/)
        return found.length > 0 && found
      })
      t.match(again!.text, /we send it anew\. The contract stands/)
      const confirmed = await eventually('the confirmation to be taken', async () =>
        (await historyOf(house, id)).find(({ type }: { type: string }) => type === 'ContractReconfirmed'),
      )
      t.equal(confirmed.data.documents.length, 4)
      const said = (await historyOf(house, id)).find(({ type }: { type: string }) => type === 'EmailCorrected')
      t.hasStrict(said.data.personal, { from: 'kari@example.com', email, by: 'support', why: 'It was misspelt.' })
      const astray = await alarm(house, 'mail-went-astray')
      t.strictSame(astray.detail.mails.slice(0, 2), ['acknowledgement', 'confirmation'])
      await dispatchOf(house, id)
      await eventually('the next mail', async () => mails(email, /have been sent/).length === 1)
      t.strictSame(mails('kari@example.com', /have been sent/), [])
    },
  )
  t.test('documents that are issued later have the corrected address', async (t) => {
    const issued = await eventually('the invoice', async () =>
      db.selectFrom('sales_document').select('buyer').executeTakeFirst(),
    )
    t.hasStrict(issued!.buyer, { shippingAddress: { street: 'Parkveien 12' }, email: 'kari.riktig@example.com' })
  })
})
