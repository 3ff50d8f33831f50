import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { trim } from '@vilkar/server/trimming.ts'
import t from 'tap'
import { hitTrim } from '../../registers/person-store.ts'
import { aPerson, exporting } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock, db, deps } = house
const { order } = await exporting(house)
const WORDS = {
  ...{ nature: 'Medlemslister lå åpent.', consequences: 'Noen kan vite hvor du er medlem.' },
  ...{ measures: 'De er lukket.', contact: 'post@smartorg.example' },
}
async function breach(changes: object = {}) {
  const path = `/breaches/${crypto.randomUUID()}`
  const body = { controller: 'smartorg', foundAt: '2026-06-14T22:30:00Z', risk: 'high', categories: ['contact'] }
  t.equal((await call('support', 'PUT', path, { ...body, ...WORDS, ...changes })).status, 200)
  return path
}
const SYSTEM = 'member-portal'
const held = (record: string, ...identifiers: object[]) =>
  call('holder', 'PUT', `/holdings/smartorg/${SYSTEM}/${record}`, {
    category: 'member',
    age: 40,
    identifiers,
    facts: {},
  })
const name = (path: string, body: object) => call('support', 'PUT', `${path}/people`, { system: SYSTEM, ...body })
const fetched = async () => (await call('holder', 'GET', `/breach-people?system=${SYSTEM}`)).body.items
const keyOf = ({ kind, value }: { kind: 'email'; value: string }) =>
  deps.subjectKey({ controller: 'smartorg', kind, value })
const idOf = (path: string) => path.split('/').at(-1)!

t.test(
  'people of another controller whom a breach hit are fetched by their system, told by it, and once',
  async (t) => {
    const [one, other, third] = [aPerson(), aPerson(), aPerson()]
    await held('m-1', one, { kind: 'phone', value: '99 88 77 66' })
    await held('m-2', other)
    await held('m-3', third)
    const path = await breach()
    for (const _ of [1, 2]) t.match((await name(path, { records: ['m-1', 'm-2'] })).body, { toTell: 3, told: 0 })
    const items = await fetched()
    const ofOne = items.filter(({ subject }: { subject: string }) => subject === keyOf(one))
    t.match(ofOne, [{ ...WORDS, breachId: idOf(path), controller: 'smartorg', records: ['m-1'] }])
    t.ok(ofOne[0].authorities.length > 0)
    t.notOk(items.some(({ subject }: { subject: string }) => subject === keyOf(third)))
    const told = { system: SYSTEM, subjects: [keyOf(one)] }
    for (const _ of [1, 2])
      t.equal((await call('holder', 'PUT', `/breach-people/${idOf(path)}/told`, told)).status, 204)
    const systems = [{ system: SYSTEM, toTell: 1, told: 2 }]
    const counted = (await call('support', 'GET', `${path}/people`)).body
    t.strictSame(counted, { toTell: 1, told: 2, systems }, 'known by two things')
    t.match(await fetched(), [{ records: ['m-2'] }])
    t.match((await name(path, {})).body, { toTell: 2, told: 2 }, 'everybody of whom the system holds something')
  },
)

t.test('nobody is named who is not held, is the shop’s, or of a breach that is not ready to be told', async () => {
  const path = await breach()
  assertProblem(await name(path, { records: ['m-1', 'm-9'] }), 400, 'invalid-input', /not held: m-9/)
  assertProblem(await name(path, { system: 'shop' }), 400, 'invalid-input', /orders/)
  assertProblem(await name(await breach({ risk: 'risk' }), {}), 409, 'breach-not-high', /high/)
  const nowhere = crypto.randomUUID()
  assertProblem(await name(`/breaches/${nowhere}`, {}), 404, 'breach-unknown', /no such/)
  assertProblem(await call('support', 'GET', `/breaches/${nowhere}/people`), 404, 'breach-unknown', /no such/)
  const body = { system: SYSTEM, subjects: ['a'.repeat(64)] }
  assertProblem(await call('holder', 'PUT', `/breach-people/${nowhere}/told`, body), 404, 'breach-unknown', /no such/)
})

t.test('an order is named only in a breach of whose it is', async (t) => {
  const theirs = await order(aPerson())
  const orderIds = (ids: string[]) => ({ orderIds: ids, language: 'nb' })
  const path = await breach()
  for (const id of [theirs, crypto.randomUUID()])
    assertProblem(await call('support', 'PUT', `${path}/notices`, orderIds([id])), 400, 'invalid-input', new RegExp(id))
  t.strictSame(await db.selectFrom('breach_notice').select('order_id').execute(), [])
  const ofShop = await breach({ controller: 'smartgroup' })
  t.equal((await call('support', 'PUT', `${ofShop}/notices`, orderIds([theirs]))).status, 200)
  const ofOthers = await order(aPerson(), { seller: 'smartorg' })
  assertProblem(
    await call('support', 'PUT', `${ofShop}/notices`, orderIds([ofOthers])),
    400,
    'invalid-input',
    /another/,
  )
  t.equal((await call('support', 'PUT', `${path}/notices`, orderIds([ofOthers]))).status, 200)
})

t.test('whom a breach hit is known for a year', async (t) => {
  clock.at = '2027-07-01T09:00:00Z'
  await trim({ db, clock, trims: [hitTrim], keepFor: 'P30D' })
  t.strictSame(await db.selectFrom('breach_person').select('subject').execute(), [])
})
