import { createWatch } from '@vilkar/alarms/watch.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { registerSources } from '../../registers/alarms.ts'
import { tellPeopleOfBreaches } from '../../registers/tell-people.ts'
import { aPerson, exporting } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock, db, deps, held } = house
const { mailsTo, order, look } = await exporting(house)
const send = async () => {
  await tellPeopleOfBreaches(deps)
  await look()
}
const WORDS = {
  ...{ nature: 'En liste med ordrer ble sendt til feil butikk.', consequences: 'Noen kan prøve å lure deg.' },
  ...{ measures: 'Listen er slettet. Svar ikke på mailer om betaling.', contact: 'post@smartgroup.no' },
}
async function breach(changes: object = {}) {
  const path = `/breaches/${crypto.randomUUID()}`
  const body = { controller: 'smartgroup', foundAt: '2026-06-14T22:30:00Z', risk: 'high', categories: ['contact'] }
  await call('support', 'PUT', path, { ...body, ...WORDS, ...changes })
  return path
}
const notify = (path: string, orderIds: string[], language = 'nb') =>
  call('support', 'PUT', `${path}/notices`, { orderIds, language })

t.test(
  'whom a breach hit is written to once, with what happened, what may follow, what is done and whom to ask',
  async (t) => {
    const [kari, ola] = [aPerson(), aPerson()]
    const [one, other] = [await order(kari), await order(ola)]
    const path = await breach()
    t.match((await notify(path, [one, one])).body, { waiting: 1, written: 0, noAddress: 0 })
    await send()
    await Promise.all([notify(path, [one, other]), notify(path, [other])])
    await Promise.all([tellPeopleOfBreaches(deps), tellPeopleOfBreaches(deps)])
    await send()
    t.match((await call('support', 'GET', `${path}/notices`)).body, { waiting: 0, written: 2, noAddress: 0 })
    for (const { value } of [kari, ola]) {
      const [mail, ...more] = mailsTo(value)
      t.strictSame(more, [])
      for (const word of Object.values(WORDS)) t.ok(mail?.text.includes(word), word)
      t.match(mail?.text, /Datatilsynet/)
    }
    t.notOk((await db.selectFrom('request_mail').select('sealed').execute()).some(({ sealed }) => sealed !== null))
  },
)

t.test(
  'of whom nothing is left nobody is written to; where orders is silent it is tried again, and calls a person',
  async (t) => {
    const kari = aPerson()
    const [gone, later] = [crypto.randomUUID(), await order(kari)]
    const items = held[`orders ${later}`]!
    held[`orders ${later}`] = 'silent'
    const path = await breach()
    await notify(path, [gone, later])
    await send()
    const counts = async () => (await call('support', 'GET', `${path}/notices`)).body
    const nobody = { orderId: gone, status: 'no-address' }
    const waits = { waiting: 1, written: 0, noAddress: 1, orders: [nobody, { orderId: later, status: 'waiting' }] }
    t.strictSame(await counts(), waits)
    const watch = createWatch(deps, registerSources)
    clock.at = '2026-06-15T10:10:00Z'
    for (const _ of [1, 2]) await watch()
    const { items: alarms } = (await call('support', 'GET', '/alarms?kind=breach-notices-waiting')).body
    t.match(alarms, [{ about: path.split('/').at(-1) }])
    held[`orders ${later}`] = items
    await send()
    const told = { waiting: 0, written: 1, noAddress: 1, orders: [nobody, { orderId: later, status: 'written' }] }
    t.strictSame(await counts(), told)
    t.equal(mailsTo(kari.value).length, 1)
  },
)

t.test('nobody is written to of what is no high risk, is not described whole, or is closed', async () => {
  const orderIds = [crypto.randomUUID()]
  assertProblem(await notify(await breach({ risk: 'risk' }), orderIds), 409, 'breach-not-high', /high/)
  assertProblem(
    await notify(await breach({ measures: undefined }), orderIds),
    409,
    'breach-notice-incomplete',
    /measures/,
  )
  assertProblem(await notify(`/breaches/${crypto.randomUUID()}`, orderIds), 404, 'breach-unknown', /no such/)
  const path = await breach()
  await call('support', 'PUT', `${path}/report`, { reportedAt: '2026-06-15T09:00:00Z', reference: '1' })
  await call('support', 'PUT', `${path}/people-told`, { toldAt: '2026-06-15T09:00:00Z', how: 'By mail' })
  await call('support', 'PUT', `${path}/closing`, { outcome: 'Over.' })
  assertProblem(await notify(path, orderIds), 409, 'breach-closed', /closed/)
})
