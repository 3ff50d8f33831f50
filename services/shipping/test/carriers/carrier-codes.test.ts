import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { reviveUnknown } from '../../carriers/jobs/watch-parcels.ts'
import { startCarrierHouse } from './carrier-house.ts'

const { at, dispatched, look, read, eventsOf, signed, call, db, deps } = await startCarrierHouse()
const MOMENT = '2026-06-03T08:00:00Z'
const why = 'Their manual of March, page 12.'
const strange = (trackingNumber: string, code: string, more: object = {}) =>
  signed({
    events: [{ eventId: crypto.randomUUID(), trackingNumber, code, occurredAt: '2026-06-03T07:00:00Z', ...more }],
  })
const explain = (code: string, meaning: string, { role = 'support', ...more }: { role?: string; why?: unknown } = {}) =>
  call(role, 'PUT', '/carriers/oslo-bud/codes', { code, meaning, why, ...more })
const foresee = (code: string, meaning: string, role = 'support') =>
  call(role, 'POST', '/carriers/oslo-bud/codes/preview', { code, meaning })
const listed = async (query = '') => (await call('support', 'GET', `/carrier-codes${query}`)).body.items
/** A parcel of the courier's that is followed. */
async function followed() {
  const parcel = await dispatched('oslo-bud')
  await look()
  at(MOMENT)
  return parcel
}

t.test(
  'a code that no table has is listed with how much waits by it, what would come of it, and is explained once',
  async (t) => {
    const [one, other] = [await followed(), await followed()]
    const code = 'sett igjen/port'
    for (const { trackingNumber } of [one, other]) await strange(trackingNumber, code, { detail: 'ved porten' })
    await strange('NOBODYS', code)
    t.match(await listed(), [{ carrier: 'oslo-bud', code, events: 3, parcels: 3, detail: 'ved porten', since: MOMENT }])
    await changesNothing(db, async () => {
      t.hasStrict((await foresee(code, 'left-elsewhere')).body, {
        ...{ changes: true, events: 3, parcels: 3, applied: 2, refused: 0, waiting: 1 },
        reasons: [{ cites: [{ act: 'forbrukerkjøpsloven', section: '§ 14' }] }],
      })
      t.hasStrict((await foresee(code, 'nothing')).body, { applied: 0, waiting: 0, reasons: [] })
    })
    t.hasStrict((await explain(code, 'left-elsewhere')).body, { code, meaning: 'left-elsewhere', by: 'support', why })
    for (const { id } of [one, other]) t.match(await read(id), { status: 'left-elsewhere' })
    t.match(await eventsOf(one.trackingNumber), [{ status: 'applied' }])
    t.match(await eventsOf('NOBODYS'), [{ status: 'waiting' }])
    t.strictSame(await listed(), [])
    t.hasStrict(await listed('?explained=true'), [{ code, meaning: 'left-elsewhere', why }])
    t.hasStrict((await foresee(code, 'left-elsewhere')).body, { changes: false, was: 'left-elsewhere', events: 0 })
    const next = await followed()
    await strange(next.trackingNumber, code)
    t.match(await read(next.id), { status: 'left-elsewhere' }, 'what is told later is heard at once')
    t.match((await dispatched('oslo-bud', 'NOBODYS')).trackingNumber, 'NOBODYS')
    at(MOMENT)
    await look()
    t.match(await eventsOf('NOBODYS'), [{ status: 'applied' }], 'once it is dispatched')
  },
)

t.test('no code says by itself that the customer has a parcel', async (t) => {
  const { id, trackingNumber } = await followed()
  await strange(trackingNumber, 'ferdig')
  t.hasStrict((await foresee('ferdig', 'delivered')).body.reasons, [
    { cites: [{ act: 'angrerettloven', section: '§ 21' }] },
    { cites: [{ section: '§ 14' }] },
  ])
  await explain('ferdig', 'delivered')
  t.match(await read(id), { status: 'left-elsewhere', reports: [{ takenBy: 'unknown' }] })
  const signedFor = await followed()
  await strange(signedFor.trackingNumber, 'ferdig', { receivedBy: signedFor.addressee })
  t.match(await read(signedFor.id), { status: 'delivered' })
})

