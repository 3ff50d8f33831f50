import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, look, hear, call, delivered } = await startReturnsForTest()
const units = (quantity: number, lineId = '1') => [{ lineId, quantity }]
const caseOf = async (id: string) => (await call('support', 'GET', `/returns/${id}/case`)).body
const toldOf = async (id: string) => (await readHistory(db, id)).map(({ type }) => type)
const put = (id: string, what: string, body?: object, role = 'support') =>
  call(role, 'PUT', `/complaints/${id}/${what}`, body)
const mailTo = (email: string, text: RegExp) =>
  eventually(`a mail of ${text}`, async () => mailbox.to(email).find((mail) => text.test(mail.text)))
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
const at = async (moment: string) => {
  clock.at = moment
  await Promise.all([look(), look()])
}

/** A complaint of sensors that was accepted on 1 September. */
async function accepted(quantity = 2) {
  clock.at = '2026-08-30T09:00:00Z'
  const { id: orderId, email } = await delivered()
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/complaints`, {
    ...{ defect: 'Den piper.', lines: units(quantity) },
  })
  clock.at = '2026-09-01T09:00:00Z'
  await put(body.id, 'assessment', { outcome: 'accepted' })
  return { orderId, email, id: body.id as string }
}

/** Others were sent for them, and came on 4 September. */
async function replaced(quantity = 1) {
  const { orderId, email, id } = await accepted(quantity)
  const { cureId } = (await put(id, 'choice', { remedy: 'replacement' }, 'storefront')).body.cure
  const cure = { returnId: id, cureId }
  const shipped = { shipmentId: cureId, cure }
  await hear('ReplacementAnswered', orderId, { ...cure, outcome: 'reserved', answeredAt: clock.at })
  await hear('ShipmentRequested', orderId, { ...shipped, requestedAt: clock.at })
  await hear('ShipmentDispatched', orderId, {
    ...{ ...shipped, handedOverAt: clock.at, carrier: 'Bring', trackingNumber: 'TN-7' },
    lines: [{ lineId: '1', quantity, sku: 'SENSOR-1', name: 'Sensor' }],
  })
  clock.at = '2026-09-04T12:00:00Z'
  const received = (receivedAt: string) => hear('ShipmentDelivered', orderId, { ...shipped, receivedAt })
  await received(clock.at)
  const corrected = (receivedAt?: string) =>
    hear('DeliveryCorrected', orderId, { ...shipped, receivedAt, correctedAt: clock.at })
  return { orderId, email, id, cureId, received, corrected }
}

t.test('who does not choose is reminded once, then asked by a person, and never loses the right', async (t) => {
  const { id, email } = await accepted()
  t.match(await caseOf(id), { status: 'accepted', dueOn: '2026-09-16' })
  assertProblem(await put(id, 'rest', { note: 'Rang.' }), 409, 'choice-not-overdue', /time to/)
  await at('2026-09-15T21:59:00Z')
  t.equal((await toldOf(id)).at(-1), 'ComplaintAssessed')
  await at('2026-09-15T22:00:00Z')
  await mailTo(email, /venter på at du velger hvordan.*reparasjon.*Du taper ingen rett/s)
  t.match(await caseOf(id), { dueOn: '2026-10-01' })
  await at('2026-09-30T22:00:00Z')
  await mailTo(email, /en person hos oss tar kontakt/)
  t.match(await caseOf(id), { awaits: 'choice', dueOn: '2026-10-08' })
  t.strictSame(await alarmsAbout(id), [], 'a person has a week')
  await at('2026-10-08T00:00:00Z')
  t.hasStrict(await alarmsAbout(id), [{ kind: 'remedy-unchosen' }])
  t.strictSame((await toldOf(id)).slice(2), ['ChoiceReminded', 'ChoiceOverdue'], 'each once')

  assertProblem(await put(id, 'rest', { note: 'Rang.' }, 'storefront'), 403, 'scope-missing', /staff/)
  t.hasStrict((await put(id, 'rest', { note: 'Rang twice.' })).body, {
    status: 'accepted',
    choices: ['repair', 'replacement'],
  })
  t.equal((await put(id, 'rest', { note: 'Rang thrice.' })).status, 200)
  await at('2027-03-01T00:00:00Z')
  t.match(await caseOf(id), { closedAt: '2026-10-08T00:00:00Z', awaits: undefined })
  t.notOk((await alarmsAbout(id))[0].resolvedAt === undefined, 'nobody is called any more')
  const chosen = await put(id, 'choice', { remedy: 'repair' }, 'storefront')
  t.hasStrict(chosen.body, { status: 'curing', chosen: { remedy: 'repair' } }, 'half a year later')
  t.match(await caseOf(id), { status: 'curing', dueOn: '2027-03-15', closedAt: undefined })
})

t.test('each time there is something to choose the time begins anew', async (t) => {
  const { id, email } = await accepted()
  await at('2026-09-16T09:00:00Z')
  await put(id, 'choice', { remedy: 'repair' }, 'storefront')
  await at('2026-12-01T09:00:00Z')
  t.notMatch(await toldOf(id), ['ChoiceOverdue'])
  await put(id, 'failure', { defect: 'Den piper ennå.' })
  t.match(await caseOf(id), { status: 'accepted', dueOn: '2026-12-16' })
  const before = mailbox.to(email).length
  await at('2026-12-15T23:00:00Z')
  await mailTo(email, /prisavslag.*heving.*vi kan ikke rette noe/s)
  t.ok(mailbox.to(email).length > before)
  t.strictSame((await toldOf(id)).filter((type) => type === 'ChoiceReminded').length, 2)
})

t.test('what was replaced is to come back: reminded once, told for good, and a person sees to it', async (t) => {
  const { id, email } = await replaced()
  t.match(await caseOf(id), { status: 'cured', dueOn: '2026-09-19', closedAt: undefined })
  await at('2026-09-18T22:00:00Z')
  await mailTo(email, /nytt i bytte.*18\. september 2026.*returetikett.*forbrukerkjøpsloven § 30/s)
  t.match(await caseOf(id), { dueOn: '2026-10-04' })
  await at('2026-10-03T22:00:00Z')
  await mailTo(email, /Det er vårt, og du skal fortsatt sende det/)
  t.match(await caseOf(id), { awaits: 'defective-goods', dueOn: '2026-10-11' })
  await at('2026-10-12T00:00:00Z')
  t.hasStrict(await alarmsAbout(id), [{ kind: 'defective-goods-unreturned' }])
  t.hasStrict((await put(id, 'goods', {}, 'warehouse')).body, { status: 'cured', cure: { goodsReceivedAt: clock.at } })
  t.match(await caseOf(id), { closedAt: clock.at, awaits: undefined })
  t.strictSame(
    (await toldOf(id)).filter((type) => /^(SendBack|CureGoods)/.test(type)),
    ['SendBackReminded', 'SendBackOverdue', 'CureGoodsReceived'],
  )
  t.equal((await put(id, 'goods', {}, 'warehouse')).status, 200)
  t.equal((await toldOf(id)).at(-1), 'CureGoodsReceived', 'said twice it is said once')
})

t.test('the customer may keep what was replaced: they hear so, and are reminded no more', async (t) => {
  const { id, email, corrected } = await replaced(2)
  t.hasStrict((await put(id, 'goods-waiver', { note: 'Not worth its freight.' })).body, { status: 'cured' })
  await mailTo(email, /trenger ikke sende det defekte tilbake:\n2 ×/)
  t.match(await caseOf(id), { closedAt: clock.at })
  await corrected('2026-09-05T12:00:00Z')
  await at('2026-12-01T00:00:00Z')
  t.notMatch((await toldOf(id)).join(), /SendBack/, 'a delivery that is corrected does not ask for them again')
  t.equal((await put(id, 'goods-waiver', {})).status, 200)
})

t.test('nothing is to come back of a delivery that never was, nor of a repair', async (t) => {
  const { id, corrected, received } = await replaced()
  await corrected()
  t.match(await caseOf(id), { status: 'curing', dueOn: '2026-09-15' })
  assertProblem(await put(id, 'goods-waiver', {}), 409, 'goods-not-awaited', /come back/)
  await received('2026-09-10T12:00:00Z')
  t.match(await caseOf(id), { status: 'cured', dueOn: '2026-09-25' }, 'counted from when it came')
  const repaired = await accepted()
  await put(repaired.id, 'choice', { remedy: 'repair' })
  await put(repaired.id, 'cure', {})
  t.match(await caseOf(repaired.id), { status: 'cured', closedAt: clock.at })
})

t.test('a carrier that has the goods ends the reminders; a warehouse that has them ends the wait', async (t) => {
  const { id, orderId } = await replaced()
  await call('support', 'PUT', `/returns/${id}/label`)
  const { id: parcelId } = await db
    .selectFrom('return_label')
    .select('id')
    .where('case_id', '=', id)
    .executeTakeFirstOrThrow()
  await hear('ReturnLabelIssued', orderId, { parcelId, returnId: id })
  clock.at = '2026-09-08T12:00:00Z'
  await hear('ReturnParcelScanned', orderId, { parcelId, returnId: id, scannedAt: '2026-09-08T10:00:00Z' })
  t.match(await caseOf(id), { status: 'cured', dueOn: '2026-09-29' })
  await at('2026-11-08T12:00:00Z')
  t.notMatch((await toldOf(id)).join(), /SendBack/)
  await takenIn(t, id, orderId)
})

t.test('what came before the other goods did is waited for no more', async (t) => {
  const { id, orderId, corrected } = await replaced()
  await corrected()
  await takenIn(t, id, orderId)
})

/** The warehouse scans the defective unit, and the case has it. */
async function takenIn(t: Test, id: string, orderId: string) {
  await hear('ReturnUnitsReceived', orderId, {
    ...{ returnId: id, receivedAt: clock.at, receiptId: crypto.randomUUID(), parcelId: crypto.randomUUID() },
    units: [
      {
        unitId: crypto.randomUUID(),
        lineId: '1',
        quantity: 1,
        complete: true,
        wear: 'used',
        fitForSale: false,
        seal: 'broken',
        originalPackaging: true,
      },
    ],
  })
  await look()
  t.equal((await toldOf(id)).at(-1), 'CureGoodsReceived')
  t.hasStrict((await call('support', 'GET', `/complaints/${id}`)).body, { cure: { goodsReceivedAt: clock.at } })
}
