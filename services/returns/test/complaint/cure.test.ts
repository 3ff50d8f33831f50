import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, look, hear, call, delivered } = await startReturnsForTest()
const units = (quantity: number, lineId = '1') => [{ lineId, quantity }]
const LATER = '2026-10-01T09:00:00Z'
const put = (id: string, what: string, body?: object, { at = clock.at, role = 'support' } = {}) => {
  clock.at = at
  return call(role, 'PUT', `/complaints/${id}/${what}`, body)
}
const read = async (id: string) => (await call('support', 'GET', `/complaints/${id}`)).body
const mailTo = (email: string, subject: RegExp) =>
  eventually(`a mail about ${subject}`, async () => mailbox.to(email).find((mail) => subject.test(mail.subject)))
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
const toldOf = async (id: string) => (await readHistory(db, id)).map(({ type }) => type)

/** A complaint of sensors that the seller answers for, of which the customer has chosen what they want. */
async function chosen(remedy: string, quantity = 1) {
  const { id: orderId, email } = await delivered()
  clock.at = LATER
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/complaints`, {
    ...{ defect: 'Den piper.', lines: units(quantity) },
  })
  const id = body.id as string
  await put(id, 'assessment', { outcome: 'accepted' })
  const { cureId } = (await put(id, 'choice', { remedy }, { role: 'storefront' })).body.cure
  const cure = { returnId: id, cureId }
  const shipped = { shipmentId: cureId, cure }
  return {
    ...{ orderId, email, id, cureId },
    stock: (outcome: string, of = cureId) =>
      hear('ReplacementAnswered', orderId, { ...cure, cureId: of, outcome, answeredAt: clock.at }),
    requested: () => hear('ShipmentRequested', orderId, { ...shipped, requestedAt: clock.at }),
    dispatched: () =>
      hear('ShipmentDispatched', orderId, {
        ...{ ...shipped, handedOverAt: clock.at, carrier: 'Bring', trackingNumber: 'TN-7' },
        lines: [{ lineId: '1', quantity, sku: 'SENSOR-1', name: 'Sensor' }],
      }),
    received: (receivedAt: string) => hear('ShipmentDelivered', orderId, { ...shipped, receivedAt }),
    corrected: (receivedAt?: string) =>
      hear('DeliveryCorrected', orderId, { ...shipped, receivedAt, correctedAt: clock.at }),
    stopAnswered: (outcome: string) => hear('CureStopAnswered', orderId, { ...shipped, outcome, answeredAt: clock.at }),
    released: () => hear('ReplacementReleased', orderId, { ...cure, releasedAt: clock.at }),
    withdraw: (lines: object[]) =>
      call('support', 'POST', `/orders/${orderId}/withdrawals`, {
        ...{ noticeSentAt: '2026-06-18T20:00:00Z', channel: 'letter', lines },
      }),
  }
}

t.test('a replacement is taken out of stock, sent, and received: then periods begin and it is put right', async (t) => {
  const { id, orderId, email, stock, requested, dispatched, received } = await chosen('replacement')
  t.hasStrict(await read(id), { status: 'curing', cure: { step: 'stock' } })
  await stock('reserved')
  t.hasStrict(await read(id), { cure: { step: 'shipment' } })
  await requested()
  await dispatched()
  t.hasStrict(await read(id), { status: 'curing', cure: { step: 'dispatched' } })
  t.match(
    (await mailTo(email, /på vei til deg/)).text,
    /i bytte.*TN-7.*Send den defekte varen tilbake.*betaler frakten/s,
  )
  await received('2026-10-08T12:00:00Z')
  t.hasStrict(await read(id), { status: 'cured', curedAt: '2026-10-08T12:00:00Z' })
  await mailTo(email, /i orden igjen/)
  const { facts } = await db
    .selectFrom('order_facts')
    .select('facts')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  t.equal(facts.lines![0]!.replacedAt, '2026-10-08T12:00:00Z')
  t.equal(facts.parcels.length, 1, 'it is no more of the order')
  t.hasStrict((await put(id, 'goods', {}, { role: 'warehouse' })).body, { cure: { goodsReceivedAt: clock.at } })
  await mailTo(email, /Vi har fått varen/)
  t.hasStrict((await put(id, 'failure', { defect: 'Den piper også.' }, { role: 'storefront' })).body, {
    ...{ status: 'accepted', choices: ['price-reduction', 'rescission'] },
  })
})

t.test('with none in stock the customer hears so and chooses anew, and that is no failure', async (t) => {
  const { id, email, stock } = await chosen('replacement')
  await stock('out-of-stock')
  t.hasStrict(await read(id), { status: 'accepted', failedCures: 0, choices: ['repair'] })
  t.match((await mailTo(email, /ingen ny vare/)).text, /utsolgt.*– reparasjon.*§ 29/s)
  await changesNothing(db, () => stock('out-of-stock') as never)
  t.hasStrict((await put(id, 'choice', { remedy: 'repair' }, { role: 'storefront' })).body, {
    ...{ status: 'curing', cure: { step: 'goods' } },
  })
})

t.test('a repair asks the goods in, and sends them out again', async (t) => {
  const { id, email, requested, dispatched, received } = await chosen('repair')
  t.match((await mailTo(email, /Slik retter vi det/)).text, /fraktlapp.*frakten begge veier/s)
  assertProblem(await put(id, 'repair'), 409, 'remedy-not-open', /not come/)
  await put(id, 'goods', {}, { role: 'warehouse' })
  t.hasStrict(await read(id), { cure: { step: 'repair' } })
  t.match((await mailTo(email, /Vi har fått varen/)).text, /reparerer den/)
  t.hasStrict((await put(id, 'repair')).body, { cure: { step: 'shipment' } })
  await changesNothing(db, () => put(id, 'repair'))
  await requested()
  await dispatched()
  await received('2026-10-12T12:00:00Z')
  t.hasStrict(await read(id), { status: 'cured', curedAt: '2026-10-12T12:00:00Z' })
})

t.test('a delivery that was told wrongly is corrected: another moment, or none', async (t) => {
  const { id, stock, dispatched, received, corrected } = await chosen('replacement')
  await stock('reserved')
  await dispatched()
  await received('2026-10-08T12:00:00Z')
  await corrected('2026-10-09T12:00:00Z')
  t.hasStrict(await read(id), { status: 'cured', curedAt: '2026-10-09T12:00:00Z' })
  await corrected()
  t.hasStrict(await read(id), { status: 'curing', cure: { step: 'dispatched' } })
  await received('2026-10-11T12:00:00Z')
  t.hasStrict(await read(id), { status: 'cured', curedAt: '2026-10-11T12:00:00Z' })
})

t.test('whoever is asked and does not answer is looked into by a person', async (t) => {
  const { id, stock, requested } = await chosen('replacement')
  const kinds = async () => {
    clock.at = Temporal.Instant.from(clock.at).add('PT1H1M').toString()
    await look()
    const open = (await alarmsAbout(id)).filter(({ resolvedAt }: { resolvedAt?: string }) => resolvedAt === undefined)
    return open.map(({ kind }: { kind: string }) => kind)
  }
  t.strictSame(await kinds(), ['replacement-unanswered'])
  await stock('reserved')
  t.strictSame(await kinds(), ['cure-shipment-unanswered'])
  await requested()
  t.strictSame(await kinds(), [])
  await put(id, 'giving-up')
  t.strictSame(await kinds(), ['cure-stop-unanswered'])
})

t.test('what was to be sent for a complaint that is over is stopped; had it left, a person sees to it', async (t) => {
  const early = await chosen('replacement')
  await put(early.id, 'giving-up')
  t.ok((await toldOf(early.id)).includes('CureStopAsked'))
  await early.stock('reserved')
  t.notOk((await toldOf(early.id)).includes('CureShipmentAsked'), 'answered too late, nothing is sent')
  await early.released()
  t.equal((await toldOf(early.id)).at(-1), 'CureStopped')

  const late = await chosen('replacement')
  await late.stock('reserved')
  await late.dispatched()
  await put(late.id, 'giving-up')
  await late.stopAnswered('left')
  t.hasStrict(await alarmsAbout(late.id), [{ kind: 'cure-left', detail: { shipmentId: late.cureId } }])
  await changesNothing(db, () => late.received('2026-10-08T12:00:00Z') as never)
})

t.test('withdrawn from in part, a replacement begins anew with what is left, and by the same day', async (t) => {
  const { id, cureId, stock, withdraw } = await chosen('replacement', 2)
  await stock('reserved')
  const { doneBy } = (await read(id)).chosen
  clock.at = '2026-10-02T09:00:00Z'
  t.equal((await withdraw(units(1))).status, 201)
  const after = await read(id)
  t.hasStrict(after, { status: 'curing', lines: [{ quantity: 1 }], chosen: { doneBy }, cure: { step: 'stock' } })
  t.not(after.cure.cureId, cureId)
  await changesNothing(db, () => stock('reserved') as never)
  await stock('reserved', after.cure.cureId)
  t.hasStrict(await read(id), { cure: { step: 'shipment' } })
  await withdraw(units(1))
  t.hasStrict(await read(id), { status: 'ended' })
})

t.test('repaired goods that are to leave go to the customer, whatever becomes of the complaint', async (t) => {
  for (const what of ['giving-up', 'failure']) {
    const { id, requested, dispatched, received } = await chosen('repair')
    await put(id, 'goods', {})
    await put(id, 'repair')
    await requested()
    await put(id, what, what === 'failure' ? { defect: 'Det hjalp ikke.' } : undefined)
    t.notOk((await toldOf(id)).includes('CureStopAsked'), 'they are the customer’s own')
    await changesNothing(db, async () => {
      await dispatched()
      return received('2026-10-12T12:00:00Z') as never
    })
    if (what === 'failure')
      t.match(
        (await put(id, 'choice', { remedy: 'rescission' })).body,
        { status: 'returning' },
        'and they go back from there',
      )
  }
})

t.test('goods in the workshop go back to whoever keeps them', async (t) => {
  const keeping = [
    (id: string) => put(id, 'giving-up'),
    async (id: string) => {
      await put(id, 'failure', { defect: 'Det går ikke.' })
      await put(id, 'choice', { remedy: 'price-reduction' })
    },
  ]
  for (const keep of keeping) {
    const { id } = await chosen('repair')
    await put(id, 'goods', {})
    await keep(id)
    t.ok((await toldOf(id)).includes('CureShipmentAsked'))
  }
  const { id, email } = await chosen('repair')
  await put(id, 'goods', {})
  await put(id, 'failure', { defect: 'Det går ikke.' })
  const { body } = await put(id, 'choice', { remedy: 'rescission' })
  t.strictSame((await toldOf(id)).slice(-3), ['RemedyChosen', 'ReturnReceived', 'RefundDecided'])
  t.match(body, { status: 'refund-decided', goodsReceivedAt: clock.at, refund: { amount: 49_900 } })
  t.notOk((await toldOf(id)).includes('CureShipmentAsked'), 'whoever ends the purchase has the money back instead')
  t.match((await mailTo(email, /Du får tilbake/)).text, /Vi har fått varene tilbake/)
  t.notOk(mailbox.to(email).some(({ text }) => /Svar på denne e-posten, så får du en returetikett/.test(text)))
  const { facts } = await db
    .selectFrom('order_facts')
    .select('facts')
    .where('order_id', '=', body.orderId)
    .executeTakeFirstOrThrow()
  t.match(facts.returns, [{ returnId: id, right: 'complaint', goodsReceivedAt: clock.at }])
})
