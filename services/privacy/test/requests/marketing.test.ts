import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'

const { clock, call, hear } = await startPrivacyForTest()
const START = '2026-06-15T09:05:00Z'
const later = (minutes: number) => {
  clock.at = Temporal.Instant.from(START).add({ minutes }).toString()
}
type Person = { kind: string; value: string }
const someone = (): Person => ({ kind: 'email', value: `p${crypto.randomUUID()}@example.com` })
const consent = (person: Person, changes: object = {}) =>
  call('shop service orders:place', 'PUT', '/consents', {
    ...{ controller: 'smartgroup', ...person, purpose: 'newsletter', given: true, proven: true, age: 34 },
    ...{ text: 'Ja takk, send meg nyhetsbrevet.', language: 'nb', source: 'checkout' },
    ...changes,
  })
const ask = (person: Person, changes: object) =>
  call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, {
    ...{ controller: 'smartgroup', channel: 'signed-in', identifiers: [person] },
    ...changes,
  })
async function may(person: Person, purpose = 'newsletter', more = '') {
  const of = new URLSearchParams({ controller: 'smartgroup', ...person, purpose })
  return (await call('support', 'GET', `/permission?${of}${more}`)).body
}

t.beforeEach(() => {
  clock.at = START
})

for (const [name, changes] of [
  ['an objection to marketing', { kind: 'object', purpose: 'direct-marketing' }],
  ['an objection that names nothing', { kind: 'object' }],
  ['an objection by a form, of whom nobody knows who they are', { kind: 'object', channel: 'form' }],
  ['a withdrawal of all consents', { kind: 'withdraw-consent' }],
  ['a withdrawal of this consent', { kind: 'withdraw-consent', purpose: 'newsletter', channel: 'form' }],
  ['a request for erasure', { kind: 'erase' }],
] as const)
  t.test(`${name} ends the newsletter at once, until the person consents anew`, async (t) => {
    const person = someone()
    await consent(person)
    t.equal((await may(person)).outcome, 'granted')
    later(1)
    const { body } = await ask(person, changes)
    t.equal(body.status, changes.kind === 'erase' ? 'open' : 'answered')
    t.equal((await may(person)).outcome, 'refused')
    const of = new URLSearchParams({ controller: 'smartgroup', ...person })
    const { log } = (await call('support', 'GET', `/consents?${of}`)).body
    t.match(log, [{ what: 'given' }, { what: 'withdrawn', source: `request/${body.id}` }])
    later(2)
    await consent(person)
    t.equal((await may(person)).outcome, 'granted')
  })

t.test('who objects is not written to as a customer either', async (t) => {
  const person = someone()
  const orderId = crypto.randomUUID()
  const placed = { orderId, seller: 'smartgroup', personal: { email: person.value, shippingAddress: {} } }
  await hear('OrderPlaced', { ...placed, disclosures: { marketingOptOut: true } })
  await hear('ContractFormed', { orderId, formedAt: '2026-06-15T09:00:00Z' })
  t.equal((await may(person, 'newsletter', '&similarGoods=true')).outcome, 'granted')
  await ask(person, { kind: 'object', channel: 'phone' })
  t.equal((await may(person, 'newsletter', '&similarGoods=true')).outcome, 'refused')
})

t.test('a consent to one thing that is withdrawn leaves the others', async (t) => {
  const person = someone()
  await consent(person)
  await consent(person, { purpose: 'profiling' })
  later(1)
  await ask(person, { kind: 'withdraw-consent', purpose: 'profiling' })
  t.equal((await may(person, 'profiling')).outcome, 'refused')
  t.equal((await may(person)).outcome, 'granted')
})

t.test('a consent to something that is no marketing is ended by a person', async (t) => {
  const person = someone()
  await consent(person)
  later(1)
  t.equal((await ask(person, { kind: 'withdraw-consent', purpose: 'photos' })).body.status, 'open')
  t.equal((await may(person)).outcome, 'granted')
})

t.test('a letter speaks for the day on which it came: what the person consented to since stands', async (t) => {
  const person = someone()
  await consent(person, { at: '2026-06-10T10:00:00Z' })
  const letter = { kind: 'object', channel: 'letter', receivedOn: '2026-06-12', identifiers: [person] }
  const write = () =>
    call('support', 'PUT', `/requests/${crypto.randomUUID()}`, { controller: 'smartgroup', ...letter })
  await write()
  t.equal((await may(person)).outcome, 'refused')
  await consent(person, { at: '2026-06-13T10:00:00Z' })
  await write()
  t.equal((await may(person)).outcome, 'granted')
})

t.test('what is only stored is used for nothing until that is lifted, or the person consents anew', async (t) => {
  const [lifted, anew] = [someone(), someone()]
  const asked = []
  for (const person of [lifted, anew]) {
    await consent(person)
    asked.push((await ask(person, { kind: 'object', purpose: 'legitimate-interest' })).body)
  }
  later(1)
  t.match(asked, [{ status: 'open' }, { status: 'open' }])
  t.match(await may(lifted), { outcome: 'refused', reasons: [{ code: 'only-stored' }] })
  await call('support', 'DELETE', `/requests/${asked[0].id}/restriction`)
  await consent(anew)
  for (const person of [lifted, anew]) t.equal((await may(person)).outcome, 'granted')
})

t.test('what a person asks to be kept is not erased when its time is over, until that is lifted', async (t) => {
  const person = someone()
  const at = `/holdings/smartgroup/accounts/${crypto.randomUUID()}`
  await call('holder', 'PUT', at, {
    category: 'account',
    identifiers: [person],
    facts: { on: { login: '2024-06-01' } },
  })
  const due = async () => (await call('support', 'GET', '/retention/smartgroup/due?on=2026-06-16')).body
  t.equal((await due()).items.length, 1)
  const { body } = await ask(person, { kind: 'restrict' })
  t.equal((await due()).items.length, 0)
  t.match(await call('support', 'DELETE', `/requests/${body.id}/restriction`), { status: 204 })
  t.equal((await due()).items.length, 1)
  await ask(person, { kind: 'restrict' })
  t.equal((await due()).items.length, 0)

  t.test('nor longer than they want it: who asks for erasure thereafter is erased', async (t) => {
    await ask(person, { kind: 'erase' })
    const open = (await call('support', 'GET', '/erasures?open=true')).body.items
    t.match(open, [{ cause: 'requested', records: [at.split('/').at(-1)] }])
  })
})

t.test('what staff keep for a dispute is not erased because the person asks', async (t) => {
  const person = someone()
  const record = crypto.randomUUID()
  const facts = { on: { login: '2026-06-01' } }
  await call('holder', 'PUT', `/holdings/smartgroup/accounts/${record}`, {
    category: 'account',
    identifiers: [person],
    facts,
  })
  const hold = { controller: 'smartgroup', person, why: 'Sak i Forbrukertilsynet' }
  await call('support', 'PUT', `/data-holds/${crypto.randomUUID()}`, hold)
  const { body } = await ask(person, { kind: 'erase' })
  t.match(body.kept, [{ record, holds: ['legal-hold'] }])
})
