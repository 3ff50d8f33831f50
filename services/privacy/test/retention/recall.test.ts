import t from 'tap'
import { settleRequests } from '../../requests/settle.ts'
import { retain } from '../../retention/jobs/watch-retention.ts'
import { runRetention } from '../../retention/run.ts'
import { readHolding } from '../../subjects/store.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { db, deps, clock, call } = await startPrivacyForTest()
const NOW = '2026-06-15T09:05:00Z'
const COUNTS = { blanked: 1, deleted: 0, events: 0, files: 0 }
const of = { controller: 'smartphoto' as const, system: 'photo-store' }
const someone = () => ({ kind: 'email', value: `p${crypto.randomUUID()}@example.com` })
type Person = ReturnType<typeof someone>

/** A photo whose time is over, and which its system was asked to erase. */
async function asked(person: Person = someone()) {
  const record = `photo-${crypto.randomUUID()}`
  const body = { category: 'cat5', identifiers: [person], facts: { on: { uploaded: '2020-01-01' }, account: false } }
  t.equal((await call('holder', 'PUT', `/holdings/smartphoto/photo-store/${record}`, body)).status, 200)
  await runRetention(deps, 'smartphoto')
  return { record, person }
}
const toErase = async (query = '') =>
  (await call('holder', 'GET', `/erasures/of-system/photo-store${query}`)).body.items as {
    id: string
    records: string[]
  }[]
const erasureOf = async (record: string) => (await toErase()).find(({ records }) => records.includes(record))
const dispute = async (person: Person, controller = 'smartphoto') => {
  const url = `/data-holds/${crypto.randomUUID()}`
  const set = await call('support', 'PUT', url, { controller, person, why: 'Tvist om et kjøp' })
  t.equal(set.status, 200)
  return () => call('support', 'DELETE', url)
}
const answer = (id: string, erased: string[]) =>
  call('holder', 'PUT', `/erasures/${id}/answer`, { erased, counts: COUNTS })
/** A hold as it stands of which `PUT /data-holds` could not see what was asked for meanwhile. */
const heldUnseen = (person: Person) => ({
  ...{ id: crypto.randomUUID(), controller: 'smartphoto', system: null, record: null, why: 'Tvist', set_by: 'support' },
  ...{
    subject: deps.subjectKey({ controller: 'smartphoto', ...person } as never),
    set_at: NOW,
    ended_by: null,
    ended_at: null,
  },
})
const stateOf = async (record: string) => (await readHolding(db, { ...of, record }))?.status

t.test('what a dispute keeps since it was asked for is asked for no more, until the dispute is over', async (t) => {
  const { record, person } = await asked()
  const { id } = (await erasureOf(record))!
  const end = await dispute(person)
  t.equal(await erasureOf(record), undefined)
  t.equal(await stateOf(record), 'held')
  t.type((await call('support', 'GET', `/erasures/${id}`)).body.settledAt, 'string', 'nobody is called for it')
  await runRetention(deps, 'smartphoto')
  t.equal(await erasureOf(record), undefined)
  await end()
  await runRetention(deps, 'smartphoto')
  t.not((await erasureOf(record))?.id, id, 'by an erasure of its own')
  t.equal(await stateOf(record), 'due')
})

t.test('what else was asked for with it is erased, and the answer names it alone', async (t) => {
  const [one, other] = [someone(), someone()]
  const body = (person: Person) => ({
    ...{ category: 'cat5', identifiers: [person], facts: { on: { uploaded: '2020-01-01' }, account: false } },
  })
  await call('holder', 'PUT', '/holdings/smartphoto/photo-store/both-1', body(one))
  await call('holder', 'PUT', '/holdings/smartphoto/photo-store/both-2', body(other))
  await runRetention(deps, 'smartphoto')
  await dispute(one)
  const left = (await erasureOf('both-2'))!
  t.strictSame(left.records, ['both-2'])
  for (const _ of [1, 2]) t.equal((await answer(left.id, ['both-2'])).status, 200, 'said again it changes nothing')
  t.strictSame([await stateOf('both-1'), await stateOf('both-2')], ['held', 'erased'])
})

t.test('a system that erased before it heard of the dispute says so, and it is believed', async (t) => {
  const { record, person } = await asked()
  const { id } = (await erasureOf(record))!
  await dispute(person)
  t.equal((await answer(id, [record])).status, 200)
  t.equal(await stateOf(record), 'erased')
})

t.test('answered twice, what was held anew in between is not taken for gone', async (t) => {
  const { record, person } = await asked()
  const { id } = (await erasureOf(record))!
  await answer(id, [record])
  const body = { category: 'cat5', identifiers: [person], facts: { on: { ordered: '2026-06-15' } } }
  await call('holder', 'PUT', `/holdings/smartphoto/photo-store/${record}`, body)
  await answer(id, [record])
  t.equal(await stateOf(record), 'held')
})

t.test('the wish of the person to have it kept recalls it too', async (t) => {
  const { record, person } = await asked()
  const body = { controller: 'smartphoto', kind: 'restrict', channel: 'signed-in', identifiers: [person] }
  await call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, body)
  t.equal(await erasureOf(record), undefined)
  t.equal(await stateOf(record), 'held')
})

t.test('what the person asks to be kept outlasts an erasure that they asked for before', async (t) => {
  const person = someone()
  const record = `photo-${crypto.randomUUID()}`
  const held = { category: 'cat5', identifiers: [person], facts: { on: { ordered: '2026-06-01' } } }
  await call('holder', 'PUT', `/holdings/smartphoto/photo-store/${record}`, held)
  const request = (kind: string) => {
    const body = { controller: 'smartphoto', kind, channel: 'signed-in', identifiers: [person] }
    return call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, body)
  }
  const { id } = (await request('erase')).body
  t.equal(await stateOf(record), 'due')
  await request('restrict')
  clock.at = '2026-06-16T09:05:00Z'
  await settleRequests(deps)
  t.equal(await stateOf(record), 'held')
  t.match((await call('support', 'GET', `/requests/${id}`)).body.kept, [{ record, holds: ['kept-on-request'] }])
  await request('erase')
  t.equal(await stateOf(record), 'due', 'who asks for erasure after that wants no more that it be kept')
  clock.at = NOW
})

t.test('a hold that was set while the system was being asked is seen by the next look', async (t) => {
  const { record, person } = await asked()
  await db.insertInto('data_hold').values(heldUnseen(person)).execute()
  await retain(deps)
  t.equal(await stateOf(record), 'held')
  t.equal(await erasureOf(record), undefined)
})

t.test('a dispute of another company recalls nothing, and a system may ask for those of one company', async (t) => {
  const { record, person } = await asked()
  await dispute(person, 'smartgroup')
  t.ok(await erasureOf(record))
  t.strictSame(
    (await toErase('?controller=smartgroup')).flatMap(({ records }) => records),
    [],
  )
  t.ok((await toErase('?controller=smartphoto')).length > 0)
})

t.test('a dispute and an answer at once end in one of the two ways, and nothing waits for either', async (t) => {
  for (let round = 0; round < 10; round += 1) {
    const { record, person } = await asked()
    const { id } = (await erasureOf(record))!
    const [answered] = await Promise.all([answer(id, [record]), dispute(person)])
    t.equal(answered.status, 200)
    t.equal(await stateOf(record), 'erased', 'it is gone, whoever was first')
    t.type((await call('support', 'GET', `/erasures/${id}`)).body.settledAt, 'string')
  }
  clock.at = NOW
})
