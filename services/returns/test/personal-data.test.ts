import { allEvents } from '@vilkar/contracts/all-events.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { collect } from '@vilkar/personal-data/collect.ts'
import { erase } from '@vilkar/personal-data/erase.ts'
import { holdingFaults } from '@vilkar/personal-data/places.ts'
import { sweepPhotos } from '@vilkar/photos/sweep-photos.ts'
import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import { roles } from '@vilkar/testing/issuer.ts'
import { columnFaults, eventFaults, isLeft, isMapped, placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { holding, idsOf } from '../erasure/holding.ts'
import { personalData } from '../personal-data.ts'
import { startReturnsForTest } from './returns-service.ts'

const { app, db, pool, clock, deps, look, hear, call, delivered } = await startReturnsForTest()

t.test('every column of the database is judged', async (t) => t.strictSame(await columnFaults(pool, personalData), []))

t.test('every field of an event that may be personal is judged', async (t) =>
  t.strictSame(eventFaults(allEvents.returns, personalData), []),
)

/** A customer who may keep defective goods, and one who does not choose what is to become of theirs. */
async function keepsAndDoesNotChoose(cheap: string, rang: string) {
  const { id: orderId } = await delivered()
  const accepted = async (lineId: string) => {
    const { body } = await call('support', 'POST', `/orders/${orderId}/complaints`, {
      ...{ lines: [{ lineId, quantity: 1 }], defect: 'Den virker ikke' },
    })
    await call('support', 'PUT', `/complaints/${body.id}/assessment`, { outcome: 'accepted' })
    return (what: string, said: object) => call('support', 'PUT', `/complaints/${body.id}/${what}`, said)
  }
  const [keeps, silent] = [await accepted('1'), await accepted('2')]
  await keeps('choice', { remedy: 'replacement' })
  await keeps('cure', {})
  await keeps('goods-waiver', { note: cheap })
  for (const at of ['2026-10-10T09:00:00Z', '2026-11-01T09:00:00Z']) {
    clock.at = at
    await look()
  }
  await silent('rest', { note: rang })
}

t.test('whatever is personal in an order and a withdrawal stands where the map says, and nowhere else', async (t) => {
  const { id, email } = await delivered()
  await hear('EmailCorrected', id, { personal: { email: `new.${email}` } })
  clock.at = '2026-06-10T09:00:00Z'
  const statement = 'Jeg angrer, hilsen Kari'
  const { body } = await call('storefront', 'POST', `/orders/${id}/withdrawals`, { statement })
  const parcel = { carrier: 'Posten', trackingNumber: 'TEST7654321NO' }
  await call('storefront', 'PUT', `/returns/${body.id}/proof-of-sending`, parcel)
  const rejection = { verdict: 'rejected', reason: 'Posten kjenner den ikke' }
  await call('support', 'PUT', `/returns/${body.id}/proof-of-sending/verdict`, rejection)
  await call('storefront', 'PUT', `/returns/${body.id}/proof-of-sending`, parcel)
  const letter = {
    name: 'Ola Eksempel',
    email: `ola.${id}@example.com`,
    orderNumber: 'SG-UKJENT',
    statement: 'Jeg også',
  }
  const { body: unclear } = await call('support', 'POST', '/statements', { channel: 'letter', ...letter })
  clock.at = '2026-06-10T09:01:00Z'
  await look()
  const setAside = 'En annen butikk'
  await call('support', 'PUT', `/statements/${unclear.id}/clarification`, { reason: setAside })
  const note = 'Ripet opp av eieren'
  const serialNumber = 'SN-4711-0815'
  const used = { lineId: '1', quantity: 1, complete: true, wear: 'used', fitForSale: false, serialNumber }
  await call('warehouse', 'PUT', `/returns/${body.id}/inspection`, { units: [used], note })
  const grounds = 'Riper over hele lokket'
  const deduction = { lineId: '1', quantity: 1, amount: 100, why: 'diminished-value' }
  await call('support', 'PUT', `/returns/${body.id}/assessment`, { deductions: [deduction], grounds })
  const { id: collected } = await delivered()
  const { body: fetched } = await call('support', 'POST', `/orders/${collected}/withdrawals`, {})
  await call('support', 'PUT', `/returns/${fetched.id}/collection`, {})
  const { id: second } = await delivered()
  clock.at = '2026-06-20T09:00:00Z'
  const asked = 'Jeg vil bytte bort den andre'
  const { body: offered } = await call('support', 'POST', `/orders/${second}/voluntary-returns`, {
    ...{ lines: [{ lineId: '1', quantity: 1 }], statement: asked },
  })
  const lacking = 'Esken er borte'
  const looked = {
    lineId: '1',
    quantity: 1,
    unused: true,
    undamaged: true,
    originalPackaging: false,
    fitForSale: false,
  }
  await call('warehouse', 'PUT', `/voluntary-returns/${offered.id}/check`, { units: [looked], note: lacking })
  const [wrong, why, mended, stillWrong] = ['Den uler om natta', 'Kjent feil i serien', 'Nytt kretskort', 'Uler ennå']
  const complaint = { lines: [{ lineId: '1', quantity: 1 }], defect: wrong }
  const { body: complained } = await call('support', 'POST', `/orders/${second}/complaints`, complaint)
  const told = (what: string, body: object) => call('support', 'PUT', `/complaints/${complained.id}/${what}`, body)
  const picture = await app.inject({
    ...{ method: 'POST', url: `/returns/${complained.id}/photos`, payload: await phonePicture() },
    headers: { authorization: 'Bearer support', 'content-type': 'image/jpeg' },
  })
  const { sha256 } = picture.json()
  await told('assessment', { outcome: 'accepted', grounds: why })
  await told('choice', { remedy: 'repair' })
  await told('cure', { note: mended })
  await told('failure', { defect: stillWrong })
  const [remark, colleague, tagged] = ['Hun var hyggelig', 'support-11', 'kari-ringer-ofte']
  await call('support', 'POST', `/returns/${complained.id}/notes`, { text: remark })
  await call('support', 'PUT', `/returns/${complained.id}/tags/${tagged}`)
  await call('support', 'PUT', `/returns/${complained.id}/assignee`, { assignee: colleague })
  const [agreed, party] = ['Du kan angre i 60 dager', 'Kari Avtalepart']
  await call('support', 'PUT', `/orders/${second}/agreements/${crypto.randomUUID()}`, {
    ...{ changes: { withdrawalDays: 60 }, text: agreed, party, agreedAt: '2026-06-19T09:00:00Z' },
  })
  const [goodwill, approval] = ['Hun ventet lenge', 'Rimelig nok']
  const payoutId = crypto.randomUUID()
  await call('support', 'PUT', `/orders/${second}/goodwill/${payoutId}`, { amount: 60_000, why: goodwill })
  await call('manager', 'PUT', `/proposed-payouts/${payoutId}/verdict`, { verdict: 'approved', why: approval })
  const { body: broken } = await call('support', 'POST', `/orders/${second}/complaints`, {
    ...{ lines: [{ lineId: '2', quantity: 1 }], defect: wrong },
  })
  await call('support', 'PUT', `/complaints/${broken.id}/assessment`, { outcome: 'accepted', grounds: why })
  await call('support', 'PUT', `/complaints/${broken.id}/choice`, { remedy: 'repair' })
  await call('support', 'PUT', `/returns/${broken.id}/label`)
  const asked0 = db.selectFrom('return_label').select('id').where('case_id', '=', broken.id)
  const { id: parcelId } = await asked0.executeTakeFirstOrThrow()
  await hear('ReturnLabelIssued', second, { parcelId, returnId: broken.id })
  await hear('ReturnParcelScanned', second, { parcelId, returnId: broken.id })
  const outside = { by: 'warehouse-3', serialNumbers: ['SN-0815-4711'], note: 'Våt eske' }
  const [unit] = example('ReturnUnitsReceived').data.units
  const more = [unit, { ...unit, unitId: crypto.randomUUID() }]
  await hear('ReturnUnitsReceived', id, { returnId: body.id, personal: outside, units: more })
  const { body: goods } = await call('support', 'GET', '/received-goods')
  const settled = 'Sendt til Kari igjen'
  await app.inject({
    ...{ method: 'PUT', url: `/received-goods/${goods.items[0].id}/settlement`, payload: { done: settled } },
    headers: { authorization: 'Bearer support' },
  })
  const back = example('ReturnLabelIssued').data
  const [unwell, fair, said] = ['Hun lå på sykehus', 'Greit nok', 'Jeg rakk det ikke, dessverre']
  const overrideId = crypto.randomUUID()
  clock.at = '2026-09-20T09:00:00Z'
  const late = { about: 'withdrawal', lines: [{ lineId: '2', quantity: 1 }], why: unwell, words: said }
  const { id: third } = await delivered()
  await call('support', 'PUT', `/orders/${third}/overrides/${overrideId}`, late)
  await call('manager', 'PUT', `/overrides/${overrideId}/verdict`, { verdict: 'approved', why: fair })
  const [cheap, rang] = ['Verdt mindre enn frakta', 'Ringte to ganger']
  await keepsAndDoesNotChoose(cheap!, rang!)
  const { subject: judge } = roles.support
  const { number, personal } = example('OrderPlaced').data
  const texts = [
    email,
    personal.name,
    personal.shippingAddress.street,
    statement,
    number,
    parcel.trackingNumber,
    judge,
    rejection.reason,
    ...Object.values(letter),
    ...[note, serialNumber, grounds, roles.warehouse.subject],
    ...[setAside, asked, lacking, wrong!, why!, mended!, stillWrong!, remark!, colleague!, tagged!, sha256],
    ...[agreed!, party!, goodwill!, approval!, unwell!, fair!, said!, roles.manager.subject],
    ...[back.trackingNumber, back.code!, back.personal.from.street, settled, outside.by, outside.note],
    ...[...outside.serialNumbers, cheap!, rang!],
  ]
  const found = await placesOf(pool, ['storefront', ...texts])
  t.strictSame(
    found.filter((place) => !isMapped(place, personalData)),
    [],
  )
  const own = Object.keys(personalData.columns).filter((place) =>
    /^(order_facts|agreement|payout|override|return|voluntary_return|complaint|return_case|case_note|tag|photo|return_label|parcel_back|goods_received|statement|statement_answer)\./.test(
      place,
    ),
  )
  t.strictSame(
    own.filter((named) => !found.some((place) => place.startsWith(named))),
    [],
  )

  await t.test('and erased, it stands only where the map says that it stays', async (t) => {
    t.strictSame(holdingFaults(holding), [])
    const { rows } = await pool.query<{ order_id: string }>('select order_id from order_facts')
    const orders = rows.map(({ order_id }) => order_id)
    const ids = await idsOf(db, orders)
    const collected = JSON.stringify(await collect(db, holding, ids))
    for (const text of [email, statement, wrong!, remark!, tagged!, said!]) t.ok(collected.includes(text), text)
    const eraseNow = () => db.transaction().execute((trx) => erase(trx, holding, ids, { keeps: [], at: clock.at }))
    const counts = await eraseNow()
    t.ok(counts.blanked > 0 && counts.events > 0, JSON.stringify(counts))
    t.strictSame(await eraseNow(), { blanked: 0, deleted: 0, events: 0, files: 0 })
    t.equal(counts.files, 1)
    await sweepPhotos({ db: db as never, clock: deps.clock, log: deps.log, store: deps.photoStore })
    const left = await placesOf(
      pool,
      texts.filter((text) => text !== setAside && !Object.values(letter).includes(text)),
    )
    t.strictSame(
      left.filter((place) => !isLeft(place, personalData)),
      [],
    )
    t.ok((await placesOf(pool, [letter.name])).includes('statement.personal->name'), 'others keep what is theirs')
    for (const order of [id, second, third])
      t.equal((await call('support', 'GET', `/orders/${order}/returns`)).status, 200)
  })
})
