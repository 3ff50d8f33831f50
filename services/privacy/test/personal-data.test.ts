import { allEvents } from '@vilkar/contracts/all-events.ts'
import { columnFaults, eventFaults, isMapped, placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { personalData } from '../personal-data.ts'
import { startPrivacyForTest } from './privacy-service.ts'

const { pool, call, hear, deps } = await startPrivacyForTest()

t.test('every column of the database is judged', async (t) => t.strictSame(await columnFaults(pool, personalData), []))

t.test('every field of an event that may be personal is judged', async (t) =>
  t.strictSame(eventFaults(allEvents.privacy, personalData), []),
)

t.test('whatever is personal stands where the map says, and nowhere else', async (t) => {
  const staff = 'staff-4711'
  const as = `${staff} staff privacy:write privacy:read privacy:ask`
  const [words, address] = ['Kari bor hos sin søster nå', 'kari.nordmann@example.com']
  const why = 'Kari bad om det på telefon'
  const person = { kind: 'email', value: address }
  const of = { controller: 'smartgroup', identifiers: [person] }
  const put = async (url: string, body: object) => t.equal((await call(as, 'PUT', url, body)).status, 200, url)
  await put(`/erasures/${crypto.randomUUID()}`, { controller: 'smartgroup', orderIds: [crypto.randomUUID()], why })
  const hold = `/data-holds/${crypto.randomUUID()}`
  await put(hold, { controller: 'smartgroup', person, why })
  t.equal((await call(as, 'DELETE', hold)).status, 200)
  const request = `/requests/${crypto.randomUUID()}`
  await put(request, { ...of, kind: 'rectify', channel: 'letter', words, replyTo: address })
  await put(`${request}/doubt`, { why })
  await put(`${request}/identity`, { why })
  await put(`${request}/extension`, { why })
  await put(`${request}/answer`, { outcome: 'done', answer: why })
  await put(`/requests/${crypto.randomUUID()}`, { ...of, kind: 'restrict', channel: 'email' })
  const held = { category: 'account', identifiers: [person], facts: {} }
  t.equal((await call('shop-crm holdings:write', 'PUT', '/holdings/smartgroup/crm/u-1', held)).status, 200)
  await hear('OrderPlaced', { seller: 'smartgroup', personal: { email: address, shippingAddress: {} } })

  const told = [
    'Kari fikk Olas liste',
    'ring Kari',
    'Ola kan bli svindlet',
    'Kari slettet den',
    'Kari var syk',
    'Ola ble oppringt',
  ]
  const [nature, contact, consequences, measures, delay, how] = told
  const outcome = 'Ola er fornøyd'
  const breach = `/breaches/${crypto.randomUUID()}`
  const opened = { controller: 'smartgroup', foundAt: '2026-06-01T09:00:00Z', risk: 'high', categories: ['contact'] }
  const since = '2026-06-05T09:00:00Z'
  await put(breach, { ...opened, nature, contact, consequences, measures })
  await put(`${breach}/report`, { reportedAt: since, reference: '26/1', delay })
  await put(`${breach}/people-told`, { toldAt: since, how })
  await put(`${breach}/closing`, { outcome })
  const processor = { name: 'Bring', kind: 'carrier', agreement: 'DBA', country: 'NO', since: '2026-01-01' }
  await put(`/processors/${crypto.randomUUID()}`, { controller: 'smartgroup', ...processor })

  const disclosed = ['Oslo tingrett om Kari', 'Karis ordre', 'Kjennelse om Kari', 'Kari måtte ikke vite det']
  const [to, what, ground, whyNot] = disclosed
  const given = { controller: 'smartgroup', disclosedAt: since, toldBefore: false, to, what, ground, whyNot }
  await put(`/disclosures/${crypto.randomUUID()}`, given)

  const keyed = deps.subjectKey({ controller: 'smartgroup', kind: 'email', value: address })
  const found = await placesOf(pool, [why, staff, words, address, keyed, ...told, outcome, ...disclosed])
  t.strictSame(
    found.filter((place) => !isMapped(place, personalData)),
    [],
  )
  const own = Object.keys(personalData.columns).filter((place) =>
    /^(erasure|data_hold|holding|order_held|request|restriction|breach|processor|disclosure)\./.test(place),
  )
  t.strictSame(
    own.filter((named) => named !== 'holding.record' && !found.some((place) => place.startsWith(named))),
    [],
  )
})