t.test('what a shipment does not take is foreseen as that', async (t) => {
  const { trackingNumber } = await followed()
  await strange(trackingNumber, 'for tidlig', { occurredAt: '2026-06-01T07:00:00Z' })
  t.hasStrict((await foresee('for tidlig', 'delivered')).body, { applied: 0, refused: 1 })
})

t.test('said otherwise it holds of what is told from then on, and what was said before is kept', async (t) => {
  const [one, other] = [await followed(), await followed()]
  await explain('ute', 'in-transit')
  await strange(one.trackingNumber, 'ute')
  await explain('ute', 'at-pickup-point', { why: 'They wrote today that it is the shop.' })
  await strange(other.trackingNumber, 'ute')
  t.match([await read(one.id), await read(other.id)], [{ status: 'in-transit' }, { status: 'at-pickup-point' }])
  const row = await db.selectFrom('carrier_code').select('personal').where('code', '=', 'ute').executeTakeFirstOrThrow()
  t.match(row.personal.said, [{ meaning: 'in-transit' }, { meaning: 'at-pickup-point' }])
})

t.test('what is heard while it is explained, by two at once, is not left', async (t) => {
  const parcels = []
  for (let n = 0; n < 6; n += 1) parcels.push(await followed())
  await Promise.all([
    ...parcels.map(({ trackingNumber }) => strange(trackingNumber, 'samtidig')),
    ...['a', 'b'].map(() => explain('samtidig', 'at-pickup-point')),
  ])
  for (const { id } of parcels) t.match(await read(id), { status: 'at-pickup-point' })
})

t.test('what was explained and broke off is applied when the service starts, and when it is said again', async (t) => {
  for (const again of [() => reviveUnknown(deps), () => explain('brutt', 'in-transit')]) {
    const { id, trackingNumber } = await followed()
    await explain('brutt', 'in-transit')
    await strange(trackingNumber, 'brutt')
    await db.updateTable('carrier_event').set({ status: 'unknown', outcome: 'code-unknown' }).execute()
    await again()
    t.match((await eventsOf(trackingNumber))[0], { status: 'applied' })
    t.match(await read(id), { status: 'in-transit' })
  }
})

t.test('by staff, of a carrier that is heard and a code that no table has, in words', async () => {
  assertProblem(await explain('x', 'lost', { role: 'customer' }), 403, 'scope-missing', /staff/)
  assertProblem(await foresee('x', 'lost', 'customer'), 403, 'scope-missing', /staff/)
  assertProblem(await call('customer', 'GET', '/carrier-codes'), 403, 'scope-missing', /staff/)
  assertProblem(await explain('lost', 'damaged'), 409, 'code-known', /table/)
  assertProblem(await foresee('in-transit', 'lost'), 409, 'code-known', /table/)
  const nobody = { code: 'x', meaning: 'lost', why }
  assertProblem(await call('support', 'PUT', '/carriers/nobody/codes', nobody), 404, 'carrier-unknown', /not hear/)
  for (const wrong of [
    await explain('', 'lost'),
    await explain('x'.repeat(201), 'lost'),
    await explain('a\u0000b', 'lost'),
    await explain('a\ud800b', 'lost'),
    await explain('x', 'taken-by-customer'),
    await explain('x', 'lost', { why: '' }),
    await explain('x', 'lost', { why: undefined }),
  ])
    assertProblem(wrong, 400, 'invalid-input', /./)
  for (const code of ['__proto__', 'constructor', 'toString']) {
    const { trackingNumber, id } = await followed()
    await strange(trackingNumber, code)
    await explain(code, 'at-pickup-point')
    t.match(await read(id), { status: 'at-pickup-point' }, code)
  }
})
